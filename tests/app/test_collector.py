"""Garbage is collected on the main thread, whoever makes it."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.collector import EACH_MS, Collector


class Part(QObject):
    """In a circle, so that only a collector finds it; ``ends`` is told who did."""

    def __init__(self, ends: list[threading.Thread]) -> None:
        super().__init__()
        self.itself = self
        self.ends = ends

    def __del__(self) -> None:
        self.ends.append(threading.current_thread())


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    del qtbot  # it has the application that timers need
    holder = QObject()
    yield Collector(holder)
    gc.enable()


def litter() -> None:
    """Enough for several rounds of the collector."""
    for _ in range(20 * gc.get_threshold()[0]):
        circle: list[object] = []
        circle.append(circle)


@pytest.mark.usefixtures("collector")
def test_another_threads_garbage_destroys_no_part_of_a_window_there(qtbot: QtBot) -> None:
    ends: list[threading.Thread] = []
    Part(ends)
    thread = threading.Thread(target=litter)
    thread.start()
    thread.join()
    assert ends == []
    qtbot.waitUntil(lambda: bool(ends), timeout=20_000)
    assert ends == [threading.main_thread()]


@pytest.fixture
def full_is_due(collector: Collector) -> Iterator[None]:
    """From now on, whatever was collected."""
    del collector
    before = gc.get_threshold()
    gc.set_threshold(*before[:2], -1)
    yield
    gc.set_threshold(*before)


def full_collections() -> int:
    return int(gc.get_stats()[-1]["collections"])


@pytest.mark.usefixtures("full_is_due")
def test_a_full_collection_waits_until_no_window_is_seen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    before = full_collections()
    qtbot.wait(round(1.5 * EACH_MS))
    assert full_collections() == before
    window.hide()
    qtbot.waitUntil(lambda: full_collections() > before, timeout=20_000)
