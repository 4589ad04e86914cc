"""Looks at the screen when there may be something new, no faster than the frame rate, on a thread of its own."""

import logging
import threading
from typing import Protocol

from capture.clock import Clock
from capture.errors import CaptureError, SourceGone, SourceUnavailable
from capture.recording import NS_PER_S
from capture.screen.base import Frame, ScreenSource, Unchanged

logger = logging.getLogger(__name__)

LONGEST_WAIT_S = 0.1
"""How long a screen that does not change can delay the heartbeat, and the end."""

LEEWAY = 1.05
"""So many looks for each frame of the rate. What is drawn between the word of it and the look is seen twice, once in a
hundred times at 60 fps: with no look to spare, each of these would cost a picture of what changes at the very rate."""

STOP_LIMIT_S = 3.0
"""A display that has not answered by then hangs, or has been frozen."""


class ScreenListener(Protocol):
    """Called on the pacer's thread; must not block."""

    def on_look(self, look: Frame | Unchanged) -> None: ...

    def on_screen_lost(self, error: CaptureError) -> None:
        """``SourceUnavailable`` may pass; anything else, and ``SourceGone``, is the last that is heard."""
        ...

    def on_screen_recovered(self) -> None: ...


class Pacer:
    """Owns the source while it runs. A look that comes late is not made up for."""

    def __init__(
        self,
        source: ScreenSource,
        rate_fps: int,
        clock: Clock,
        listener: ScreenListener,
    ) -> None:
        self._source = source
        self._frame_ns = round(NS_PER_S / rate_fps / LEEWAY)
        self._period_ns = self._frame_ns
        self._clock = clock
        self._listener = listener
        self._is_lost = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="screen", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def look_every(self, frames: int) -> None:
        """Thread-safe. Only each so many frames from the next look on: what is not looked at costs nothing."""
        self._period_ns = frames * self._frame_ns

    def stop(self) -> None:
        """Idempotent. A display that hangs is not waited for: it is left alone, and the recording is finished."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(STOP_LIMIT_S)
        if self._thread.is_alive():
            logger.error("the screen source does not answer")
            return
        self._source.close()

    def _run(self) -> None:
        next_ns = self._clock.now_ns()
        try:
            while not self._stopping.wait(max(0, next_ns - self._clock.now_ns()) / NS_PER_S):
                self._source.wait(LONGEST_WAIT_S)
                self._look()
                next_ns = max(next_ns + self._period_ns, self._clock.now_ns())
        except CaptureError as error:
            logger.warning("the screen is lost for good: %s", error)
            self._listener.on_screen_lost(error)
        except Exception as error:  # the top of a thread
            logger.exception("the screen source failed")
            self._listener.on_screen_lost(SourceGone(str(error), source="screen"))

    def _look(self) -> None:
        """Raises what cannot be waited for to pass."""
        try:
            look = self._source.read()
        except SourceGone:
            raise
        except SourceUnavailable as error:
            if not self._is_lost:
                logger.warning("the screen is lost: %s", error)
                self._is_lost = True
                self._listener.on_screen_lost(error)
            return
        if self._is_lost:
            logger.info("the screen is back")
            self._is_lost = False
            self._listener.on_screen_recovered()
        self._listener.on_look(look)
