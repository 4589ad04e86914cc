"""Speech and other sounds, all synthesised and the same each time: what voice activity detection is measured with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from capture.audio.base import RATE_HZ, Samples
from capture.participants.voice_activity import Turn, VoiceActivityDetector
from capture.recording import NS_PER_S
from tests.capture.decoding import sound
from tests.rig.speech import speak

FRAME = RATE_HZ * 32 // 1000
"""What is judged at once: 32 ms."""

FRAME_NS = FRAME * NS_PER_S // RATE_HZ

VOICES = ("en-us", "en-gb+f3", "en-us+m3", "de+f2", "en-gb-scotland+m7", "fr+f4", "es+m1", "en-gb-x-rp+f1")
SENTENCES = (
    "Good morning. Can you hear me well today?",
    "Yes we can, please go ahead with your presentation.",
    "That is on the next page, two customers asked for it.",
    "Ich habe die Zahlen gestern noch einmal geprüft.",
    "I would rather wait until all of the numbers are in.",
    "Je propose que nous commencions par le budget.",
    "Tenemos que hablar con el cliente antes del viernes.",
    "Who is going to write the documentation for that?",
)
SPEECH_DBFS = -26.0
"""RMS while somebody speaks: what telephone networks are set to (ITU-T P.56)."""

PAUSE_S = (1.0, 3.0)
AUDIBLE_DB = 40.0
"""So far below its loudest frame a sentence can still be heard."""

BRIDGED_FRAMES = 16
"""Half a second: a shorter pause is part of what is said."""

Frames = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Speech:
    samples: Samples
    truth: Frames
    """Frame by frame, whether somebody speaks."""

    def edges_ns(self) -> list[int]:
        """Where somebody begins and where he ends, by turns."""
        return [(int(at) + 1) * FRAME_NS for at in np.flatnonzero(np.diff(self.truth))]


def sentences(folder: Path) -> list[Samples]:
    """Each by another voice, without the silence around it, all of one loudness."""
    spoken = []
    for voice, text in zip(VOICES, SENTENCES, strict=True):
        path = folder / f"{voice}.wav"
        speak(text, path, voice)
        samples = sound(path)
        loud = np.flatnonzero(np.abs(samples) > np.abs(samples).max() / 100)
        spoken.append(at_level(samples[loud[0] : loud[-1] + 1], SPEECH_DBFS))
    return spoken


def speech(spoken: Sequence[Samples], pauses_seed: int = 1) -> Speech:
    """One sentence after the other, with a pause around each."""
    random = np.random.default_rng(pauses_seed)
    parts: list[Samples] = []
    for samples in spoken:
        parts += [pause(random.uniform(*PAUSE_S)), samples]
    joined = np.concatenate([*parts, pause(PAUSE_S[1])])
    joined = joined[: len(joined) // FRAME * FRAME]
    return Speech(joined, truth_of(joined))


def pause(seconds: float) -> Samples:
    return np.zeros((round(seconds * RATE_HZ), 1), np.float32)


def truth_of(clean: Samples) -> Frames:
    """Where a voice without any noise is audible; short pauses count as speech."""
    power = np.square(clean[:, 0].reshape(-1, FRAME)).mean(axis=1)
    audible: Frames = power > power.max() * 10 ** (-AUDIBLE_DB / 10)
    edges = np.flatnonzero(np.diff(audible))
    for end, begin in zip(edges[1::2], edges[2::2], strict=False):
        if begin - end < BRIDGED_FRAMES:
            audible[end : begin + 1] = True
    return audible


def at_level(samples: Samples, dbfs: float) -> Samples:
    rms = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
    return samples * np.float32(10 ** (dbfs / 20) / rms)


def white(frames: int, _: Sequence[Samples]) -> Samples:
    return np.random.default_rng(2).standard_normal((frames, 1)).astype(np.float32)


def pink(frames: int, _: Sequence[Samples]) -> Samples:
    """Power falls with frequency, from 20 Hz on."""
    size = 1 << (frames - 1).bit_length()
    spectrum = np.fft.rfft(np.random.default_rng(3).standard_normal(size))
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(size, 1 / RATE_HZ), 20))
    return np.fft.irfft(spectrum, size)[:frames, np.newaxis].astype(np.float32)


def babble(frames: int, spoken: Sequence[Samples]) -> Samples:
    """Sixteen at once who never pause, each from another place of all that is said, some backwards."""
    everything = np.concatenate(spoken)
    random = np.random.default_rng(4)
    mixed = np.zeros((frames, 1), np.float32)
    for number in range(16):
        said = np.roll(everything[:: (-1) ** number], random.integers(len(everything)), axis=0)
        mixed += np.resize(said, (frames, 1))
    return mixed


def keyboard(frames: int, _: Sequence[Samples]) -> Samples:
    """Six keys a second, each a click of 10 ms that fades."""
    random = np.random.default_rng(6)
    clicks = np.zeros((frames, 1), np.float32)
    length = RATE_HZ // 100
    fade = np.exp(-np.arange(length) / (length / 5))[:, np.newaxis]
    for at in random.integers(0, frames - length, frames * 6 // RATE_HZ):
        clicks[at : at + length] += fade * random.standard_normal((length, 1)) * random.uniform(0.3, 1)
    return clicks.astype(np.float32)


BEAT_S = 0.25
CHORDS = ((57, 60, 64), (53, 57, 60), (48, 52, 55), (55, 59, 62))
"""MIDI notes: A minor, F, C, G."""

MELODY = (69, 72, 76, 72, 74, 72, 71, 69)


def music(frames: int, _: Sequence[Samples]) -> Samples:
    """Chords, a bass, a melody and a drum, in time."""
    random = np.random.default_rng(5)
    beat = round(BEAT_S * RATE_HZ)
    played = np.zeros(frames + 16 * beat, np.float32)
    for number in range(frames // beat + 1):
        at = number * beat
        chord = CHORDS[number // 8 % len(CHORDS)]
        if number % 8 == 0:
            for note in (*chord, chord[0] - 24):
                add(played, at, plucked(note, 8, 1.0))
        add(played, at, plucked(MELODY[random.integers(len(MELODY))], 2, 0.8))
        if number % 2:
            add(played, at, 0.7 * random.standard_normal(beat // 4) * np.exp(-np.arange(beat // 4) / (beat / 20)))
    return played[:frames, np.newaxis]


@cache
def plucked(note: int, beats: int, loudness: float) -> NDArray[np.float64]:
    """A tone with six overtones, the higher ones fading sooner."""
    time_s = np.arange(round(beats * BEAT_S * RATE_HZ)) / RATE_HZ
    pitch_hz = 440 * 2 ** ((note - 69) / 12)
    tones = (
        np.sin(2 * np.pi * pitch_hz * number * time_s) * np.exp(-time_s * number) / number for number in range(1, 8)
    )
    sounding: NDArray[np.float64] = loudness * np.sum(list(tones), axis=0) * np.minimum(1, time_s / 0.01)
    return sounding


def add(played: NDArray[np.float32], at: int, tone: NDArray[np.float64]) -> None:
    played[at : at + len(tone)] += tone[: len(played) - at].astype(np.float32)


Noise = Callable[[int, Sequence[Samples]], Samples]
NOISES: Mapping[str, Noise] = {
    "white": white,
    "pink": pink,
    "music": music,
    "keyboard": keyboard,
    "babble": babble,
}


def with_noise(said: Speech, noise: Samples, snr_db: float) -> Samples:
    """``snr_db``: how much louder the voice is while it speaks."""
    return said.samples + at_level(noise, SPEECH_DBFS - snr_db)


@dataclass(frozen=True, slots=True)
class Score:
    """Of frames."""

    precision: float
    recall: float


def turns(detector: VoiceActivityDetector, samples: Samples) -> list[Turn]:
    """In blocks of a tenth of a second, as a recording has them."""
    blocks = np.split(samples, range(RATE_HZ // 10, len(samples), RATE_HZ // 10))
    return [*(turn for block in blocks for turn in detector.push(block)), *detector.finish()]


def score(told: Sequence[Turn], truth: Frames) -> Score:
    said = np.zeros(len(truth), np.bool_)
    for begin, end in zip(told[::2], told[1::2], strict=True):
        said[round(begin.at_ns / FRAME_NS) : round(end.at_ns / FRAME_NS)] = True
    right = int(np.count_nonzero(said & truth))
    return Score(right / max(1, int(np.count_nonzero(said))), right / max(1, int(np.count_nonzero(truth))))
