"""What happens in a recording, told to who watches; written down before, once there is a journal."""

from collections.abc import Callable, Mapping, Sequence

from capture.encoding.synchronizer import Hole
from capture.events import Event, GapFound, SegmentBegan
from capture.journal import Journal
from capture.manifest import Segment
from capture.recording import Side


class Narrator:
    """``say`` must be thread-safe; ``tell`` then is too, the rest is for the main thread."""

    def __init__(self, say: Callable[[Event], None]) -> None:
        self._say = say
        self._journal: Journal | None = None
        self._told_segments = 0
        self._told_holes: dict[Side, int] = {}

    def write_into(self, journal: Journal) -> None:
        """From now on. Closes it at the end."""
        self._journal = journal

    def tell(self, event: Event) -> None:
        if self._journal is not None:
            self._journal.add(event)
        self._say(event)

    def tell_segments(self, segments: Sequence[Segment]) -> None:
        """Those that are new since the last time."""
        for segment in segments[self._told_segments :]:
            self._told_segments += 1
            self.tell(SegmentBegan(segment.start_ns, segment.started_at, segment.is_blank))

    def tell_holes(self, holes: Mapping[Side, Sequence[Hole]]) -> None:
        """Those that are new since the last time."""
        for side, found in holes.items():
            for hole in found[self._told_holes.get(side, 0) :]:
                self.tell(GapFound(side, hole.start_ns, hole.duration_ns, hole.reason))
            self._told_holes[side] = len(found)

    def sync(self) -> None:
        """As ``Journal.sync``."""
        if self._journal is not None:
            self._journal.sync()

    def end(self, last: Event | None = None) -> None:
        """Closes the journal; ``last`` stands in it already when it is told, by ``tell``."""
        if self._journal is None:
            return
        if last is not None:
            self._journal.add(last)
        self._journal.sync()
        self._journal.close()
