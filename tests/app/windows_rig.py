"""The app with all its windows in the test's own process, over the built-in test signal."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application
from app.arguments import make_parser
from app.icons import Icon
from app.paths import Paths, find_paths
from app.settings import Value
from app.settings_file import write_setting
from app.single_instance import Instance, Kind
from app.situation import Situation
from capture.recording import SYNTHETIC_DEVICE
from tests.rig.stalls import Stalls

LIMIT_MS = 30_000
LONGEST_STALL_S = 0.15
"""Of the main thread's own work: three times what it may be, for on a busy machine its processor's time runs faster,
too. ``make bench`` tells how long it is by the clock of a quiet one."""

SIGNAL: dict[str, Value] = {
    "microphone": SYNTHETIC_DEVICE,
    "system_audio": SYNTHETIC_DEVICE,
    "screen": SYNTHETIC_DEVICE,
    "hotkeys": "off",
    "preroll_s": 0,
}


@dataclass(frozen=True)
class Face:
    """The app, and the loop that it lives in."""

    app: Application
    paths: Paths
    qtbot: QtBot
    stalls: Stalls

    @property
    def situation(self) -> Situation:
        """As the windows show it."""
        return self.app.shown

    def shows(self, icon: Icon) -> bool:
        return self.app.tray.state is not None and self.app.tray.state.icon is icon

    def wait_until(self, wanted: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(wanted, timeout=LIMIT_MS)

    def wait_for(self, wanted: Callable[[Situation], bool]) -> Situation:
        self.wait_until(lambda: wanted(self.situation))
        return self.situation

    def leave(self) -> None:
        """As Quit does, where there is nothing to ask; whatever runs is finished."""
        with self.qtbot.waitSignal(self.app.left, timeout=LIMIT_MS):
            self.app.leave()
        self.stalls.rest()


@contextmanager
def face(qtbot: QtBot, qapp: QApplication, basedir: Path, **settings: Value) -> Iterator[Face]:
    paths = find_paths(basedir)
    for key, value in {**SIGNAL, **settings}.items():
        write_setting(paths.settings, key, value)
    instance = Instance(paths, Kind.FACE)
    assert instance.claim()
    make_parser()  # as each start does: it reads what is told of profiles
    gc.collect()  # what other tests left, since from then on the app keeps it
    app = Application(qapp, paths, instance)
    shown = Face(app, paths, qtbot, Stalls())
    app.start()
    shown.stalls.go()
    try:
        yield shown
    finally:
        if not app.has_left:
            shown.leave()
        shown.stalls.rest()
        app.close()
    assert shown.stalls.busy_s < LONGEST_STALL_S, shown.stalls.doing
    assert not shown.stalls.waits, "\n".join(shown.stalls.waits)
