"""Looks at the screen when there may be something new, never faster than the frame rate, on a thread of its own."""

import logging
import threading
from collections.abc import Callable

from capture.clock import Clock
from capture.errors import CaptureError
from capture.recording import NS_PER_S
from capture.screen.base import Frame, ScreenSource, Unchanged

logger = logging.getLogger(__name__)

LONGEST_WAIT_S = 0.1
"""How long a screen that does not change can delay the heartbeat, and the end."""


class Pacer:
    """Owns the source while it runs. A look that comes late is not made up for."""

    def __init__(
        self,
        source: ScreenSource,
        rate_fps: int,
        clock: Clock,
        on_look: Callable[[Frame | Unchanged], None],
        on_failure: Callable[[CaptureError], None],
    ) -> None:
        self._source = source
        self._period_ns = NS_PER_S // rate_fps
        self._clock = clock
        self._on_look = on_look
        self._on_failure = on_failure
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="screen", daemon=True)

    def start(self) -> None:
        """Both callbacks come on the pacer's thread; a failure is the last of them."""
        self._thread.start()

    def stop(self) -> None:
        """Idempotent; nothing is called once it returns."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()
        self._source.close()

    def _run(self) -> None:
        next_ns = self._clock.now_ns()
        try:
            while not self._stopping.wait(max(0, next_ns - self._clock.now_ns()) / NS_PER_S):
                self._source.wait(LONGEST_WAIT_S)
                self._on_look(self._source.read())
                next_ns = max(next_ns + self._period_ns, self._clock.now_ns())
        except CaptureError as error:
            logger.warning("the screen is lost: %s", error)
            self._on_failure(error)
