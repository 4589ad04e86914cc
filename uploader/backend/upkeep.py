"""What a served backend does by itself: sends webhooks when they are due, ends what has expired, reads what came."""

import logging
import math
import threading
from types import TracebackType
from typing import Self

from uploader.backend import Backend
from uploader.backend.refusal import Refusal

logger = logging.getLogger(__name__)

LOOK_S = 30.0
"""Other processes write into the same database without a word."""

TIDY_S = 3600.0


class Upkeep:
    """A context manager: a thread of its own for as long as it is open."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._wake = backend.outbox.filled
        self._is_over = threading.Event()
        self._tidied_s = -math.inf
        self._thread = threading.Thread(target=self._run, name="backend-upkeep", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Waits for what is being sent: up to a quarter of a minute for a receiver that does not answer."""
        self._is_over.set()
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._is_over.is_set():
            self._wake.clear()
            wait_s = LOOK_S
            try:
                wait_s = self._round()
            except Refusal as refusal:  # the database is locked, or its disk full: later it may not be
                logger.warning("upkeep is put off: %s", refusal.code)
            except Exception:  # the top of a thread: what else it does is wanted all the same
                logger.exception("upkeep is put off")
            self._wake.wait(wait_s)

    def _round(self) -> float:
        """Gives the seconds until the next."""
        self._backend.expiry.run()
        self._backend.webhooks.send_due(self._is_over.is_set)
        self._tidy()
        due_s = self._backend.webhooks.next_due_s()
        return LOOK_S if due_s is None else min(max(due_s - self._backend.now_s(), 0.0), LOOK_S)

    def _tidy(self) -> None:
        """Whatever can wait, at the beginning and every hour."""
        now_s = self._backend.now_s()
        if 0 <= now_s - self._tidied_s < TIDY_S:
            return
        self._backend.webhooks.prune()
        self._backend.admission.prune()
        self._backend.search.catch_up()
        self._tidied_s = now_s
