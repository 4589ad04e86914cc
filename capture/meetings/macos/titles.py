"""The windows of a Mac and their titles. Without leave to record the screen macOS tells of windows, but no titles."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from capture.errors import ExtraMissing, PermissionDenied, SourceUnavailable
from capture.meetings.facts import Program, WindowId, WindowShown

ALL_BUT_THE_DESKTOP = 1 << 4
NO_WINDOW = 0
ORDINARY_LAYER = 0

NAME, OWNER, PID, NUMBER, LAYER = (
    "kCGWindowName",
    "kCGWindowOwnerName",
    "kCGWindowOwnerPID",
    "kCGWindowNumber",
    "kCGWindowLayer",
)

Listed = Sequence[Mapping[str, object]] | None


class TitleView:
    """A ``View``. ``listed`` stands for ``CGWindowListCopyWindowInfo``, ``may_see`` for the user's leave."""

    def __init__(self, listed: Callable[[int, int], Listed], may_see: Callable[[], bool]) -> None:
        self._listed = listed
        self._may_see = may_see

    def open(self) -> None:
        """Raises ``PermissionDenied``; the user is not asked for it here."""
        if not self._may_see():
            message = "titles of windows need the permission to record the screen"
            raise PermissionDenied(message, source="meetings")

    def look(self, now_ns: int) -> list[WindowShown]:
        windows = self._listed(ALL_BUT_THE_DESKTOP, NO_WINDOW)
        if windows is None:
            message = "macOS lists no windows"
            raise SourceUnavailable(message, source="meetings")
        return [
            WindowShown(now_ns, WindowId(str(window[NUMBER])), _program(window), str(window[NAME]))
            for window in windows
            if window.get(NAME) and window.get(LAYER) == ORDINARY_LAYER
        ]

    def close(self) -> None:
        """It holds nothing."""


def quartz_view() -> TitleView:
    """Raises ``ExtraMissing`` without pyobjc."""
    try:
        quartz = import_module("Quartz")
    except ImportError as error:
        raise ExtraMissing(str(error), source="meetings", extra="macos") from error
    return TitleView(quartz.CGWindowListCopyWindowInfo, quartz.CGPreflightScreenCaptureAccess)


def _program(window: Mapping[str, object]) -> Program:
    pid = window.get(PID)
    return Program((str(window.get(OWNER, "")),), pid if isinstance(pid, int) else None)
