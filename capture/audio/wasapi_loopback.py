"""What Windows plays, by the loopback of WASAPI through ``soundcard``; Windows converts to the rate and channels asked.

Written from the library's source; it has not run on real hardware. That library, because it names devices by the
system's own lasting ids and tells which is the default now: PortAudio has no ids, and no news while a stream is open.
"""

import functools
import importlib
import queue
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from typing import Protocol, TypeVar, cast

from capture.audio.base import RATE_HZ, AudioBlock, AudioDevice, AudioFormat, Samples
from capture.audio.repair import Capture, CaptureLost, LossReason, RepairingSource, Stopped
from capture.audio.unbroken import BLOCK_FRAMES, Unbroken
from capture.clock import Clock, MonotonicClock
from capture.errors import ExtraMissing, PermissionDenied, SourceError, SourceUnavailable, UnknownDevice
from capture.recording import DEFAULT_DEVICE, NS_PER_S, DeviceId, Side

T = TypeVar("T")

CHANNELS = 2
BUFFER_FRAMES = RATE_HZ // 2
"""Kept by Windows for us, should this process be held up."""

REST_S = 0.01
"""Half a block: the library itself looks for data a thousand times a second."""

DEFAULT_CHECK_NS = NS_PER_S

ACCESS_DENIED = "0x80070005"
"""As the library spells ``E_ACCESSDENIED`` in its words."""

LibraryError = (RuntimeError, AssertionError, OSError)
"""It asserts what it expects of Windows; all else it tells by ``RuntimeError``, with the code in its words."""


class Recorder(Protocol):
    """What is used of an open device."""

    def record(self, numframes: int) -> Samples:
        """Waits for so many; zeros where nothing has come for 40 ms. Raises ``RuntimeError``."""
        ...


