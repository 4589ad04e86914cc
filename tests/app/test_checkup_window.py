"""The check, as its window shows it."""

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.background import Background
from app.bridge import Bridge
from app.checkup import Check, State
from app.look import LIGHT
from app.paths import find_paths
from app.situation import Situation
from app.views.checkup import CheckupWindow
from app.views.context import ViewContext

LIMIT_S, LIMIT_MS = 20.0, 20_000
CHECKS = (
    Check("screen", State.OK, "The screen is <seen>."),
    Check("disk", State.WARN, "Little room.", "Free some, or else what is recorded is not recorded for long. " * 3),
    Check("sleep", State.WARN, "Sleep of this machine is not watched.", "Keep it awake, or lose the last second. " * 4),
)


def lines(window: CheckupWindow) -> list[QLabel]:
    return window.findChildren(QLabel)


def test_each_check_is_shown_as_it_comes_and_then_the_verdict(qtbot: QtBot, tmp_path: Path) -> None:
    background = Background()
    context = ViewContext(find_paths(tmp_path), Bridge(), Situation, background, lambda _: None, lambda: LIGHT)

    def look_at_all(tell: Callable[[Check], None]) -> None:
        for check in CHECKS:
            tell(check)

    window = CheckupWindow(context, look_at_all)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.again.isEnabled, timeout=10_000)
    assert window.shown == list(CHECKS)
    texts = [label.text() for label in window.findChildren(QLabel)]
    assert "Not everything is as it should be." in texts
    assert any("&lt;seen&gt;" in text for text in texts)
    qtbot.waitUntil(lambda: all(label.height() >= label.heightForWidth(label.width()) for label in lines(window)))
    background.stop()


def test_it_may_be_closed_meanwhile_and_holds_up_nothing_else(qtbot: QtBot, tmp_path: Path) -> None:
    background, may_end = Background(), threading.Event()
    ended: list[bool] = []
    context = ViewContext(find_paths(tmp_path), Bridge(), Situation, background, lambda _: None, lambda: LIGHT)

    def look_at_all(tell: Callable[[Check], None]) -> None:
        ended.append(may_end.wait(LIMIT_S))
        tell(CHECKS[0])

    window = CheckupWindow(context, look_at_all)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.show()
    with qtbot.waitSignal(window.destroyed, timeout=LIMIT_MS):
        done: list[None] = []
        background.do(lambda: None, done.append)
        qtbot.waitUntil(lambda: done == [None], timeout=LIMIT_MS)
        window.close()
    may_end.set()
    qtbot.waitUntil(lambda: ended == [True], timeout=LIMIT_MS)
    background.do(lambda: None, done.append)
    qtbot.waitUntil(lambda: len(done) == 2, timeout=LIMIT_MS)
    background.stop()
