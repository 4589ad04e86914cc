"""Probes and the detector together: facts in from any thread, verdicts out from one."""

import logging
import queue
import threading
from collections.abc import Callable, Sequence

from capture.clock import Clock
from capture.errors import SourceError
from capture.meetings.catalogue import Catalogue
from capture.meetings.detector import Detector
from capture.meetings.facts import Fact, MeetingProbe
from capture.meetings.verdicts import DetectedMeeting, Verdict
from capture.recording import NS_PER_S

logger = logging.getLogger(__name__)


class MeetingWatch:
    """``on_verdict`` is called on the watch's thread, and may call ``meetings``.

    So is ``on_candidates``, after the verdicts that come of them, with the apps that may have a meeting in a moment.
    """

    def __init__(
        self,
        probes: Sequence[MeetingProbe],
        catalogue: Catalogue,
        clock: Clock,
        on_verdict: Callable[[Verdict], None],
        on_candidates: Callable[[frozenset[str]], None] = lambda _: None,
    ) -> None:
        self._probes = probes
        self._clock = clock
        self._on_verdict = on_verdict
        self._on_candidates = on_candidates
        self._candidates: frozenset[str] = frozenset()
        self._detector = Detector(catalogue)
        self._facts: queue.SimpleQueue[Fact | None] = queue.SimpleQueue()  # without a bound: facts are few and small
        self._thread = threading.Thread(target=self._run, name="meetings", daemon=True)
        self._started: list[MeetingProbe] = []
        self._is_undecided = False

    def start(self) -> list[SourceError]:
        """What cannot be seen here, and why; the other probes serve without it."""
        troubles = []
        for probe in self._probes:
            try:
                probe.start(self._facts.put)
            except SourceError as error:
                troubles.append(error)
            else:
                self._started.append(probe)
        self._thread.start()
        return troubles

    def stop(self) -> None:
        """Idempotent. Once it returns ``on_verdict`` is not called any more."""
        while self._started:
            self._started.pop().stop()
        self._facts.put(None)
        if self._thread.ident is not None:
            self._thread.join()

    @property
    def sees_something(self) -> bool:
        """Whether any probe serves. After ``start``."""
        return bool(self._started)

    @property
    def is_undecided(self) -> bool:
        """Whether something waits to become a meeting, or to end. Thread-safe."""
        return self._is_undecided

    @property
    def meetings(self) -> tuple[DetectedMeeting, ...]:
        """Those that go on. Only from ``on_verdict``, or after ``stop``."""
        return self._detector.meetings

    def _run(self) -> None:
        is_open = True
        while is_open:
            facts, is_open = self._hear()
            for verdict in self._detector.look(self._clock.now_ns(), facts):
                self._on_verdict(verdict)
            if self._detector.candidates != self._candidates:
                self._candidates = self._detector.candidates
                self._on_candidates(self._candidates)
            self._is_undecided = self._detector.due_ns is not None

    def _hear(self) -> tuple[list[Fact], bool]:
        """All facts that have come; waits for one until the detector wants to look again. False at the end."""
        facts: list[Fact] = []
        try:
            fact = self._facts.get(timeout=self._patience_s())
            while fact is not None:
                facts.append(fact)
                fact = self._facts.get_nowait()
        except queue.Empty:
            return facts, True
        return facts, False

    def _patience_s(self) -> float | None:
        due_ns = self._detector.due_ns
        return None if due_ns is None else max(0.0, (due_ns - self._clock.now_ns()) / NS_PER_S)
