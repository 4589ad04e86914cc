"""A microphone, and a loudspeaker for a tone, through PortAudio: Windows, macOS, and Linux without a sound server.

PortAudio tells neither which device a stream really reads, nor when its data cease: real devices only, and a watchdog.
"""

import functools
import importlib
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

import numpy as np

from capture.audio.base import RATE_HZ, AudioBlock, AudioDevice, AudioFormat, Samples
from capture.audio.repair import Capture, CaptureLost, LossReason, RepairingSource, Stopped
from capture.clock import Clock, MonotonicClock
from capture.errors import SourceUnavailable, UnknownDevice
from capture.recording import DEFAULT_DEVICE, NS_PER_S, DeviceId, Side

OnData = Callable[[Samples, int, object, object], None]

WASAPI = "Windows WASAPI"
ALSA = "ALSA"
HOST_APIS = (WASAPI, "Core Audio", ALSA)
"""One per platform: the same microphone is listed again, under other names, by each of the others."""

HARDWARE_MARK = "(hw:"
"""In an ALSA name. The others lead to a sound server, which may move a stream to another device without a word."""

CHANNELS = 1
BLOCK_FRAMES = 1024
REST_S = 0.02


class InputStream(Protocol):
    """What is used of a stream of ``sounddevice``."""

    def start(self) -> None: ...
    def close(self) -> None: ...


class OutputStream(Protocol):
    """As above. ``stop`` waits until all of it has been heard."""

    def start(self) -> None: ...
    def write(self, data: Samples) -> object: ...
    def stop(self) -> None: ...
    def close(self) -> None: ...


class SoundDevice(Protocol):
    """What is used of the module ``sounddevice``; it ships no types."""

    PortAudioError: type[Exception]

    def query_hostapis(self) -> Sequence[Mapping[str, Any]]: ...
    def query_devices(self) -> Sequence[Mapping[str, Any]]: ...
    def InputStream(self, **options: Any) -> InputStream: ...  # noqa: N802, ANN401 - the library's own name and options
    def OutputStream(self, **options: Any) -> OutputStream: ...  # noqa: N802, ANN401 - the library's own name and options
    def WasapiSettings(self, *, auto_convert: bool) -> object: ...  # noqa: N802 - the library's own name
    def _terminate(self) -> None: ...
    def _initialize(self) -> None: ...


@dataclass(frozen=True, slots=True)
class InputDevice:
    index: int
    name: str
    host_api: str
    is_default: bool


class PortAudio:
    """The library with its one rule: its list of devices is that of its start, and a restart closes every stream."""

    def __init__(self, module: SoundDevice) -> None:
        self.module = module
        self._lock = threading.Lock()
        self._open_streams = 0

    def inputs(self) -> tuple[InputDevice, ...]:
        """Those that are there now, as long as no stream is open. Raises ``SourceUnavailable``."""
        with self._lock:
            try:
                if not self._open_streams:
                    self.module._terminate()  # noqa: SLF001 - the library offers no other way to look again
                    self.module._initialize()  # noqa: SLF001 - the library offers no other way to look again
                return self._inputs()
            except self.module.PortAudioError as error:
                raise SourceUnavailable(str(error), library="portaudio") from error

    def open(self, device: InputDevice, on_data: OnData, on_end: Callable[[], None]) -> InputStream:
        """Both are called on PortAudio's threads. Raises ``SourceUnavailable``."""
        with self._lock:
            try:
                stream = self._started(device, on_data, on_end)
            except self.module.PortAudioError as error:
                raise SourceUnavailable(str(error), device=device.name) from error
            self._open_streams += 1
            return stream

    def close(self, stream: InputStream) -> None:
        """For what ``open`` gave, once. No callback is running any more when it returns."""
        with self._lock:
            stream.close()
            self._open_streams -= 1

    def play(self, samples: Samples) -> None:
        """Through the system's default loudspeaker, to the end. Raises ``SourceUnavailable``."""
        try:
            with self._lock:
                stream = self.module.OutputStream(samplerate=RATE_HZ, channels=samples.shape[1], dtype="float32")
                self._open_streams += 1
            try:
                stream.start()
                stream.write(np.ascontiguousarray(samples, np.float32))
                stream.stop()
            finally:
                with self._lock:
                    stream.close()
                    self._open_streams -= 1
        except self.module.PortAudioError as error:
            raise SourceUnavailable(str(error), library="portaudio") from error

    def _started(self, device: InputDevice, on_data: OnData, on_end: Callable[[], None]) -> InputStream:
        stream = self.module.InputStream(
            samplerate=RATE_HZ,
            blocksize=BLOCK_FRAMES,
            device=device.index,
            channels=CHANNELS,
            dtype="float32",
            extra_settings=self.module.WasapiSettings(auto_convert=True) if device.host_api == WASAPI else None,
            callback=on_data,
            finished_callback=on_end,
        )
        try:
            stream.start()
        except BaseException:
            stream.close()
            raise
        return stream

    def _inputs(self) -> tuple[InputDevice, ...]:
        apis = {api["name"]: api for api in self.module.query_hostapis()}
        name = next((name for name in HOST_APIS if name in apis), None)
        if name is None:
            return ()
        devices = self.module.query_devices()
        indexes = [index for index in apis[name]["devices"] if _is_input(devices[index], name)]
        default = apis[name]["default_input_device"]
        if default not in indexes:
            default = indexes[0] if indexes else None
        return tuple(InputDevice(index, devices[index]["name"], name, index == default) for index in indexes)


