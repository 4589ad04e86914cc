"""Microphones and system sound on Linux, through libpulse: PulseAudio and PipeWire alike."""

import threading
from collections.abc import Sequence

from capture.audio.base import AudioBlock, AudioDevice, AudioFormat
from capture.audio.pulse_connection import REST_S, PulseConnection
from capture.audio.pulse_stream import BLOCK_FRAMES, PulseStream
from capture.audio.repair import Capture, CaptureLost, LossReason, RepairingSource, Stopped
from capture.clock import Clock, MonotonicClock
from capture.errors import SourceUnavailable, UnknownDevice
from capture.recording import DEFAULT_DEVICE, DeviceId, Side

CHANNELS = {Side.MICROPHONE: 1, Side.SYSTEM: 2}
"""Fixed, whatever the device has, so that a repaired source delivers what it delivered before; the server converts."""

SETTLING_REST_S = 0.02
"""Between two looks at a stream whose clock is not well known yet."""


class PulseSource(RepairingSource):
    """One side of a meeting. A chosen ``device`` is never exchanged for another; the default is followed.

    Raises from ``start``: ``SourceUnavailable`` without libpulse, a sound server or a default device,
    ``UnknownDevice`` for a chosen one that is not there, or that belongs to the other side.
    """

    hold_ns = 250_000_000
    """PipeWire that was just started is wrong by 33 ms for 170 ms: its devices do not run at their own pace yet."""

    def __init__(self, device: DeviceId, side: Side, clock: Clock | None = None) -> None:
        super().__init__(clock or MonotonicClock())
        self._device = device
        self._side = side

    def _open(self) -> Capture:
        connection = PulseConnection(self._stopping)
        connection.open()
        capture = PulseCapture(connection, self._device, self._side, self._clock)
        try:
            capture.open()
        except CaptureLost as lost:
            capture.close()
            raise SourceUnavailable(lost.reason, device=self._device, side=self._side) from lost
        except (UnknownDevice, SourceUnavailable, Stopped):
            capture.close()
            raise
        return capture


class PulseCapture:
    """A ``Capture``: one connection with one stream on it, both owned."""

    def __init__(self, connection: PulseConnection, wanted: DeviceId, side: Side, clock: Clock) -> None:
        self._connection = connection
        self._wanted = wanted
        self._side = side
        self._clock = clock
        self._stream: PulseStream | None = None
        self._ended = False
        self.format = AudioFormat(wanted, wanted, CHANNELS[side])

    def open(self) -> None:
        """Raises ``CaptureLost``, ``SourceUnavailable``, ``UnknownDevice``; ``close`` is due in any case."""
        if self._wanted == DEFAULT_DEVICE:
            self._connection.watch_defaults()
        device = resolve(self._connection, self._wanted, self._side)
        self.format = AudioFormat(device.id, device.name, CHANNELS[self._side])
        self._stream = PulseStream(self._connection, device.id, CHANNELS[self._side], self._clock)
        self._stream.open()

    @property
    def suspended(self) -> bool:
        return self._stream is not None and self._stream.suspended

    def read(self) -> Sequence[AudioBlock]:
        if self._stream is None:
            raise CaptureLost(LossReason.FAILED)
        settling = self._stream.is_settling
        try:
            self._connection.turn(SETTLING_REST_S if settling else REST_S)
        except Stopped:
            if self._ended:
                raise
            self._ended = True  # what has come until now is the end of the recording
        self._stream.check()
        self._check_default()
        block = self._stream.read(1 if settling or self._ended else BLOCK_FRAMES)
        return () if block is None else (block,)

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()
        self._connection.close()

    def _check_default(self) -> None:
        """Another default is opened anew under its own name: the server is never asked to move the stream."""
        if not self._connection.defaults_may_have_changed:
            return
        self._connection.defaults_may_have_changed = False
        if self._wanted != DEFAULT_DEVICE:
            return
        try:
            device = resolve(self._connection, self._wanted, self._side)
        except SourceUnavailable as error:
            raise CaptureLost(LossReason.DEFAULT_CHANGED) from error
        if device.id != self.format.device:
            raise CaptureLost(LossReason.DEFAULT_CHANGED)


def microphones(connection: PulseConnection) -> tuple[AudioDevice, ...]:
    """Monitors are no microphones."""
    default = connection.defaults().source
    return tuple(
        AudioDevice(DeviceId(source.name), source.description, is_default=source.name == default)
        for source in connection.sources()
        if source.monitor is None
    )


def monitors(connection: PulseConnection) -> tuple[AudioDevice, ...]:
    """Under the names of what they monitor."""
    default = connection.defaults().sink
    return tuple(
        AudioDevice(DeviceId(sink.monitor), sink.description, is_default=sink.name == default)
        for sink in connection.sinks()
        if sink.monitor is not None
    )


def list_devices(side: Side) -> tuple[AudioDevice, ...]:
    """Raises ``SourceUnavailable``."""
    connection = PulseConnection(threading.Event())
    connection.open()
    try:
        return _devices(connection, side)
    except CaptureLost as lost:
        raise SourceUnavailable(lost.reason, server="pulse") from lost
    finally:
        connection.close()


def plays(monitor: DeviceId) -> bool:
    """Whether somebody plays to the sink that ``monitor`` belongs to; no, where the server does not say."""
    try:
        connection = PulseConnection(threading.Event())
        connection.open()
    except SourceUnavailable:
        return False
    try:
        sinks = {sink.index for sink in connection.sinks() if sink.monitor == monitor}
        return bool(sinks & connection.playing())
    except CaptureLost:
        return False
    finally:
        connection.close()


def server_name() -> str:
    """What the sound server calls itself. Raises ``SourceUnavailable``."""
    connection = PulseConnection(threading.Event())
    connection.open()
    try:
        return connection.defaults().server
    except CaptureLost as lost:
        raise SourceUnavailable(lost.reason, server="pulse") from lost
    finally:
        connection.close()


def is_reachable() -> bool:
    """Whether a sound server answers."""
    try:
        connection = PulseConnection(threading.Event())
        connection.open()
    except SourceUnavailable:
        return False
    connection.close()
    return True


def resolve(connection: PulseConnection, wanted: DeviceId, side: Side) -> AudioDevice:
    """The device by its real name. Raises ``UnknownDevice``, or ``SourceUnavailable`` where there is no default."""
    for device in _devices(connection, side):
        if device.id == wanted or (wanted == DEFAULT_DEVICE and device.is_default):
            return device
    if wanted == DEFAULT_DEVICE:
        message = f"no default {side}"
        raise SourceUnavailable(message, side=side)
    message = f"no such {side}"
    raise UnknownDevice(message, device=wanted, side=side)


def _devices(connection: PulseConnection, side: Side) -> tuple[AudioDevice, ...]:
    return microphones(connection) if side is Side.MICROPHONE else monitors(connection)
