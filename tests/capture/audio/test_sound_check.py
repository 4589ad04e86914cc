"""The check before a meeting, with sources that deliver all at once."""

from collections.abc import Callable

import numpy as np
import pytest

from capture.audio.base import RATE_HZ, AudioBlock, AudioEvent, AudioFormat, Samples
from capture.audio.levels import SILENCE_DBFS
from capture.audio.sound_check import TONE_AMPLITUDE, TONE_HZ, Hearing, SoundCheck, sound_check, tone
from capture.errors import SourceUnavailable
from capture.recording import NS_PER_S, DeviceId, Side
from tests.fakes.sources import blocks, silence
from tests.fakes.sources import tone as note

START_NS = 7 * NS_PER_S
LISTENED_S = 2


class Clock:
    """Stands at the start when it is asked for the first time, and at the end of the listening from then on."""

    def __init__(self) -> None:
        self._times_ns = iter([START_NS])

    def now_ns(self) -> int:
        return next(self._times_ns, START_NS + LISTENED_S * NS_PER_S)


class Room:
    """A loudspeaker, and what hears it: each source at its own gain, over a sound of its own."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.sources: list[Deaf] = []
        self.error: SourceUnavailable | None = None

    def play(self, samples: Samples) -> None:
        if self.error is not None:
            raise self.error
        for source in self.sources:
            source.hear(samples)


class Deaf:
    """An ``AudioSource`` that delivers nothing."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.stopped = 0
        room.sources.append(self)

    def start(self, on_block: Callable[[AudioBlock], None], _: Callable[[AudioEvent], None]) -> AudioFormat:
        self.on_block = on_block
        self.begin()
        return AudioFormat(DeviceId("device"), "Device", 1)

    def stop(self) -> None:
        self.stopped += 1

    def begin(self) -> None:
        """Nothing comes."""

    def hear(self, samples: Samples) -> None:
        """Nothing comes either."""


class Hearer(Deaf):
    def __init__(self, room: Room, background: Samples, gain: float) -> None:
        super().__init__(room)
        self._background = background
        self._gain = gain
        self._next_ns = START_NS

    def begin(self) -> None:
        self._deliver(self._background)

    def hear(self, samples: Samples) -> None:
        after = np.concatenate([samples[:, :1] * self._gain, silence(1)])
        self._deliver(after + self._background[: len(after)])

    def _deliver(self, samples: Samples) -> None:
        for block in blocks(samples.astype(np.float32), self._next_ns):
            self.on_block(block)
        self._next_ns += len(samples) * NS_PER_S // RATE_HZ


def hiss(level_dbfs: float) -> Samples:
    noise = np.random.default_rng(2).standard_normal((LISTENED_S * RATE_HZ, 1))
    return (noise * 10 ** (level_dbfs / 20)).astype(np.float32)


def check(room: Room, source: Callable[[], Deaf]) -> SoundCheck:
    return sound_check({Side.MICROPHONE: source}, room.play, room.clock)


@pytest.mark.parametrize(
    ("background_dbfs", "gain", "heard"),
    [(-120, 1, True), (-60, 1, True), (-40, 1, True), (-60, 0.1, True), (-60, 0, False), (-30, 0, False)],
)
def test_a_tone_is_heard_above_the_noise_or_not_at_all(background_dbfs: float, gain: float, *, heard: bool) -> None:
    room = Room()
    found = check(room, lambda: Hearer(room, hiss(background_dbfs), gain)).sides[Side.MICROPHONE]
    assert isinstance(found, Hearing)
    assert found.heard_tone is heard
    assert found.loudness is not None
    assert found.loudness.rms_dbfs == pytest.approx(background_dbfs, abs=1)


def test_other_sounds_are_not_taken_for_it() -> None:
    room = Room()
    found = check(room, lambda: Hearer(room, note(LISTENED_S, TONE_HZ * 2, 0.3), 0)).sides[Side.MICROPHONE]
    assert isinstance(found, Hearing)
    assert not found.heard_tone


def test_digital_silence_and_a_device_that_delivers_nothing_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("capture.audio.sound_check.FIRST_SOUND_LIMIT_S", 0.05)
    room = Room()
    silent = check(room, lambda: Hearer(room, silence(LISTENED_S), 0)).sides[Side.MICROPHONE]
    assert isinstance(silent, Hearing)
    assert silent.loudness is not None
    assert silent.loudness.peak_dbfs == SILENCE_DBFS
    deaf = check(room, lambda: Deaf(room)).sides[Side.MICROPHONE]
    assert deaf == Hearing("Device", None, heard_tone=False)


def test_what_cannot_be_opened_or_played_is_told_and_the_rest_is_stopped() -> None:
    room = Room()
    room.error = SourceUnavailable("no loudspeaker")
    missing = SourceUnavailable("no microphone")

    def refuse() -> Deaf:
        raise missing

    sources = {Side.MICROPHONE: refuse, Side.SYSTEM: lambda: Hearer(room, hiss(-60), 1)}
    found = sound_check(sources, room.play, room.clock)
    assert found.sides[Side.MICROPHONE] is missing
    assert isinstance(found.sides[Side.SYSTEM], Hearing)
    assert found.tone_error is room.error
    assert [source.stopped for source in room.sources] == [1]


def test_the_tone_is_short_and_quiet() -> None:
    samples = tone()
    assert samples.shape == (round(0.3 * RATE_HZ), 2)
    assert np.abs(samples).max() <= TONE_AMPLITUDE
    assert np.abs(samples[[0, -1]]).max() < TONE_AMPLITUDE / 20
