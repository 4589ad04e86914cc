import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capture.audio.base import RATE_HZ, Samples
from capture.participants.decimator import FACTOR, SPEECH_RATE_HZ, Decimator, Mono
from tests.fakes.sources import silence, tone

MARGIN = 50
"""Outputs at either end that rest on what is not there."""


def decimated(samples: Samples, cuts: tuple[int, ...] = ()) -> Mono:
    decimator = Decimator()
    pieces = [decimator.push(piece) for piece in np.split(samples, cuts)]
    return np.concatenate([*pieces, decimator.finish()])


def gain_db(tone_hz: float) -> float:
    heard = decimated(tone(1, tone_hz))[MARGIN:-MARGIN]
    return float(20 * np.log10(np.sqrt(np.mean(np.square(heard))) / (0.5 / 2**0.5) + 1e-9))


@pytest.mark.parametrize("tone_hz", [50, 440, 3000, 7000])
def test_what_a_voice_is_made_of_passes_where_it_was(tone_hz: float) -> None:
    """Each output equals the sample at its instant: neither softer nor late by a hundredth of a sample."""
    samples = tone(1, tone_hz)
    expected = samples[::FACTOR, 0]
    assert np.abs(decimated(samples) - expected)[MARGIN:-MARGIN].max() < 0.002
    assert gain_db(tone_hz) == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("tone_hz", [9000, 12_000, 15_500, 16_000, 23_000])
def test_what_would_be_folded_into_the_voice_is_gone(tone_hz: float) -> None:
    assert gain_db(tone_hz) < -60


def test_channels_are_averaged() -> None:
    both = np.concatenate([tone(0.1), tone(0.1, amplitude=0)], axis=1)
    assert np.allclose(decimated(both), decimated(tone(0.1)) / 2, atol=1e-6)


def test_a_click_stays_at_its_instant() -> None:
    click = silence(1)
    click[FACTOR * 5000] = 1
    assert int(np.argmax(np.abs(decimated(click)))) == 5000


@settings(deadline=None, max_examples=40)
@given(frames=st.integers(0, 9000), data=st.data())
def test_the_size_of_the_blocks_does_not_matter(frames: int, data: st.DataObject) -> None:
    samples = np.random.default_rng(frames).standard_normal((frames, 2)).astype(np.float32)
    cuts = data.draw(st.lists(st.integers(0, frames), max_size=20).map(sorted))
    whole = decimated(samples)
    assert np.allclose(decimated(samples, tuple(cuts)), whole, atol=1e-5)
    assert len(whole) == -(-frames // FACTOR)


def test_no_more_than_three_milliseconds_are_kept_back() -> None:
    ready = Decimator().push(silence(1))
    assert SPEECH_RATE_HZ - len(ready) <= 0.003 * SPEECH_RATE_HZ
    assert RATE_HZ == FACTOR * SPEECH_RATE_HZ
