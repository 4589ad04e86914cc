"""``afterword devices``: what can be recorded here."""

import argparse
from collections.abc import Callable, Sequence
from typing import TypeVar

from app.console import Console
from app.messages import ExitStatus, describe
from app.paths import Paths
from capture.audio import list_microphones, list_system_audio
from capture.audio.base import AudioDevice
from capture.errors import SourceError
from capture.screen import list_screens, list_windows
from capture.screen.base import ScreenDevice, WindowDevice
from capture.wire import to_document

Device = TypeVar("Device", AudioDevice, ScreenDevice, WindowDevice)


def run(_: argparse.Namespace, __: Paths, console: Console) -> ExitStatus:
    """A kind that cannot be listed is empty, and why is said aside: the others still help."""
    screens = _listed(list_screens, console)
    windows = _listed(list_windows, console) if screens else ()
    microphones = _listed(list_microphones, console)
    system_audio = _listed(list_system_audio, console)
    document = {
        "screens": [to_document(device) for device in screens],
        "windows": [to_document(device) for device in windows],
        "microphones": [to_document(device) for device in microphones],
        "system_audio": [to_document(device) for device in system_audio],
    }
    lines = [
        *(f"screen      {device.id:<40} {device.name}" for device in screens),
        *(f"window      {device.id:<40} {device.title or device.app}" for device in windows),
        *(f"microphone  {device.id:<40} {device.name}" for device in microphones),
        *(f"system      {device.id:<40} {device.name}" for device in system_audio),
    ]
    console.document(document, "\n".join(lines) or "Nothing here can be recorded.")
    return ExitStatus.DONE if lines else ExitStatus.SOURCE_MISSING


def _listed(list_devices: Callable[[], Sequence[Device]], console: Console) -> Sequence[Device]:
    try:
        return list_devices()
    except SourceError as error:
        console.complain_aside(describe(error.code, error.reason, error.data))
        return ()
