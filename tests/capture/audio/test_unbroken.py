"""What arrives late and with holes, and what is made of it."""

import numpy as np
import pytest

from capture.audio.base import RATE_HZ, AudioBlock, Samples
from capture.audio.unbroken import BLOCK_FRAMES, Unbroken
from capture.recording import NS_PER_S

MS = 1_000_000
START_NS = 5 * NS_PER_S


def sound(frames: int) -> Samples:
    return np.full((frames, 2), 0.5, np.float32)


def packets(unbroken: Unbroken, count: int, first_ns: int, late_ns: tuple[int, ...] = (0,)) -> list[AudioBlock]:
    """Each of 10 ms, the first captured from ``first_ns`` on; each arrives late by the next of ``late_ns``."""
    blocks: list[AudioBlock] = []
    for number in range(count):
        end_ns = first_ns + (number + 1) * 10 * MS
        blocks += unbroken.take(sound(RATE_HZ // 100), end_ns + late_ns[number % len(late_ns)])
    return blocks


def errors_ms(blocks: list[AudioBlock], first_ns: int) -> list[float]:
    """How far each block's stamp is from when it was captured."""
    frames = np.cumsum([0, *(len(block.samples) for block in blocks[:-1])])
    return [
        (block.captured_ns - first_ns - frame * NS_PER_S / RATE_HZ) / MS
        for block, frame in zip(blocks, frames, strict=True)
    ]


def test_blocks_have_one_length_whatever_arrives() -> None:
    unbroken = Unbroken(2, START_NS)
    blocks = [*unbroken.take(sound(700), START_NS + 15 * MS), *unbroken.take(sound(4000), START_NS + 98 * MS)]
    assert [len(block.samples) for block in blocks] == [BLOCK_FRAMES] * 4
    assert blocks[1].captured_ns - blocks[0].captured_ns == 20 * MS


def test_the_earliest_arrivals_tell_the_time() -> None:
    blocks = packets(Unbroken(2, START_NS), 400, START_NS, late_ns=(0, 3 * MS, 9 * MS, 1 * MS))
    assert max(map(abs, errors_ms(blocks, START_NS))) < 0.2


def test_a_thread_that_was_held_up_moves_nothing() -> None:
    """Thirty packets come at once, a third of a second late."""
    late_ns = (*((30 - number) * 10 * MS for number in range(30)), *(0 for _ in range(100)))
    unbroken = Unbroken(2, START_NS)
    before = packets(unbroken, 100, START_NS)
    blocks = before + packets(unbroken, 130, START_NS + NS_PER_S, late_ns)
    assert max(map(abs, errors_ms(blocks, START_NS))) < 1
    assert all(block.samples.all() for block in blocks)


@pytest.mark.parametrize("ppm", [200, -200])
def test_a_device_that_drifts_is_followed(ppm: int) -> None:
    unbroken, blocks = Unbroken(2, START_NS), list[AudioBlock]()
    for number in range(6000):
        end_ns = START_NS + round((number + 1) * 10 * MS * (1 + ppm / 1e6))
        blocks += unbroken.take(sound(RATE_HZ // 100), end_ns)
    true_ns = START_NS + 60 * NS_PER_S * (1 + ppm / 1e6)
    assert abs(blocks[-1].end_ns - true_ns) < 0.2 * MS


def test_where_nothing_comes_there_is_silence_at_once_and_the_sound_after_it_is_in_time() -> None:
    unbroken = Unbroken(2, START_NS)
    blocks = packets(unbroken, 100, START_NS)
    for waited in range(100):
        blocks += unbroken.wait(START_NS + NS_PER_S + waited * 20 * MS)
    assert blocks[-1].end_ns > START_NS + NS_PER_S + 99 * 20 * MS - 150 * MS
    wakes_ns = START_NS + 3 * NS_PER_S + 7 * MS
    blocks += packets(unbroken, 20, wakes_ns)
    samples = np.concatenate([block.samples for block in blocks])
    woken = np.flatnonzero(samples[:, 0])
    assert woken[RATE_HZ] / RATE_HZ == pytest.approx(3.007, abs=0.001)
    assert max(map(abs, errors_ms(blocks, START_NS))) < 1


def test_a_library_that_fills_short_is_corrected() -> None:
    """It gives zeros for a time, and none for the last 35 ms before the sound."""
    unbroken = Unbroken(2, START_NS)
    blocks = list(unbroken.take(np.zeros((RATE_HZ, 2), np.float32), START_NS + NS_PER_S))
    blocks += packets(unbroken, 20, START_NS + NS_PER_S + 35 * MS)
    samples = np.concatenate([block.samples for block in blocks])
    assert np.flatnonzero(samples[:, 0])[0] / RATE_HZ == pytest.approx(1.035, abs=0.001)


def test_what_a_device_could_not_keep_is_silence() -> None:
    unbroken = Unbroken(2, START_NS)
    blocks = packets(unbroken, 100, START_NS) + packets(unbroken, 100, START_NS + 3 * NS_PER_S)
    assert max(map(abs, errors_ms(blocks, START_NS))) < 1
    assert sum(len(block.samples) for block in blocks) == pytest.approx(4 * RATE_HZ, abs=BLOCK_FRAMES)


def test_a_machine_that_slept_is_no_silence_of_hours() -> None:
    """Under Windows the clock goes on meanwhile: what lies so far back is the recording's to fill, or to leave out."""
    night_ns = 8 * 3600 * NS_PER_S
    unbroken = Unbroken(2, START_NS)
    blocks = packets(unbroken, 101, START_NS)
    for waits in (False, True):
        begin_ns = START_NS + (1 + waits) * night_ns
        blocks += unbroken.wait(begin_ns) if waits else []
        blocks += packets(unbroken, 100, begin_ns)
    samples = np.concatenate([block.samples for block in blocks])
    assert len(samples) < 5 * RATE_HZ
    assert np.count_nonzero(samples[:, 0]) == pytest.approx(3.01 * RATE_HZ, abs=BLOCK_FRAMES)
    assert blocks[-1].end_ns == pytest.approx(START_NS + 2 * night_ns + NS_PER_S, abs=25 * MS)
    assert {len(block.samples) for block in blocks} == {BLOCK_FRAMES}
