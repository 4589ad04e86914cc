"""The part of ``soundcard`` for Windows that is used: two loudspeakers that hum; its waits and its words."""

import threading
import time
from collections.abc import Sequence
from typing import Self

import numpy as np

from capture.audio.base import RATE_HZ, Samples

HUM_HZ = 440
PACKET_FRAMES = RATE_HZ // 100
PATIENCE_S = 4 * 0.01
"""Four periods without a packet: the library returns as many zeros as the time was long."""

SPEAKERS_ID = "{0.0.0.00000000}.{0a1b}"
HEADSET_ID = "{0.0.0.00000000}.{0c2d}"


class FakeRecorder:
    """Waits for its packets, as the library does; a packet is what the device has played by then."""

    def __init__(self, loopback: "FakeLoopback") -> None:
        self._loopback = loopback
        self._frames = 0
        self._began_s = 0.0
        self._idle_since_s: float | None = None
        self._pending = np.zeros((0, 2), np.float32)

    def __enter__(self) -> Self:
        if self._loopback.error:
            raise RuntimeError(self._loopback.error)
        self._loopback.open += 1
        self._began_s = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self._loopback.open -= 1
        if self._loopback.error:
            raise RuntimeError(self._loopback.error)

    def record(self, numframes: int) -> Samples:
        while len(self._pending) < numframes:
            self._pending = np.concatenate([self._pending, self._chunk()])
        samples, self._pending = self._pending[:numframes], self._pending[numframes:]
        return samples

    def _chunk(self) -> Samples:
        while not self._loopback.plays.is_set() or not self._is_due():
            if self._loopback.error:
                raise RuntimeError(self._loopback.error)
            now_s = time.perf_counter()
            self._idle_since_s = self._idle_since_s or now_s
            time.sleep(0.001)
            idle_s = time.perf_counter() - self._idle_since_s
            if idle_s > PATIENCE_S:
                self._idle_since_s += idle_s
                self._began_s, self._frames = now_s, 0
                return np.zeros((round(idle_s * RATE_HZ), 2), np.float32)
        self._idle_since_s = None
        at = self._frames + np.arange(PACKET_FRAMES)
        self._frames += PACKET_FRAMES
        return np.repeat(0.5 * np.sin(2 * np.pi * HUM_HZ * at / RATE_HZ), 2).reshape(-1, 2).astype(np.float32)

    def _is_due(self) -> bool:
        return time.perf_counter() - self._began_s >= (self._frames + PACKET_FRAMES) / RATE_HZ


class FakeLoopback:
    def __init__(self, device: str, name: str, *, isloopback: bool = True) -> None:
        self.id = device
        self.name = name
        self.isloopback = isloopback
        self.error = ""
        self.open = 0
        self.asked: list[tuple[int, int]] = []
        self.plays = threading.Event()
        self.plays.set()

    def recorder(self, samplerate: int, channels: int, blocksize: int) -> FakeRecorder:
        assert blocksize > 0
        self.asked.append((samplerate, channels))
        return FakeRecorder(self)


class FakeSoundCard:
    """The module. ``threads``: on which it was used."""

    def __init__(self) -> None:
        self.speakers = FakeLoopback(SPEAKERS_ID, "Speakers")
        self.headset = FakeLoopback(HEADSET_ID, "Headset")
        self.microphone = FakeLoopback("{0.0.1.00000000}.{0e3f}", "Microphone", isloopback=False)
        self.default = self.speakers
        self.plugged = [self.speakers, self.headset]
        self.error = ""
        self.threads: set[str] = set()

    def all_microphones(self, *, include_loopback: bool) -> Sequence[FakeLoopback]:
        self._touch()
        return [*(self.plugged if include_loopback else []), self.microphone]

    def default_speaker(self) -> FakeLoopback:
        self._touch()
        return self.default

    def _touch(self) -> None:
        self.threads.add(threading.current_thread().name)
        if self.error:
            raise RuntimeError(self.error)
