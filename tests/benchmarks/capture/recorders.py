"""The recorders that are compared: each records the whole display of its environment until it is told to stop."""

import contextlib
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO

from capture.commands import Command, Start, Stop
from capture.events import Ended, Error, Event, Started
from capture.manifest import read_manifest
from capture.program import ENVIRONMENT
from capture.recording import DEFAULT_DEVICE, AllMonitors, Monitor, RecordingId, RecordingSpec
from capture.wire import decode_event, encode_command
from tests.benchmarks.capture.processes import POLL_S, Cost, reap
from tests.rig.sound import RigFailed, end

ROOT = Path(__file__).parents[3]
LIMIT_S = 60.0
COMPLAINTS = "complaints"
WF_STARTED = "Output #0"

SSR_SETTINGS = """\
[input]
video_area=screen
video_area_screen=0
video_area_follow_fullscreen=false
video_frame_rate={rate_fps}
video_scale=false
video_record_cursor=true
audio_enabled=false
[output]
file={file}
separate_files=false
add_timestamp=false
container=mp4
video_codec=h264
video_h264_crf=23
video_h264_preset=0
video_allow_frame_skipping=true
"""


class Platform(StrEnum):
    X11 = "X11"
    WAYLAND = "Wayland"


@dataclass(frozen=True, slots=True)
class Job:
    """``folder`` is empty and the recorder's own."""

    folder: Path
    rate_fps: int
    environment: Mapping[str, str]
    platform: Platform


@dataclass(frozen=True, slots=True)
class Running:
    """``stop`` asks for the end and returns at once."""

    process: subprocess.Popen[bytes]
    stop: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Recorder:
    """``note`` tells what sound it records. ``start`` returns when the recording runs; ``video`` finds its file."""

    name: str
    note: str
    start: Callable[[Job], Running]
    video: Callable[[Path], Path] | None
    remark: Callable[[Path], str] = field(default=lambda _: "")


@contextlib.contextmanager
def recording(recorder: Recorder, job: Job) -> Iterator[Running]:
    running = recorder.start(job)
    with running.process:  # its pipes
        try:
            yield running
        finally:
            if running.process.returncode is None:
                end(running.process)


def finish(running: Running) -> Cost:
    """Raises ``RigFailed`` when the recorder failed."""
    running.stop()
    return reap(running.process, LIMIT_S)


def recorders(platform: Platform) -> tuple[Recorder, ...]:
    """What can run on this machine, ours first. ``nobody`` shows what the content alone costs the servers."""
    ours = (
        _afterword("afterword", "balanced", with_sound=True),
        _afterword("afterword, no sound", "balanced", with_sound=False),
        _afterword("afterword small", "small", with_sound=True),
    )
    nobody = Recorder("nobody", "the content alone", _start_nothing, None)
    if platform is Platform.WAYLAND:
        note = "wlr-screencopy, veryfast crf 23, no sound, a picture for each change"
        wf_recorder = Recorder("wf-recorder veryfast", note, _start_wf_recorder, _only_mp4)
        return (nobody, *ours, *((wf_recorder,) if shutil.which("wf-recorder") else ()))
    ffmpeg = tuple(_ffmpeg(preset) for preset in ("veryfast", "ultrafast"))
    ssr = Recorder("SimpleScreenRecorder", "ultrafast crf 23, no sound", _start_ssr, _only_mp4)
    return (nobody, *ours, *ffmpeg, *((ssr,) if shutil.which("simplescreenrecorder") else ()))


def _afterword(name: str, profile: str, *, with_sound: bool) -> Recorder:
    note = f"profile {profile}, " + ("two devices into AAC, MP3 and two Opus files" if with_sound else "no sound")

    def start(job: Job) -> Running:
        return _start_afterword(job, profile, with_sound=with_sound)

    return Recorder(name, note, start, lambda folder: _recording(folder) / "video_mixed.mp4", _means)


def _start_afterword(job: Job, profile: str, *, with_sound: bool) -> Running:
    device = DEFAULT_DEVICE if with_sound else None
    recording_id = RecordingId(str(uuid.uuid4()))
    spec = RecordingSpec(
        recording_id,
        job.folder / recording_id,
        AllMonitors() if job.platform is Platform.X11 else Monitor("1"),
        microphone=device,
        system_audio=device,
        frame_rate_fps=job.rate_fps,
        profile=profile,
    )
    process = _spawn((sys.executable, "-m", "capture", "worker"), {**job.environment, **ENVIRONMENT}, job.folder)
    _send(process, Start(spec))
    events = _events(process)
    if not any(isinstance(event, Started) for event in events):
        raise RigFailed(_complaints(job.folder))
    threading.Thread(target=_see_through, args=(events,), daemon=True).start()

    def stop() -> None:
        _send(process, Stop())
        _pipe(process.stdin).close()

    return Running(process, stop)


