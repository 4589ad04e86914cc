"""Before a meeting: whether each side delivers, and whether what is played comes back on the side that records it."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from capture.audio.base import RATE_HZ, AudioBlock, AudioEvent, AudioSource, Samples
from capture.audio.levels import SILENCE_DBFS, Loudness, dbfs, loudness
from capture.clock import Clock
from capture.errors import CaptureError
from capture.recording import NS_PER_S, Side

LISTEN_NS = NS_PER_S
FIRST_SOUND_LIMIT_S = 4.0
"""An idle virtual device may take 2 s to wake."""

ECHO_NS = 300_000_000
"""After the tone: the longest way through a room and two converters."""

TONE_HZ: Final = 740
TONE_S: Final = 0.3
TONE_AMPLITUDE: Final = 0.03
"""-30 dBFS: to be heard by a microphone near the loudspeaker, and by nobody in the next room."""

FADE_S = 0.02
WINDOW_FRAMES = RATE_HZ // 10
ABOVE_BEFORE_DB = 12.0
QUIETEST_TONE_DBFS = -90.0


@dataclass(frozen=True, slots=True)
class Hearing:
    """What one side delivered. ``loudness`` is that of the time before the tone; ``None`` where nothing came."""

    device: str
    loudness: Loudness | None
    heard_tone: bool


@dataclass(frozen=True, slots=True)
class SoundCheck:
    """Each side that could be opened was heard; ``tone_error`` tells why the tone could not be played."""

    sides: Mapping[Side, Hearing | CaptureError]
    tone_error: CaptureError | None


class Ear:
    """Keeps what a source delivers."""

    def __init__(self, source: AudioSource) -> None:
        self._blocks: list[AudioBlock] = []
        self._source = source
        self._changed = threading.Condition()
        self.name = source.start(self._on_block, self._on_event).name

    def wait_until(self, instant_ns: int, limit_s: float) -> None:
        """Until there is sound of that instant; no longer than ``limit_s``."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._blocks) and self._blocks[-1].end_ns >= instant_ns, limit_s)

    def stop(self) -> None:
        self._source.stop()

    def hearing(self, tone_ns: int) -> Hearing:
        """After ``stop``. ``tone_ns`` is when the tone was asked for."""
        before = [block.samples for block in self._blocks if block.end_ns <= tone_ns]
        after = [block.samples for block in self._blocks if block.end_ns > tone_ns]
        if not before:
            return Hearing(self.name, None, heard_tone=False)
        quiet, tone = np.concatenate(before), np.concatenate([before[-1], *after])
        return Hearing(
            self.name, loudness(quiet), _tone_dbfs(tone) > max(_tone_dbfs(quiet) + ABOVE_BEFORE_DB, QUIETEST_TONE_DBFS)
        )

    def _on_block(self, block: AudioBlock) -> None:
        with self._changed:
            self._blocks.append(block)
            self._changed.notify_all()

    def _on_event(self, _: AudioEvent) -> None:
        """A source that is lost meanwhile shows in what it does not deliver."""


def sound_check(
    sources: Mapping[Side, Callable[[], AudioSource]], play: Callable[[Samples], None], clock: Clock
) -> SoundCheck:
    """Takes about two seconds. Opens nothing for longer than that."""
    ears: dict[Side, Ear] = {}
    sides: dict[Side, Hearing | CaptureError] = {}
    try:
        for side, source in sources.items():
            try:
                ears[side] = Ear(source())
            except CaptureError as error:
                sides[side] = error
        _wait(ears, clock.now_ns() + LISTEN_NS, FIRST_SOUND_LIMIT_S)
        tone_ns = clock.now_ns()
        tone_error = _try(play)
        _wait(ears, clock.now_ns() + ECHO_NS, 1.0)
    finally:
        for ear in ears.values():
            ear.stop()
    sides |= {side: ear.hearing(tone_ns) for side, ear in ears.items()}
    return SoundCheck(sides, tone_error)


def tone() -> Samples:
    """A quiet A, or nearly: shape ``(frames, 2)``, faded in and out."""
    time_s = np.arange(round(TONE_S * RATE_HZ)) / RATE_HZ
    fade = np.minimum(time_s, TONE_S - time_s).clip(0, FADE_S) / FADE_S
    wave = TONE_AMPLITUDE * fade * np.sin(2 * np.pi * TONE_HZ * time_s)
    return np.repeat(wave.astype(np.float32)[:, np.newaxis], 2, axis=1)


def _wait(ears: Mapping[Side, Ear], instant_ns: int, limit_s: float) -> None:
    """For all of them, within one limit."""
    deadline_s = time.monotonic() + limit_s
    for ear in ears.values():
        ear.wait_until(instant_ns, max(0.0, deadline_s - time.monotonic()))


def _try(play: Callable[[Samples], None]) -> CaptureError | None:
    try:
        play(tone())
    except CaptureError as error:
        return error
    return None


def _tone_dbfs(samples: Samples) -> float:
    """The loudest tenth of a second of that frequency alone."""
    mono = samples.mean(axis=1)
    whole = len(mono) // WINDOW_FRAMES * WINDOW_FRAMES
    if not whole:
        return SILENCE_DBFS
    window = np.hanning(WINDOW_FRAMES)
    turn = np.exp(-2j * np.pi * TONE_HZ * np.arange(WINDOW_FRAMES) / RATE_HZ) * window
    return dbfs(float(np.abs(mono[:whole].reshape(-1, WINDOW_FRAMES) @ turn).max()) * 2 / float(window.sum()))
