"""Garbage is collected on the main thread, whoever makes it."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.collector import Collector, a_window_is_seen


class Part(QObject):
    """In a circle, so that only a collector finds it; ``ends`` is told who did."""

    def __init__(self, ends: list[threading.Thread]) -> None:
        super().__init__()
        self.itself = self
        self.ends = ends

    def __del__(self) -> None:
        self.ends.append(threading.current_thread())


def litter() -> None:
    """Enough for several rounds of the collector."""
    for _ in range(20 * gc.get_threshold()[0]):
        circle: list[object] = []
        circle.append(circle)


@pytest.fixture
def holder(qtbot: QtBot) -> Iterator[QObject]:
    """Of a collector; Python's own is back in the end."""
    del qtbot  # it has the application that timers need
    before = gc.get_threshold()
    holder = QObject()
    yield holder
    for collector in holder.findChildren(Collector):
        collector.stop()
    gc.set_threshold(*before)
    assert gc.isenabled()


def test_another_threads_garbage_destroys_no_part_of_a_window_there(qtbot: QtBot, holder: QObject) -> None:
    Collector(holder, lambda: True)
    ends: list[threading.Thread] = []
    Part(ends)
    thread = threading.Thread(target=litter)
    thread.start()
    thread.join()
    assert ends == []
    qtbot.waitUntil(lambda: bool(ends), timeout=20_000)
    assert ends == [threading.main_thread()]


def test_a_full_collection_waits_until_no_window_is_seen(qtbot: QtBot, holder: QObject) -> None:
    """One is due from the first on."""
    gc.set_threshold(*gc.get_threshold()[:2], -1)
    seen = [True, True, False]
    full: list[int] = []

    def is_seen() -> bool:
        full.append(int(gc.get_stats()[-1]["collections"]))
        return not seen or seen.pop(0)

    Collector(holder, is_seen)
    qtbot.waitUntil(lambda: len(full) > 3, timeout=20_000)
    assert [count - full[0] for count in full[:4]] == [0, 0, 0, 1]


def test_a_window_is_seen_while_it_is_shown(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    assert a_window_is_seen()
