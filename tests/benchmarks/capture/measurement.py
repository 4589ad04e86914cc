"""One recorder, one content, once: what it cost and what came out."""

import os
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.capture.film import Film, Kind
from tests.benchmarks.capture.inspection import Continuity, continuity, likeness, numbers, probe
from tests.benchmarks.capture.player import numbers_shown
from tests.benchmarks.capture.processes import NS_PER_S, Cost, cpu_ns, tree_cpu_ns, tree_peak_bytes
from tests.benchmarks.capture.recorders import Job, Platform, Recorder, finish, recording

START_UP_S = 3.0
"""What a recorder does before this is its start-up, and is left out of the steady figures."""

RUNNING_AFTER_S, RUNNING_BEFORE_S = 1.0, 0.5
"""Updates that are this close to the beginning or the end of a recording need not be in it."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is on the screen, and how often it is to be recorded."""

    name: str
    kind: Kind
    width_px: int
    height_px: int
    updates_per_s: int
    rate_fps: int
    platform: Platform = Platform.X11


SCENARIOS = (
    Scenario("static", Kind.STATIC, 1920, 1080, 0, 30),
    Scenario("typing", Kind.TYPING, 1920, 1080, 10, 30),
    Scenario("scrolling", Kind.SCROLLING, 1920, 1080, 10, 30),
    Scenario("motion", Kind.MOTION, 1920, 1080, 30, 30),
    Scenario("motion60", Kind.MOTION, 1920, 1080, 60, 60),
    Scenario("motion4k", Kind.MOTION, 3840, 2160, 30, 30),
    Scenario("wayland-static", Kind.STATIC, 1920, 1080, 0, 30, Platform.WAYLAND),
    Scenario("wayland-typing", Kind.TYPING, 1920, 1080, 10, 30, Platform.WAYLAND),
    Scenario("wayland-scrolling", Kind.SCROLLING, 1920, 1080, 10, 30, Platform.WAYLAND),
    Scenario("wayland-motion", Kind.MOTION, 1920, 1080, 30, 30, Platform.WAYLAND),
)


@dataclass(frozen=True, slots=True)
class Output:
    """``all_bytes`` counts every file of the recording. ``ssim`` is of the luma."""

    duration_s: float
    video_bytes: int
    all_bytes: int
    ssim: float
    continuity: Continuity | None


@dataclass(frozen=True, slots=True)
class Run:
    """CPU is user + system of the whole process tree, in seconds per recorded second.

    ``cpu`` is of the process from its start to its end, ``steady_cpu`` leaves out the first seconds and the closing.
    ``server_cpu`` is of those who show the content and hand it out, by their names. ``peak_bytes`` is resident memory
    until the end of the recording.
    """

    scenario: str
    recorder: str
    cpu: float
    steady_cpu: float
    server_cpu: Mapping[str, float]
    peak_bytes: int
    switches_per_s: float
    load: float
    output: Output | None
    remark: str


@dataclass(frozen=True, slots=True)
class Stage:
    """``log`` is the player's; ``servers`` are processes. ``stir`` changes the screen behind the content.

    Without that a Wayland desktop sends no picture of a screen at rest, to no recorder.
    """

    scenario: Scenario
    film: Film
    log: Path
    environment: Mapping[str, str]
    servers: Mapping[str, int]
    stir: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Steady:
    cpu: float
    server_cpu: Mapping[str, float]
    peak_bytes: int
    on_screen: list[int]


def measure(recorder: Recorder, stage: Stage, seconds: float) -> Run:
    """Raises ``RigFailed``."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        job = Job(folder, stage.scenario.rate_fps, stage.environment, stage.scenario.platform)
        with recording(recorder, job) as running:
            steady = _watch(running.process.pid, stage, seconds)
            cost = finish(running)
        output = None if recorder.video is None else _inspect(recorder.video(folder), folder, stage, (steady, seconds))
        remark = recorder.remark(folder)
    recorded_s = output.duration_s if output else seconds
    return _run(recorder, stage, steady, cost, (recorded_s, load, output, remark))


def _run(
    recorder: Recorder, stage: Stage, steady: _Steady, cost: Cost, rest: tuple[float, float, Output | None, str]
) -> Run:
    recorded_s, load, output, remark = rest
    return Run(
        stage.scenario.name,
        recorder.name,
        cpu=cost.cpu_ns / NS_PER_S / recorded_s,
        steady_cpu=steady.cpu,
        server_cpu=steady.server_cpu,
        peak_bytes=steady.peak_bytes,
        switches_per_s=cost.switches / recorded_s,
        load=load,
        output=output,
        remark=remark,
    )


def _watch(pid: int, stage: Stage, seconds: float) -> _Steady:
    """From the recording's begin to its end."""
    stage.stir()
    begin_ns = time.monotonic_ns()
    time.sleep(min(START_UP_S, seconds / 2))
    steady_ns = time.monotonic_ns()
    cpu_before_ns, before_ns = tree_cpu_ns(pid), _servers_ns(stage)
    time.sleep(max(0.0, seconds - (steady_ns - begin_ns) / NS_PER_S))
    elapsed_ns = time.monotonic_ns() - steady_ns
    cpu = (tree_cpu_ns(pid) - cpu_before_ns) / elapsed_ns
    server_cpu = {name: (now_ns - before_ns[name]) / elapsed_ns for name, now_ns in _servers_ns(stage).items()}
    end_ns = steady_ns + elapsed_ns
    sure = (begin_ns + round(RUNNING_AFTER_S * NS_PER_S), end_ns - round(RUNNING_BEFORE_S * NS_PER_S))
    return _Steady(cpu, server_cpu, tree_peak_bytes(pid), numbers_shown(stage.log, *sure))


def _servers_ns(stage: Stage) -> Mapping[str, int]:
    return {name: cpu_ns(pid) for name, pid in stage.servers.items()}


def _inspect(video: Path, folder: Path, stage: Stage, seen: tuple[_Steady, float]) -> Output:
    """A file that has no more pictures than there were changes may end before the recording did."""
    steady, seconds = seen
    stream = probe(video)
    recorded = numbers(video, stage.film)
    return Output(
        max(stream.duration_s, seconds),
        video.stat().st_size,
        sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        likeness(video, stage.film, recorded, stream),
        None if stage.film.area is None else continuity(recorded, steady.on_screen),
    )
