"""Beeps of which it is known when they are heard: a stream to the default sink that never stops, beeps written into it.

A player that is started for each beep is late by what starting takes. Here the beep is a certain sample of a stream
that runs already, and the sound server says when that sample is heard.
"""

import array
import ctypes
import math
import statistics
import threading
import time
from collections import deque
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_uint8, c_uint32, c_uint64, c_void_p

from tests.rig.sound import START_LIMIT_S, RigFailed

RATE_HZ = 48_000
TONE_HZ = 1_000
AMPLITUDE = 16_000
BEEP_S = 0.1
CHUNK = RATE_HZ // 100
BUFFER = RATE_HZ // 10
"""Samples that the server holds in advance: enough to live through 100 ms without the processor."""

ESTIMATES = 50
"""Half a second of them: the median is not moved by a late look at the clock, and follows the stream after a gap."""

LEAD_NS = 300_000_000
"""A beep is asked for at least this long before it shall be heard; what is written already cannot be changed."""

NS_PER_S = 1_000_000_000
PLAYBACK = 1
SAMPLE_S16LE = 3
SERVER_CHOOSES = 0xFFFFFFFF


class SampleSpec(Structure):
    _fields_ = (("format", c_int), ("rate", c_uint32), ("channels", c_uint8))


class BufferAttributes(Structure):
    _fields_ = tuple((name, c_uint32) for name in ("maxlength", "tlength", "prebuf", "minreq", "fragsize"))


class Beeper:
    """``beep`` and ``heard_ns`` are thread-safe. The stream runs until the process ends."""

    def __init__(self) -> None:
        self._pulse = _load()
        self._stream = _open(self._pulse)
        self._origins: deque[float] = deque(maxlen=ESTIMATES)
        self._written = 0
        self._beeps: list[int] = []
        self._known = threading.Event()
        self._failure = ""
        threading.Thread(target=self._run, name="beeper", daemon=True).start()
        if not self._known.wait(START_LIMIT_S):
            message = self._failure or "the sound server takes nothing"
            raise RigFailed(message)

    def beep(self, at_ns: int) -> int:
        """The first sample of a beep that is heard at ``at_ns`` on the monotonic clock, to the sample."""
        sample = round((at_ns - self._origin_ns()) * RATE_HZ / NS_PER_S)
        if sample < self._written + CHUNK:
            message = f"the beep was asked for too late, or the sound stopped {self._failure}"
            raise RigFailed(message)
        self._beeps.append(sample)
        return sample

    def heard_ns(self, sample: int) -> int:
        """The best guess at present."""
        return round(self._origin_ns() + sample * NS_PER_S / RATE_HZ)

    def _origin_ns(self) -> float:
        return statistics.median(tuple(self._origins))

    def _run(self) -> None:
        error, latency_us = c_int(), c_uint64()
        while True:
            chunk = self._chunk().tobytes()
            if self._pulse.pa_simple_write(self._stream, chunk, len(chunk), byref(error)) < 0:
                self._failure = f"libpulse error {error.value}"
                return
            self._written += CHUNK
            latency_us.value = self._pulse.pa_simple_get_latency(self._stream, byref(error))
            heard_ns = time.monotonic_ns() + latency_us.value * 1_000
            self._origins.append(heard_ns - self._written * NS_PER_S / RATE_HZ)
            if self._written > ESTIMATES * CHUNK:
                self._known.set()

    def _chunk(self) -> "array.array[int]":
        chunk = array.array("h", bytes(2 * CHUNK))
        for beep in self._beeps:
            first, last = beep - self._written, beep - self._written + round(BEEP_S * RATE_HZ)
            for index in range(max(0, first), min(CHUNK, last)):
                chunk[index] = round(AMPLITUDE * math.sin(2 * math.pi * TONE_HZ * (index - first) / RATE_HZ))
        return chunk


def _load() -> ctypes.CDLL:
    pulse = ctypes.CDLL("libpulse-simple.so.0")
    error = POINTER(c_int)
    where_and_who = (c_char_p, c_char_p, c_int, c_char_p, c_char_p)
    pulse.pa_simple_new.argtypes = (*where_and_who, POINTER(SampleSpec), c_void_p, POINTER(BufferAttributes), error)
    pulse.pa_simple_new.restype = c_void_p
    pulse.pa_simple_write.argtypes = (c_void_p, c_char_p, c_size_t, error)
    pulse.pa_simple_get_latency.argtypes, pulse.pa_simple_get_latency.restype = (c_void_p, error), c_uint64
    return pulse


def _open(pulse: ctypes.CDLL) -> int:
    spec = SampleSpec(SAMPLE_S16LE, RATE_HZ, 1)
    buffer = BufferAttributes(SERVER_CHOOSES, 2 * BUFFER, SERVER_CHOOSES, 2 * CHUNK, SERVER_CHOOSES)
    error = c_int()
    stream: int | None = pulse.pa_simple_new(
        None, b"beeper", PLAYBACK, None, b"beeps", byref(spec), None, byref(buffer), byref(error)
    )
    if not stream:
        message = f"no sound server answers: libpulse error {error.value}"
        raise RigFailed(message)
    return stream
