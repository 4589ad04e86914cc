"""Who of the other side speaks: its sound tells when, the marks in the meeting's window tell who. Pure.

Times are nanoseconds of the timeline.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from capture.recording import NS_PER_S, REMOTE_PARTICIPANT_ID

MARK_LAG_NS = 4 * NS_PER_S // 10
"""A mark comes so much later than the voice: programs wait to see whether it lasts."""

SETTLED_NS = NS_PER_S
"""A mark's own lag, and that of the voice activity, which tells of a turn's end 0.8 s after it."""

HEAD_NS = NS_PER_S
"""Who is marked so soon after a turn has begun, and nobody before, has begun it: looks are that far apart."""

REMEMBERED = 64
"""Changes of marks; a turn is told of within seconds."""

NOBODY: frozenset[int] = frozenset()
UNKNOWN = frozenset({REMOTE_PARTICIPANT_ID})


@dataclass(frozen=True, slots=True)
class Said:
    at_ns: int
    participant_id: int
    speaking: bool


class Floor:
    """A turn belongs to whoever is marked; while nobody is, to who was last in it; else to the other side as such."""

    def __init__(self) -> None:
        self._turns: deque[int] = deque()
        self._is_heard = False
        self._marks: deque[tuple[int, frozenset[int]]] = deque(maxlen=REMEMBERED)
        self._looked_ns: int | None = None
        self._speakers = NOBODY
        self._since_ns = 0

    def turn(self, at_ns: int, *, speaking: bool) -> None:
        """The other side begins to speak, or ends."""
        if speaking is not self._is_heard:
            self._is_heard = speaking
            self._turns.append(at_ns)

    def look(self, at_ns: int, marked: frozenset[int]) -> None:
        """Who is marked now. Since when is known no better than from look to look: half of the way is taken."""
        before_ns = at_ns if self._looked_ns is None else self._looked_ns
        if marked != self._marked(at_ns):
            self._marks.append(((before_ns + at_ns) // 2 - MARK_LAG_NS, marked))
        self._looked_ns = at_ns

    def stop_looking(self) -> None:
        """Until the next look nobody is known to be marked."""
        if self._looked_ns is not None:
            self.look(self._looked_ns, NOBODY)
            self._looked_ns = None

    def decided(self, *, finally_: bool = False) -> Iterator[Said]:
        """What no mark that may still come can change; ``finally_``: all of it."""
        known_ns = None if finally_ or self._looked_ns is None else self._looked_ns - SETTLED_NS
        while True:
            if not self._speakers:
                if not self._is_due(known_ns, HEAD_NS):
                    return
                at_ns = self._turns.popleft()
                yield from self._pass(at_ns, self._marked(at_ns) or self._marked_next(at_ns) or UNKNOWN)
            end_ns = self._turns[0] if self._turns else None
            limits = [limit_ns for limit_ns in (end_ns, known_ns) if limit_ns is not None]
            for at_ns, marked in list(self._marks):
                if marked and self._since_ns < at_ns and all(at_ns < limit_ns for limit_ns in limits):
                    yield from self._pass(at_ns, marked)
            if not self._is_due(known_ns):
                return
            yield from self._pass(max(self._turns.popleft(), self._since_ns), NOBODY)

    def _is_due(self, known_ns: int | None, margin_ns: int = 0) -> bool:
        return bool(self._turns) and (known_ns is None or self._turns[0] + margin_ns <= known_ns)

    def _pass(self, at_ns: int, speakers: frozenset[int]) -> Iterator[Said]:
        for participant_id in sorted(self._speakers - speakers):
            yield Said(at_ns, participant_id, speaking=False)
        for participant_id in sorted(speakers - self._speakers):
            yield Said(at_ns, participant_id, speaking=True)
        self._speakers, self._since_ns = speakers, at_ns

    def _marked(self, at_ns: int) -> frozenset[int]:
        return next((marked for since_ns, marked in reversed(self._marks) if since_ns <= at_ns), NOBODY)

    def _marked_next(self, at_ns: int) -> frozenset[int]:
        soon = (marked for since_ns, marked in self._marks if at_ns < since_ns <= at_ns + HEAD_NS and marked)
        return next(soon, NOBODY)
