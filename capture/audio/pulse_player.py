"""Plays a short sound through the sound server's default loudspeaker."""

import ctypes
import threading

import numpy as np

from capture.audio.base import RATE_HZ, Samples
from capture.audio.libpulse import SAMPLE_FLOAT32, Address, SampleSpec, StreamState
from capture.audio.pulse_connection import PulseConnection
from capture.audio.repair import CaptureLost, LossReason
from capture.errors import SourceUnavailable

STREAM_NAME = b"Test tone"


def play(samples: Samples) -> None:
    """Returns when it has been heard. Raises ``SourceUnavailable``."""
    connection = PulseConnection(threading.Event())
    connection.open()
    spec = SampleSpec(SAMPLE_FLOAT32, RATE_HZ, samples.shape[1])
    stream = connection.pulse.stream.new(connection.context, STREAM_NAME, ctypes.byref(spec), None)
    try:
        _play(connection, stream, np.ascontiguousarray(samples, np.float32).tobytes())
    except CaptureLost as lost:
        raise SourceUnavailable(lost.reason, server="pulse") from lost
    finally:
        connection.pulse.stream.disconnect(stream)
        connection.pulse.stream.unref(stream)
        connection.close()


def _play(connection: PulseConnection, stream: Address, sound: bytes) -> None:
    pulse = connection.pulse
    if pulse.stream.connect_playback(stream, None, None, 0, None, None) < 0:
        raise CaptureLost(LossReason.FAILED)
    connection.wait_until(lambda: pulse.stream.get_state(stream) != StreamState.CREATING)
    if pulse.stream.get_state(stream) != StreamState.READY or pulse.stream.write(stream, sound, len(sound), None, 0, 0):
        raise CaptureLost(LossReason.FAILED)
    connection.finish(pulse.stream.drain(stream, None, None))
