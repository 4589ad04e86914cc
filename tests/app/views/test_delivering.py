"""From the list to a recordings backend and back to words, by the whole app."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.intents import OpenWindow, WindowName
from app.paths import find_paths
from app.views.player import PlayerWindow
from app.views.recordings import RecordingsWindow
from app.views.recordings_acts import RowAct
from capture.recording import RecordingId
from tests.app.views.rig import SOUND_ONLY, press
from tests.app.windows_rig import face
from tests.rig.library import Films, Story, make_story
from tests.uploader.rig import served
from uploader.ledger import Delivery, DeliveryStatus

pytestmark = pytest.mark.no_qt_log  # as in the player's own tests


def test_what_failed_is_delivered_again_and_proved(
    qtbot: QtBot, qapp: QApplication, basedir: Path, films: Films, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with ExitStack() as stack:
        service = stack.enter_context(served(basedir / "server"))
        monkeypatch.setenv("AFTERWORD_API_KEY", service.backend.api_key)
        failed = Delivery(
            RecordingId(""),
            service.url,
            Path(),
            DeliveryStatus.FAILED,
            last_error="refused",
            error_data={"status": "403"},
        )
        make_story(Story("Planning", media=SOUND_ONLY, delivery=failed), 1, find_paths(basedir), films)
        shown = stack.enter_context(face(qtbot, qapp, basedir, destination=service.url))
        window = shown.app.windows.open(OpenWindow(WindowName.RECORDINGS))
        assert isinstance(window, RecordingsWindow)
        shown.wait_until(lambda: window.model.total == 1)
        window.list.setCurrentIndex(window.model.index(0))
        assert "HTTP 403" in window.notes.about.text()
        press(window.buttons[RowAct.DELIVER])
        shown.wait_until(lambda: state_of(window) is DeliveryStatus.COMPLETE)
        assert not window.buttons[RowAct.DELIVER].isEnabled()
        press(window.buttons[RowAct.LINK])
        assert qapp.clipboard().text().startswith(f"{service.url}/#/recording/")
        press(window.buttons[RowAct.VERIFY])
        shown.wait_until(lambda: "Copies that prove to be the same: 1" in window.notes.words.text())
        press(window.buttons[RowAct.PLAY])
        shown.wait_until(lambda: any(each.playback.is_open for each in players(qapp)))


def players(qapp: QApplication) -> list[PlayerWindow]:
    return [each for each in qapp.topLevelWidgets() if isinstance(each, PlayerWindow) and each.isVisible()]


def state_of(window: RecordingsWindow) -> DeliveryStatus | None:
    return window.row.shipment.status if window.row is not None and window.row.shipment is not None else None
