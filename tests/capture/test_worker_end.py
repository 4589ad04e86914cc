"""However the worker ends, the recording is kept."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from capture.commands import Start
from capture.errors import DiskFull
from capture.events import Ended, Error, Started, Status
from capture.manifest import read_manifest
from capture.recording import NS_PER_S, EndReason, MediaStatus, RecordingStatus
from capture.recovery import recover
from capture.wire import decode_event, encode_command
from tests.capture.decoding import played_s
from tests.capture.worker_process import COMMAND, LIMIT_S, ROOT, WorkerProcess, running_worker, spec_of
from tests.end_to_end.media import decodes
from tests.rig.small_disk import SmallDisk, on_small_disk

assert sys.platform != "win32"  # its signals and pipes are others

RECORDED_S = 1.0
KILLED_AT_S = 3.0
LOST_S = 1.5
FULL_AT_S = 2.0
TORN_S = 0.75
DISK = "80m"


def assert_plays(directory: Path, seconds: float) -> None:
    for name in ("video_mixed.mp4", "audio_mixed.mp3", "audio_separate/microphone.ogg", "audio_separate/system.ogg"):
        assert min(played_s(directory / name)) >= seconds


def terminate(worker: WorkerProcess, number: signal.Signals) -> None:
    worker.process.send_signal(number)


def close_its_input(worker: WorkerProcess, _: signal.Signals) -> None:
    worker.inbox.close()


@pytest.mark.parametrize(
    ("end", "number", "ended_by"),
    [
        (close_its_input, signal.SIGTERM, EndReason.END_OF_INPUT),
        (terminate, signal.SIGTERM, EndReason.SIGNAL),
        (terminate, signal.SIGINT, EndReason.SIGNAL),
        (terminate, signal.SIGHUP, EndReason.SIGNAL),
    ],
    ids=["end of input", "SIGTERM", "SIGINT", "SIGHUP"],
)
def test_the_recording_is_finished(
    end: Callable[[WorkerProcess, signal.Signals], None], number: signal.Signals, ended_by: EndReason, tmp_path: Path
) -> None:
    directory = tmp_path / "recording"
    with running_worker() as worker:
        worker.start(spec_of(directory))
        worker.record_until(RECORDED_S)
        end(worker, number)
        ended = worker.wait_for(Ended)
        assert worker.close() == 0
    assert (ended.status, ended.ended_by) == (RecordingStatus.COMPLETE, ended_by)
    assert read_manifest(directory).receipt.ended_by is ended_by
    assert_plays(directory, RECORDED_S)


def test_a_paused_one_is_finished_too(tmp_path: Path) -> None:
    with running_worker() as worker:
        worker.start(spec_of(tmp_path / "recording"))
        worker.record_until(0.3)
        worker.write(b'{"type":"pause"}\n')
        paused = worker.wait_for(Status)
        ended = worker.end_of_input()
        assert worker.close() == 0
    assert ended.status is RecordingStatus.COMPLETE
    assert ended.duration_ns == paused.at_ns


def test_a_killed_one_leaves_what_was_recorded(tmp_path: Path) -> None:
    directory = tmp_path / "recording"
    with running_worker() as worker:
        worker.start(spec_of(directory))
        worker.record_until(KILLED_AT_S)
        worker.process.kill()
        worker.close()
    assert read_manifest(directory).status.code is RecordingStatus.RECORDING
    assert_plays(directory, KILLED_AT_S - LOST_S)
    recovered = recover(directory)
    assert recovered.status.code is RecordingStatus.INTERRUPTED
    assert recovered.duration_ns >= (KILLED_AT_S - LOST_S) * NS_PER_S
    assert {media.status for media in recovered.media} == {MediaStatus.DONE}


def full_pipe() -> tuple[int, int]:
    """Whoever writes to it waits until it is read."""
    reader, writer = os.pipe()
    flags = fcntl.fcntl(writer, fcntl.F_GETFL)
    fcntl.fcntl(writer, fcntl.F_SETFL, flags | os.O_NONBLOCK)
    try:
        while True:
            os.write(writer, b"\n")
    except BlockingIOError:
        fcntl.fcntl(writer, fcntl.F_SETFL, flags)
    return reader, writer


def wait_until_it_ended(directory: Path) -> None:
    """Nothing but the manifest tells."""
    deadline_s = time.monotonic() + LIMIT_S
    while not (directory / "recording.json").exists() or read_manifest(directory).completed_at is None:
        assert time.monotonic() < deadline_s
        time.sleep(0.05)


def test_nobody_need_read_its_events(tmp_path: Path) -> None:
    """Its standard output is full from the first event on; read at last, they have all been kept."""
    directory = tmp_path / "recording"
    reader, writer = full_pipe()
    with subprocess.Popen(COMMAND, cwd=ROOT, stdin=subprocess.PIPE, stdout=writer, stderr=subprocess.DEVNULL) as worker:
        os.close(writer)
        assert worker.stdin is not None
        start = Start(spec_of(directory, round(RECORDED_S * NS_PER_S)))
        worker.stdin.write(encode_command(start).encode() + b"\n")
        worker.stdin.flush()
        wait_until_it_ended(directory)
        worker.stdin.close()
        with os.fdopen(reader, encoding="utf-8") as outbox:
            events = [decode_event(line) for line in outbox if line.strip()]
        assert worker.wait(LIMIT_S) == 0
    assert isinstance(events[-1], Ended)
    assert events[-1].ended_by is EndReason.DURATION
    assert any(isinstance(event, Started) for event in events)
    assert_plays(directory, RECORDED_S - 0.1)


def test_what_cannot_be_said_is_no_failure() -> None:
    """A pipe that breaks has another error on each system; this one is any of them."""
    with Path("/dev/full").open("wb") as full:
        worker = subprocess.run(COMMAND, cwd=ROOT, input=b"", stdout=full, stderr=subprocess.PIPE, check=False)
    assert b"Traceback" not in worker.stderr
    assert b"nobody reads the events" in worker.stderr
    assert worker.returncode == 0


def test_an_input_that_breaks_has_ended() -> None:
    """As that of a terminal that is gone."""
    with Path("/proc/self/mem").open("rb") as broken:
        worker = subprocess.run(COMMAND, cwd=ROOT, stdin=broken, capture_output=True, timeout=LIMIT_S, check=False)
    assert worker.returncode == 0, worker.stderr
    assert b"Traceback" not in worker.stderr


def test_who_started_it_may_go_away(tmp_path: Path) -> None:
    """Its input ends and its output breaks, as when the app is killed."""
    directory = tmp_path / "recording"
    pipe = subprocess.PIPE
    with subprocess.Popen(COMMAND, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(encode_command(Start(spec_of(directory))).encode() + b"\n")
        worker.stdin.flush()
        while not isinstance(decode_event(worker.stdout.readline().decode()), Started):
            pass
        worker.stdout.close()
        worker.stdin.close()
        assert worker.wait(LIMIT_S) == 0
    assert read_manifest(directory).status.code is RecordingStatus.COMPLETE


def test_a_disk_that_fills_up_ends_it_and_loses_nothing(tmp_path: Path) -> None:
    folder, kept = tmp_path / "disk", tmp_path / "kept"
    folder.mkdir()
    with running_worker(on_small_disk(folder, DISK, COMMAND)) as worker:
        worker.start(spec_of(folder / "recording"))
        disk = SmallDisk.of(worker.process.pid, folder)
        worker.record_until(FULL_AT_S)
        with pytest.raises(OSError, match="No space left"):
            disk.fill()
        error = worker.wait_for(Error)
        ended = worker.wait_for(Ended)
        shutil.copytree(disk.folder / "recording", kept)
        assert worker.close() == 0
    assert error.code == DiskFull.code
    assert error.data["folder"].startswith(str(folder / "recording"))
    assert (ended.status, ended.ended_by) == (RecordingStatus.INTERRUPTED, EndReason.DISK_FULL)
    manifest = read_manifest(kept)
    assert manifest.status.sub_code == DiskFull.code
    assert manifest.receipt.ended_by is EndReason.DISK_FULL
    assert (kept / "participants.json").stat().st_size
    assert_plays(kept, FULL_AT_S - TORN_S)
    for media in manifest.media[:4]:
        assert decodes(kept / media.path) == ""


@pytest.fixture(scope="module")
def refusing() -> Iterator[WorkerProcess]:
    with running_worker() as worker:
        yield worker
        worker.close()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"frame_rate_fps": 0}, "invalid_spec"),
        ({"frame_rate_fps": 500}, "invalid_spec"),
        ({"profile": "cinema"}, "invalid_spec"),
        ({"screen": None, "microphone": None, "system_audio": None}, "invalid_spec"),
        ({"directory": Path("/dev/null/folder/recording")}, "folder_not_writable"),
    ],
)
def test_what_cannot_be_recorded_leaves_nothing(
    change: Mapping[str, Any], code: str, refusing: WorkerProcess, tmp_path: Path
) -> None:
    refusing.send(Start(replace(spec_of(tmp_path / "recording"), **change)))
    assert refusing.wait_for(Error).code == code
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(refusing: WorkerProcess, tmp_path: Path) -> None:
    (tmp_path / "precious").touch()
    refusing.send(Start(spec_of(tmp_path)))
    assert refusing.wait_for(Error).code == "storage_failed"
    assert (tmp_path / "precious").exists()
