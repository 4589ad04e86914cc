import threading
from collections.abc import Callable

import numpy as np
import pytest

from capture.audio.base import RATE_HZ, AudioBlock, AudioSource, DeviceLost, DeviceRecovered
from capture.audio.synthetic import BEEP_HZ, BLOCK_FRAMES, Faults, SyntheticSource
from capture.recording import NS_PER_S, Side
from capture.synthetic import FLASH_LENGTH_NS, FLASH_PERIOD_NS, is_lit
from tests.capture.audio.listening import Listener, amplitude, onsets_ns, sample_times_ns
from tests.fakes.clock import FakeClock

START_NS = 7_300_000_000
MS = 1_000_000

Start = Callable[[AudioSource], Listener]


def record(start: Start, seconds: float, faults: Faults | None = None, side: Side = Side.MICROPHONE) -> Listener:
    clock = FakeClock(START_NS)
    listener = start(SyntheticSource(side, clock, faults))
    clock.advance(round(seconds * NS_PER_S))
    begin, end = (faults and faults.gap_ns) or (0, 0)
    expected = (seconds - (end - begin) / NS_PER_S) * RATE_HZ / BLOCK_FRAMES
    listener.wait_for(lambda: len(listener.blocks) >= int(expected) - 1)
    return listener


def test_nothing_comes_before_its_time(start: Start) -> None:
    clock = FakeClock(START_NS)
    listener = start(SyntheticSource(Side.MICROPHONE, clock))
    clock.advance(39 * MS)
    listener.wait_for(lambda: len(listener.blocks) == 1)
    clock.advance(1 * MS)
    listener.wait_for(lambda: len(listener.blocks) == 2)
    assert [block.captured_ns for block in listener.blocks] == [START_NS, START_NS + 20 * MS]


def test_it_beeps_when_the_picture_is_lit(start: Start) -> None:
    listener = record(start, 5)
    onsets = onsets_ns(listener.blocks)
    assert len(onsets) == 4  # of 9, 10, 11 and 12 s; that of 8 s follows no sound
    assert all(
        abs((onset + FLASH_PERIOD_NS // 2) % FLASH_PERIOD_NS - FLASH_PERIOD_NS // 2) < 1 * MS for onset in onsets
    )
    for block in listener.blocks:
        times = sample_times_ns(block)
        dark = np.array([not is_lit(int(time_ns)) for time_ns in times])
        assert not block.samples[dark[:, np.newaxis] & (np.abs(block.samples) > 0.01)].size


def test_the_beep_is_a_tone(start: Start) -> None:
    lit = [
        block for block in record(start, 2).blocks if block.captured_ns % FLASH_PERIOD_NS < FLASH_LENGTH_NS - 20 * MS
    ]
    assert len(lit) >= 4
    assert all(amplitude(block.samples, BEEP_HZ) == pytest.approx(0.5, abs=0.01) for block in lit)


@pytest.mark.parametrize(("side", "channels"), [(Side.MICROPHONE, 1), (Side.SYSTEM, 2)])
def test_channels_are_those_of_the_side(start: Start, side: Side, channels: int) -> None:
    assert {block.samples.shape for block in record(start, 1, side=side).blocks} == {(BLOCK_FRAMES, channels)}


@pytest.mark.parametrize("drift_ppm", [200.0, -200.0])
def test_a_drifting_device_still_beeps_at_the_true_second(start: Start, drift_ppm: float) -> None:
    """Its samples come faster or slower; their capture times say when they really were."""
    blocks = record(start, 30, Faults(drift_ppm=drift_ppm)).blocks
    last = blocks[-1]
    frames = sum(len(block.samples) for block in blocks[:-1])
    real_s = (last.captured_ns - START_NS) / NS_PER_S
    assert (frames / RATE_HZ / real_s - 1) * 1e6 == pytest.approx(drift_ppm, abs=1)
    assert abs(onsets_ns(blocks)[-1] % FLASH_PERIOD_NS) < 1 * MS


def test_jitter_is_in_the_stamps_alone_and_the_same_each_time(start: Start) -> None:
    first, second = (record(start, 5, Faults(jitter_ns=5 * MS)).blocks for _ in range(2))
    straight = record(start, 5).blocks
    wrong_ns = [a.captured_ns - b.captured_ns for a, b in zip(first, straight, strict=False)]
    assert 4 * MS < max(wrong_ns) <= 5 * MS
    assert -5 * MS <= min(wrong_ns) < -4 * MS
    for one, other in zip(first, second, strict=False):
        assert one.captured_ns == other.captured_ns
        assert np.array_equal(one.samples, other.samples)


def test_a_gap_is_told_and_holds_nothing(start: Start) -> None:
    listener = record(start, 5, Faults(gap_ns=(1 * NS_PER_S, 3 * NS_PER_S)))
    lost, recovered = listener.events
    assert isinstance(lost, DeviceLost)
    assert isinstance(recovered, DeviceRecovered)
    assert (lost.at_ns - START_NS, recovered.at_ns - START_NS) == (1 * NS_PER_S, 3 * NS_PER_S)
    assert not [block for block in listener.blocks if lost.at_ns <= block.captured_ns < recovered.at_ns]


def test_a_listener_may_stop_it() -> None:
    clock, stopped, blocks = FakeClock(), threading.Event(), list[AudioBlock]()
    source = SyntheticSource(Side.MICROPHONE, clock)

    def stop_at_once(block: AudioBlock) -> None:
        blocks.append(block)
        source.stop()
        stopped.set()

    source.start(stop_at_once, lambda _: None)
    clock.advance(NS_PER_S)
    assert stopped.wait(5)
    source.stop()
    assert len(blocks) == 1
