"""From a Wayland desktop to a finished file, by the worker itself."""

import statistics
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

from capture.commands import Command, Start, Stop
from capture.events import Ended, Event, SourceLost, SourceRecovered, Started
from capture.recording import RecordingId, RecordingSpec, RecordingStatus
from capture.wire import decode_event, encode_command
from tests.capture.screen.looking import SCREEN, Picture
from tests.end_to_end.media import pictures
from tests.rig.easel import easel
from tests.rig.wayland import BusName, WaylandDesktop, private_wayland

ROOT = Path(__file__).parents[3]
STEPS, STEP_S, SIDE_PX = 20, 0.15, 48
LIT = 0xF0F0F0
LATE_S = 0.3
"""Of a square in the film against the moment it was ordered: 0.03 s on a machine that has nothing else to do."""


class Worker:
    """The real program, in the environment of a desktop."""

    def __init__(self, desktop: WaylandDesktop) -> None:
        pipe = subprocess.PIPE
        command = (sys.executable, "-m", "capture", "worker")
        self._program = subprocess.Popen(command, cwd=ROOT, env=desktop.environment, stdin=pipe, stdout=pipe)

    def tell(self, command: Command) -> None:
        assert self._program.stdin is not None
        self._program.stdin.write(encode_command(command).encode() + b"\n")
        self._program.stdin.flush()

    def hear(self, *kinds: type) -> Event:
        """The next event of one of ``kinds``."""
        assert self._program.stdout is not None
        for line in self._program.stdout:
            event = decode_event(line.decode())
            if event is not None and isinstance(event, kinds):
                return event
        raise EOFError

    def end(self) -> None:
        self._program.communicate(timeout=20)


def spec(folder: Path) -> RecordingSpec:
    name = RecordingId(str(uuid4()))
    return RecordingSpec(name, folder / name, SCREEN, microphone=None, system_audio=None)


def lit_squares(picture: Picture) -> list[bool]:
    middles = [SIDE_PX * number + SIDE_PX // 2 for number in range(STEPS)]
    return [bool(picture[300 + SIDE_PX // 2, x_px].min() > 200) for x_px in middles]


def test_moving_content_is_in_the_film(tmp_path: Path) -> None:
    with private_wayland() as desktop, easel(desktop.environment) as brush:
        worker, recording = Worker(desktop), spec(tmp_path)
        worker.tell(Start(recording))
        worker.hear(Started)
        began_s = time.monotonic()
        ordered_s = []
        for number in range(STEPS):
            ordered_s.append(time.monotonic() - began_s)
            brush.paint(number * SIDE_PX, 300, SIDE_PX, SIDE_PX, LIT)
            time.sleep(STEP_S)  # this is the speed that is recorded
        worker.tell(Stop())
        ended = worker.hear(Ended)
        worker.end()
    assert isinstance(ended, Ended)
    assert ended.status is RecordingStatus.COMPLETE
    movie = recording.directory / "video_mixed.mp4"
    film = [(at_s, lit_squares(picture)) for at_s, picture in pictures(movie)]
    assert film[-1][1] == [True] * STEPS
    seen_s = [next(at_s for at_s, lit in film if lit[number]) for number in range(STEPS)]
    assert seen_s == sorted(seen_s)
    assert len(set(seen_s)) > STEPS / 2
    late_s = [abs(seen - ordered) for seen, ordered in zip(seen_s, ordered_s, strict=True)]
    assert statistics.median(late_s) < LATE_S


def test_recording_outlives_the_portal(tmp_path: Path) -> None:
    with private_wayland() as desktop, easel(desktop.environment) as brush:
        worker, recording = Worker(desktop), spec(tmp_path)
        worker.tell(Start(recording))
        worker.hear(Started)
        desktop.kill_owner(BusName.BACKEND)
        desktop.start()
        lost = worker.hear(SourceLost)
        back = worker.hear(SourceRecovered)
        brush.paint(0, 300, SIDE_PX * STEPS, SIDE_PX, LIT)
        time.sleep(0.5)  # this is recorded
        worker.tell(Stop())
        ended = worker.hear(Ended)
        worker.end()
        questions = desktop.questions
    assert isinstance(lost, SourceLost)
    assert isinstance(back, SourceRecovered)
    assert (lost.source, back.source, back.device) == ("screen", "screen", "wayland-portal")
    assert isinstance(ended, Ended)
    assert ended.status is RecordingStatus.COMPLETE
    assert questions == 1
    assert lit_squares(pictures(recording.directory / "video_mixed.mp4")[-1][1]) == [True] * STEPS
