"""The tray as a user has it: a real panel, a real pointer, and a recording that is found delivered."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from app.icons import COLOUR, Icon
from app.paths import find_paths
from app.run_state import Verb
from app.settings_file import write_setting
from app.single_instance import Kind, ask
from capture.recording import SYNTHETIC_DEVICE
from tests.end_to_end.afterword import AFTERWORD, LIMIT_S, ROOT, afterword
from tests.rig.tray import LOOK_S, TrayDesktop, tray_desktop

FIRST, SECOND = 1, 2
"""What can be chosen in the menu: to be read only is its first line."""


def colour(icon: Icon) -> str:
    """Of most of it."""
    text = files("resources").joinpath("icons", f"{icon}.svg").read_text(encoding="utf-8")
    found = COLOUR.search(text)
    assert found is not None
    return found[1]


def status(basedir: Path) -> Mapping[str, Any]:
    answer = ask(find_paths(basedir), Kind.FACE, json.dumps({"verb": Verb.STATUS}).encode())
    return {"state": None} if answer is None else json.loads(answer)


def configure(basedir: Path) -> None:
    for key in ("microphone", "system_audio", "screen"):
        write_setting(find_paths(basedir).settings, key, SYNTHETIC_DEVICE)


@contextmanager
def running(environment: Mapping[str, str], basedir: Path) -> Iterator["subprocess.Popen[bytes]"]:
    tray = subprocess.Popen((*AFTERWORD, "--basedir", str(basedir)), cwd=ROOT, env=environment)
    try:
        yield tray
    finally:
        if tray.poll() is None:
            tray.kill()
        tray.wait(LIMIT_S)


@pytest.fixture(params=[False, True], ids=["embedded", "told over the bus"])
def desktop_with_tray(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TrayDesktop]:
    with tray_desktop(tmp_path, is_told_over_the_bus=request.param) as desktop:
        yield desktop


def test_a_recording_by_clicks_on_the_icon(desktop_with_tray: TrayDesktop, basedir: Path) -> None:
    desktop = desktop_with_tray
    configure(basedir)

    def reaches(state: str) -> None:
        desktop.wait(lambda: status(basedir)["state"] == state, f"it never was {state}: {status(basedir)}")

    with running(desktop.environment, basedir) as tray:
        desktop.click(colour(Icon.IDLE), 1)
        reaches("recording")
        desktop.choose(colour(Icon.RECORDING), FIRST)
        reaches("paused")
        desktop.choose(colour(Icon.PAUSED), FIRST)
        reaches("recording")
        desktop.choose(colour(Icon.RECORDING), SECOND)
        reaches("idle")
        tray.send_signal(signal.SIGTERM)
        assert tray.wait(LIMIT_S) == 0
    answer = afterword(os.environ, "--basedir", basedir, "recordings")
    (recording,) = answer.document["recordings"]
    assert recording["status"]["code"] == "complete"
    assert recording["delivery"]["status"] == "complete"


def order(basedir: Path, verb: Verb) -> Mapping[str, Any]:
    answer = ask(find_paths(basedir), Kind.FACE, json.dumps({"verb": verb}).encode())
    assert answer is not None
    return dict(json.loads(answer))


def has_ended(worker: int) -> bool:
    return not Path(f"/proc/{worker}").exists()


def worker_of(tray: "subprocess.Popen[bytes]") -> int:
    tasks = Path(f"/proc/{tray.pid}/task").glob("*/children")
    (worker,) = {int(pid) for path in tasks for pid in path.read_text(encoding="ascii").split()}
    return worker


def test_nothing_is_lost_and_nothing_left_however_it_ends(basedir: Path) -> None:
    """Killed while it records; then told to end while it is paused, with others started beside it."""
    configure(basedir)
    with running(os.environ, basedir) as tray:
        until(lambda: status(basedir)["state"] == "idle")
        assert order(basedir, Verb.START)["state"] == "recording"
        worker = worker_of(tray)
        tray.kill()
    until(lambda: has_ended(worker))
    with running(os.environ, basedir) as tray:
        until(lambda: status(basedir)["state"] == "idle")
        assert order(basedir, Verb.START)["state"] == "recording"
        assert order(basedir, Verb.PAUSE)["state"] == "paused"
        second = subprocess.run((*AFTERWORD, "--basedir", str(basedir)), cwd=ROOT, timeout=LIMIT_S, check=False)
        assert second.returncode == 0
        worker = worker_of(tray)
        tray.send_signal(signal.SIGTERM)
        assert tray.wait(LIMIT_S) == 0
    assert has_ended(worker)
    answer = afterword(os.environ, "--basedir", basedir, "recordings")
    assert [each["status"]["code"] for each in answer.document["recordings"]] == ["complete", "complete"]
    assert not list((find_paths(basedir).sockets).glob("face"))


def until(condition: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < deadline_s
        time.sleep(LOOK_S)
