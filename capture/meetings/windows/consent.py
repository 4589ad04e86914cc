"""Who uses the camera, and without pycaw the microphone: Windows writes it into the registry for its privacy settings.

A program uses it as long as the time at which it stopped is zero. Some versions of Windows forget to write that time,
so that of the microphone this is only the second choice.
"""

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import PureWindowsPath
from typing import Protocol

from capture.errors import SourceUnavailable
from capture.meetings.facts import CameraHeld, Listening, Program, StreamId, StreamState

STORE = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"
CLASSIC = "NonPackaged"
"""Below it are programs that no store has packed, by their paths, with # for \\."""

STARTED, STOPPED = "LastUsedTimeStart", "LastUsedTimeStop"


class Capability(StrEnum):
    MICROPHONE = "microphone"
    WEBCAM = "webcam"


class Registry(Protocol):
    """Below the user's own root."""

    def subkeys(self, path: str) -> tuple[str, ...]:
        """Raises ``OSError`` where there is no such key."""
        ...

    def number(self, path: str, name: str) -> int:
        """Raises ``OSError`` where there is no such value."""
        ...


class ConsentView:
    """A ``View``. A running program is told by its file or its package; its process is not known."""

    def __init__(self, capability: Capability, registry: Registry) -> None:
        self._capability = capability
        self._registry = registry

    def open(self) -> None:
        self.look(0)

    def look(self, now_ns: int) -> list[Listening | CameraHeld]:
        try:
            return list(self._facts(now_ns))
        except OSError as error:
            raise SourceUnavailable(str(error), source="meetings") from error

    def close(self) -> None:
        """It holds nothing."""

    def _facts(self, now_ns: int) -> Iterator[Listening | CameraHeld]:
        for name in self._users():
            program = Program((name,))
            if self._capability is Capability.MICROPHONE:
                yield Listening(now_ns, StreamId(name), program, StreamState.RUNNING)
            else:
                yield CameraHeld(now_ns, name, program)

    def _users(self) -> Iterator[str]:
        root = rf"{STORE}\{self._capability}"
        for package in self._registry.subkeys(root):
            if package == CLASSIC:
                for path in self._registry.subkeys(rf"{root}\{CLASSIC}"):
                    if self._is_in_use(rf"{root}\{CLASSIC}\{path}"):
                        yield PureWindowsPath(path.replace("#", "\\")).name
            elif self._is_in_use(rf"{root}\{package}"):
                yield package

    def _is_in_use(self, path: str) -> bool:
        try:
            return self._registry.number(path, STARTED) != 0 and self._registry.number(path, STOPPED) == 0
        except OSError:  # never used
            return False


class UserRegistry:
    """A ``Registry``: that of Windows."""

    def subkeys(self, path: str) -> tuple[str, ...]:
        if sys.platform != "win32":
            raise _not_here()
        import winreg  # noqa: PLC0415 - exists on Windows only

        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
            return tuple(winreg.EnumKey(key, index) for index in range(winreg.QueryInfoKey(key)[0]))

    def number(self, path: str, name: str) -> int:
        if sys.platform != "win32":
            raise _not_here()
        import winreg  # noqa: PLC0415 - exists on Windows only

        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
            return int(winreg.QueryValueEx(key, name)[0])


def _not_here() -> OSError:
    message = "this system has no registry"
    return OSError(message)
