"""Work on other threads, and who is let go of where: a window's parts must not be destroyed by another thread."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.background import Background, Refresh
from app.errands import Errands

LIMIT_MS = 20_000


class Asker:
    """Tells which thread was the last to know it."""

    def __init__(self, heard: list[int], gone: list[str]) -> None:
        self._heard = heard
        self._gone = gone

    def work(self) -> int:
        return 7

    def then(self, result: int) -> None:
        self._heard.append(result)

    def __del__(self) -> None:
        self._gone.append(threading.current_thread().name)


@pytest.fixture
def background() -> Iterator[Background]:
    background = Background()
    yield background
    background.stop()


@pytest.mark.parametrize("is_apart", [False, True])
def test_who_asked_is_let_go_of_on_the_main_thread(
    qtbot: QtBot,
    background: Background,
    is_apart: bool,  # noqa: FBT001 - a parameter of a test
) -> None:
    holder, heard, gone = QObject(), list[int](), list[str]()
    errands = Errands(background, holder)
    for count in range(1, 21):
        asker = Asker(heard, gone)
        if is_apart:
            errands.apart("asker", asker.work, asker.then)
        else:
            errands.soon(asker.work, asker.then)
        del asker
        qtbot.waitUntil(lambda count=count: len(heard) == count, timeout=LIMIT_MS)  # type: ignore[misc] # bound at once
        background.do(lambda: None, lambda _: None)  # it thinks of something else
        qtbot.waitUntil(lambda count=count: len(gone) == count, timeout=LIMIT_MS)  # type: ignore[misc] # as above
    assert set(gone) == {threading.main_thread().name}


@pytest.mark.parametrize("way", ["do", "apart"])
def test_what_was_not_expected_is_raised_on_the_main_thread(qtbot: QtBot, background: Background, way: str) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    def ask(work: Callable[[], None]) -> None:
        if way == "do":
            background.do(work, lambda _: None)
        else:
            background.apart("fails", work, lambda _: None)

    with qtbot.captureExceptions() as raised:
        ask(fail)
        qtbot.waitUntil(lambda: bool(raised), timeout=LIMIT_MS)
    assert [kind for kind, _, _ in raised] == [ZeroDivisionError]


def test_what_is_asked_for_often_is_read_twice_at_most(qtbot: QtBot, background: Background) -> None:
    may_read, reads, shown = threading.Event(), list[int](), list[int]()

    def read() -> int:
        assert may_read.wait(LIMIT_MS / 1000)
        reads.append(len(reads))
        return reads[-1]

    refresh = Refresh(background, read, shown.append)
    for _ in range(10):
        refresh.ask()
    may_read.set()
    qtbot.waitUntil(lambda: shown == [0, 1], timeout=LIMIT_MS)
    refresh.ask()
    qtbot.waitUntil(lambda: shown == [0, 1, 2], timeout=LIMIT_MS)
    assert reads == shown
