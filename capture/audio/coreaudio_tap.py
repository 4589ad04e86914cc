"""What a Mac plays, by Core Audio's process taps through ``catap``: macOS 14.4 or newer.

Written from the library's source and its notes; it has not run on real hardware. Without the user's permission a tap
delivers zeros, and says nothing of it: ``plays`` is how that is noticed.
"""

import functools
import importlib
import logging
import os
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np

from capture.audio.base import AudioBlock, AudioDevice, AudioFormat, Samples
from capture.audio.repair import Capture, CaptureLost, LossReason, RepairingSource, Stopped
from capture.audio.unbroken import Unbroken
from capture.clock import Clock, MonotonicClock
from capture.encoding.resampler import CHANNELS, Resampler
from capture.errors import ExtraMissing, PermissionDenied, SourceError, SourceUnavailable, UnknownDevice
from capture.recording import DEFAULT_DEVICE, NS_PER_S, DeviceId, Side

LOG = logging.getLogger(__name__)

EVERYTHING = AudioDevice(DeviceId("everything"), "All that this Mac plays", is_default=True)
"""The default: whichever loudspeaker a meeting's program has chosen, and wherever the system's own default goes."""

REST_S = 0.02

STALL_NS = 2 * NS_PER_S
"""A tap may die without a word, as when a headset changes its mode; one that nothing plays to may fall silent too."""

LibraryError = (OSError, RuntimeError, ValueError, LookupError)
"""Core Audio's own errors are ``OSError``; a format that cannot be read is a ``ValueError``."""


class SampleFormat(Protocol):
    @property
    def sample_rate(self) -> float: ...
    @property
    def num_channels(self) -> int: ...
    @property
    def bits_per_sample(self) -> int: ...
    @property
    def is_float(self) -> bool: ...


class Buffer(Protocol):
    """Interleaved, little-endian."""

    @property
    def data(self) -> bytes: ...
    @property
    def format(self) -> SampleFormat: ...


class Session(Protocol):
    """A tap and what it takes to listen to it."""

    @property
    def capture_failed(self) -> bool: ...
    @property
    def needs_cleanup(self) -> bool: ...
    def start(self) -> None: ...
    def close(self) -> None: ...


class Sessions(Protocol):
    """``on_buffer`` is called on a thread of the library's, and must not close the session."""

    def from_system_audio(self, *, on_buffer: Callable[[Buffer], None]) -> Session: ...
    def from_device(self, device: "Device", *, on_buffer: Callable[[Buffer], None]) -> Session: ...


