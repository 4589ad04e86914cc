"""The windows of an X11 desktop and their titles, as they come, change and go."""

import logging
from collections.abc import Callable, Iterator
from struct import unpack_from

from capture.clock import Clock
from capture.errors import SourceGone
from capture.meetings.alarm import Alarm, Sleeper
from capture.meetings.facts import Fact, Program, WindowGone, WindowId, WindowShown
from capture.meetings.linux.programs import file_of
from capture.screen.x11.connection import Connection, Refused, select_events
from capture.screen.x11.properties import read_numbers, read_property

logger = logging.getLogger(__name__)

PROPERTY_CHANGE = 1 << 22
PROPERTY_NOTIFY = 28
SENT = 0x80
"""This bit of an event's kind says that a program sent it."""

WM_NAME, WM_CLASS = 39, 67
"""Names that every server knows by number."""


class WindowProbe:
    """A ``MeetingProbe``. Needs a window manager that lists windows; without one it sees none.

    Programs under Wayland are seen only if they run through XWayland.
    """

    def __init__(self, clock: Clock, display: str | None = None) -> None:
        """``display``: as in the environment's ``DISPLAY``, which is the default."""
        self._clock = clock
        self._display = display
        self._sleeper = Sleeper("meeting windows")

    def start(self, on_fact: Callable[[Fact], None]) -> None:
        desktop = Desktop(Connection(self._display), self._clock)
        self._sleeper.start(lambda alarm: self._run(desktop, alarm, on_fact))

    def stop(self) -> None:
        self._sleeper.stop()

    def _run(self, desktop: "Desktop", alarm: Alarm, on_fact: Callable[[Fact], None]) -> None:
        with desktop.connection as connection:
            try:
                for fact in desktop.look():
                    on_fact(fact)
                while True:
                    for fact in desktop.news():
                        on_fact(fact)
                    connection.flush()
                    if not alarm.wait(connection.descriptor):
                        return
            except SourceGone:
                logger.info("the desktop is gone")
                for fact in desktop.gone():
                    on_fact(fact)


class Desktop:
    """Owns nothing. One thread at a time; each call raises ``SourceGone`` once the X server is."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self.connection = connection
        self._clock = clock
        self._root = connection.root.window
        self._list = connection.atom("_NET_CLIENT_LIST")
        self._name = connection.atom("_NET_WM_NAME")
        self._pid = connection.atom("_NET_WM_PID")
        self._programs: dict[int, Program] = {}
        self._titles: dict[int, str] = {}

    def look(self) -> Iterator[Fact]:
        """All windows, from now on with their changes."""
        select_events(self.connection, self._root, PROPERTY_CHANGE)
        yield from self._compare()

    def news(self) -> Iterator[Fact]:
        """What has changed since, until nothing is left: what comes beside an answer wakes nobody.

        Each window is asked once, however much it has told.
        """
        while changed := self._changed():
            if self._root in changed:
                yield from self._compare()
            for window in sorted(changed & self._programs.keys()):
                yield from self._retitle(window)

    def gone(self) -> Iterator[Fact]:
        for window in list(self._programs):
            yield self._forget(window)

    def _changed(self) -> set[int]:
        """The windows whose list or title has."""
        changed: set[int] = set()
        for event in self.connection.events():
            if event[0] & ~SENT == PROPERTY_NOTIFY:
                window, atom = unpack_from("=II", event, 4)
                if atom in {self._list, self._name, WM_NAME}:
                    changed.add(window)
        return changed

    def _compare(self) -> Iterator[Fact]:
        """The list with what is known."""
        listed = set(read_numbers(self.connection, self._root, self._list))
        for window in self._programs.keys() - listed:
            yield self._forget(window)
        for window in sorted(listed - self._programs.keys()):
            try:
                select_events(self.connection, window, PROPERTY_CHANGE)
                self._programs[window] = self._program(window)
            except Refused:  # closed meanwhile
                continue
            yield from self._retitle(window)

    def _retitle(self, window: int) -> Iterator[Fact]:
        try:
            title = read_property(self.connection, window, self._name).decode("utf-8", "replace")
            title = title or read_property(self.connection, window, WM_NAME).decode("latin-1")
        except Refused:  # closed meanwhile; the list will tell
            return
        if title != self._titles.get(window):
            self._titles[window] = title
            yield WindowShown(self._clock.now_ns(), WindowId(hex(window)), self._programs[window], title)

    def _forget(self, window: int) -> Fact:
        del self._programs[window]
        self._titles.pop(window, None)
        return WindowGone(self._clock.now_ns(), WindowId(hex(window)))

    def _program(self, window: int) -> Program:
        """Raises ``Refused``."""
        classes = read_property(self.connection, window, WM_CLASS).decode("latin-1").rstrip("\0").split("\0")
        pid = next(iter(read_numbers(self.connection, window, self._pid)), None)
        names = (*reversed(classes), file_of(pid) if pid else "")
        return Program(tuple(dict.fromkeys(name.strip() for name in names if name.strip())), pid)
