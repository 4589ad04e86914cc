"""Pictures under pressure, at a clock that the encoder itself moves: what it is given, and when."""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pytest

from capture.encoding.converter import Picture
from capture.encoding.ring import CAPACITY
from capture.ladder import Change
from capture.picture_lane import PictureLane
from capture.recording import NS_PER_S, Quality
from capture.screen.base import Frame, Unchanged, VideoFormat
from capture.timeline import Timeline
from tests.fakes.clock import FakeClock

MS = 1_000_000
SIZE = VideoFormat(32, 32)
FRAME_NS = NS_PER_S // 30


@dataclass
class SlowMovie:
    """Takes its time with each picture."""

    clock: FakeClock
    cost_ns: int
    can_be_coarse: bool = True
    repeated: int = 0
    is_coarse: bool = False
    shown: list[tuple[int, int]] = field(default_factory=list)

    def coarsen(self, *, coarse: bool) -> None:
        self.is_coarse = coarse

    def show(self, picture: Picture, at_ns: int) -> None:
        self.clock.advance(self.cost_ns)
        self.shown.append((at_ns, luma(picture)))

    def beat(self, at_ns: int) -> None:
        assert at_ns >= 0


def luma(picture: Picture) -> int:
    return int(np.frombuffer(picture.planes.planes[0], np.uint8)[0])  # type: ignore[call-overload] # a plane is a buffer


class Screen:
    """30 different pictures a second for the lane, whenever it has time to look."""

    def __init__(self, cost_ns: int, *, can_be_coarse: bool = True) -> None:
        self.clock = FakeClock()
        self.timeline = Timeline(self.clock)
        self.movie = SlowMovie(self.clock, cost_ns, can_be_coarse)
        self.changes: list[Change] = []
        self.lane = PictureLane(self.movie, SIZE, 30, self.timeline, lambda change, _: self.changes.append(change))
        self.timeline.begin()
        self._next_ns = self.clock.now_ns()
        self._number = 0

    def run(self, seconds: float) -> None:
        end_ns = self.clock.now_ns() + round(seconds * NS_PER_S)
        while self.clock.now_ns() < end_ns:
            while self._next_ns <= self.clock.now_ns():
                self.lane.put_look(self.frame(self._next_ns))
                self._next_ns += FRAME_NS
            before_ns = self.clock.now_ns()
            self.lane.step()
            if self.clock.now_ns() == before_ns:
                self.clock.advance(20 * MS)

    def frame(self, captured_ns: int) -> Frame:
        self._number += 1
        level = self._number % 250
        return Frame(np.full((32, 32, 4), level, np.uint8), captured_ns, (0, 32))

    def look(self) -> None:
        self.lane.put_look(Unchanged(self.clock.now_ns()))

    @property
    def qualities(self) -> list[Quality]:
        return [change.quality for change in self.changes]


def test_a_machine_that_keeps_up_gets_every_picture() -> None:
    screen = Screen(10 * MS)
    screen.run(5)
    assert screen.changes == []
    assert screen.lane.frames().dropped == 0
    assert {later - earlier for (earlier, _), (later, _) in pairwise(screen.movie.shown)} == {FRAME_NS}


def test_it_says_whether_some_was_left() -> None:
    """Who rested all the same would encode half of the time, at 60 a second too little."""
    screen = Screen(10 * MS)
    for number in range(25):
        screen.lane.put_look(screen.frame(screen.clock.now_ns() + number))
    assert [screen.lane.step() for _ in range(3)] == [True, True, False]
    assert len(screen.movie.shown) == 25


@pytest.mark.parametrize(
    ("cost_ms", "lowest", "fps"),
    [(50, Quality.HALF_RATE, 15), (100, Quality.QUARTER_RATE, 7.5), (200, Quality.AUDIO_ONLY, 0)],
)
def test_a_slow_encoder_gets_as_many_as_it_can_take(cost_ms: int, lowest: Quality, fps: float) -> None:
    screen = Screen(cost_ms * MS)
    while lowest not in screen.qualities:
        screen.run(0.1)
    screen.run(1.5)
    began = len(screen.movie.shown)
    screen.run(2)
    assert screen.qualities[-1] is lowest
    assert (len(screen.movie.shown) - began) / 2 == pytest.approx(fps, abs=1)
    frames = screen.lane.frames()
    assert frames.captured - frames.dropped - len(screen.movie.shown) in range(CAPACITY + 2), "each is accounted for"


