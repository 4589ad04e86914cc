"""The windows of a Windows desktop and their titles."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from capture.errors import SourceUnavailable
from capture.meetings.facts import Program, WindowId, WindowShown
from capture.meetings.windows.processes import file_of


@dataclass(frozen=True, slots=True)
class SystemWindow:
    handle: int
    pid: int
    title: str = field(repr=False)


class Desktop(Protocol):
    def windows(self) -> tuple[SystemWindow, ...]:
        """Those that are shown and have a title. Raises ``OSError``."""
        ...


class TitleView:
    """A ``View``."""

    def __init__(self, desktop: Desktop, name_of: Callable[[int], str] = file_of) -> None:
        self._desktop = desktop
        self._name_of = name_of
        self._names: dict[int, str] = {}

    def open(self) -> None:
        self.look(0)

    def look(self, now_ns: int) -> list[WindowShown]:
        try:
            return list(self._facts(now_ns))
        except OSError as error:
            raise SourceUnavailable(str(error), source="meetings") from error

    def close(self) -> None:
        """It holds nothing."""

    def _facts(self, now_ns: int) -> Iterator[WindowShown]:
        windows = self._desktop.windows()
        pids = {window.pid for window in windows}
        self._names = {pid: self._names.get(pid) or self._name_of(pid) for pid in pids}
        for window in windows:
            program = Program(tuple(filter(None, (self._names[window.pid],))), window.pid)
            yield WindowShown(now_ns, WindowId(hex(window.handle)), program, window.title)


class UserDesktop:
    """A ``Desktop``: that of Windows."""

    def windows(self) -> tuple[SystemWindow, ...]:
        if sys.platform != "win32":
            message = "this is not Windows"
            raise OSError(message)
        import ctypes  # noqa: PLC0415 - its part for Windows exists there only
        from ctypes import wintypes  # noqa: PLC0415 - its part for Windows exists there only

        user = ctypes.WinDLL("user32", use_last_error=True)
        found: list[SystemWindow] = []

        def take(handle: int, _data: int) -> bool:
            length = user.GetWindowTextLengthW(handle)
            if length and user.IsWindowVisible(handle):
                title, pid = ctypes.create_unicode_buffer(length + 1), wintypes.DWORD()
                user.GetWindowTextW(handle, title, length + 1)
                user.GetWindowThreadProcessId(handle, ctypes.byref(pid))
                found.append(SystemWindow(handle, pid.value, title.value))
            return True

        callback = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)(take)
        if not user.EnumWindows(callback, 0):
            raise ctypes.WinError(ctypes.get_last_error())
        return tuple(found)
