"""``afterword devices``: what can be recorded here."""

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from app.console import Console
from app.messages import ExitStatus, describe
from app.paths import Paths
from app.settings import load
from app.sound_devices import explain, list_side
from capture.audio.base import AudioDevice
from capture.errors import SourceError, UnknownDevice
from capture.recording import DEFAULT_DEVICE, SYNTHETIC_DEVICE, DeviceId, Side
from capture.screen import list_screens, list_windows
from capture.screen.base import ScreenDevice, WindowDevice
from capture.wire import to_document

Device = TypeVar("Device", AudioDevice, ScreenDevice, WindowDevice)

CHOSEN = "  <- recorded"


def run(_: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    """A kind that cannot be listed is empty, and why is said aside: the others still help."""
    settings = load(paths, console)
    screens = _listed(list_screens, console)
    windows = _listed(list_windows, console) if screens else ()
    microphones = _sound(Side.MICROPHONE, settings.microphone, console)
    system_audio = _sound(Side.SYSTEM, settings.system_audio, console)
    document = {
        "screens": [to_document(device) for device in screens],
        "windows": [to_document(device) for device in windows],
        "microphones": microphones,
        "system_audio": system_audio,
    }
    lines = [
        *(f"screen      {device.id:<40} {device.name}" for device in screens),
        *(f"window      {device.id:<40} {device.title or device.app}" for device in windows),
        *(f"microphone  {_line(device)}" for device in microphones),
        *(f"system      {_line(device)}" for device in system_audio),
    ]
    console.document(document, "\n".join(lines) or "Nothing here can be recorded.")
    return ExitStatus.DONE if lines else ExitStatus.SOURCE_MISSING


def _sound(side: Side, chosen: DeviceId, console: Console) -> list[dict[str, Any]]:
    """With ``is_chosen``: the one that ``record`` takes if nothing else is said."""
    devices = _listed(partial(list_side, side), console)
    if devices and chosen not in {DEFAULT_DEVICE, SYNTHETIC_DEVICE, *(device.id for device in devices)}:
        console.complain_aside(explain(UnknownDevice.code, "", {"device": chosen, "side": side}))
    return [{**to_document(device), "is_chosen": _is_chosen(device, chosen)} for device in devices]


def _is_chosen(device: AudioDevice, chosen: DeviceId) -> bool:
    return device.is_default if chosen == DEFAULT_DEVICE else device.id == chosen


def _line(device: dict[str, Any]) -> str:
    return f"{device['id']:<40} {device['name']}{CHOSEN if device['is_chosen'] else ''}"


def _listed(list_devices: Callable[[], Sequence[Device]], console: Console) -> Sequence[Device]:
    try:
        return list_devices()
    except SourceError as error:
        console.complain_aside(describe(error.code, error.reason, error.data))
        return ()
