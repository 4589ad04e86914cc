"""Where an instant lies in the recording: monotonic time less what was before the start and what was cut out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from capture.clock import Clock


@dataclass(frozen=True, slots=True)
class Stretch:
    """Recorded from ``begin_ns`` to ``end_ns`` of the monotonic clock, which is ``start_ns`` onward of the timeline.

    ``end_ns`` is ``None`` while it lasts. Of a blank one only the length is recorded.
    """

    begin_ns: int
    start_ns: int
    end_ns: int | None = None
    is_blank: bool = False

    @property
    def offset_ns(self) -> int:
        """What must be taken from monotonic time to get timeline time."""
        return self.begin_ns - self.start_ns


class Timeline:
    """The one owner of the recording's time. A pause is cut out or blank; what follows one begins a new stretch.

    Written by the worker's thread, read by any: ``stretches`` is replaced, never changed.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.stretches: tuple[Stretch, ...] = ()

    @property
    def is_running(self) -> bool:
        return bool(self.stretches) and self.stretches[-1].end_ns is None

    @property
    def is_blank(self) -> bool:
        return self.is_running and self.stretches[-1].is_blank

    @property
    def ends_blank(self) -> bool:
        """Whether nothing was to be seen or heard last, be it over or not."""
        return bool(self.stretches) and self.stretches[-1].is_blank

    def now_ns(self) -> int:
        """How much has been recorded up to now."""
        return self.at(self._instant())

    def begin(self, since_ns: int | None = None) -> int:
        """The start, or the end of a pause. When that was, on the monotonic clock; a start may be ``since_ns``."""
        if self.is_running and not self.is_blank:
            message = "the timeline runs already"
            raise ValueError(message)
        if since_ns is None or self.stretches:
            return self._follow(is_blank=False)
        self.stretches = (Stretch(since_ns, 0),)
        return since_ns

    def blank(self) -> int:
        """The beginning of a pause that is not cut out. When that was, on the monotonic clock."""
        if not self.stretches or self.is_blank:
            message = "there is nothing to blank"
            raise ValueError(message)
        return self._follow(is_blank=True)

    def rest(self, length_ns: int) -> int:
        """A blank stretch of so long, which counts as recorded at once; then nothing until ``begin`` or ``blank``.

        What begins sooner than so long after is taken to begin then. When it was, on the monotonic clock.
        """
        return self._follow(is_blank=True, length_ns=length_ns)

    def end(self) -> None:
        """The beginning of a pause, or the end of all."""
        if not self.is_running:
            message = "the timeline does not run"
            raise ValueError(message)
        *before, last = self.stretches
        self.stretches = (*before, replace(last, end_ns=self._instant()))

    def blanks(self) -> Iterator[tuple[int, int | None]]:
        """From where to where on the timeline nothing may be seen or heard; ``None`` while it lasts."""
        for stretch in self.stretches:
            if stretch.is_blank:
                yield stretch.start_ns, None if stretch.end_ns is None else stretch.end_ns - stretch.offset_ns

    def at(self, instant_ns: int) -> int:
        """Where an instant of the monotonic clock lies; one inside a pause lies where the pause was cut out."""
        for stretch in reversed(self.stretches):
            if instant_ns >= stretch.begin_ns:
                end_ns = instant_ns if stretch.end_ns is None else min(instant_ns, stretch.end_ns)
                return end_ns - stretch.offset_ns
        return 0

    def instant(self, at_ns: int) -> int:
        """The other way round: when it was, on the monotonic clock, that the timeline stood at ``at_ns``."""
        began = [stretch for stretch in self.stretches if stretch.start_ns <= at_ns] or self.stretches[:1]
        return at_ns + began[-1].offset_ns

    def pieces(self, begin_ns: int, end_ns: int) -> Iterator[tuple[int, int, int]]:
        """The parts of a span of monotonic time that are recorded: begin, end, and begin on the timeline."""
        for stretch in self.stretches:
            first = max(begin_ns, stretch.begin_ns)
            last = end_ns if stretch.end_ns is None else min(end_ns, stretch.end_ns)
            if first < last:
                yield first, last, first - stretch.offset_ns

    def _follow(self, *, is_blank: bool, length_ns: int | None = None) -> int:
        """A new stretch, in one instant with the end of the one before."""
        now_ns = self._instant()
        end_ns = None if length_ns is None else now_ns + length_ns
        following = Stretch(now_ns, self.at(now_ns), end_ns, is_blank=is_blank)
        ended = tuple(replace(stretch, end_ns=stretch.end_ns or now_ns) for stretch in self.stretches)
        self.stretches = (*ended, following)
        return now_ns

    def _instant(self) -> int:
        """Now on the monotonic clock, but never before what was recorded: a rest reaches into the time to come."""
        now_ns = self._clock.now_ns()
        if not self.stretches:
            return now_ns
        last = self.stretches[-1]
        return max(now_ns, last.begin_ns if last.end_ns is None else last.end_ns)
