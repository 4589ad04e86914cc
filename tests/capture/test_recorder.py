import errno
import fcntl
import os
import queue
import stat
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from capture.audio.base import DeviceLost, DeviceRecovered
from capture.clock import MonotonicClock
from capture.errors import CaptureError, InvalidSpec, SourceUnavailable
from capture.events import (
    Discarded,
    Ended,
    Event,
    Level,
    MediaCompleted,
    SourceLost,
    SourceRecovered,
    Started,
)
from capture.manifest import Manifest, Status, read_manifest
from capture.media import sha256
from capture.recorder import Recorder
from capture.recording import (
    NS_PER_S,
    SYNTHETIC_DEVICE,
    DeviceId,
    EndReason,
    Monitor,
    RecordingSpec,
    RecordingStatus,
    Side,
)
from tests.capture.worker_process import spec_of

assert sys.platform != "win32"  # its descriptors are others

LIMIT_S = 20.0
OURS = {"screen", "encoding", "SyntheticSource"}
HEADSET = DeviceId("headset")


@dataclass(slots=True)
class Stage:
    """A recorder, and what it says."""

    spec: RecordingSpec
    watch: Callable[[Event], None] = lambda _: None
    said: list[Event] = field(default_factory=list)
    failures: list[CaptureError] = field(default_factory=list)
    levels: "queue.SimpleQueue[Level]" = field(default_factory=queue.SimpleQueue)

    def recorder(self) -> Recorder:
        return Recorder(self.spec, MonotonicClock(), self.emit, self.failures.append)

    def emit(self, event: Event) -> None:
        self.watch(event)
        self.said.append(event)
        if isinstance(event, Level):
            self.levels.put(event)

    def record_until(self, at_s: float) -> None:
        while self.levels.get(timeout=LIMIT_S).at_ns < at_s * NS_PER_S:
            pass

    def heard(self, *kinds: type[Event]) -> list[Event]:
        return [event for event in self.said if isinstance(event, kinds)]


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(spec_of(tmp_path / "recordings" / "one"))


def threads() -> set[str]:
    return OURS & {thread.name for thread in threading.enumerate()}


def test_it_says_what_is_so_already(stage: Stage) -> None:
    """The manifest lies on the disk before the start is told, and the end; files are whole before they are."""
    found: dict[str, RecordingStatus] = {}
    directory = stage.spec.directory

    def watch(event: Event) -> None:
        if isinstance(event, Started | Ended):
            found[event.type] = read_manifest(directory).status.code
        if isinstance(event, MediaCompleted):
            assert sha256(directory / event.media.path) == event.media.sha256

    stage.watch = watch
    recorder = stage.recorder()
    recorder.start()
    assert threads() == OURS
    stage.record_until(0.2)
    manifest = recorder.stop(EndReason.STOP)
    assert threads() == set()
    assert found == {"started": RecordingStatus.RECORDING, "ended": RecordingStatus.COMPLETE}
    assert read_manifest(directory) == manifest
    assert len(stage.heard(MediaCompleted)) == len(manifest.media) == 8
    assert isinstance(stage.said[-1], Ended)
    assert stage.failures == []


@pytest.fixture
def troubled(stage: Stage) -> tuple[Stage, Manifest]:
    """The microphone goes away, comes back on a headset, and the screen is lost."""
    recorder = stage.recorder()
    recorder.start()
    stage.record_until(0.3)
    now_ns = MonotonicClock().now_ns()
    recorder.on_audio_event(Side.MICROPHONE, DeviceLost(SYNTHETIC_DEVICE, "unplugged", now_ns))
    recorder.on_audio_event(Side.MICROPHONE, DeviceRecovered(HEADSET, now_ns + NS_PER_S // 5))
    recorder.on_screen_lost(SourceUnavailable("locked"))
    stage.record_until(1.2)
    return stage, recorder.stop(EndReason.STOP)


def test_sources_that_come_and_go_are_told_and_kept(troubled: tuple[Stage, Manifest]) -> None:
    stage, manifest = troubled
    lost, recovered, dark = stage.heard(SourceLost, SourceRecovered)
    assert isinstance(lost, SourceLost)
    assert (lost.source, lost.reason) == ("microphone", "unplugged")
    assert isinstance(recovered, SourceRecovered)
    assert recovered.device == HEADSET
    assert recovered.gap_ns == pytest.approx(NS_PER_S // 5, abs=NS_PER_S // 20)
    assert isinstance(dark, SourceLost)
    assert (dark.source, dark.reason) == ("screen", "locked")
    (change,) = manifest.receipt.devices
    assert (change.from_, change.to) == (SYNTHETIC_DEVICE, HEADSET)
    assert change.at_s == pytest.approx(recovered.at_ns / NS_PER_S, abs=0.001)
    assert manifest.status.code is RecordingStatus.COMPLETE
    assert stage.failures == []


def test_a_source_that_is_not_there_leaves_nothing(stage: Stage) -> None:
    """There is no display here; the sound had been opened already, or is opened first."""
    stage.spec = replace(stage.spec, screen=Monitor("1"))
    with pytest.raises(SourceUnavailable):
        stage.recorder().start()
    assert threads() == set()
    assert not stage.spec.directory.exists()
    assert stage.said == []


def test_a_profile_that_is_not_there_opens_nothing(stage: Stage) -> None:
    stage.spec = replace(stage.spec, profile="cinema")
    with pytest.raises(InvalidSpec):
        stage.recorder().start()
    assert threads() == set()
    assert not stage.spec.directory.parent.exists()


def test_discarded_it_leaves_nothing(stage: Stage) -> None:
    recorder = stage.recorder()
    recorder.start()
    stage.record_until(0.1)
    recorder.discard()
    assert threads() == set()
    assert not stage.spec.directory.exists()
    assert stage.heard(Ended) == []
    assert stage.said[-1] == Discarded(stage.spec.id)
    assert stage.failures == []


def test_files_are_closed_also_where_only_who_may_write_can_sync(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """As under Windows, whose ``_commit`` refuses what was opened for reading."""
    sync = os.fsync

    def commit(descriptor: int) -> None:
        mode, flags = os.fstat(descriptor).st_mode, fcntl.fcntl(descriptor, fcntl.F_GETFL)
        if stat.S_ISREG(mode) and flags & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", commit)
    recorder = stage.recorder()
    recorder.start()
    stage.record_until(0.2)
    assert recorder.stop(EndReason.STOP).status == Status(RecordingStatus.COMPLETE)
    assert stage.failures == []


def test_pause_and_resume_can_be_said_twice(stage: Stage) -> None:
    recorder = stage.recorder()
    recorder.start()
    recorder.resume()
    recorder.pause()
    recorder.pause()
    paused_ns = recorder.timeline.now_ns()
    manifest = recorder.stop(EndReason.STOP)
    assert manifest.duration_ns == paused_ns
    assert len(manifest.timeline) == 1
