"""One side of the meeting on its way from blocks to a track: aligned, muted, measured, written."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import numpy as np

from capture.audio.base import (
    RATE_HZ,
    AudioBlock,
    AudioEvent,
    AudioFormat,
    DeviceLost,
    DeviceRecovered,
    Samples,
)
from capture.audio.levels import LevelMeter
from capture.encoding.muxer import Muxer
from capture.encoding.sound_file import SoundFile
from capture.encoding.synchronizer import Hole, Synchronizer
from capture.events import Level
from capture.manifest import AudioReceipt, Gap
from capture.recording import NS_PER_S, Side
from capture.timeline import Timeline

LATEST_BLOCK_NS = 650_000_000
"""So long a source holds back what has strange times, 0.35 s, and the longest stall that was measured on a busy
machine. What comes later is cut off; what is waited for, a kill loses."""

LATEST_BLOCK_OF_A_RETURNED_DEVICE_NS = 1_500_000_000
"""Of one that is known to deliver again, the first: a server that was started just now stalls for longer, and what
would be cut off is there, only late."""

LATEST_BLOCK_OF_A_LOST_DEVICE_NS = 100_000_000
"""Short, so that the other side and the picture reach the disk while this side is away."""

OPUS_BIT_RATE = {1: 48_000, 2: 96_000}
"""Transparent for speech, and good enough for shared music."""


class TrackListener(Protocol):
    def on_level(self, level: Level) -> None: ...


class Track:
    """Used by one thread at a time, which also calls the listener."""

    def __init__(
        self, side: Side, device: AudioFormat, timeline: Timeline, path: Path, listener: TrackListener
    ) -> None:
        self.side = side
        self._device = device
        self._listener = listener
        self._timeline = timeline
        self._synchronizer = Synchronizer(timeline, device.channels)
        self._file = SoundFile(Muxer(path), device.channels, OPUS_BIT_RATE[device.channels])
        self._meter = LevelMeter()
        self._mutes: list[tuple[int, int | None]] = []
        self._nothing = np.zeros((0, device.channels), np.float32)
        self._unwritten: list[Samples] = []
        self._unmixed = self._nothing
        self._position = 0
        self._lost_because: str | None = None
        self._resumes: tuple[int, str] | None = None

    @property
    def end_ns(self) -> int:
        """Up to where on the timeline the track has been made."""
        return self._synchronizer.end_ns

    @property
    def waiting(self) -> int:
        """Samples written and not yet taken for the mix."""
        return len(self._unmixed)

    def mute(self, at_ns: int, *, muted: bool) -> None:
        """From ``at_ns`` of the timeline on. In this recording only: the device is left as it is."""
        if self._mutes and self._mutes[-1][1] is None:
            self._mutes[-1] = (self._mutes[-1][0], at_ns)
        if muted:
            self._mutes.append((at_ns, None))

    def push(self, block: AudioBlock) -> None:
        if self._resumes is not None and block.captured_ns >= self._resumes[0]:
            self._accept(self._synchronizer.interrupt(self._resumes[1]))
            self._resumes = None
        self._accept(self._synchronizer.push(block))

    def replay(self, past: AudioBlock | AudioEvent) -> None:
        """What came from the device before the recording was asked for."""
        match past:
            case AudioBlock():
                self.push(past)
            case DeviceLost(reason=reason):
                self.lose(reason)
            case DeviceRecovered(at_ns=at_ns):
                self.recover(at_ns)

    def lose(self, reason: str) -> None:
        """The device says that nothing will come for a while."""
        self._lost_because = reason

    def recover(self, captured_ns: int) -> None:
        """``captured_ns`` of the first block that comes again: never joined to what came before, however soon."""
        if self._lost_because is not None:
            self._resumes = (captured_ns, self._lost_because)
        self._lost_because = None

    def keep_up(self, now_ns: int) -> None:
        """Fills with silence what the device has failed to deliver by ``now_ns`` of the timeline."""
        patience_ns = self._patience_ns()
        if now_ns - self.end_ns > patience_ns:
            self._accept(self._synchronizer.fill(now_ns - patience_ns // 2, self._lost_because or "no_data"))

    def _patience_ns(self) -> int:
        if self._lost_because is not None:
            return LATEST_BLOCK_OF_A_LOST_DEVICE_NS
        return LATEST_BLOCK_NS if self._resumes is None else LATEST_BLOCK_OF_A_RETURNED_DEVICE_NS

    def has_heard(self, at_ns: int) -> bool:
        """Whether nothing that lies before ``at_ns`` can be expected any more."""
        return self._lost_because is not None or self._synchronizer.heard_ns >= at_ns

    def rest(self, until_ns: int, reason: str) -> None:
        """Silence up to there; what comes then follows on nothing."""
        self._accept(self._synchronizer.fill(until_ns, reason))

    def write(self) -> None:
        """Into the file what has been made since the last time, all at once: each time costs. Raises as it does."""
        made = np.concatenate([self._nothing, *self._unwritten])
        self._unwritten.clear()
        self._file.write(made)
        self._unmixed = np.concatenate([self._unmixed, made])

    def take(self, frames: int) -> Samples:
        taken, self._unmixed = self._unmixed[:frames], self._unmixed[frames:]
        return taken

    def finish(self, end_ns: int) -> None:
        """Brings the track to its end. The file is still open."""
        self._accept(self._synchronizer.finish(end_ns))

    def close(self) -> None:
        self._file.close()

    def holes(self) -> tuple[Hole, ...]:
        """That have been filled so far. Any thread."""
        return tuple(self._synchronizer.holes)

    def receipt(self) -> AudioReceipt:
        gaps = tuple(
            Gap(round(hole.start_ns / NS_PER_S, 3), round(hole.duration_ns / NS_PER_S, 3), hole.reason)
            for hole in self.holes()
        )
        drift = round(self._synchronizer.drift_ms_per_min, 2)
        return AudioReceipt(self.side, self._device.device, drift, gaps)

    def _accept(self, pieces: Iterable[Samples]) -> None:
        for samples in pieces:
            audible = self._silence_muted(samples)
            self._unwritten.append(audible)
            self._measure(audible)
            self._position += len(samples)

    def _measure(self, samples: Samples) -> None:
        at_ns = self._position * NS_PER_S // RATE_HZ
        for reading in self._meter.push(samples):
            self._listener.on_level(Level(self.side, round(reading.peak_dbfs, 1), round(reading.rms_dbfs, 1), at_ns))

    def _silence_muted(self, samples: Samples) -> Samples:
        for from_ns, to_ns in (*self._mutes, *self._timeline.blanks()):
            first = max(0, from_ns * RATE_HZ // NS_PER_S - self._position)
            last = len(samples) if to_ns is None else to_ns * RATE_HZ // NS_PER_S - self._position
            if first < min(last, len(samples)):
                samples = samples.copy()
                samples[first:last] = 0
        return samples
