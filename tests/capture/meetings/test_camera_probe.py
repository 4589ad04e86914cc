"""Cameras in use. The devices are files in a folder of the test's; who opens them are real processes."""

import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from capture.clock import MonotonicClock
from capture.meetings.facts import CameraFree, CameraHeld, Fact, MeetingProbe
from capture.meetings.linux.camera import CameraProbe
from capture.recording import NS_PER_S
from tests.capture.meetings.hearing import Facts
from tests.rig.sound import end

IDLE_SHARE = 0.001
IDLE_S = 2.0


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    folder = tmp_path / "dev"
    folder.mkdir()
    for name in ("video0", "video1", "null"):
        (folder / name).touch()
    return folder


Opener = Callable[[str, str], subprocess.Popen[bytes]]


@pytest.fixture
def open_as(devices: Path, tmp_path: Path) -> Iterator[Opener]:
    """Makes a program of any name hold a device."""
    running = []

    def run(name: str, device: str) -> subprocess.Popen[bytes]:
        program = tmp_path / name
        if not program.exists():
            shutil.copy(shutil.which("tail") or "tail", program)
        process = subprocess.Popen((program, "-f", devices / device))
        running.append(process)
        return process

    yield run
    for process in running:
        end(process)


@pytest.fixture
def seen(devices: Path, started: Callable[[MeetingProbe], Facts]) -> Facts:
    return started(CameraProbe(MonotonicClock(), devices))


def held_by(pid: int) -> Callable[[Fact], bool]:
    return lambda fact: isinstance(fact, CameraHeld) and fact.camera.endswith(f":{pid}")


def test_camera_is_taken_and_given_back(seen: Facts, open_as: Opener) -> None:
    process = open_as("zoom", "video0")
    fact = seen.wait_for(held_by(process.pid))
    assert isinstance(fact, CameraHeld)
    assert fact.program is not None
    assert fact.program.names == ("zoom",)
    assert fact.camera == f"video0:{process.pid}"
    end(process)
    free = seen.wait_for(lambda fact: isinstance(fact, CameraFree))
    assert isinstance(free, CameraFree)
    assert free.camera == fact.camera


def test_camera_that_is_held_already(devices: Path, open_as: Opener, started: Callable[[MeetingProbe], Facts]) -> None:
    process = open_as("chrome", "video1")
    started(CameraProbe(MonotonicClock(), devices)).wait_for(held_by(process.pid))


def test_camera_that_is_plugged_in_later(seen: Facts, devices: Path, open_as: Opener) -> None:
    seen.quiet()
    (devices / "video7").touch()
    process = open_as("cheese", "video7")
    seen.wait_for(held_by(process.pid))


def test_other_devices_are_no_cameras(seen: Facts, devices: Path, open_as: Opener) -> None:
    open_as("zoom", "null")
    (devices / "videodisc").touch()
    open_as("zoom", "videodisc")
    assert seen.quiet() == []


def test_server_holds_it_for_somebody_else(seen: Facts, open_as: Opener) -> None:
    fact = seen.wait_for(held_by(open_as("pipewire", "video0").pid))
    assert isinstance(fact, CameraHeld)
    assert fact.program is None


def test_two_programs_share_a_camera(seen: Facts, open_as: Opener) -> None:
    first, second = open_as("zoom", "video0"), open_as("obs", "video0")
    heard = {seen.wait_for(lambda fact: isinstance(fact, CameraHeld)) for _ in range(2)}
    assert {fact.camera for fact in heard if isinstance(fact, CameraHeld)} == {
        f"video0:{process.pid}" for process in (first, second)
    }


def test_glance_is_not_told(seen: Facts, devices: Path) -> None:
    """As programs do that look which cameras there are."""
    seen.quiet()
    for _ in range(20):
        (devices / "video0").read_bytes()
    assert seen.quiet() == []


def test_machine_without_devices(tmp_path: Path, started: Callable[[MeetingProbe], Facts]) -> None:
    assert started(CameraProbe(MonotonicClock(), tmp_path / "none")).quiet() == []


def test_costs_nothing_while_nothing_happens(seen: Facts) -> None:
    """The processor time of the probe's own thread."""
    seen.quiet()
    thread = next(thread for thread in threading.enumerate() if thread.name == "meeting cameras")
    assert thread.ident is not None
    clock = time.pthread_getcpuclockid(thread.ident)
    before_ns = time.clock_gettime_ns(clock)
    seen.quiet(IDLE_S)
    assert time.clock_gettime_ns(clock) - before_ns <= IDLE_SHARE * IDLE_S * NS_PER_S


def test_nothing_is_left_open(devices: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        probe = CameraProbe(MonotonicClock(), devices)
        probe.start(Facts())
        probe.stop()
        probe.stop()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
