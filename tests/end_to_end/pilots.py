"""What two sides play while their devices come and go: a tone without end, each its own, and four beeps a second.

The tone shows where a side is heard at all, and whether the other one hears it. The beeps tell the time: a source of
our own hears them at the loudspeaker itself, and knows when.
"""

import functools
import subprocess
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from capture.audio.base import RATE_HZ, AudioBlock, Samples
from capture.audio.pulse import PulseSource
from capture.recording import DEFAULT_DEVICE, NS_PER_S, DeviceId, Side
from tests.capture.audio.listening import Listener, onsets_ns, sample_times_ns
from tests.capture.audio.sounds import write
from tests.rig.sound import FEED, PRIORITY, SPEAKER, SoundServer, end

PILOT_HZ = {Side.MICROPHONE: 3_000, Side.SYSTEM: 5_000}
PILOT = 0.1
BEEP_HZ = 1_000
BEEP = 0.6
BEEP_S = 0.06
PERIOD_S = 0.25
SHIFTS_S = (0.0, 0.03, 0.01, 0.045, 0.02, 0.005, 0.04)
"""Of one beep after the other, so that none is taken for its neighbour."""

LENGTH_S = 120
LOUD = 0.35
"""A beep is, a pilot alone is not."""

WHOLE_S = 0.004
"""A beep that is longer or shorter by this was broken by its player: it tells no time."""

SINKS = {Side.MICROPHONE: FEED, Side.SYSTEM: SPEAKER}

HOP = RATE_HZ // 100
"""Short, for a recorder that corrects its clock bends a tone by up to 2 %."""


class Pilots:
    """Both sides of a meeting on one server, and when each was heard."""

    def __init__(self, server: SoundServer, folder: Path) -> None:
        self._server = server
        self._files = {side: write(_pilot(side), folder / f"{side}.wav") for side in Side}
        self._players: dict[Side, subprocess.Popen[bytes]] = {}
        self._references: dict[Side, PulseSource] = {}
        self._heard: dict[Side, list[Listener]] = {side: [] for side in Side}

    def begin(self, *sides: Side) -> None:
        """Returns when a beep has been heard of each."""
        for side in sides or Side:
            self._players[side] = self._play(SINKS[side], self._files[side])
            listener = Listener()
            self._heard[side].append(listener)
            self._references[side] = PulseSource(DeviceId(f"{SINKS[side]}.monitor"), Side.SYSTEM)
            self._references[side].start(listener.on_block, listener.on_event)
        self.wait_for_beeps(1, *sides)

    def _play(self, sink: str, sound: Path) -> subprocess.Popen[bytes]:
        """Far ahead: a player that stumbled would be taken for a recorder that did."""
        command = (*PRIORITY, "paplay", f"--device={sink}", "--latency-msec=1000", str(sound))
        return subprocess.Popen(
            command, env=self._server.environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def wait_for_beeps(self, count: int, *sides: Side) -> None:
        """So many more of each."""
        for side in sides or Side:
            listener = self._heard[side][-1]
            first = len(listener.blocks)
            listener.wait_for(functools.partial(_has_beeps, listener, first, count))

    def late_ns(self, beeps: int) -> int:
        """How much later than its feed the microphone hears, over so many beeps; longer if some are broken.

        PipeWire's virtual ones fall up to 90 ms behind on a busy machine, which is no fault of who records them.
        """
        ear = Listener()
        source = PulseSource(DEFAULT_DEVICE, Side.MICROPHONE)
        source.start(ear.on_block, ear.on_event)
        try:
            ear.wait_for(functools.partial(_has_beeps, ear, 0, beeps))
        finally:
            source.stop()
        fed_ns = self.beeps_ns(Side.MICROPHONE)
        return round(
            float(np.median([at_ns - fed_ns[np.abs(fed_ns - at_ns).argmin()] for at_ns in _beeps_ns(ear.blocks)]))
        )

    def end(self, *sides: Side) -> None:
        for side in sides or tuple(self._players):
            self._references.pop(side).stop()
            end(self._players.pop(side))

    def returned_ns(self, side: Side) -> int:
        """When the loudspeaker that was begun last was first heard: a new virtual one may need two seconds."""
        return self._heard[side][-1].blocks[0].captured_ns

    def beeps_ns(self, side: Side) -> NDArray[np.int64]:
        """When each began that was heard whole, on the monotonic clock."""
        return np.concatenate([_beeps_ns(listener.blocks) for listener in self._heard[side]])


def _has_beeps(listener: Listener, first: int, count: int) -> bool:
    return len(_beeps_ns(listener.blocks[first:])) >= count


def beeps_s(track: Samples) -> list[float]:
    """When each begins, counted from the track's own beginning."""
    loud = np.flatnonzero(np.abs(track[:, 0]) > LOUD)
    return [float(first) / RATE_HZ for first in loud[np.diff(loud, prepend=-RATE_HZ) > BEEP_S * RATE_HZ]]


def amplitude(track: Samples, side: Side) -> NDArray[np.float64]:
    """Of a side's pilot in each hundredth of a second."""
    whole = len(track) // HOP * HOP
    turn = np.exp(-2j * np.pi * PILOT_HZ[side] * np.arange(HOP) / RATE_HZ) * np.hanning(HOP)
    heard: NDArray[np.float64] = np.abs(track[:whole, 0].reshape(-1, HOP) @ turn) * 2 / np.hanning(HOP).sum()
    return heard


def _beeps_ns(blocks: list[AudioBlock]) -> NDArray[np.int64]:
    if not blocks:
        return np.zeros(0, np.int64)
    blocks = list(blocks)  # more may come meanwhile
    times_ns = np.concatenate([sample_times_ns(block) for block in blocks])
    loud_ns = times_ns[np.concatenate([np.abs(block.samples[:, 0]) > LOUD for block in blocks])]
    whole = [at_ns for at_ns in onsets_ns(blocks, LOUD) if _is_whole(loud_ns - at_ns)]
    return np.array(whole, np.int64)


def _is_whole(loud_ns: NDArray[np.int64]) -> bool:
    """By the loud samples, counted from the beep's beginning."""
    last_ns = loud_ns[loud_ns < 2 * BEEP_S * NS_PER_S].max(initial=0)
    return bool(abs(last_ns / NS_PER_S - BEEP_S) < WHOLE_S)


def _pilot(side: Side) -> Samples:
    time_s = np.arange(LENGTH_S * RATE_HZ) / RATE_HZ
    begins_s = np.take(SHIFTS_S, (time_s // PERIOD_S).astype(int), mode="wrap")
    within_s = time_s % PERIOD_S - begins_s
    beep = np.where((within_s >= 0) & (within_s < BEEP_S), BEEP * np.sin(2 * np.pi * BEEP_HZ * within_s), 0)
    wave: Samples = (beep + PILOT * np.sin(2 * np.pi * PILOT_HZ[side] * time_s)).astype(np.float32)
    return wave[:, np.newaxis]