def _is_input(device: Mapping[str, Any], host_api: str) -> bool:
    return device["max_input_channels"] > 0 and (host_api != ALSA or HARDWARE_MARK in device["name"])


@functools.cache
def library() -> PortAudio:
    """Raises ``SourceUnavailable`` where the module, or the library beneath it, is not installed."""
    try:
        return PortAudio(cast("SoundDevice", importlib.import_module("sounddevice")))
    except (ImportError, OSError) as error:
        raise SourceUnavailable(str(error), library="portaudio") from error


class PortAudioSource(RepairingSource):
    """One microphone, mono. A chosen ``device`` is never exchanged for another; the default is the one at the opening.

    Raises from ``start``: ``SourceUnavailable`` without PortAudio or any microphone, ``UnknownDevice``.
    """

    def __init__(self, device: DeviceId, clock: Clock | None = None, portaudio: PortAudio | None = None) -> None:
        super().__init__(clock or MonotonicClock())
        self._device = device
        self._portaudio = portaudio

    def _open(self) -> Capture:
        portaudio = self._portaudio or library()
        device = resolve(portaudio, self._device)
        capture = PortAudioCapture(portaudio, device, self._clock, self._stopping)
        capture.open()
        return capture


class PortAudioCapture:
    """A ``Capture``. Blocks pass from PortAudio's thread to the source's."""

    suspended = False

    def __init__(self, portaudio: PortAudio, device: InputDevice, clock: Clock, stopping: threading.Event) -> None:
        self._portaudio = portaudio
        self._device = device
        self._clock = clock
        self._stopping = stopping
        self._ended = threading.Event()
        self._arrived: queue.SimpleQueue[AudioBlock] = queue.SimpleQueue()  # never drops; its reader never rests long
        self._stream: InputStream | None = None
        self.format = AudioFormat(DeviceId(device.name), device.name, CHANNELS)

    def open(self) -> None:
        """Raises ``SourceUnavailable``, and then holds nothing."""
        self._stream = self._portaudio.open(self._device, self._receive, self._ended.set)

    def read(self) -> Sequence[AudioBlock]:
        if self._stopping.wait(REST_S):
            raise Stopped
        blocks = [self._arrived.get() for _ in range(self._arrived.qsize())]
        if self._ended.is_set() and not blocks:
            raise CaptureLost(LossReason.FAILED)
        return blocks

    def close(self) -> None:
        """Idempotent."""
        if self._stream is not None:
            self._portaudio.close(self._stream)
            self._stream = None

    def _receive(self, data: Samples, frames: int, _time: object, _status: object) -> None:
        """PortAudio's own times follow the wall clock on some systems: the end of the block is now."""
        captured_ns = self._clock.now_ns() - frames * NS_PER_S // RATE_HZ
        self._arrived.put(AudioBlock(data.copy(), captured_ns))


def list_devices(portaudio: PortAudio | None = None) -> tuple[AudioDevice, ...]:
    """Microphones. Raises ``SourceUnavailable``."""
    inputs = (portaudio or library()).inputs()
    return tuple(AudioDevice(DeviceId(found.name), found.name, found.is_default) for found in inputs)


def play(samples: Samples, portaudio: PortAudio | None = None) -> None:
    """Returns when it has been heard. Raises ``SourceUnavailable``."""
    (portaudio or library()).play(samples)


def resolve(portaudio: PortAudio, wanted: DeviceId) -> InputDevice:
    """Raises ``UnknownDevice``, or ``SourceUnavailable`` where there is no microphone at all."""
    inputs = portaudio.inputs()
    if not inputs:
        message = "PortAudio finds no microphone"
        raise SourceUnavailable(message, library="portaudio", side=Side.MICROPHONE)
    for device in inputs:
        if device.name == wanted or (wanted == DEFAULT_DEVICE and device.is_default):
            return device
    message = "no such microphone"
    raise UnknownDevice(message, device=wanted, side=Side.MICROPHONE)


def has_devices() -> bool:
    try:
        return bool(list_devices())
    except SourceUnavailable:
        return False
