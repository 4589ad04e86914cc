from dataclasses import dataclass
from itertools import pairwise

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capture.audio.base import RATE_HZ, Samples
from capture.participants.energy import (
    QUIETEST_SPEECH_DBFS,
    WINDOW_NS,
    WINDOWS_TO_BEGIN,
    WINDOWS_TO_END,
    EnergyDetector,
)
from capture.participants.voice_activity import Turn
from capture.recording import NS_PER_S
from tests.fakes.sources import silence, tone
from tests.rig.speech import speak

WINDOW_S = WINDOW_NS / NS_PER_S
LEARNING_S = 5


def turns(samples: Samples, cuts: tuple[int, ...] = ()) -> list[Turn]:
    detector = EnergyDetector()
    heard = [turn for piece in np.split(samples, cuts) for turn in detector.push(piece)]
    return [*heard, *detector.finish()]


def noise(seconds: float, level_dbfs: float) -> Samples:
    random = np.random.default_rng(3).standard_normal((round(seconds * RATE_HZ), 1))
    return (random * 10 ** (level_dbfs / 20)).astype(np.float32)


def spans_s(found: list[Turn]) -> list[tuple[float, float]]:
    assert [turn.speaking for turn in found] == [True, False] * (len(found) // 2)
    times_s = [turn.at_ns / NS_PER_S for turn in found]
    return list(zip(times_s[::2], times_s[1::2], strict=True))


@dataclass(frozen=True, slots=True)
class Sentence:
    """At full scale, without the silence around it."""

    samples: Samples

    @property
    def length_s(self) -> float:
        return len(self.samples) / RATE_HZ


@pytest.fixture(scope="module")
def sentence(tmp_path_factory: pytest.TempPathFactory) -> Sentence:
    path = tmp_path_factory.mktemp("speech") / "sentence.wav"
    speak("Then let us begin with the plan for the quarter.", path)
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE_HZ)
    with av.open(str(path)) as container:
        decoded = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    spoken = np.concatenate([part.to_ndarray().ravel() for part in decoded]).astype(np.float32)
    loud = np.flatnonzero(np.abs(spoken) > 0.02)
    spoken = spoken[loud[0] : loud[-1] + 1]
    return Sentence((spoken / np.abs(spoken).max())[:, np.newaxis])


def test_silence_is_no_speech() -> None:
    assert turns(silence(5)) == []


def test_nothing_is_no_speech() -> None:
    assert turns(silence(0)) == []


@pytest.mark.parametrize("level_dbfs", [-80, -60, -56])
def test_the_noise_of_a_quiet_room_is_no_speech(level_dbfs: float) -> None:
    assert turns(noise(5, level_dbfs)) == []


@pytest.mark.parametrize("before_s", [0, 20])
@pytest.mark.parametrize("level_dbfs", [-50, -45])
def test_steady_noise_is_learnt(level_dbfs: float, before_s: float) -> None:
    """Also after digital silence, as a side has while it is muted."""
    heard = spans_s(turns(np.concatenate([silence(before_s), noise(10, level_dbfs)])))
    assert sum(end - begin for begin, end in heard) < LEARNING_S


@pytest.mark.parametrize("scale", [1, 0.2, 0.05])
@pytest.mark.parametrize("room_dbfs", [-120, -65])
def test_a_sentence_is_one_turn(sentence: Sentence, scale: float, room_dbfs: float) -> None:
    room = noise(sentence.length_s + 3, room_dbfs)
    room[RATE_HZ : RATE_HZ + len(sentence.samples)] += sentence.samples * scale
    ((begin_s, end_s),) = spans_s(turns(room))
    assert begin_s == pytest.approx(1, abs=0.15)
    assert end_s == pytest.approx(1 + sentence.length_s, abs=0.15)


def test_two_sentences_are_two_turns(sentence: Sentence) -> None:
    said = np.concatenate([sentence.samples, silence(1), sentence.samples, silence(1)])
    assert len(spans_s(turns(said))) == 2


def test_speech_over_noise_is_heard(sentence: Sentence) -> None:
    """15 dB above a loud room, once that is learnt."""
    said = np.concatenate([silence(8), sentence.samples * 0.3, silence(2)])
    heard = spans_s(turns(said + noise(len(said) / RATE_HZ, -48)))
    assert any(abs(begin - 8) < 0.3 for begin, _ in heard)


def test_a_click_is_no_speech() -> None:
    click = tone((WINDOWS_TO_BEGIN - 1) * WINDOW_S)
    assert turns(np.concatenate([silence(1), click, silence(1)])) == []
    longer = tone(WINDOWS_TO_BEGIN * WINDOW_S)
    assert len(turns(np.concatenate([silence(1), longer, silence(1)]))) == 2


@pytest.mark.parametrize(("windows", "spans"), [(WINDOWS_TO_END - 1, 1), (WINDOWS_TO_END, 2)])
def test_a_pause_between_words_ends_no_turn(windows: int, spans: int) -> None:
    said = np.concatenate([tone(1), silence(windows * WINDOW_S), tone(1), silence(1)])
    assert len(spans_s(turns(said))) == spans


def test_turns_are_dated_back_to_where_they_began() -> None:
    said = np.concatenate([silence(1), tone(1.5), silence(1)])
    assert turns(said) == [Turn(speaking=True, at_ns=NS_PER_S), Turn(speaking=False, at_ns=NS_PER_S * 5 // 2)]


def test_who_still_speaks_stops_at_the_end() -> None:
    assert turns(np.concatenate([silence(1), tone(1)])) == [
        Turn(speaking=True, at_ns=NS_PER_S),
        Turn(speaking=False, at_ns=2 * NS_PER_S),
    ]


def test_both_channels_count() -> None:
    left = np.concatenate([tone(1), silence(1)], axis=0) * np.array([1, 0], np.float32)
    assert len(turns(left)) == 2


@settings(deadline=None, max_examples=60)
@given(
    parts=st.lists(st.tuples(st.integers(1, 900), st.integers(-100, -3)), min_size=1, max_size=8),
    data=st.data(),
)
def test_the_size_of_the_blocks_does_not_matter(parts: list[tuple[int, int]], data: st.DataObject) -> None:
    sound = np.concatenate([noise(length_ms / 1000, level_dbfs) for length_ms, level_dbfs in parts])
    cuts = data.draw(st.lists(st.integers(0, len(sound)), max_size=20).map(sorted))
    whole = turns(sound)
    assert turns(sound, tuple(cuts)) == whole
    assert all(before.at_ns <= after.at_ns for before, after in pairwise(whole))
    assert all(0 <= turn.at_ns <= len(sound) * NS_PER_S // RATE_HZ for turn in whole)
    spans_s(whole)


@settings(deadline=None, max_examples=30)
@given(st.floats(-120, QUIETEST_SPEECH_DBFS - 3))
def test_what_is_quieter_than_any_speech_is_none(level_dbfs: float) -> None:
    assert turns(noise(0.3, level_dbfs)) == []
