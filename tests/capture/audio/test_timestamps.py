import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capture.audio.base import RATE_HZ, AudioBlock
from capture.audio.timestamps import DISCONTINUITY_NS, LONGEST_HOLD_NS, Dating, TimestampSmoother
from capture.recording import NS_PER_S

MS = 1_000_000
START_NS = 123_456_789_000


def truth_ns(block_frames: list[int], drift_ppm: float) -> list[int]:
    frame_ns = NS_PER_S / (RATE_HZ * (1 + drift_ppm * 1e-6))
    begins = np.cumsum([0, *block_frames[:-1]])
    return [START_NS + round(begin * frame_ns) for begin in begins]


@settings(max_examples=30, deadline=None)
@given(
    drift_ppm=st.floats(-300, 300),
    jitter_ms=st.floats(0, 15),
    frames=st.integers(480, 1920),
    seed=st.integers(0, 2**32 - 1),
)
def test_jitter_is_smoothed_and_drift_is_followed(drift_ppm: float, jitter_ms: float, frames: int, seed: int) -> None:
    sizes = [frames] * (60 * RATE_HZ // frames)
    truth = truth_ns(sizes, drift_ppm)
    noise_ns = np.random.default_rng(seed).uniform(-jitter_ms * MS, jitter_ms * MS, len(sizes)).astype(int)
    smoother = TimestampSmoother()
    errors_ns = [
        abs(smoother.smooth(true_ns + int(wrong_ns), size) - true_ns)
        for true_ns, wrong_ns, size in zip(truth, noise_ns, sizes, strict=True)
    ]
    settled_ns = errors_ns[len(sizes) // 4 :]
    assert max(errors_ns) <= jitter_ms * MS + 1 * MS
    assert max(settled_ns) <= jitter_ms * MS * 0.9 + 1 * MS
    assert np.mean(settled_ns) <= jitter_ms * MS * 0.25 + 0.5 * MS


@settings(deadline=None)
@given(sizes=st.lists(st.integers(1, 9600), min_size=2, max_size=200), drift_ppm=st.floats(-300, 300))
def test_an_honest_device_is_not_touched_whatever_its_blocks(sizes: list[int], drift_ppm: float) -> None:
    smoother = TimestampSmoother()
    for true_ns, size in zip(truth_ns(sizes, drift_ppm), sizes, strict=True):
        assert abs(smoother.smooth(true_ns, size) - true_ns) < 1 * MS


def test_the_drift_is_told() -> None:
    sizes = [960] * (120 * 50)
    smoother = TimestampSmoother()
    for true_ns, size in zip(truth_ns(sizes, 200), sizes, strict=True):
        smoother.smooth(true_ns, size)
    assert abs(smoother.drift_ppm - 200) < 5


def test_a_wrong_start_is_forgotten_within_a_second() -> None:
    smoother = TimestampSmoother()
    truth = truth_ns([960] * 60, 0)
    wrong = [true_ns - 40 * MS for true_ns in truth[:5]] + truth[5:]
    smooth = [smoother.smooth(captured_ns, 960) for captured_ns in wrong]
    assert max(abs(a - b) for a, b in zip(smooth[50:], truth[50:], strict=True)) < 10 * MS


@given(jump_ns=st.integers(DISCONTINUITY_NS + 1 * MS, 3600 * NS_PER_S), forward=st.booleans())
def test_a_jump_passes_at_once(jump_ns: int, *, forward: bool) -> None:
    smoother = TimestampSmoother()
    for true_ns in truth_ns([960] * 100, 0):
        smoother.smooth(true_ns, 960)
    after_ns = true_ns + 20 * MS + (jump_ns if forward else -jump_ns)
    assert smoother.smooth(after_ns, 960) == after_ns
    assert abs(smoother.smooth(after_ns + 20 * MS, 960) - after_ns - 20 * MS) < 1000


BLOCK_FRAMES = 960
BLOCK_NS = 20 * MS
HOLD_NS = 250 * MS
HELD = 13


def blocks(wrong_ns: list[int], first: int = 0) -> list[AudioBlock]:
    """One after the other, each stamped that much too late."""
    silence = np.zeros((BLOCK_FRAMES, 1), np.float32)
    return [AudioBlock(silence, START_NS + (first + n) * BLOCK_NS + late_ns) for n, late_ns in enumerate(wrong_ns)]


def errors_ms(dated: list[AudioBlock], first: int = 0) -> list[float]:
    return [abs(block.captured_ns - START_NS - (first + n) * BLOCK_NS) / MS for n, block in enumerate(dated)]


def test_what_is_not_to_be_held_back_passes_at_once() -> None:
    dating = Dating()
    assert [len(dating.push(block)) for block in blocks([-33 * MS, 0, 0])] == [1, 1, 1]


def test_the_first_blocks_are_dated_by_those_that_follow() -> None:
    """As PipeWire stamps them when it has just been started."""
    dating = Dating(hold_ns=HOLD_NS)
    wrong_ns = [-33 * MS, *[-17 * MS] * 6, *[0] * 20]
    given = [list(dating.push(block)) for block in blocks(wrong_ns)]
    assert [len(part) for part in given] == [*[0] * (HELD - 1), HELD, *[1] * (len(wrong_ns) - HELD)]
    assert max(errors_ms([block for part in given for block in part])) < 1


def test_stamps_that_do_not_agree_are_waited_for_but_not_for_ever() -> None:
    dating = Dating(hold_ns=HOLD_NS)
    given = [list(dating.push(block)) for block in blocks([number * 10 * MS for number in range(30)])]
    held = next(number for number, part in enumerate(given) if part)
    assert held * BLOCK_NS < LONGEST_HOLD_NS <= (held + 1) * BLOCK_NS


def test_one_wrong_stamp_in_the_middle_moves_nothing() -> None:
    dating = Dating(hold_ns=HOLD_NS)
    wrong_ns = [*[0] * 20, 700 * MS, *[0] * 20]
    given = [block for made in blocks(wrong_ns) for block in dating.push(made)]
    assert len(given) == len(wrong_ns)
    assert max(errors_ms(given)) < 1


def test_time_that_was_lost_stays_lost() -> None:
    dating = Dating(hold_ns=HOLD_NS)
    late_ns = 300 * MS
    wrong_ns = [*[0] * 20, *[late_ns] * 20]
    given = [block for made in blocks(wrong_ns) for block in dating.push(made)]
    assert max(errors_ms(given[:20])) < 1
    assert errors_ms(given[20:], 20) == [300] * 20


@pytest.mark.parametrize("shift_ms", [-22, 22])
def test_a_shift_is_mended_at_once_without_a_seam(shift_ms: int) -> None:
    dating = Dating(hold_ns=HOLD_NS)
    wrong_ns = [*[0] * 20, *[shift_ms * MS] * 20]
    given = [block for made in blocks(wrong_ns) for block in dating.push(made)]
    for block, following in itertools.pairwise(given):
        assert abs(following.captured_ns - block.end_ns) < MS
    assert given[-1].end_ns == pytest.approx(START_NS + 40 * BLOCK_NS + shift_ms * MS, abs=MS)


def test_what_is_held_back_is_given_when_nothing_more_comes() -> None:
    dating = Dating(hold_ns=HOLD_NS)
    for block in blocks([0] * 5):
        assert not dating.push(block)
    assert errors_ms(list(dating.release())) == [0] * 5
    assert not dating.release()
