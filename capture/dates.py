"""What the calendar says of an instant of a recording.

The wall clock is asked once, at the start; from there on two other clocks count. So one that is set meanwhile bends
nothing, and the time for which the machine slept is not missing.
"""

from datetime import UTC, datetime

from capture.clock import Clock, SleeplessClock
from capture.manifest import Segment
from capture.participants.log import after, wall_clock_text
from capture.timeline import Timeline


class Dates:
    """Main thread only."""

    def __init__(self, timeline: Timeline, clock: Clock, sleepless: Clock | None = None) -> None:
        """``clock`` is the timeline's."""
        self._timeline = timeline
        self._clock = clock
        self._sleepless = sleepless or SleeplessClock()
        self.start()

    def start(self, ago_ns: int = 0) -> None:
        """The recording begins now, or began so long ago."""
        self.started_at = after(datetime.now(UTC), -ago_ns)  # wall clock: the date of the start, for people
        self._origin_ns = self._sleepless.now_ns() - ago_ns
        self._ahead: list[tuple[int, int]] = []
        self.note_sleep()

    def note_sleep(self) -> None:
        """The machine may have slept up to now: what comes next is dated anew."""
        now_ns = self._clock.now_ns()
        self._ahead.append((now_ns, self._sleepless.now_ns() - now_ns))

    def sleepless_ns(self) -> int:
        """For how long the recording has been under way, sleep and pauses counted."""
        return self._sleepless.now_ns() - self._origin_ns

    def awake_ns(self) -> int:
        """On the recording's own clock, which may not count sleep."""
        return self._clock.now_ns()

    def untold_sleep_ns(self) -> int:
        """For how long the recording's clock stood still since a sleep was noted last."""
        return self._sleepless.now_ns() - self._clock.now_ns() - self._ahead[-1][1]

    def of(self, at_ns: int) -> datetime:
        """``at_ns`` of the timeline."""
        return self._of_instant(self._timeline.instant(at_ns))

    def segments(self) -> tuple[Segment, ...]:
        return tuple(
            Segment(
                stretch.start_ns,
                (stretch.end_ns or stretch.begin_ns) - stretch.begin_ns,
                wall_clock_text(self._of_instant(stretch.begin_ns)),
                stretch.is_blank,
            )
            for stretch in self._timeline.stretches
        )

    def _of_instant(self, instant_ns: int) -> datetime:
        ahead_ns = [ahead for since, ahead in self._ahead if since <= instant_ns] or [self._ahead[0][1]]
        began_ns = self._timeline.stretches[0].begin_ns + self._ahead[0][1]
        return after(self.started_at, instant_ns + ahead_ns[-1] - began_ns)
