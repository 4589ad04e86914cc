"""What every detector owes, whatever it goes by."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capture.audio.base import RATE_HZ, Samples
from capture.participants.energy import EnergyDetector
from capture.participants.silero import Network, load_network
from capture.participants.speech_detector import SpeechDetector
from capture.participants.voice_activity import Turn, VoiceActivityDetector
from capture.recording import NS_PER_S
from tests.capture.participants.sound_set import pause, sentences
from tests.fakes.sources import silence

Maker = Callable[[], VoiceActivityDetector]


@cache
def network() -> Network:
    return load_network(files("resources"))


def by_model() -> VoiceActivityDetector:
    return SpeechDetector(network())


@pytest.fixture(params=[EnergyDetector, by_model], ids=["loudness", "model"])
def make(request: pytest.FixtureRequest) -> Maker:
    maker: Maker = request.param
    return maker


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """Two sentences, a second apart, in a room."""
    first, second, *_ = sentences(tmp_path_factory.mktemp("speech"))
    said = np.concatenate([pause(1), first, pause(1), second])
    return said + (np.random.default_rng(1).standard_normal(said.shape) * 3e-4).astype(np.float32)


def turns(detector: VoiceActivityDetector, samples: Samples, cuts: tuple[int, ...] = ()) -> list[Turn]:
    found = [turn for piece in np.split(samples, cuts) for turn in detector.push(piece)]
    return [*found, *detector.finish()]


def test_silence_is_no_speech(make: Maker) -> None:
    assert turns(make(), silence(5)) == []
    assert turns(make(), silence(0)) == []


def test_who_still_speaks_stops_with_the_sound(make: Maker, spoken: Samples) -> None:
    *_, last = turns(make(), spoken)
    assert not last.speaking
    assert last.at_ns <= len(spoken) * NS_PER_S // RATE_HZ


def test_both_channels_count(make: Maker, spoken: Samples) -> None:
    for channels in ((1, 0), (0, 1), (1, 1)):
        both = spoken * np.array([channels], np.float32)
        assert len(turns(make(), both)) == 4


@settings(deadline=None, max_examples=20)
@given(data=st.data())
@pytest.mark.parametrize("make", [EnergyDetector, by_model], ids=["loudness", "model"])
def test_the_size_of_the_blocks_does_not_matter(make: Maker, spoken: Samples, data: st.DataObject) -> None:
    length = data.draw(st.integers(0, len(spoken)))
    cuts = data.draw(st.lists(st.integers(0, length), max_size=20).map(sorted))
    whole = turns(make(), spoken[:length])
    assert turns(make(), spoken[:length], tuple(cuts)) == whole
    assert [turn.speaking for turn in whole] == [True, False] * (len(whole) // 2)
    assert all(before.at_ns <= after.at_ns for before, after in pairwise(whole))


def test_a_turn_is_known_soon(make: Maker, spoken: Samples) -> None:
    """Within 0.6 s of its beginning."""
    (turn,) = make().push(spoken[: round(1.6 * RATE_HZ)])
    assert turn.speaking
    assert turn.at_ns == pytest.approx(NS_PER_S, abs=150_000_000)
