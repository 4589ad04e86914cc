"""The canceller in a simulated room, between two voices of espeak-ng: what it takes away, and what it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from capture.audio.base import RATE_HZ, Samples
from capture.audio.echo import DELAY, FRAME, EchoCanceller
from capture.errors import ExtraMissing
from tests.capture.decoding import sound
from tests.capture.participants.room import Line, Room, Scene
from tests.rig.speech import speak

LOCAL = "I would rather wait until all of the numbers are in."
REMOTE = "Yes we can, please go ahead with your presentation."
PEAK = 0.4
ENVELOPE_FRAMES = RATE_HZ // 50

Spans = tuple[float, float]
FIRST_WORDS, REMOTE_ALONE, LOCAL_ALONE, BOTH = (0.5, 8.0), (9.0, 15.0), (16.0, 23.0), (24.0, 35.0)
LENGTH_S = 36.0


@dataclass(frozen=True, slots=True)
class Voices:
    local: Samples
    remote: Samples


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> Voices:
    folder = tmp_path_factory.mktemp("voices")

    def spoken(text: str, voice: str) -> Samples:
        speak(text, folder / "sentence.wav", voice)
        samples = sound(folder / "sentence.wav")
        return samples * np.float32(PEAK / np.abs(samples).max())

    return Voices(spoken(LOCAL, "en-us"), spoken(REMOTE, "en-gb+f3"))


def lines(voice: Samples, *spans: Spans) -> Sequence[Line]:
    """Sentence after sentence with half a second between them."""
    pace_s = len(voice) / RATE_HZ + 0.5
    starts_s = (
        start_s + pace_s * number for start_s, end_s in spans for number in range(int((end_s - start_s) / pace_s))
    )
    return [Line(at_s, voice) for at_s in starts_s]


def passed(microphone: Samples, system: Samples, block_frames: int = 2000) -> tuple[Samples, Samples]:
    canceller = EchoCanceller()
    outs = [
        canceller.push(microphone[at : at + block_frames], system[at : at + block_frames])
        for at in range(0, len(microphone), block_frames)
    ]
    outs.append(canceller.finish())
    cleaned, kept = (np.concatenate(part) for part in zip(*outs, strict=True))
    return cleaned, kept


def meeting(voices: Voices, room: Room) -> tuple[Samples, Samples, Samples]:
    """What the microphone and the system deliver, and the local voice alone."""
    local = lines(voices.local, LOCAL_ALONE, BOTH)
    scene = Scene(local, lines(voices.remote, FIRST_WORDS, REMOTE_ALONE, BOTH), LENGTH_S)
    microphone, system = scene.sounds(room)
    near, _ = Scene(local, (), LENGTH_S).sounds(Room(noise_dbfs=-200))
    return microphone, system, near


def within(samples: Samples, span: Spans) -> Samples:
    return samples[round(span[0] * RATE_HZ) : round(span[1] * RATE_HZ)]


def loudness_db(samples: Samples) -> float:
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-20))


def change_db(before: Samples, after: Samples) -> Samples:
    """Of each 20 ms in which ``before`` is loud: within 20 dB of its loudest."""
    first, second = (
        np.sqrt(np.square(samples[:, 0].reshape(-1, ENVELOPE_FRAMES)).mean(axis=1) + 1e-12)
        for samples in (before, after)
    )
    loud = first > first.max() / 10
    change: Samples = 20 * np.log10(second[loud] / first[loud])
    return change


@pytest.mark.parametrize(
    "room", [Room(noise_dbfs=-80), Room(gain_db=-6, delay_s=0.08), Room(delay_s=0.2, noise_dbfs=-80)], ids=str
)
def test_the_echo_is_taken_away(voices: Voices, room: Room) -> None:
    microphone, system, _ = meeting(voices, room)
    cleaned, _ = passed(microphone, system)
    removed_db = loudness_db(within(microphone, REMOTE_ALONE)) - loudness_db(within(cleaned, REMOTE_ALONE))
    assert removed_db > 25


@pytest.mark.parametrize("room", [Room(), Room(gain_db=-6, delay_s=0.08), Room(gain_db=-90)], ids=str)
def test_who_speaks_alone_is_left_as_he_is(voices: Voices, room: Room) -> None:
    microphone, system, near = meeting(voices, room)
    cleaned, _ = passed(microphone, system)
    change = change_db(within(near, LOCAL_ALONE), within(cleaned, LOCAL_ALONE))
    assert np.abs(change).max() < 0.5


def test_who_is_talked_over_is_still_heard(voices: Voices) -> None:
    microphone, system, near = meeting(voices, Room())
    cleaned, _ = passed(microphone, system)
    change = change_db(within(near, BOTH), within(cleaned, BOTH))
    assert abs(np.median(change)) < 0.1
    assert np.percentile(change, 5) > -3


def test_with_headphones_nothing_is_touched(voices: Voices) -> None:
    microphone, system, _ = meeting(voices, Room(gain_db=-90))
    cleaned, _ = passed(microphone, system)
    assert np.abs(cleaned - microphone).max() == 0


def test_both_sides_stay_in_step_and_whole() -> None:
    random = np.random.default_rng(3)
    microphone = (0.05 * random.standard_normal((RATE_HZ + 123, 1))).astype(np.float32)
    system = (1e-4 * random.standard_normal((len(microphone), 2))).astype(np.float32)  # no more than noise
    cleaned, kept = passed(microphone, system)
    assert (kept == system).all()
    assert (cleaned == microphone).all()


def test_what_the_library_delays_is_undone_to_the_sample() -> None:
    """The two that are mixed by turns must not be two copies."""
    sound = (0.05 * np.random.default_rng(3).standard_normal(RATE_HZ)).astype(np.float32)
    cleaned = EchoCanceller()._canceller.process(sound, np.zeros_like(sound))
    size = 1 << 17
    likeness = np.fft.irfft(np.fft.rfft(cleaned, size) * np.conj(np.fft.rfft(sound, size)), size)
    assert likeness.argmax() == DELAY


@pytest.mark.parametrize("block_frames", [1, 7, FRAME, 4801])
def test_the_size_of_blocks_does_not_matter(voices: Voices, block_frames: int) -> None:
    microphone, system = voices.local[:5000], np.repeat(voices.remote[:5000], 2, axis=1)
    cleaned, _ = passed(microphone, system, block_frames)
    expected, _ = passed(microphone, system)
    assert (cleaned == expected).all()
    assert cleaned.any()


def test_little_is_held_back(voices: Voices) -> None:
    canceller = EchoCanceller()
    system = np.repeat(voices.remote, 2, axis=1)
    given = got = 0
    for at in range(0, 20_000, 700):
        given += 700
        got += len(canceller.push(voices.local[at : at + 700], system[at : at + 700])[0])
        assert 0 <= given - got < RATE_HZ // 50


def test_nothing_in_nothing_out() -> None:
    cleaned, system = EchoCanceller().finish()
    assert (cleaned.shape, system.shape) == ((0, 1), (0, 2))


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("capture.audio.echo.import_module", refuse)
    with pytest.raises(ExtraMissing) as caught:
        EchoCanceller()
    assert caught.value.data == {"extra": "echo"}
