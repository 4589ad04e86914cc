"""The wall clock is set while it is recorded, again and again, for all programs at once: nothing of it is to be seen.

It is set by an hour, as a time zone that is taken for the time, and by less than a second, as a time server does it.
"""

import mmap
import os
import struct
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import pytest

from capture.manifest import read_manifest
from capture.recording import DEFAULT_DEVICE, NS_PER_S, RecordingId, RecordingSpec, RecordingStatus
from capture.recording import TestPattern as Pattern
from tests.capture.audio.sounds import tone, write
from tests.capture.decoding import loudness_at, sound
from tests.capture.worker_process import running_worker
from tests.rig.shims import build
from tests.rig.sound import FEED, PRIORITY, SPEAKER, SoundServer, end, private_pulseaudio

HOUR_NS = 3600 * NS_PER_S
AHEAD_NS = (HOUR_NS, 0, -HOUR_NS, 700_000_000, 0, -700_000_000)
TIMES = 60
PERIOD_S = 0.07
"""Other than what the recorder asks the sound server for the time in, so that it is met everywhere."""

QUIET = 0.01
STARVED_S = 0.3
"""So much may a busy machine's sound server lose by itself; what the clock was set by is more."""

TRACKS = ("audio_separate/microphone.ogg", "audio_separate/system.ogg", "audio_mixed.mp3")


class WallClock:
    """Of all programs that are started with it."""

    def __init__(self, folder: Path) -> None:
        path = folder / "ahead"
        path.write_bytes(bytes(mmap.PAGESIZE))
        self.variables = {"LD_PRELOAD": str(build("wall_clock", folder)), "WALL_CLOCK": str(path)}
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 0)

    def set(self, ahead_ns: int) -> None:
        self._memory[:8] = struct.pack("=q", ahead_ns)


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WallClock:
    clock = WallClock(tmp_path)
    for name, value in clock.variables.items():
        monkeypatch.setenv(name, value)
    return clock


@pytest.fixture
def server(clock: WallClock, tmp_path: Path) -> Iterator[SoundServer]:
    assert clock.variables.items() <= os.environ.items()
    wave = write(tone(60), tmp_path / "tone.wav")
    with private_pulseaudio() as server:
        players = [play(server, sink, wave) for sink in (FEED, SPEAKER)]
        yield server
        for player in players:
            end(player)


def play(server: SoundServer, sink: str, wave: Path) -> subprocess.Popen[bytes]:
    """Far ahead: a player that stumbled would be taken for a recorder that did."""
    command = (*PRIORITY, "paplay", f"--device={sink}", "--latency-msec=1000", str(wave))
    return subprocess.Popen(command, env=server.environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_nothing_bends(clock: WallClock, server: SoundServer, tmp_path: Path) -> None:
    directory = tmp_path / "recording"
    spec = RecordingSpec(RecordingId("recording"), directory, Pattern(320, 180), DEFAULT_DEVICE, DEFAULT_DEVICE)
    with running_worker(environment=server.environment) as worker:
        worker.start(spec)
        began_ns, began_at = time.monotonic_ns(), datetime.now(UTC)
        worker.record_until(1.5)
        for ahead_ns in islice(cycle(AHEAD_NS), TIMES):
            clock.set(ahead_ns)
            time.sleep(PERIOD_S)  # a clock that is set has no event to wait for
        clock.set(HOUR_NS)
        worker.record_until((time.monotonic_ns() - began_ns) / NS_PER_S + 0.5)
        lasted_s = (time.monotonic_ns() - began_ns) / NS_PER_S
        ended = worker.end_of_input()
        assert worker.close() == 0
    manifest = read_manifest(directory)
    assert ended.status is RecordingStatus.COMPLETE
    assert ended.duration_ns / NS_PER_S == pytest.approx(lasted_s, abs=0.5)
    gaps_s = [gap.duration_s for audio in manifest.receipt.audio for gap in audio.gaps]
    assert sum(gaps_s) <= STARVED_S, gaps_s
    assert manifest.receipt.power[1:] == (), "nobody slept"
    (segment,) = manifest.timeline
    assert segment.started_at == manifest.started_at
    assert abs((datetime.fromisoformat(manifest.started_at) - began_at).total_seconds()) < 1
    for name in TRACKS:
        heard = sound(directory / name)
        assert len(heard) / 48_000 == pytest.approx(ended.duration_ns / NS_PER_S, abs=0.08)
        steps_s = np.arange(0.3, ended.duration_ns / NS_PER_S - 0.1, 0.02)
        quiet_s = [at_s for at_s in steps_s if loudness_at(heard, at_s, at_s + 0.02) < QUIET]
        assert len(quiet_s) * 0.02 <= STARVED_S, (name, quiet_s)
