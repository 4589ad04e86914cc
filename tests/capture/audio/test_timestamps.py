import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from capture.audio.base import RATE_HZ
from capture.audio.timestamps import DISCONTINUITY_NS, TimestampSmoother
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
