import numpy as np
import pytest

from capture.encoding.drift import Drift

BLOCK_NS = 20_000_000
MINUTE_BLOCKS = 3000


def measure(ppm: float, jitter_ns: int = 0, count: int = MINUTE_BLOCKS) -> Drift:
    """A device that runs ``ppm`` fast: it counts its samples sooner than they are due."""
    random = np.random.default_rng(1)
    drift = Drift()
    for block in range(count):
        device_ns = block * BLOCK_NS
        stamp_ns = device_ns / (1 + ppm * 1e-6) + random.integers(-jitter_ns, jitter_ns, endpoint=True)
        drift.add(device_ns, round(stamp_ns))
    return drift


@pytest.mark.parametrize("ppm", [0, 10, -10, 200, -200, 5000])
def test_it_is_positive_where_the_device_is_slow(ppm: float) -> None:
    """1 ppm is 0.06 ms in a minute."""
    assert measure(ppm).ms_per_min == pytest.approx(-0.06 * ppm, rel=0.01, abs=1e-6)


def test_jitter_averages_out() -> None:
    assert measure(100, jitter_ns=5_000_000).ms_per_min == pytest.approx(-6, abs=1)


def test_hours_lose_no_precision() -> None:
    assert measure(1, count=20 * MINUTE_BLOCKS).ms_per_min == pytest.approx(-0.06, rel=0.01)


@pytest.mark.parametrize("count", [0, 1])
def test_one_block_tells_nothing(count: int) -> None:
    assert measure(100, count=count).ms_per_min == 0


def test_its_span_is_that_of_the_device() -> None:
    assert measure(0, count=10).span_ns == 9 * BLOCK_NS
