import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capture.audio.base import RATE_HZ, Samples
from capture.audio.levels import dbfs
from capture.audio.mixer import CEILING, THRESHOLD, Mixer
from tests.capture.audio.listening import amplitude

PILOT_HZ = 9000


def speech(folder: Path, text: str, voice: str) -> Samples:
    """Mono, at full scale: the loudest sample is 1.0."""
    spoken, resampled = folder / f"{voice}.wav", folder / f"{voice}-48k.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-w", spoken, text], check=True, timeout=20)
    subprocess.run(["sox", "-G", spoken, "-b", "16", "-r", str(RATE_HZ), resampled], check=True, timeout=20)
    with wave.open(str(resampled)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float32)
    full_scale: Samples = (samples / np.abs(samples).max())[: 4 * RATE_HZ, np.newaxis]
    return full_scale


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> tuple[Samples, Samples]:
    folder, text = tmp_path_factory.mktemp("voices"), "The quick brown fox jumps over the lazy dog, and then once more."
    mine, theirs = speech(folder, text, "en"), speech(folder, text, "de")
    length = min(len(mine), len(theirs))
    return mine[:length], theirs[:length]


def true_peak_dbfs(samples: Samples) -> float:
    """Between the samples too: eightfold oversampling."""
    spectrum = np.fft.rfft(samples, axis=0)
    return dbfs(float(np.abs(np.fft.irfft(spectrum, 8 * len(samples), axis=0)).max() * 8))


def in_blocks(microphone: Samples, system: Samples, cuts: list[int]) -> Samples:
    mixer = Mixer()
    pairs = zip(np.split(microphone, cuts), np.split(system, cuts), strict=True)
    return np.concatenate([mixer.mix(left, right) for left, right in pairs])


def test_a_soft_sum_is_left_as_it_is() -> None:
    noise = np.random.default_rng(1).uniform(-THRESHOLD / 2, THRESHOLD / 2, (2, RATE_HZ, 2)).astype(np.float32)
    mixed = Mixer().mix(noise[0], noise[1])
    assert mixed.dtype == np.float32
    assert np.array_equal(mixed, noise[0] + noise[1])


@pytest.mark.parametrize(("microphone", "system"), [(1, 1), (1, 2), (2, 1), (2, 2)])
def test_the_mix_is_stereo(microphone: int, system: int) -> None:
    mine, theirs = np.full((960, microphone), 0.1, np.float32), np.full((960, system), 0.2, np.float32)
    assert np.allclose(Mixer().mix(mine, theirs), np.full((960, 2), 0.3))


def test_speech_at_full_scale_on_both_sides_does_not_clip(voices: tuple[Samples, Samples]) -> None:
    mine, theirs = voices
    assert true_peak_dbfs(mine + theirs) > 2
    mixed = Mixer().mix(mine, theirs)
    assert np.abs(mixed).max() <= CEILING
    assert true_peak_dbfs(mixed) <= -1.0


def test_the_quieter_side_keeps_its_level(voices: tuple[Samples, Samples]) -> None:
    """A pilot tone in the quieter side, followed in windows of 50 ms below the loudest speech there can be."""
    loud = voices[0]
    pilot = 0.1 * np.sin(2 * np.pi * PILOT_HZ * np.arange(len(loud)) / RATE_HZ).astype(np.float32)[:, np.newaxis]
    mixed, alone = Mixer().mix(loud, pilot), Mixer().mix(loud, np.zeros_like(pilot))
    windows = range(0, len(loud) - 2400, 2400)
    heard = [dbfs(amplitude((mixed - alone)[begin : begin + 2400], PILOT_HZ) / 0.1) for begin in windows]
    assert min(heard) > -3.0
    assert max(heard) < 0.5
    assert max(abs(np.diff(heard))) < 3.0


@settings(deadline=None, max_examples=60)
@given(
    cuts=st.lists(st.integers(0, 9600), max_size=30),
    gains=st.tuples(st.floats(0, 2), st.floats(0, 2)),
    seed=st.integers(0, 2**32 - 1),
)
def test_the_mix_does_not_depend_on_the_blocks(cuts: list[int], gains: tuple[float, float], seed: int) -> None:
    random = np.random.default_rng(seed)
    loudness = np.repeat(random.uniform(0, 1, 10), 960)[:, np.newaxis]
    mine, theirs = (
        (gain * loudness * random.uniform(-1, 1, (9600, channels))).astype(np.float32)
        for gain, channels in zip(gains, (1, 2), strict=True)
    )
    whole = Mixer().mix(mine, theirs)
    assert np.abs(whole).max() <= CEILING
    assert np.allclose(in_blocks(mine, theirs, sorted(cuts)), whole, atol=1e-5)


def test_it_lets_go_again() -> None:
    mixer = Mixer()
    nothing = np.zeros((RATE_HZ, 2), np.float32)
    mixer.mix(nothing + 1.0, nothing)
    soft = nothing + 0.3
    assert np.allclose(mixer.mix(soft, nothing)[RATE_HZ // 2 :], soft[RATE_HZ // 2 :])