class Loudspeaker(Protocol):
    """What is used of a device of ``soundcard``, which ships no types."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class Loopback(Loudspeaker, Protocol):
    """A loudspeaker seen as a microphone, by the same id."""

    @property
    def isloopback(self) -> bool: ...
    def recorder(self, samplerate: int, channels: int, blocksize: int) -> AbstractContextManager[Recorder]: ...


class SoundCard(Protocol):
    """What is used of the module ``soundcard``."""

    def all_microphones(self, *, include_loopback: bool) -> Sequence[Loopback]: ...
    def default_speaker(self) -> Loudspeaker: ...


class WasapiLoopbackSource(RepairingSource):
    """A chosen ``device`` is never exchanged for another; the default is followed.

    Raises from ``start``: ``ExtraMissing``, ``SourceUnavailable``, ``UnknownDevice``, ``PermissionDenied``.
    """

    def __init__(self, device: DeviceId, clock: Clock | None = None, soundcard: SoundCard | None = None) -> None:
        super().__init__(clock or MonotonicClock())
        self._device = device
        self._soundcard = soundcard

    def _open(self) -> Capture:
        capture = LoopbackCapture(self._device, self._clock, self._stopping, self._soundcard)
        capture.open()
        return capture


class LoopbackCapture:
    """A ``Capture``. All that touches COM runs on one thread of its own."""

    suspended = False

    def __init__(
        self, wanted: DeviceId, clock: Clock, stopping: threading.Event, soundcard: SoundCard | None = None
    ) -> None:
        self._wanted = wanted
        self._clock = clock
        self._stopping = stopping
        self._soundcard = soundcard
        self._closing = threading.Event()
        self._thread = ThreadPoolExecutor(1, "WasapiLoopback")
        self._arrived: queue.SimpleQueue[AudioBlock] = queue.SimpleQueue()  # never drops; its reader never rests long
        self._device = ExitStack()
        self._end: Future[LossReason] | None = None
        self.format = AudioFormat(wanted, wanted, CHANNELS)

    def open(self) -> None:
        """Raises ``SourceError``, and then holds nothing."""
        try:
            recorder = self._thread.submit(self._start).result()
        except BaseException:
            self.close()
            raise
        self._end = self._thread.submit(self._listen, recorder)

    def read(self) -> Sequence[AudioBlock]:
        if self._stopping.wait(2 * REST_S):
            raise Stopped
        blocks = [self._arrived.get() for _ in range(self._arrived.qsize())]
        if not blocks and self._end is not None and self._end.done():
            raise CaptureLost(self._end.result())
        return blocks

    def close(self) -> None:
        """Idempotent."""
        self._closing.set()
        self._thread.shutdown()

    def _start(self) -> Recorder:
        soundcard = self._soundcard = self._soundcard or library()
        try:
            loopback = _resolve(soundcard, self._wanted)
            self.format = AudioFormat(DeviceId(loopback.id), loopback.name, CHANNELS)
            return self._device.enter_context(loopback.recorder(RATE_HZ, CHANNELS, BUFFER_FRAMES))
        except LibraryError as error:
            raise _translated(error) from error

    def _listen(self, recorder: Recorder) -> LossReason:
        """Until it is closed or lost."""
        sound = Unbroken(CHANNELS, self._clock.now_ns())
        checked_ns = self._clock.now_ns()
        try:
            with self._device:
                while not self._closing.wait(REST_S):
                    samples = recorder.record(BLOCK_FRAMES)
                    now_ns = self._clock.now_ns()
                    for block in sound.take(samples, now_ns):
                        self._arrived.put(block)
                    if now_ns - checked_ns >= DEFAULT_CHECK_NS:
                        checked_ns = now_ns
                        self._check_default()
        except CaptureLost as lost:
            return lost.reason
        except LibraryError:
            return LossReason.FAILED
        return LossReason.FAILED

    def _check_default(self) -> None:
        """Another default is opened anew under its own name. Raises ``CaptureLost``."""
        if self._wanted != DEFAULT_DEVICE or self._soundcard is None:
            return
        if self._soundcard.default_speaker().id != self.format.device:
            raise CaptureLost(LossReason.DEFAULT_CHANGED)


def list_devices(soundcard: SoundCard | None = None) -> tuple[AudioDevice, ...]:
    """Loudspeakers. Raises ``ExtraMissing``, ``SourceUnavailable``, ``PermissionDenied``."""
    return _apart(lambda: _devices(soundcard or library()))


@functools.cache
def library() -> SoundCard:
    """On the thread that is to use it. Raises ``ExtraMissing``, ``SourceUnavailable``."""
    try:
        soundcard = importlib.import_module("soundcard")
    except ModuleNotFoundError as error:
        message = "the part that listens to what Windows plays is not installed"
        raise ExtraMissing(message, side=Side.SYSTEM, extra="windows") from error
    except LibraryError as error:
        raise _translated(error) from error
    _keep_apartment()
    return cast("SoundCard", soundcard)


def _keep_apartment() -> None:
    """COM's apartment for many threads lives on when the thread that the library was loaded on has ended."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - elsewhere it has no such function

        ctypes.windll.ole32.CoIncrementMTAUsage(ctypes.byref(ctypes.c_void_p()))


def _apart(act: Callable[[], T]) -> T:
    """On a fresh thread, for COM: the caller's may belong to a window, or to the screen's library."""
    with ThreadPoolExecutor(1, "WasapiDevices") as thread:
        return thread.submit(act).result()


def _devices(soundcard: SoundCard) -> tuple[AudioDevice, ...]:
    try:
        loopbacks = _loopbacks(soundcard)
        default = soundcard.default_speaker().id if loopbacks else None
        return tuple(AudioDevice(DeviceId(each.id), each.name, each.id == default) for each in loopbacks)
    except LibraryError as error:
        raise _translated(error) from error


def _loopbacks(soundcard: SoundCard) -> list[Loopback]:
    return [each for each in soundcard.all_microphones(include_loopback=True) if each.isloopback]


def _resolve(soundcard: SoundCard, wanted: DeviceId) -> Loopback:
    """By its id alone: the library's own search would take any device whose name is like it."""
    loopbacks = {each.id: each for each in _loopbacks(soundcard)}
    if not loopbacks:
        message = "Windows has no loudspeaker"
        raise SourceUnavailable(message, side=Side.SYSTEM)
    device = soundcard.default_speaker().id if wanted == DEFAULT_DEVICE else wanted
    if device not in loopbacks:
        message = "no such loudspeaker"
        raise UnknownDevice(message, device=device, side=Side.SYSTEM)
    return loopbacks[device]


def _translated(error: Exception) -> SourceError:
    reason = str(error) or "Windows mixes in an unknown format"
    denied = ACCESS_DENIED in reason
    return PermissionDenied(reason, side=Side.SYSTEM) if denied else SourceUnavailable(reason, side=Side.SYSTEM)
