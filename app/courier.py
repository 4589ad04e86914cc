"""Delivers as long as the app runs: what is due now, what waited for the network, and what earlier runs left owing."""

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.collector import pass_over_what_is_here
from app.delivery_ledger import open_ledger
from app.later_transcripts import LaterTranscripts
from app.log_console import LogConsole
from app.messages import Failure, describe
from app.paths import Paths
from app.settings import read
from app.situation import News, Sending, Troubled
from capture.errors import CaptureError
from uploader.errors import LedgerUnusable, UploaderError
from uploader.ledger import Delivery, DeliveryStatus, Ledger

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from uploader.destinations.base import Destination
    from uploader.session import Progress
    from uploader.uploader import Uploader

logger = logging.getLogger(__name__)

FAREWELL_S = 10.0
"""For what is being sent when the app is ended. To this machine's own backend it takes a moment; after that, for a
request that is under way to be given up. Some answers take half an hour."""

AGAIN_S = 60.0
"""Before it is tried again to note what is owed: nothing tells that a disk has room again."""


class Courier:
    """Two threads: one takes what is put, the other sends. ``put`` is thread-safe, the rest is for one thread.

    What sending needs is imported on these threads, once something is owed: it takes half a second.
    """

    def __init__(
        self,
        destination: str | None,
        paths: Paths,
        tell: Callable[[News], None],
        *,
        farewell_s: float = FAREWELL_S,
        again_s: float = AGAIN_S,
    ) -> None:
        """``destination`` is the name that the ledger knows; without one nothing more is owed."""
        self._destination = destination
        self._paths = paths
        self._tell = tell
        self._farewell_s = farewell_s
        self._again_s = again_s
        self._unnoted: deque[Path] = deque()
        self._open = ExitStack()
        self._uploader: Uploader | None = None
        self._ledger: Ledger | None = None
        self._transcripts: LaterTranscripts | None = None
        self._is_done = threading.Event()
        self._is_done.set()
        self._acts: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._taking = threading.Thread(target=self._take_all, name="courier", daemon=True)
        self._sending: threading.Thread | None = None

    def start(self) -> None:
        """What is owed from before goes at once; where nothing is, nothing is loaded."""
        self._transcripts = LaterTranscripts(self._paths, lambda trouble: self._tell(Troubled(trouble)), self._again)
        self._taking.start()

    def put(self, directory: Path, before: Callable[[], None]) -> None:
        """``before`` is called when its turn has come: to end what was sent of it until then."""
        self._acts.put(partial(self._take, directory, before))

    def look_again(self) -> None:
        """Somebody else has noted in the ledger that something is owed."""
        self._acts.put(self._wake)

    def redirect(self, destination: str | None) -> None:
        """What is put from now on goes there. Any thread."""
        self._destination = destination

    def stop(self) -> None:
        """What was sent stays sent, the rest stays owed. All that was put has been noted as owed, if that is possible.

        Takes two farewells at most.
        """
        if self._transcripts is not None:
            self._transcripts.close()
        self._acts.put(None)
        self._taking.join()
        self._is_done.wait(self._farewell_s)
        if self._uploader is not None:
            self._uploader.stop()
        if self._sending is not None:
            self._sending.join(self._farewell_s)
        self._open.close()

    def _take_all(self) -> None:
        self._try(self._look_back)
        while (act := self._next()) is not None:
            self._try(act)
        if self._unnoted:
            self._try(self._note_all)

    def _next(self) -> Callable[[], None] | None:
        try:
            return self._acts.get(timeout=self._again_s if self._unnoted else None)
        except queue.Empty:
            return self._note_all

    def _again(self, directory: Path) -> None:
        """It has grown by its transcript."""
        self.put(directory, lambda: None)

    def _look_back(self) -> None:
        """A ledger that was deleted is built anew."""
        if not (self._paths.ledger.exists() or any(each.exists() for each in self._paths.places)):
            return
        with open_ledger(self._paths) as ledger:
            is_owing = bool(ledger.open_deliveries())
        if is_owing:
            self._wake()

    def _wake(self) -> None:
        ledger, uploader = self._begin()
        self._is_done.clear()
        self._count(ledger)
        uploader.wake()

    def _take(self, directory: Path, before: Callable[[], None]) -> None:
        self._try(before)
        if not directory.exists():  # somebody has deleted it meanwhile
            return
        if self._transcripts is not None:
            self._transcripts.put(directory)
        self._unnoted.append(directory)
        self._note_all()

    def _note_all(self) -> None:
        """Raises ``LedgerUnusable``: then it is tried again."""
        if self._destination is None:
            self._unnoted.clear()
            return
        from uploader.debts import owe  # noqa: PLC0415 - half a second of imports, not before something is owed

        ledger, _ = self._begin()
        ledger.resume(self._destination)
        while self._unnoted:
            directory = self._unnoted.popleft()
            try:
                owe(directory, self._destination, ledger)
            except LedgerUnusable:
                self._unnoted.appendleft(directory)
                raise
        self._wake()

    def _begin(self) -> "tuple[Ledger, Uploader]":
        """Raises ``LedgerUnusable``."""
        if self._ledger is not None and self._uploader is not None:
            return self._ledger, self._uploader
        from app import delivery  # noqa: PLC0415 - half a second of imports, not before something is owed
        from app.delivery_rules import gate_of  # noqa: PLC0415 - half a second of imports, not before something is owed
        from uploader.uploader import Policy, Uploader  # noqa: PLC0415 - half a second of imports, not before something is owed

        pass_over_what_is_here()
        ledger = self._open.enter_context(open_ledger(self._paths))

        def opened(name: str) -> "AbstractContextManager[Destination]":
            route = delivery.usual_route(read(self._paths.settings).settings)
            return delivery.open_destination(name, self._paths, ledger, route)

        progress = partial(self._on_progress, ledger)
        self._uploader = Uploader(ledger, opened, progress, Policy(gate=gate_of(self._paths)))
        self._ledger = ledger
        self._is_done.clear()
        self._sending = threading.Thread(target=self._send, args=(self._uploader, ledger), name="delivery", daemon=True)
        self._sending.start()
        return ledger, self._uploader

    def _send(self, uploader: "Uploader", ledger: Ledger) -> None:
        try:
            first, *others = self._paths.places
            self._try(lambda: _replay_all(reversed(others), ledger))
            self._try(lambda: uploader.run(first, on_round=partial(self._on_round, ledger)))
        finally:
            self._is_done.set()

    def _on_progress(self, ledger: Ledger, _: "Progress") -> None:
        self._count(ledger)

    def _on_round(self, ledger: Ledger, done: Collection[Delivery]) -> None:
        from app.delivery_document import KEY_CODES, trouble_of  # noqa: PLC0415 - half a second of imports, not before something is owed

        for delivery in done:
            if delivery.status is DeliveryStatus.COMPLETE:
                self._tell(Troubled(None))
            elif delivery.status is DeliveryStatus.FAILED or delivery.last_error in KEY_CODES:
                self._tell(Troubled(trouble_of(delivery)))
        if self._count(ledger) == 0:
            if done:
                self._try(partial(self._release, ledger))
            self._is_done.set()

    def _release(self, ledger: Ledger) -> None:
        from app.release import release_due  # noqa: PLC0415 - half a second of imports, not before something is owed

        release_due(self._paths, read(self._paths.settings).settings, ledger, LogConsole())

    def _count(self, ledger: Ledger) -> int:
        """What waits for its time is not on its way."""
        count = sum(each.status is not DeliveryStatus.WAITING for each in ledger.open_deliveries())
        self._tell(Sending(count))
        return count

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Failure as failure:
            self._tell(Troubled(failure.message))
        except (CaptureError, UploaderError) as error:
            logger.warning("delivery: %s", error.code)
            self._tell(Troubled(describe(error.code, error.reason, error.data)))


def _replay_all(places: Iterable[Path], ledger: Ledger) -> None:
    from uploader.debts import replay  # noqa: PLC0415 - half a second of imports, not before something is owed

    for place in places:
        replay(place, ledger)
