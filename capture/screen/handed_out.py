"""A screen whose pictures the system makes, whole ones and by itself. A lost one is got back, in the size of before."""

from abc import ABC, abstractmethod
from typing import Final, Protocol

from capture.clock import Clock
from capture.errors import SourceUnavailable, UnknownDevice
from capture.recording import NS_PER_S
from capture.screen.base import Frame, Pixels, Unchanged, VideoFormat
from capture.screen.canvas import Canvas

REOPEN_NS: Final = NS_PER_S
"""A lost screen is tried again this often: opening it costs some 100 ms."""


class Feed(Protocol):
    """From its beginning to its end. One thread at a time."""

    def wait(self, limit_s: float) -> None:
        """As of ``ScreenSource``."""
        ...

    def take(self) -> Pixels | None:
        """The latest picture, even in width; ``None`` if it was taken before.

        Raises ``SourceUnavailable`` once it has ended, ``PermissionDenied`` where the user has ended it.
        """
        ...

    def stop(self) -> None:
        """Once."""
        ...


class HandedOutScreen(ABC):
    """A ``ScreenSource``, but for its means. A picture of another size than at the start is fitted in."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._feed: Feed | None = None
        self._canvas: Canvas | None = None
        self._tried_ns = 0

    @abstractmethod
    def _begin(self) -> tuple[Feed, VideoFormat]:
        """Raises ``SourceError``, and then holds nothing."""

    def open(self) -> VideoFormat:
        self._feed, video = self._begin()
        self._canvas = Canvas(video)
        return video

    def wait(self, limit_s: float) -> None:
        if self._feed is not None:
            self._feed.wait(limit_s)

    def read(self) -> Frame | Unchanged:
        if self._canvas is None:
            message = "the screen is not open"
            raise SourceUnavailable(message, source="screen")
        now_ns = self._clock.now_ns()
        pixels = self._take(self._canvas, now_ns)
        return Unchanged(now_ns) if pixels is None else self._canvas.show(pixels, now_ns)

    def close(self) -> None:
        feed, self._feed, self._canvas = self._feed, None, None
        if feed is not None:
            feed.stop()

    def _take(self, canvas: Canvas, now_ns: int) -> Pixels | None:
        feed = self._feed or self._regained(canvas, now_ns)
        try:
            return feed.take()
        except SourceUnavailable:
            self._feed, self._tried_ns = None, now_ns
            feed.stop()
            raise

    def _regained(self, canvas: Canvas, now_ns: int) -> Feed:
        if now_ns - self._tried_ns < REOPEN_NS:
            message = "the screen is not handed out"
            raise SourceUnavailable(message, source="screen")
        self._tried_ns = now_ns
        try:
            self._feed, _ = self._begin()
        except UnknownDevice as error:  # the screen is not attached now, and may be again
            raise SourceUnavailable(error.reason, **error.data) from error
        canvas.forget()
        return self._feed
