"""The machine goes to sleep in the middle of a meeting: a real recording, and a logind that says so.

A tone on each side never stops, so that what is missing of it can be measured.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from capture.events import Ended, Level, PowerChanged
from capture.manifest import read_manifest
from capture.recording import NS_PER_S, Monitor, PowerChange, RecordingId, RecordingSpec, RecordingStatus
from capture.recovery import recover
from tests.capture.audio.sounds import tone, write
from tests.capture.decoding import loudness_at, played_s, sound
from tests.capture.worker_process import running_worker
from tests.end_to_end.media import decodes
from tests.rig.content import Mode, showing
from tests.rig.desktop import Desktop
from tests.rig.logind import PrivateLogind, private_logind
from tests.rig.shims import build
from tests.rig.sound import FEED, PRIORITY, SPEAKER, end

assert sys.platform != "win32"  # its signals are others

AWAKE_S = 3.0
FROZEN_S = 1.5
SEAM_S = 1.0
QUIET = 0.01
IN_TIME_S = 2.0
TRACKS = ("audio_separate/microphone.ogg", "audio_separate/system.ogg", "audio_mixed.mp3", "video_mixed.mp4")


@pytest.fixture(scope="module")
def system() -> Iterator[PrivateLogind]:
    with private_logind() as logind:
        yield logind


@pytest.fixture(scope="module")
def meeting(
    desktop: Desktop, system: PrivateLogind, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[str, str]]:
    """Variables of a machine on which both sides sound and the screen moves."""
    folder = tmp_path_factory.mktemp("meeting")
    shim = {"LD_PRELOAD": str(build("fsync_witness", folder)), "FSYNC_WITNESS": str(folder / "synced")}
    wave = write(tone(90), folder / "tone.wav")
    with showing(Mode.SLIDES, desktop.environment):
        players = [play(desktop, sink, wave) for sink in (FEED, SPEAKER)]
        yield {**desktop.environment, **system.variables, **shim}
        for player in players:
            end(player)


def play(desktop: Desktop, sink: str, wave: Path) -> subprocess.Popen[bytes]:
    """Far ahead: a player that stumbled would be taken for a recorder that did."""
    command = (*PRIORITY, "paplay", f"--device={sink}", "--latency-msec=1000", str(wave))
    return subprocess.Popen(command, env=desktop.environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def spec_of(directory: Path) -> RecordingSpec:
    return RecordingSpec(RecordingId(directory.name), directory, Monitor("1"))


def fall_asleep(system: PrivateLogind, kill: int | None = None) -> tuple[int, int]:
    """When logind said so, and when it was let; on the monotonic clock."""
    system.act("sleep", kill)
    signalled, released = system.wait_for("signalled", "sleep"), system.wait_for("released", "sleep")
    return signalled["at_ns"], released["at_ns"]


def test_all_is_on_the_disk_before_the_machine_may_sleep(
    meeting: Mapping[str, str], system: PrivateLogind, tmp_path: Path
) -> None:
    """Killed in the very moment in which it lets the machine go, a recording holds all up to then."""
    directory = tmp_path / "recording"
    with running_worker(environment=meeting) as worker:
        worker.start(spec_of(directory))
        worker.record_until(AWAKE_S)
        signalled_ns, released_ns = fall_asleep(system, kill=worker.process.pid)
        worker.close()
    slept = next(event for event in worker.events if isinstance(event, PowerChanged))
    latest_ns = max(event.at_ns for event in worker.events if isinstance(event, Level) and event.at_ns <= slept.at_ns)
    assert slept.change is PowerChange.SLEPT
    assert slept.reason is None
    assert (released_ns - signalled_ns) / NS_PER_S < IN_TIME_S
    assert slept.at_ns >= latest_ns >= AWAKE_S * NS_PER_S
    synced = synced_between(Path(meeting["FSYNC_WITNESS"]), signalled_ns, released_ns)
    assert {str(directory / name) for name in (*TRACKS, "events.ndjson", "recording.json")} <= synced
    slept_s = slept.at_ns / NS_PER_S
    for name in TRACKS:
        assert decodes(directory / name) == ""
        assert min(played_s(directory / name)) >= slept_s - 0.04, "the last picture may be a frame old"
        assert loudness_at(sound(directory / name), slept_s - 0.1, slept_s - 0.02) > QUIET
    assert recover(directory).status.code is RecordingStatus.INTERRUPTED


def synced_between(witness: Path, from_ns: int, to_ns: int) -> set[str]:
    lines = [line.split(" ", 1) for line in witness.read_text().splitlines()]
    return {path for at_ns, path in lines if from_ns < int(at_ns) < to_ns}


def test_after_it_the_same_recording_goes_on(meeting: Mapping[str, str], system: PrivateLogind, tmp_path: Path) -> None:
    """All that the machine sleeps is a second of black silence, whether the clock stood still or not."""
    directory = tmp_path / "recording"
    with running_worker(environment=meeting) as worker:
        worker.start(spec_of(directory))
        system.wait_for("inhibited", "sleep")
        worker.record_until(AWAKE_S)
        fall_asleep(system)
        worker.process.send_signal(signal.SIGSTOP)
        time.sleep(FROZEN_S)  # this is the length that is measured
        worker.process.send_signal(signal.SIGCONT)
        system.act("wake")
        woke_at = datetime.now(UTC)
        system.wait_for("inhibited", "sleep")
        woke = worker.wait_for(PowerChanged, lambda event: event.change is PowerChange.WOKE)
        worker.record_until(woke.at_ns / NS_PER_S + AWAKE_S)
        ended = worker.end_of_input()
        assert worker.close() == 0
    assert ended.status is RecordingStatus.COMPLETE
    manifest = read_manifest(directory)
    before, seam, after = manifest.timeline
    assert (before.start_ns, before.is_blank, seam.is_blank, after.is_blank) == (0, False, True, False)
    assert seam.start_ns == before.duration_ns
    assert seam.duration_ns == SEAM_S * NS_PER_S
    assert after.start_ns == seam.start_ns + seam.duration_ns
    assert manifest.duration_ns == after.start_ns + after.duration_ns == ended.duration_ns
    assert abs((datetime.fromisoformat(after.started_at) - woke_at).total_seconds()) < 0.5
    slept, awake = manifest.receipt.power
    assert (slept.change, awake.change) == (PowerChange.SLEPT, PowerChange.WOKE)
    assert slept.at_s == pytest.approx(before.duration_ns / NS_PER_S, abs=0.01)
    assert FROZEN_S < (awake.duration_s or 0) < FROZEN_S + IN_TIME_S
    assert_the_tone_is_missing_for_the_seam_alone(directory, slept.at_s, ended)


def assert_the_tone_is_missing_for_the_seam_alone(directory: Path, slept_s: float, ended: Ended) -> None:
    for name in TRACKS:
        heard = sound(directory / name)
        assert len(heard) / 48_000 == pytest.approx(ended.duration_ns / NS_PER_S, abs=0.08)
        steps_s = np.arange(0.3, ended.duration_ns / NS_PER_S - 0.3, 0.02)
        quiet_s = [at_s for at_s in steps_s if loudness_at(heard, at_s, at_s + 0.02) < QUIET]
        assert min(quiet_s) == pytest.approx(slept_s, abs=0.06), name
        assert max(quiet_s) == pytest.approx(slept_s + SEAM_S, abs=0.3), (name, quiet_s)
        assert len(quiet_s) * 0.02 == pytest.approx(max(quiet_s) - min(quiet_s), abs=0.1), name


def test_the_lock_of_the_screen_is_noted(meeting: Mapping[str, str], system: PrivateLogind, tmp_path: Path) -> None:
    """Recording goes on: whether it should is the user's choice."""
    directory = tmp_path / "recording"
    with running_worker(environment=meeting) as worker:
        worker.start(spec_of(directory))
        worker.record_until(0.5)
        for act, change in (("lock", PowerChange.LOCKED), ("unlock", PowerChange.UNLOCKED)):
            system.act(act)
            told = worker.wait_for(PowerChanged)
            assert told.change is change
        worker.record_until(told.at_ns / NS_PER_S + 0.3)
        ended = worker.end_of_input()
        assert worker.close() == 0
    manifest = read_manifest(directory)
    assert [each.change for each in manifest.receipt.power] == [PowerChange.LOCKED, PowerChange.UNLOCKED]
    assert len(manifest.timeline) == 1
    assert ended.status is RecordingStatus.COMPLETE


def test_where_nobody_tells_of_sleep_it_is_recorded_all_the_same(meeting: Mapping[str, str], tmp_path: Path) -> None:
    directory = tmp_path / "recording"
    environment = {**meeting, "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere/bus"}
    with running_worker(environment=environment) as worker:
        worker.start(spec_of(directory))
        worker.record_until(0.5)
        worker.end_of_input()
        assert worker.close() == 0
    (unwatched,) = read_manifest(directory).receipt.power
    assert unwatched.change is PowerChange.UNWATCHED
    assert unwatched.reason == "there is no system bus"
    assert min(played_s(directory / "video_mixed.mp4")) >= 0.4
