"""The part of ``catap`` that is used: a Mac with two loudspeakers, on which something hums."""

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from capture.audio.base import RATE_HZ
from capture.audio.coreaudio_tap import Buffer, Device

HUM_HZ = 440
BUFFER_S = 512 / RATE_HZ

Receive = Callable[[Buffer], None]


@dataclass(frozen=True)
class FakeFormat:
    sample_rate: float = 48_000.0
    num_channels: int = 2
    bits_per_sample: int = 32
    is_float: bool = True


@dataclass(frozen=True)
class FakeBuffer:
    data: bytes
    format: FakeFormat


@dataclass(frozen=True)
class FakeDevice:
    uid: str
    name: str
    output_streams: tuple[str, ...] = ("stream",)


@dataclass
class FakeProcess:
    pid: int
    is_outputting: bool


@dataclass
class FakeTap:
    """What the system does with one. ``audible``: off, and no buffer comes."""

    start_error: Exception | None = None
    close_errors: int = 0
    failed: bool = False
    audible: bool = True


class FakeSession:
    """A thread calls back, as the library's own worker does; closing waits for it."""

    def __init__(self, mac: "FakeCatap", device: Device | None, on_buffer: Receive) -> None:
        self.device = device
        self.tap = FakeTap(mac.start_error, mac.close_errors)
        self._mac = mac
        self._on_buffer = on_buffer
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run)

    @property
    def capture_failed(self) -> bool:
        return self.tap.failed

    @property
    def needs_cleanup(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        if self.tap.start_error is not None:
            raise self.tap.start_error
        self._mac.open += 1
        self._thread.start()

    def close(self) -> None:
        if self.tap.close_errors:
            self.tap.close_errors -= 1
            message = "busy"
            raise OSError(message)
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()
            self._mac.open -= 1
        if self.tap.failed:
            message = "the format changed"
            raise RuntimeError(message)

    def _run(self) -> None:
        kind, frames = self._mac.format, 0
        step = round(kind.sample_rate * BUFFER_S)
        while not self._closing.wait(BUFFER_S):
            if self.tap.audible and not self.tap.failed:
                at = frames + np.arange(step)
                hum = 0.5 * np.sin(2 * np.pi * HUM_HZ * at / kind.sample_rate)
                self._on_buffer(FakeBuffer(encoded(np.repeat(hum, kind.num_channels), kind), kind))
                frames += step


def encoded(samples: NDArray[np.float64], kind: FakeFormat) -> bytes:
    if kind.is_float:
        return samples.astype("<f4").tobytes()
    whole = np.round(samples * (2 ** (kind.bits_per_sample - 1) - 1)).astype(np.int32)
    wide: NDArray[np.uint8] = whole.view(np.uint8).reshape(-1, 4)
    return wide[:, : kind.bits_per_sample // 8].tobytes()


class FakeSessions:
    def __init__(self, mac: "FakeCatap") -> None:
        self._mac = mac

    def from_system_audio(self, *, on_buffer: Receive) -> FakeSession:
        return self._add(None, on_buffer)

    def from_device(self, device: Device, *, on_buffer: Receive) -> FakeSession:
        return self._add(device, on_buffer)

    def _add(self, device: Device | None, on_buffer: Receive) -> FakeSession:
        self._mac.sessions.append(FakeSession(self._mac, device, on_buffer))
        return self._mac.sessions[-1]


class FakeCatap:
    """The module. ``start_error`` and ``close_errors`` are those of the next tap."""

    def __init__(self) -> None:
        self.speakers = FakeDevice("BuiltInSpeakerDevice", "MacBook Speakers")
        self.headset = FakeDevice("00-11:output", "Headset")
        self.microphone = FakeDevice("BuiltInMicrophoneDevice", "MacBook Microphone", output_streams=())
        self.plugged = [self.speakers, self.headset, self.microphone]
        self.processes = [FakeProcess(os.getpid(), is_outputting=True), FakeProcess(1, is_outputting=False)]
        self.format = FakeFormat()
        self.start_error: Exception | None = None
        self.close_errors = 0
        self.error: Exception | None = None
        self.sessions: list[FakeSession] = []
        self.open = 0
        self.RecordingSession = FakeSessions(self)

    def list_audio_devices(self) -> Sequence[FakeDevice]:
        if self.error is not None:
            raise self.error
        return self.plugged

    def list_audio_processes(self) -> Sequence[FakeProcess]:
        if self.error is not None:
            raise self.error
        return self.processes
