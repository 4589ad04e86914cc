"""What nobody tells of, and what cannot be done in time."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from capture.dates import Dates
from capture.events import Event, PowerChanged
from capture.narrator import Narrator
from capture.recording import NS_PER_S, PauseMode, PowerChange
from capture.slumber import LONGEST_DOZE_NS, UNSAVED, UNTOLD, Slumber
from capture.timeline import Timeline
from tests.fakes.clock import FakeClock

NIGHT_NS = 8 * 3600 * NS_PER_S


@dataclass
class Line:
    """Does to the timeline what a pipeline does, and is as quick as it is told to be."""

    timeline: Timeline
    is_quick: bool = True

    def rest(self, limit_s: float) -> bool:
        assert limit_s < 5
        if self.is_quick:
            self.timeline.rest(NS_PER_S)
        return self.is_quick

    def wake(self, mode: PauseMode | None, limit_s: float) -> bool:
        assert limit_s > 0
        if mode is None:
            self.timeline.begin()
        return True

    def pause(self, mode: PauseMode) -> None:
        assert mode is PauseMode.CUT
        self.timeline.end()

    def resume(self) -> None:
        self.timeline.begin()


@dataclass
class Night:
    directory: Path
    clock: FakeClock = field(default_factory=FakeClock)
    sleepless: FakeClock = field(default_factory=FakeClock)
    said: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.timeline = Timeline(self.clock)
        self.line = Line(self.timeline)
        self.dates = Dates(self.timeline, self.clock, self.sleepless)
        self.slumber = Slumber(self.directory, self.timeline, self.dates, Narrator(self.said.append))
        self.timeline.begin()

    def pass_time(self, ns: int) -> None:
        self.clock.advance(ns)
        self.sleepless.advance(ns)

    @property
    def changes(self) -> list[PowerChanged]:
        return [event for event in self.said if isinstance(event, PowerChanged)]


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(tmp_path)


def test_a_sleep_that_nobody_told_of_is_noted_and_dated(night: Night) -> None:
    night.pass_time(5 * NS_PER_S)
    night.slumber.look(night.line)
    assert night.changes == []
    night.sleepless.advance(NIGHT_NS)
    night.slumber.look(night.line)
    night.slumber.look(night.line)
    (woke,) = night.changes
    assert woke == PowerChanged(PowerChange.WOKE, 5 * NS_PER_S, NIGHT_NS, UNTOLD)
    before, after = night.dates.segments()
    assert (before.duration_ns, after.start_ns) == (5 * NS_PER_S, 5 * NS_PER_S)
    assert (night.dates.of(6 * NS_PER_S) - night.dates.started_at).total_seconds() == NIGHT_NS / NS_PER_S + 6


def test_one_that_nobody_ends_ends_by_itself(night: Night) -> None:
    night.slumber.fall_asleep(night.line, None)
    night.slumber.fall_asleep(night.line, None)
    night.pass_time(LONGEST_DOZE_NS)
    night.slumber.look(night.line)
    assert not night.timeline.is_running
    night.pass_time(1)
    night.slumber.look(night.line)
    assert night.timeline.is_running
    night.slumber.wake(night.line)
    assert [event.change for event in night.changes] == [PowerChange.SLEPT, PowerChange.WOKE]
    assert night.slumber.receipts[-1].duration_s == LONGEST_DOZE_NS / NS_PER_S


def test_what_was_not_saved_in_time_is_said(night: Night) -> None:
    night.line.is_quick = False
    night.slumber.fall_asleep(night.line, None)
    assert [receipt.reason for receipt in night.slumber.receipts] == [UNSAVED]


def test_a_pause_goes_on_after_it(night: Night) -> None:
    night.timeline.end()
    night.slumber.fall_asleep(night.line, PauseMode.CUT)
    night.sleepless.advance(NIGHT_NS)
    night.slumber.wake(night.line)
    assert not night.timeline.is_running
