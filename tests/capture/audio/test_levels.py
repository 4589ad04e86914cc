import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capture.audio.base import RATE_HZ, Samples
from capture.audio.levels import SILENCE_DBFS, LevelMeter, Loudness, loudness


def sine(amplitude: float, seconds: float = 1.0, channels: int = 1) -> Samples:
    wave = amplitude * np.sin(2 * np.pi * 1000 * np.arange(round(seconds * RATE_HZ)) / RATE_HZ)
    return np.repeat(wave[:, np.newaxis], channels, axis=1).astype(np.float32)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(("amplitude", "peak_dbfs", "rms_dbfs"), [(1.0, 0.0, -3.01), (0.1, -20.0, -23.01)])
def test_a_sine(channels: int, amplitude: float, peak_dbfs: float, rms_dbfs: float) -> None:
    heard = loudness(sine(amplitude, channels=channels))
    assert heard.peak_dbfs == pytest.approx(peak_dbfs, abs=0.01)
    assert heard.rms_dbfs == pytest.approx(rms_dbfs, abs=0.01)


@pytest.mark.parametrize("frames", [0, 960])
def test_silence_has_a_number(frames: int) -> None:
    assert loudness(np.zeros((frames, 2), np.float32)) == Loudness(SILENCE_DBFS, SILENCE_DBFS)


def test_ten_readings_a_second() -> None:
    assert len(LevelMeter().push(sine(0.5))) == 10


@settings(deadline=None)
@given(cuts=st.lists(st.integers(0, RATE_HZ), max_size=40), seed=st.integers(0, 2**32 - 1))
def test_a_reading_does_not_depend_on_the_blocks(cuts: list[int], seed: int) -> None:
    noise = np.random.default_rng(seed).normal(0, 0.1, (RATE_HZ, 2)).astype(np.float32)
    meter = LevelMeter()
    readings = [reading for block in np.split(noise, sorted(cuts)) for reading in meter.push(block)]
    for reading, window in zip(readings, np.split(noise, 10), strict=True):
        assert reading.peak_dbfs == pytest.approx(loudness(window).peak_dbfs, abs=1e-3)
        assert reading.rms_dbfs == pytest.approx(loudness(window).rms_dbfs, abs=1e-3)
