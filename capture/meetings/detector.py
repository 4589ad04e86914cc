"""From facts to meetings: who records, corroborated by what is played and what the windows say.

Pure: no input, no output, no clock of its own. The order of facts that are given together does not matter, nor does
hearing one again; looking more often than necessary changes nothing.
"""

from collections.abc import Iterable

from capture.meetings.case import Case
from capture.meetings.catalogue import Catalogue, Kind
from capture.meetings.facts import Fact, Listening, Purpose, StreamId
from capture.meetings.verdicts import DetectedMeeting, Skipped, SkipReason, Verdict
from capture.meetings.world import World

NO_VOICE = {
    Purpose.OWN: SkipReason.OWN,
    Purpose.MONITOR: SkipReason.MONITOR,
    Purpose.METER: SkipReason.METER,
}


class Detector:
    """One thread at a time."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._world = World(catalogue)
        self._cases: dict[str, Case] = {}
        self._passed: set[StreamId] = set()

    @property
    def due_ns(self) -> int | None:
        """When to ``look`` again although there are no new facts."""
        return min((case.due_ns for case in self._cases.values() if case.due_ns is not None), default=None)

    @property
    def meetings(self) -> tuple[DetectedMeeting, ...]:
        """Those that go on now, with the evidence of now."""
        return tuple(case.meeting for case in self._cases.values() if case.meeting is not None)

    @property
    def candidates(self) -> frozenset[str]:
        """The apps that may have a meeting in a moment, by their names for people."""
        return frozenset(case.app.name for case in self._cases.values() if case.is_candidate)

    def look(self, now_ns: int, facts: Iterable[Fact] = ()) -> list[Verdict]:
        """``now_ns`` never goes back, and no fact is younger."""
        self._world.learn(now_ns, facts)
        verdicts: list[Verdict] = list(self._pass_over(now_ns))
        for key, app in self._world.apps().items():
            self._cases.setdefault(key, Case(key, app))
        for key, case in sorted(self._cases.items()):
            verdicts += case.look(now_ns, self._world.scene(key, case.app))
        return verdicts

    def _pass_over(self, now_ns: int) -> Iterable[Skipped]:
        """Each stream that can be no meeting's, once."""
        for known in sorted(self._world.listening(), key=lambda known: known.fact.stream):
            reason = self._reason_against(known.fact)
            if reason is not None and known.fact.stream not in self._passed:
                self._passed.add(known.fact.stream)
                yield Skipped(now_ns, known.fact.program, reason)
        self._passed -= self._world.streams_gone()

    def _reason_against(self, stream: Listening) -> SkipReason | None:
        if stream.purpose is not Purpose.VOICE:
            return NO_VOICE[stream.purpose]
        found = self._catalogue.find(stream.program)
        if found is None:
            return SkipReason.UNKNOWN_PROGRAM
        return SkipReason.NOT_FOR_MEETINGS if found[1].kind is Kind.OTHER else None
