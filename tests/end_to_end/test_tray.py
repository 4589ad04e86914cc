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


def until(condition: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < deadline_s
        time.sleep(LOOK_S)
