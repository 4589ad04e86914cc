"""Brings the engine up and down, each on a thread: to load it takes longer than to show an icon, to end it a minute."""

import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.collector import pass_over_what_is_here
from app.messages import Failure, describe
from app.noticeboard import Noticeboard
from app.own_windows import left_out
from app.paths import Paths
from app.recorder_inbox import Inbox
from app.settings import Settings
from app.situation import Troubled
from capture.errors import CaptureError
from capture.recording import Window
from uploader.errors import UploaderError

if TYPE_CHECKING:
    from app.engine import Engine
    from app.shutdown import ShutdownWatch

Call = Callable[[], None]
Post = Callable[[Call], None]
"""Has it done on the main thread, later."""


class Ignition:
    """Main thread only. What is put into the inbox waits there until the engine runs.

    ``engine`` is there once it has been loaded; ``failure``: why it cannot be.
    """

    def __init__(self, paths: Paths, board: Noticeboard, inbox: Inbox, post: Post) -> None:
        self.engine: Engine | None = None
        self.failure: CaptureError | UploaderError | Failure | None = None
        self._paths = paths
        self._board = board
        self._inbox = inbox
        self._post = post
        self._shutdown: ShutdownWatch | None = None
        self._loading: threading.Thread | None = None
        self._ending: threading.Thread | None = None

    def start(self, settings: Settings, windows: tuple[Window, ...], begun: Call, leave: Call) -> None:
        """Once. ``leave`` is called where the engine cannot be, and when the machine is to be switched off."""
        work = (settings, windows, begun, leave)
        self._loading = threading.Thread(target=self._load, args=work, name="loading")
        self._loading.start()

    def stop(self, ended: Call) -> None:
        """A recording is finished first. Idempotent; only the first ``ended`` is called."""
        if self._ending is None:
            self._ending = threading.Thread(target=self._end, args=(ended,), name="leaving")
            self._ending.start()

    def wait(self, limit_s: float | None = None) -> None:
        """After ``stop``: until it has ended."""
        if self._ending is not None:
            self._ending.join(limit_s)

    def close(self) -> None:
        """All is finished: the machine need not wait any more."""
        if self._shutdown is not None:
            self._shutdown.close()

    def _load(self, settings: Settings, windows: tuple[Window, ...], begun: Call, leave: Call) -> None:
        try:
            self._ignite(settings, windows)
        except (CaptureError, UploaderError, Failure) as error:
            self.failure = error
            self._post(leave)
            return
        except Exception as error:  # the top of a thread: nobody must believe that all is well
            log = {"log": str(self._paths.logs)}
            self._board.put(Troubled(describe("worker_failed", type(error).__name__, log)))
            raise
        if sys.platform == "linux":
            self._watch_shutdown(leave)
        pass_over_what_is_here()
        self._post(begun)

    def _ignite(self, settings: Settings, windows: tuple[Window, ...]) -> None:
        from app.engine import Engine  # noqa: PLC0415 - all that records and delivers

        engine = Engine(self._paths, settings, self._board, self._inbox, left_out(windows))
        self.engine = engine
        engine.start()

    def _watch_shutdown(self, leave: Call) -> None:
        from app.shutdown import ShutdownWatch  # noqa: PLC0415 - each platform loads its own

        self._shutdown = ShutdownWatch(lambda: self._post(leave))

    def _end(self, ended: Call) -> None:
        if self._loading is not None:
            self._loading.join()
        if self.engine is not None:
            self.engine.stop()
        self._post(ended)