class Device(Protocol):
    @property
    def uid(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def output_streams(self) -> Sequence[object]: ...


class Process(Protocol):
    @property
    def pid(self) -> int: ...
    @property
    def is_outputting(self) -> bool: ...


class Catap(Protocol):
    """What is used of the module ``catap``, which is installed on macOS alone."""

    @property
    def RecordingSession(self) -> Sessions: ...  # noqa: N802 - the library's own name
    def list_audio_devices(self) -> Sequence[Device]: ...
    def list_audio_processes(self) -> Sequence[Process]: ...


class CoreAudioTapSource(RepairingSource):
    """A chosen ``device`` is never exchanged for another; the default is all that is played, to whichever.

    Raises from ``start``: ``ExtraMissing``, ``SourceUnavailable``, ``UnknownDevice``, ``PermissionDenied``.
    """

    def __init__(self, device: DeviceId, clock: Clock | None = None, catap: Catap | None = None) -> None:
        super().__init__(clock or MonotonicClock())
        self._device = device
        self._catap = catap

    def _open(self) -> Capture:
        capture = TapCapture(self._catap or library(), self._device, self._clock, self._stopping)
        capture.open()
        return capture


@dataclass(frozen=True, slots=True)
class Arrival:
    samples: Samples
    at_ns: int


class TapCapture:
    """A ``Capture``. Buffers pass from the library's thread to the source's."""

    suspended = False

    def __init__(self, catap: Catap, wanted: DeviceId, clock: Clock, stopping: threading.Event) -> None:
        self._catap = catap
        self._wanted = wanted
        self._clock = clock
        self._stopping = stopping
        self._arrived: queue.SimpleQueue[Arrival] = queue.SimpleQueue()  # never drops; its reader never rests long
        self._session: Session | None = None
        self._resampler: Resampler | None = None
        self._sound = Unbroken(CHANNELS, clock.now_ns())
        self._heard_ns = self._asked_ns = clock.now_ns()
        self.format = AudioFormat(EVERYTHING.id, EVERYTHING.name, CHANNELS)

    def open(self) -> None:
        """Raises ``SourceError``, and then holds nothing."""
        try:
            self._session = self._tap()
            self._session.start()
        except LibraryError as error:
            self.close()
            raise _translated(error) from error

    def read(self) -> Sequence[AudioBlock]:
        if self._stopping.wait(REST_S):
            raise Stopped
        now_ns = self._clock.now_ns()
        arrivals = [self._arrived.get() for _ in range(self._arrived.qsize())]
        if not arrivals:
            self._check(now_ns)
            return list(self._sound.wait(now_ns))
        self._heard_ns = now_ns
        return [block for arrival in arrivals for block in self._sound.take(arrival.samples, arrival.at_ns)]

    def close(self) -> None:
        """Idempotent."""
        session, self._session = self._session, None
        if session is None:
            return
        try:
            session.close()
        except LibraryError as error:  # also says once more why the session had failed
            LOG.debug("the tap was closed with an error: %s", error)
            if session.needs_cleanup:
                _close_again(session)

    def _tap(self) -> Session:
        sessions = self._catap.RecordingSession
        if self._wanted in {DEFAULT_DEVICE, EVERYTHING.id}:
            return sessions.from_system_audio(on_buffer=self._receive)
        device = _resolve(self._catap, self._wanted)
        self.format = AudioFormat(DeviceId(device.uid), device.name, CHANNELS)
        return sessions.from_device(device, on_buffer=self._receive)

    def _receive(self, buffer: Buffer) -> None:
        """A change of format ends the session: the resampler is made once."""
        now_ns = self._clock.now_ns()
        if self._resampler is None:
            self._resampler = Resampler(round(buffer.format.sample_rate), buffer.format.num_channels)
        samples = self._resampler.push(_samples(buffer))
        if len(samples):
            self._arrived.put(Arrival(samples, now_ns))

    def _check(self, now_ns: int) -> None:
        """Raises ``CaptureLost`` for a session that failed, or that is deaf while something plays."""
        if self._session is None or self._session.capture_failed:
            raise CaptureLost(LossReason.FAILED)
        if now_ns - max(self._heard_ns, self._asked_ns) >= STALL_NS:
            self._asked_ns = now_ns
            if plays(self._catap):
                raise CaptureLost(LossReason.NO_DATA)


def list_devices(catap: Catap | None = None) -> tuple[AudioDevice, ...]:
    """All that is played, then each loudspeaker. Raises ``ExtraMissing``, ``SourceUnavailable``."""
    found = _loudspeakers(catap or library())
    return (EVERYTHING, *(AudioDevice(DeviceId(each.uid), each.name, is_default=False) for each in found))


def plays(catap: Catap | None = None) -> bool:
    """Whether another program plays; no, where that cannot be told."""
    try:
        processes = (catap or library()).list_audio_processes()
    except (SourceError, *LibraryError):
        return False
    return any(process.is_outputting and process.pid != os.getpid() for process in processes)


@functools.cache
def library() -> Catap:
    """Raises ``ExtraMissing``, or ``SourceUnavailable`` where macOS is too old."""
    try:
        return cast("Catap", importlib.import_module("catap"))
    except ModuleNotFoundError as error:
        message = "the part that listens to what macOS plays is not installed"
        raise ExtraMissing(message, side=Side.SYSTEM, extra="macos") from error
    except (ImportError, OSError) as error:
        raise SourceUnavailable(str(error), side=Side.SYSTEM) from error


def _loudspeakers(catap: Catap) -> list[Device]:
    try:
        return [device for device in catap.list_audio_devices() if device.output_streams]
    except LibraryError as error:
        raise _translated(error) from error


def _resolve(catap: Catap, wanted: DeviceId) -> Device:
    """By its id alone: the library's own search would take a device by its name too."""
    for device in _loudspeakers(catap):
        if device.uid == wanted:
            return device
    message = "no such loudspeaker"
    raise UnknownDevice(message, device=wanted, side=Side.SYSTEM)


def _samples(buffer: Buffer) -> Samples:
    """Shape ``(frames, channels)``, a copy."""
    kind = buffer.format
    if kind.is_float:
        flat = np.frombuffer(buffer.data, "<f4").astype(np.float32)
    elif kind.bits_per_sample == 24:  # noqa: PLR2004 - the width that numpy has no type for
        wide = np.zeros((len(buffer.data) // 3, 4), np.uint8)
        wide[:, 1:] = np.frombuffer(buffer.data, np.uint8).reshape(-1, 3)
        flat = wide.view("<i4")[:, 0].astype(np.float32) / np.float32(2**31)
    else:
        whole = np.frombuffer(buffer.data, f"<i{kind.bits_per_sample // 8}")
        flat = whole.astype(np.float32) / np.float32(2 ** (kind.bits_per_sample - 1))
    return flat.reshape(-1, kind.num_channels)


def _close_again(session: Session) -> None:
    """What could not be given back at first often can a moment later."""
    try:
        session.close()
    except LibraryError as error:
        LOG.warning("the tap was not given back: %s", error)


def _translated(error: Exception) -> SourceError:
    reason = str(error) or type(error).__name__
    denied = isinstance(error, PermissionError)
    return PermissionDenied(reason, side=Side.SYSTEM) if denied else SourceUnavailable(reason, side=Side.SYSTEM)
