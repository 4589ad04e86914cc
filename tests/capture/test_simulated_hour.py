"""An hour of two devices that drift and jitter, one of them away for 3 s, through everything but the encoders."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
import pytest
from numpy.typing import NDArray

from capture.audio.base import RATE_HZ, AudioBlock, Samples
from capture.audio.mixer import Mixer
from capture.encoding.synchronizer import Hole, Synchronizer
from capture.recording import NS_PER_S
from capture.timeline import Timeline
from tests.fakes.clock import FakeClock

HOUR_S = 3600
HOUR_NS = HOUR_S * NS_PER_S
START_NS = 7 * NS_PER_S
BLOCK_FRAMES = RATE_HZ // 5
"""Large, so that the hour is over in ten seconds."""

CLICK_FRAMES = 24
CLICK = 0.4
JITTER_NS = 3_000_000
IN_TIME_S = 0.005
GAP_S = (1800.25, 1803.25)


@dataclass(frozen=True, slots=True)
class Device:
    """Clicks once in ten seconds, beginning with ``first_click_s``; its samples come at its own pace."""

    first_click_s: float
    drift_ppm: float
    gap_s: tuple[float, float] = (HOUR_S, HOUR_S)

    @property
    def clicks_s(self) -> NDArray[np.float64]:
        return np.arange(self.first_click_s, HOUR_S - 1, 10)

    @property
    def heard_s(self) -> NDArray[np.float64]:
        """Those that are not in the gap."""
        from_s, to_s = self.gap_s
        return self.clicks_s[(self.clicks_s < from_s) | (self.clicks_s >= to_s)]

    def blocks(self) -> Iterator[AudioBlock]:
        rate_hz = RATE_HZ * (1 + self.drift_ppm * 1e-6)
        random = np.random.default_rng(round(self.drift_ppm) + 1000)
        clicks = np.round(self.clicks_s * rate_hz).astype(np.int64)
        for frame in range(0, round(HOUR_S * rate_hz), BLOCK_FRAMES):
            captured_s = frame / rate_hz
            if self.gap_s[0] <= captured_s < self.gap_s[1]:
                continue
            jitter_ns = int(random.integers(-JITTER_NS, JITTER_NS, endpoint=True))
            yield AudioBlock(_clicking(clicks, frame), START_NS + round(captured_s * NS_PER_S) + jitter_ns)


FAST = Device(2.5, 200, GAP_S)
SLOW = Device(7.5, -200)


@dataclass(frozen=True, slots=True)
class Hour:
    """When each click begins in the mix, and how long that is."""

    clicks_s: NDArray[np.float64]
    length_frames: int
    holes: tuple[list[Hole], list[Hole]]


@pytest.fixture(scope="module")
def hour() -> Hour:
    clock = FakeClock(START_NS)
    timeline = Timeline(clock)
    timeline.begin()
    clock.advance(HOUR_NS)
    timeline.end()
    fast, slow = Synchronizer(timeline, 1), Synchronizer(timeline, 1)
    loud: list[int] = []
    length_frames = 0
    for sound in _mixed(_track(FAST, fast), _track(SLOW, slow)):
        loud += (length_frames + np.flatnonzero(sound[:, 0] > CLICK / 2)).tolist()
        length_frames += len(sound)
    begins = np.array(loud)[np.diff(loud, prepend=-RATE_HZ) > RATE_HZ // 10]
    return Hour(begins / RATE_HZ, length_frames, (fast.holes, slow.holes))


def test_every_click_is_where_it_was(hour: Hour) -> None:
    true_s = np.sort(np.concatenate([FAST.heard_s, SLOW.heard_s]))
    assert len(hour.clicks_s) == len(true_s) == 719
    assert np.abs(hour.clicks_s - true_s).max() <= IN_TIME_S


def test_there_is_one_gap_and_the_length_is_right(hour: Hour) -> None:
    (hole,), none = hour.holes
    assert none == []
    assert hole.start_ns / NS_PER_S == pytest.approx(GAP_S[0], abs=0.21)
    assert hole.duration_ns / NS_PER_S == pytest.approx(GAP_S[1] - GAP_S[0], abs=0.21)
    assert hour.length_frames == HOUR_S * RATE_HZ


def _clicking(clicks: NDArray[np.int64], frame: int) -> Samples:
    samples = np.zeros((BLOCK_FRAMES, 1), np.float32)
    first, last = np.searchsorted(clicks, (frame - CLICK_FRAMES, frame + BLOCK_FRAMES))
    for click in clicks[first:last]:
        samples[max(0, click - frame) : click - frame + CLICK_FRAMES] = CLICK
    return samples


def _track(device: Device, synchronizer: Synchronizer) -> Iterator[Samples]:
    """What each block adds, and at last the end."""
    for block in device.blocks():
        yield np.concatenate([np.zeros((0, 1), np.float32), *synchronizer.push(block)])
    yield from synchronizer.finish(HOUR_NS)


def _mixed(one: Iterator[Samples], other: Iterator[Samples]) -> Iterator[Samples]:
    """As far as both have come, again and again."""
    mixer, nothing = Mixer(), np.zeros((0, 1), np.float32)
    waiting = [nothing, nothing]
    for pair in zip_longest(one, other, fillvalue=nothing):
        waiting = [np.concatenate([before, more]) for before, more in zip(waiting, pair, strict=True)]
        frames = min(map(len, waiting))
        yield mixer.mix(waiting[0][:frames], waiting[1][:frames])
        waiting = [each[frames:] for each in waiting]
