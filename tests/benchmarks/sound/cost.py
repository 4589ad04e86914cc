"""What it costs to capture, mix and encode both sides: with this program, and with ``parec`` and ``ffmpeg``."""

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from capture.commands import Start, Stop
from capture.program import ENVIRONMENT
from capture.recording import DeviceId, RecordingId, RecordingSpec
from capture.wire import encode_command
from tests.benchmarks.capture.processes import reap, tree_cpu_ns
from tests.rig.sound import MICROPHONE, MONITOR, SoundServer, end, private_pulseaudio
from tests.rig.speech import conversation

ROOT = Path(__file__).parents[3]
WARM_UP_S = 3.0
LIMIT_S = 30.0

LISTEN = "parec --raw --latency-msec=20 --format=s16le --rate=48000"
PEER = f"""
mkfifo microphone system
{LISTEN} --channels=1 --device={MICROPHONE} > microphone & first=$!
{LISTEN} --channels=2 --device={MONITOR} > system & second=$!
trap 'kill $first $second' INT TERM
ffmpeg -v error -y -f s16le -ar 48000 -ac 1 -i microphone -f s16le -ar 48000 -ac 2 -i system -filter_complex \
'[0:a]asplit[m][mm];[1:a]asplit[s][ss];[mm][ss]amix=normalize=0:dropout_transition=0,alimiter=level=0[mix]' \
-map '[m]' -c:a libopus -b:a 48k microphone.ogg -map '[s]' -c:a libopus -b:a 96k system.ogg \
-map '[mix]' -ac 2 -c:a libmp3lame -b:a 128k mixed.mp3 < /dev/null & third=$!
wait $third; wait $third
"""
"""The same codecs, rates and channels, and a limiter too. A signal ends the listeners, and with them everything."""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds per recorded second, user and system, of the whole process tree, once it runs steadily."""

    recorder: str
    round: int
    cpu: float


Recorder = Callable[[SoundServer, Path], "contextlib.AbstractContextManager[subprocess.Popen[bytes]]"]


def measure(seconds: float, rounds: int, folder: Path, tell: Callable[[Cost], None]) -> list[Cost]:
    """By turns, while both sides speak."""
    costs: list[Cost] = []
    with private_pulseaudio() as server, conversation(server, folder):
        for number in range(1, rounds + 1):
            for name, recorder in RECORDERS.items():
                own = folder / f"{number}-{len(costs)}"
                own.mkdir()
                costs.append(Cost(name, number, _cost(recorder, server, own, seconds)))
                tell(costs[-1])
    return costs


def _cost(recorder: Recorder, server: SoundServer, folder: Path, seconds: float) -> float:
    with recorder(server, folder) as process:
        time.sleep(WARM_UP_S)
        began_ns, before_ns = time.monotonic_ns(), tree_cpu_ns(process.pid)
        time.sleep(seconds)
        spent_ns, length_ns = tree_cpu_ns(process.pid) - before_ns, time.monotonic_ns() - began_ns
    for name in ("microphone.ogg", "system.ogg", "mixed.mp3"):
        (file,) = folder.rglob(f"*{name}")
        assert file.stat().st_size > seconds * 1000, f"{file} is empty"
    return spent_ns / length_ns


@contextlib.contextmanager
def _ours(server: SoundServer, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = (sys.executable, "-m", "capture", "worker")
    spec = RecordingSpec(RecordingId("cost"), folder / "cost", None, DeviceId(MICROPHONE), DeviceId(MONITOR))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**server.environment, **ENVIRONMENT}, stdin=subprocess.PIPE, stdout=log, stderr=log
        )
    with _ended(process):
        _send(process, encode_command(Start(spec)))
        yield process
        _send(process, encode_command(Stop()))
        if process.stdin:
            process.stdin.close()
        reap(process, LIMIT_S)


@contextlib.contextmanager
def _peer(server: SoundServer, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(("bash", "-c", PEER), cwd=folder, env=server.environment, stdin=subprocess.DEVNULL)
    with _ended(process):
        yield process
        process.terminate()
        process.wait(LIMIT_S)


@contextlib.contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        if process.poll() is None:
            end(process)


def _send(process: subprocess.Popen[bytes], line: str) -> None:
    if process.stdin:
        process.stdin.write(f"{line}\n".encode())
        process.stdin.flush()


OURS, THEIRS = "Afterword", "parec, ffmpeg"
RECORDERS: dict[str, Recorder] = {OURS: _ours, THEIRS: _peer}
