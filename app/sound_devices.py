"""The sound devices of this machine, by the side of a meeting that they are for."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.messages import Message, describe
from app.words.wording import Sentence
from capture.errors import SourceError, UnknownDevice
from capture.recording import Side

if TYPE_CHECKING:
    from capture.audio.base import AudioDevice

KEYS = {Side.MICROPHONE: "microphone", Side.SYSTEM: "system_audio"}
"""In the settings, and on the command line."""


def list_side(side: Side) -> tuple["AudioDevice", ...]:
    """Raises ``SourceError``."""
    from capture import audio  # noqa: PLC0415 - a tenth of a second of imports, only where somebody asks

    return audio.list_microphones() if side is Side.MICROPHONE else audio.list_system_audio()


def explain(code: str, reason: str, data: Mapping[str, str]) -> Message:
    """As ``describe``; for a sound device that is not there, with those that are."""
    side = data.get("side")
    if code != UnknownDevice.code or side not in set(Side):
        return describe(code, reason, data)
    return describe(code, reason, {"known": _present(Side(side)), **data})


def _present(side: Side) -> str:
    try:
        return ", ".join(f"{device.id} ({device.name})" for device in list_side(side)) or Sentence("none")
    except SourceError as error:
        return error.code
