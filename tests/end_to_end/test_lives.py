"""However the tray ends, and whatever it does then: no process stays, no recording is lost, nothing is in the way."""

import argparse
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.console import Console
from app.library import manifests
from app.messages import ExitStatus
from app.paths import Paths, find_paths
from app.recovery import recover_dead
from app.run_state import Verb
from app.settings_file import write_setting
from app.single_instance import Instance, Kind
from app.verbs import tray
from capture.manifest import Manifest
from capture.recording import RecordingStatus
from tests.capture.meetings.pretender import Pretender
from tests.end_to_end.afterword import LIMIT_S
from tests.end_to_end.test_tray import configure, order, running, status, until
from tests.fakes.recording_directory import make_recording
from tests.rig.desktop import Desktop
from tests.rig.logind import private_logind
from uploader.debts import owe
from uploader.ledger import Ledger

CONSOLE = Console(as_json=False)
ENOUGH_S = 1.0
WHOLE = {RecordingStatus.COMPLETE, RecordingStatus.INTERRUPTED}


@dataclass(frozen=True)
class Life:
    """A tray that runs. ``pretender`` runs beside it whatever programs it should take for others."""

    tray: "subprocess.Popen[bytes]"
    basedir: Path
    paths: Paths
    pretender: Pretender

    def reaches(self, state: str) -> None:
        until(lambda: status(self.basedir)["state"] == state)

    def record(self) -> None:
        self.reaches("idle")
        assert order(self.basedir, Verb.START)["state"] == "recording"

    def descendants(self) -> set[int]:
        found, asked = set[int](), [self.tray.pid]
        while asked:
            for path in Path(f"/proc/{asked.pop()}/task").glob("*/children"):
                children = set(map(int, path.read_text(encoding="ascii").split())) - found
                found |= children
                asked += children
        return found


def idle(life: Life) -> None:
    life.reaches("idle")


def offered(life: Life) -> None:
    life.pretender.record("zoom")
    life.reaches("offered")


def recording(life: Life) -> None:
    """Something that can be lost."""
    life.record()
    until(lambda: status(life.basedir)["elapsed_s"] >= ENOUGH_S)


def paused(life: Life) -> None:
    life.record()
    assert order(life.basedir, Verb.PAUSE)["state"] == "paused"


def stopping(life: Life) -> None:
    """It takes a moment, and nobody waits for its end."""
    life.record()
    threading.Thread(target=order, args=(life.basedir, Verb.STOP), daemon=True).start()
    until(lambda: status(life.basedir)["state"] != "recording")


def delivering(life: Life) -> None:
    """To a server that takes whatever comes, and never says a word."""
    until(lambda: status(life.basedir).get("delivering") == 1)


def quit_by(number: signal.Signals) -> Callable[[Life], int]:
    def act(life: Life) -> int:
        life.tray.send_signal(number)
        return 0

    return act


def killed(life: Life) -> int:
    life.tray.kill()
    return -signal.SIGKILL


def killed_with_its_worker(life: Life) -> int:
    workers = life.descendants()
    life.tray.kill()
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    return -signal.SIGKILL


@pytest.fixture
def pretender(desktop: Desktop, tmp_path: Path) -> Iterator[Pretender]:
    pretender = Pretender(tmp_path, desktop.sound)
    yield pretender
    pretender.end_all()


@contextmanager
def living(basedir: Path, pretender: Pretender, variables: Mapping[str, str]) -> Iterator[Life]:
    configure(basedir)
    paths = find_paths(basedir)
    write_setting(paths.settings, "auto_record", "ask")
    write_setting(paths.settings, "preroll_s", 0)
    with running({**os.environ, **variables, "AFTERWORD_API_KEY": "key"}, basedir) as process:
        yield Life(process, basedir, paths, pretender)


@pytest.fixture
def life(desktop: Desktop, pretender: Pretender, basedir: Path) -> Iterator[Life]:
    with living(basedir, pretender, desktop.sound.variables) as life:
        yield life


@pytest.fixture
def silent_server(basedir: Path) -> Iterator[None]:
    """To which a recording is owed."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        paths = find_paths(basedir)
        directory = make_recording(paths.recordings)
        with Ledger(paths.ledger) as ledger:
            owe(directory, f"http://127.0.0.1:{server.getsockname()[1]}", ledger)
        yield


@pytest.mark.usefixtures("silent_server")
def test_while_it_delivers_and_is_killed(life: Life) -> None:
    ended_well(life, delivering, killed, recordings=1)


@pytest.mark.parametrize(
    ("state", "end", "recordings"),
    [
        pytest.param(idle, quit_by(signal.SIGHUP), 0, id="idle, the terminal is closed"),
        pytest.param(offered, quit_by(signal.SIGINT), 0, id="offered, Ctrl-C"),
        pytest.param(recording, killed, 1, id="recording, killed"),
        pytest.param(recording, killed_with_its_worker, 1, id="recording, killed with its worker"),
        pytest.param(stopping, quit_by(signal.SIGTERM), 1, id="stopping, told to end"),
    ],
)
def test_however_it_ends(
    life: Life, state: Callable[[Life], None], end: Callable[[Life], int], recordings: int
) -> None:
    ended_well(life, state, end, recordings)


def test_while_it_is_paused_the_machine_is_switched_off(basedir: Path, pretender: Pretender) -> None:
    """That waits until all is finished."""
    with private_logind() as logind, living(basedir, pretender, logind.variables) as life:

        def switch_off(life: Life) -> int:
            logind.wait_for("inhibited", "shutdown")
            logind.act("shutdown")
            logind.wait_for("released", "shutdown")
            (manifest,) = manifests(life.paths)
            assert isinstance(manifest, Manifest)
            assert manifest.status.code is RecordingStatus.COMPLETE
            return 0

        ended_well(life, paused, switch_off, recordings=1)


def ended_well(life: Life, state: Callable[[Life], None], end: Callable[[Life], int], recordings: int) -> None:
    state(life)
    assert tray.run(argparse.Namespace(), life.paths, CONSOLE) is ExitStatus.DONE, "a second one raises the first"
    descendants = life.descendants()
    assert end(life) == life.tray.wait(LIMIT_S)
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in descendants))
    recover_dead(life.paths, CONSOLE)
    found = list(manifests(life.paths))
    assert len(found) == len(list(life.paths.recordings.glob("*"))) == recordings
    assert {each.status.code for each in found if isinstance(each, Manifest)} <= WHOLE, found
    next_one = Instance(life.paths, Kind.FACE)
    assert next_one.claim()
    next_one.close()
