"""Every action of menu, pill and cards, by a real recorder with the test signal."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.card_state import CardKind
from app.flow_state import Idle
from app.icons import Icon
from app.intents import AskToQuit, Remember, SwitchPill
from app.library import manifests
from app.look import CONTRAST, DARK, Colours
from app.recording_rules import AutoRecord
from app.settings import Look, read
from app.situation import Situation
from app.tray_menu import TrayMenu
from app.tray_state import Act
from app.views.card import Card
from capture.manifest import Manifest
from capture.recording import ConsentStatus, RecordingStatus, Side
from tests.app.windows_rig import LIMIT_MS, Face, face
from uploader.ledger import DeliveryStatus, Ledger

NOTICE = "I record this meeting."


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication, basedir: Path) -> Iterator[Face]:
    with face(qtbot, qapp, basedir, consent_notice=NOTICE) as shown:
        yield shown


def press(button: QPushButton) -> None:
    """As a finger does: on what is seen."""
    assert button.isVisible(), button.text()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))


def press_on_card(card: Card, text: str) -> None:
    (button,) = (each for each in card.findChildren(QPushButton) if each.text() == text and each.isVisible())
    press(button)


def choose(menu: TrayMenu, act: Act) -> None:
    assert menu.acts[act].isVisible(), act
    menu.acts[act].trigger()


def is_paused(situation: Situation) -> bool:
    return situation.take is not None and situation.take.status is RecordingStatus.PAUSED


def is_recording(situation: Situation) -> bool:
    return situation.take is not None and situation.take.status is RecordingStatus.RECORDING


def has_stopped(situation: Situation) -> bool:
    return isinstance(situation.phase, Idle) and situation.stopped is not None


def recorded(shown: Face) -> Manifest:
    (manifest,) = manifests(shown.paths)
    assert isinstance(manifest, Manifest)
    return manifest


def test_a_recording_from_the_menu_to_its_delivery(shown: Face, qapp: QApplication) -> None:
    app = shown.app
    choose(app.menu, Act.RECORD)
    shown.wait_for(is_recording)
    assert shown.shows(Icon.RECORDING)
    shown.wait_until(lambda: app.card.state is not None and app.card.state.kind is CardKind.CONSENT)
    press_on_card(app.card, "Copy")
    assert qapp.clipboard().text() == NOTICE
    press_on_card(app.card, "They know")
    shown.wait_until(lambda: not app.card.isVisible())
    choose(app.menu, Act.MARK)
    choose(app.menu, Act.MUTE)
    shown.wait_for(lambda now: Side.MICROPHONE in now.muted)
    choose(app.menu, Act.PAUSE)
    shown.wait_for(is_paused)
    assert shown.shows(Icon.PAUSED)
    choose(app.menu, Act.UNMUTE)
    choose(app.menu, Act.RESUME)
    shown.wait_for(lambda now: is_recording(now) and not now.muted)
    choose(app.menu, Act.STOP)
    shown.wait_for(has_stopped)
    assert app.card.state is not None
    assert app.card.state.kind is CardKind.STOPPED
    shown.wait_until(lambda: app.small_window is not None)  # there is no tray here
    assert app.small_window is not None
    assert {act for act, button in app.small_window.buttons.items() if button.isVisible()} == {Act.RECORD, Act.UNDO}
    shown.leave()
    manifest = recorded(shown)
    assert manifest.status.code is RecordingStatus.COMPLETE
    assert manifest.spec.meeting.consent.status is ConsentStatus.ANNOUNCED
    with Ledger(shown.paths.ledger) as ledger:
        delivery = ledger.delivery(manifest.spec.id)
    assert delivery is not None
    assert delivery.status is DeliveryStatus.COMPLETE


def test_the_pill_and_a_stop_that_is_taken_back_and_a_quit_that_asks(shown: Face) -> None:
    app = shown.app
    choose(app.menu, Act.RECORD)
    shown.wait_for(is_recording)
    assert not app.pill.isVisible()
    app.intend(SwitchPill())
    assert app.pill.isVisible()
    press(app.pill.buttons[Act.PAUSE])
    shown.wait_for(is_paused)
    press(app.pill.buttons[Act.RESUME])
    shown.wait_for(is_recording)
    shown.wait_until(lambda: app.pill.meters[Side.SYSTEM].share > 0)
    press(app.pill.buttons[Act.MARK])
    press(app.pill.buttons[Act.MUTE])
    shown.wait_for(lambda now: Side.MICROPHONE in now.muted)
    press(app.pill.buttons[Act.STOP])
    shown.wait_for(has_stopped)
    assert not app.pill.isVisible()
    press_on_card(app.card, "Go on recording")
    shown.wait_for(lambda now: is_recording(now) and Side.MICROPHONE in now.muted)  # whoever muted it did not speak
    app.intend(AskToQuit())
    box = app.question.box
    assert box is not None
    assert box.isVisible()
    with shown.qtbot.waitSignal(app.left, timeout=LIMIT_MS):
        box.accept()
    shown.stalls.rest()
    assert recorded(shown).status.code is RecordingStatus.COMPLETE


def test_what_is_chosen_in_the_menu_is_remembered(shown: Face) -> None:
    shown.app.menu.rules[AutoRecord.ASK].trigger()
    shown.wait_for(lambda now: now.rule is AutoRecord.ASK)
    with shown.stalls.looking_away():
        assert read(shown.paths.settings).settings.auto_record is AutoRecord.ASK
    assert shown.app.menu.rules[AutoRecord.ASK].isChecked()


def test_the_look_follows_the_settings_at_once(shown: Face, qapp: QApplication) -> None:
    assert not qapp.windowIcon().isNull()

    def is_coloured(colours: Colours) -> bool:
        return qapp.palette().window().color().name() == colours.window

    for look, colours in ((Look.DARK, DARK), (Look.CONTRAST, CONTRAST)):
        shown.app.intend(Remember("look", look))
        shown.wait_until(partial(is_coloured, colours))