def test_coarse_is_said_to_the_encoder_and_taken_back() -> None:
    screen = Screen(200 * MS)
    screen.run(5)
    assert screen.movie.is_coarse
    screen.movie.cost_ns = MS
    screen.run(40)
    assert not screen.movie.is_coarse
    assert screen.qualities[-1] is Quality.FULL


def test_an_encoder_that_cannot_be_coarse_is_spared_the_step() -> None:
    screen = Screen(200 * MS, can_be_coarse=False)
    screen.run(6)
    assert screen.qualities == [Quality.HALF_RATE, Quality.QUARTER_RATE, Quality.AUDIO_ONLY]


def test_what_stands_last_is_shown_however_few_are_taken() -> None:
    """A change that came too soon after another, and then nothing."""
    screen = Screen(50 * MS)
    screen.run(3)
    assert screen.qualities[-1] is Quality.HALF_RATE
    screen.movie.cost_ns = MS
    for _ in range(2):
        screen.lane.put_look(screen.frame(screen.clock.now_ns()))
        screen.clock.advance(10 * MS)
    last = screen.frame(screen.clock.now_ns())
    screen.lane.put_look(last)
    for _ in range(5):
        screen.clock.advance(50 * MS)
        screen.look()
        screen.lane.step()
    assert screen.movie.shown[-1][0] == screen.timeline.at(last.captured_ns)


def test_without_any_pictures_left_the_last_one_is_still_in_the_file() -> None:
    screen = Screen(200 * MS)
    screen.run(6)
    assert screen.qualities[-1] is Quality.AUDIO_ONLY
    last = screen.frame(screen.clock.now_ns())
    screen.lane.put_look(last)
    screen.lane.drain()
    assert screen.movie.shown[-1][0] == screen.timeline.at(last.captured_ns)


def test_a_pause_is_black_even_where_no_picture_is_taken() -> None:
    screen = Screen(200 * MS)
    screen.run(6)
    screen.movie.cost_ns = MS
    screen.lane.blank()
    paused_ns = screen.timeline.now_ns()
    screen.run(0.2)
    screen.lane.resume()
    resumed_ns = screen.timeline.now_ns()
    screen.lane.step()
    (black_ns, black), (back_ns, back) = screen.movie.shown[-2:]
    assert (black_ns, black, back_ns) == (paused_ns, 16, resumed_ns)
    assert back != 16


def test_a_limit_holds_however_calm_it_is_and_ends_when_it_is_lifted() -> None:
    screen = Screen(MS)
    screen.run(1)
    screen.lane.limit(Quality.COARSE, "full")
    screen.run(10)
    assert screen.movie.is_coarse
    began = len(screen.movie.shown)
    screen.lane.limit(Quality.AUDIO_ONLY, "fuller")
    screen.run(2)
    assert len(screen.movie.shown) == began
    screen.lane.limit(Quality.FULL, "room")
    screen.run(1)
    assert not screen.movie.is_coarse
    assert screen.changes == [
        Change(Quality.COARSE, "full"),
        Change(Quality.AUDIO_ONLY, "fuller"),
        Change(Quality.FULL, "room"),
    ]


def test_of_a_limit_and_a_slow_machine_the_worse_counts() -> None:
    screen = Screen(200 * MS)
    screen.lane.limit(Quality.HALF_RATE, "full")
    screen.run(6)
    assert screen.qualities == [Quality.HALF_RATE, Quality.QUARTER_RATE, Quality.COARSE, Quality.AUDIO_ONLY]
    assert screen.changes[0].reason == "full"
    assert "behind" in screen.changes[1].reason or "lost" in screen.changes[1].reason


def test_whoever_looks_on_sees_what_is_recorded_and_nothing_of_a_pause() -> None:
    screen = Screen(MS)
    screen.run(0.5)
    assert screen.lane.seen() is not None
    screen.lane.blank()
    screen.run(0.5)
    assert screen.lane.seen() is None
    screen.lane.resume()
    assert screen.lane.seen() is not None
    screen.timeline.end()
    screen.run(0.5)
    assert screen.lane.seen() is None


def test_whoever_looks_on_gives_way_where_the_machine_is_busy() -> None:
    screen = Screen(200 * MS)
    screen.run(5)
    assert screen.changes
    assert screen.lane.seen() is None
