"""The first minutes with the program, as somebody goes through them who reads nothing."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.application import Application
from app.intents import OpenWindow, Remember, WindowName
from app.paths import find_paths
from app.recording_rules import AutoRecord
from app.settings import read
from app.settings_file import write_setting
from app.single_instance import Instance, Kind
from app.views.first_run import FirstRun
from app.views.first_run_rehearsal import RehearsalPanel
from app.views.player import PlayerWindow
from app.views.settings_fields import Lines
from tests.app.views.settings_rig import Keeper, keeper
from tests.app.windows_rig import LIMIT_MS, Face, face
from tests.uploader.rig import served
from uploader.ledger import DeliveryStatus, Ledger

pytestmark = pytest.mark.no_qt_log  # a player's threads speak, too, and must not need Python's lock for it

Kind_ = TypeVar("Kind_", bound=QWidget)


@pytest.fixture
def kept(qtbot: QtBot, basedir: Path) -> Iterator[Keeper]:
    with keeper(qtbot, basedir) as kept:
        yield kept


def shown(kind: type[Kind_]) -> list[Kind_]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]


def test_a_try_is_recorded_played_and_leaves_nothing(kept: Keeper) -> None:
    panel = RehearsalPanel(kept.context, lambda: kept.settings, length_s=1.0)
    kept.qtbot.addWidget(panel)
    panel.show()
    assert not panel.play.isEnabled()
    panel.record.click()
    rehearsal = panel.rehearsal
    assert rehearsal is not None
    kept.until(panel.play.isEnabled)
    kept.until(panel.screen_shown.isVisible)
    assert rehearsal.directory.is_dir()
    panel.close_all()
    rehearsal.wait()
    assert not rehearsal.directory.parent.exists()
    assert not kept.paths.recordings.exists()


def test_a_try_that_fails_says_why(kept: Keeper) -> None:
    write_setting(kept.paths.settings, "screen", "region:90000,90000,4,4")
    panel = RehearsalPanel(kept.context, lambda: kept.settings, length_s=1.0)
    kept.qtbot.addWidget(panel)
    panel.record.click()
    kept.until(lambda: panel.words.property("class") == "attention")
    assert panel.record.isEnabled()
    panel.close_all()


def test_a_try_for_which_there_is_no_room_says_why(
    kept: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    panel = RehearsalPanel(kept.context, lambda: kept.settings)
    kept.qtbot.addWidget(panel)
    panel.record.click()
    assert panel.words.property("class") == "attention"
    assert str(tmp_path) in panel.words.text()
    assert panel.record.isEnabled()


def test_choices_are_kept_at_once_and_the_last_step_closes(kept: Keeper) -> None:
    window = FirstRun(kept.context)
    kept.qtbot.addWidget(window)
    window.show()
    assert window.next.hasFocus() or window.focusWidget() is window.next
    window.next.click()
    window.next.click()
    window.rules[AutoRecord.ASK].click()
    assert kept.settings.auto_record is AutoRecord.ASK
    notice = window.notice.control
    assert isinstance(notice, Lines)
    notice.setPlainText("I record.")
    notice.left.emit()
    assert kept.settings.consent_notice == "I record."
    window.back.click()
    assert window.page == 1
    window.turn_to(3)
    window.check.click()
    window.settings.click()
    assert kept.intents[-2:] == [OpenWindow(WindowName.CHECKUP), OpenWindow(WindowName.SETTINGS)]
    window.next.click()
    assert not window.isVisible()


def remember(running: Face, key: str, value: str) -> None:
    """Until it has been obeyed."""
    running.app.intend(Remember(key, value))
    running.wait_until(lambda: getattr(running.app.settings.settings, key) == value)
    obeyed = threading.Event()
    running.app.background.do(lambda: None, lambda _: obeyed.set())
    running.wait_until(obeyed.is_set)


def test_record_stop_and_play_from_the_first_step_and_another_language_and_destination(
    qtbot: QtBot, qapp: QApplication, basedir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(basedir / "server") as service, face(qtbot, qapp, basedir) as running:
        monkeypatch.setenv("AFTERWORD_API_KEY", service.new_key())
        running.app.intend(OpenWindow(WindowName.FIRST_RUN))
        running.wait_until(lambda: bool(shown(FirstRun)))
        (window,) = shown(FirstRun)
        remember(running, "destination", service.url)
        window.bar.record.click()
        running.wait_until(window.bar.stop.isVisible)
        running.wait_for(lambda now: now.take is not None)
        window.bar.stop.click()
        running.wait_until(window.bar.play.isVisible)
        window.turn_to(2)
        running.app.intend(Remember("language", "de"))
        running.wait_until(lambda: [each.windowTitle() for each in shown(FirstRun)] == ["Willkommen bei Afterword"])
        (german,) = shown(FirstRun)
        assert german.page == 2
        german.bar.last = window.bar.last
        german.bar.play.clicked.emit()
        running.wait_until(lambda: bool(shown(PlayerWindow)))
        running.app.intend(Remember("language", "en"))
        running.wait_until(lambda: [each.windowTitle() for each in shown(FirstRun)] == ["Welcome to Afterword"])
        running.leave()
        with Ledger(running.paths.ledger) as ledger:
            (delivery,) = ledger.all()
        assert (delivery.destination, delivery.status) == (service.url, DeliveryStatus.COMPLETE)


def test_it_opens_by_itself_once(qtbot: QtBot, qapp: QApplication, basedir: Path) -> None:
    paths = find_paths(basedir)
    for is_first in (True, False):
        instance = Instance(paths, Kind.FACE)
        assert instance.claim()
        app = Application(qapp, paths, instance)
        app.start()
        qtbot.waitUntil(lambda app=app: app.engine is not None, timeout=LIMIT_MS)  # type: ignore[misc] # bound at once
        if is_first:
            qtbot.waitUntil(lambda: bool(shown(FirstRun)) and paths.settings.exists(), timeout=LIMIT_MS)
        with qtbot.waitSignal(app.left, timeout=LIMIT_MS):
            app.leave()
        app.close()
        assert bool(shown(FirstRun)) is False
    assert read(paths.settings).warnings == ()