def _events(process: subprocess.Popen[bytes]) -> Iterator[Event]:
    """As far as the end, or the failure to begin."""
    for line in _pipe(process.stdout):
        event = decode_event(line.decode())
        if event is not None:
            yield event
        if isinstance(event, Ended | Error):
            return


def _see_through(events: Iterator[Event]) -> None:
    for _ in events:
        pass


def _recording(folder: Path) -> Path:
    return next(path.parent for path in folder.glob("*/recording.json"))


def _means(folder: Path) -> str:
    """By which means it looked at the screen, and what it says of its own frames."""
    receipt = read_manifest(_recording(folder)).receipt
    source = receipt.screen.source if receipt.screen else "no screen"
    steps = "".join(f", {step.step} from {step.at_s:.1f} s ({step.reason})" for step in receipt.quality)
    return f"{source}: {receipt.frames.captured} captured, {receipt.frames.dropped} dropped{steps}"


def _ffmpeg(preset: str) -> Recorder:
    def start(job: Job) -> Running:
        size = ("-f", "x11grab", "-framerate", str(job.rate_fps), "-i", job.environment["DISPLAY"])
        silence = ("-f", "lavfi", "-i", "anullsrc=r=48000:cl=stereo")
        codecs = ("-c:v", "libx264", "-preset", preset, "-crf", "23", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest")
        quiet = ("-hide_banner", "-loglevel", "error", "-progress", "pipe:1")
        command = ("ffmpeg", *quiet, *size, *silence, *codecs, str(job.folder / "out.mp4"))
        process = _spawn(command, job.environment, job.folder)
        if not _pipe(process.stdout).readline():
            raise RigFailed(_complaints(job.folder))
        threading.Thread(target=_drain, args=(_pipe(process.stdout),), daemon=True).start()
        return Running(process, lambda: _write(process, b"q"))

    return Recorder(f"ffmpeg {preset}", f"x11grab, {preset} crf 23, silence into AAC", start, _only_mp4)


def _start_ssr(job: Job) -> Running:
    file, settings = job.folder / "out.mp4", job.folder / "settings.conf"
    settings.write_text(SSR_SETTINGS.format(file=file, rate_fps=job.rate_fps), encoding="utf-8")
    options = ("--start-hidden", "--no-systray", "--start-recording", f"--settingsfile={settings}")
    environment = {**job.environment, "HOME": str(job.folder)}
    process = _spawn(("simplescreenrecorder", *options), environment, job.folder)
    _await_start(process, job.folder, file.exists)
    threading.Thread(target=_drain, args=(_pipe(process.stdout),), daemon=True).start()

    return Running(process, lambda: _write(process, b"record-save\nquit\n"))


def _start_wf_recorder(job: Job) -> Running:
    codec = ("-c", "libx264", "-p", "preset=veryfast", "-p", "crf=23", "-F", "format=yuv420p")
    process = _spawn(("wf-recorder", *codec, "-f", str(_only_mp4(job.folder))), job.environment, job.folder)
    _await_start(process, job.folder, lambda: WF_STARTED in (job.folder / COMPLAINTS).read_text(errors="replace"))
    threading.Thread(target=_drain, args=(_pipe(process.stdout),), daemon=True).start()

    def stop() -> None:
        """It ends with the next change on the screen; this one is hidden behind the content."""
        process.send_signal(signal.SIGINT)
        change = ("swaymsg", "output * bg #000000 solid_color")
        subprocess.run(change, env=job.environment, stdout=subprocess.DEVNULL, check=True, timeout=LIMIT_S)

    return Running(process, stop)


def _await_start(process: subprocess.Popen[bytes], folder: Path, has_started: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + LIMIT_S
    while not has_started():
        if process.poll() is not None or time.monotonic() > deadline_s:
            raise RigFailed(_complaints(folder))
        time.sleep(POLL_S)


def _start_nothing(job: Job) -> Running:
    process = _spawn(("cat",), job.environment, job.folder)
    return Running(process, _pipe(process.stdin).close)


def _only_mp4(folder: Path) -> Path:
    return folder / "out.mp4"


def _spawn(command: tuple[str, ...], environment: Mapping[str, str], folder: Path) -> subprocess.Popen[bytes]:
    with (folder / COMPLAINTS).open("wb") as complaints:
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints
        )


def _send(process: subprocess.Popen[bytes], command: Command) -> None:
    _write(process, encode_command(command).encode() + b"\n")


def _write(process: subprocess.Popen[bytes], line: bytes) -> None:
    _pipe(process.stdin).write(line)
    _pipe(process.stdin).flush()


def _drain(stream: IO[bytes]) -> None:
    for _ in stream:
        pass


def _complaints(folder: Path) -> str:
    text = (folder / COMPLAINTS).read_text(encoding="utf-8", errors="replace")
    return f"the recorder did not start\n{text}"


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        message = "the pipe was not opened"
        raise RigFailed(message)
    return stream
