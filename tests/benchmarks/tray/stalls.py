"""How long the windows do not answer while one records, pauses, goes on, stops and quits."""

import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.acts import INTENTS
from app.application import Application
from app.intents import SwitchPill
from app.paths import find_paths
from app.single_instance import Instance, Kind
from app.tray_state import Act, acts_of
from tests.end_to_end.test_tray import configure
from tests.rig.stalls import Stalls

ACTS = (Act.RECORD, Act.PAUSE, Act.RESUME, Act.MUTE, Act.MARK, Act.STOP, Act.UNDO, Act.STOP)
BETWEEN_S, LIMIT_S = 2.0, 30.0


def longest_stalls() -> Stalls:
    """Of a program that needs no screen."""
    qt = QApplication(["afterword", "-platform", "offscreen"])
    stalls = Stalls()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        basedir = Path(name) / "base"
        configure(basedir)
        instance = Instance(find_paths(basedir), Kind.FACE)
        instance.claim()
        app = Application(qt, find_paths(basedir), instance)
        app.start()
        stalls.go()
        for act in ACTS:
            _await(qt, app, act)
            app.intend(INTENTS[act])
            if act is Act.RECORD:
                app.intend(SwitchPill())
            _live(qt, time.monotonic() + BETWEEN_S)
        app.left.connect(qt.quit)
        app.leave()
        qt.exec()
        stalls.rest()
        app.close()
    return stalls


def _await(qt: QApplication, app: Application, act: Act) -> None:
    until_s = time.monotonic() + LIMIT_S
    while act not in acts_of(app.shown):
        assert time.monotonic() < until_s, act
        qt.processEvents()
        time.sleep(0.001)


def _live(qt: QApplication, until_s: float) -> None:
    while time.monotonic() < until_s:
        qt.processEvents()
        time.sleep(0.001)
