"""Each control of the settings, as a hand moves it, and what the file holds afterwards."""

import os
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from app import login_item
from app.settings import KEYS
from app.settings_file import write_setting
from app.views.settings import SettingsWindow
from app.views.settings_apps import AppRules
from app.views.settings_book import SettingsBook
from app.views.settings_destination import SERVER, DestinationPanel
from app.views.settings_fields import Choice, Field, Line, Lines, Number, SwitchBox
from app.views.settings_machine import LoginSwitch
from app.views.settings_transcripts import TranscriptPanel
from capture.errors import FolderNotWritable
from tests.app.views.settings_rig import Keeper, keeper
from tests.uploader.rig import served

TYPED = {
    "name": "Ada",
    "consent_notice": "I record.",
    "delivery_hours": "22:00-06:30",
    "destination": "https://recordings.example",
    "realtime": "https://events.example/hook",
    "realtime_events": "transcript.data",
    "transcription_url": "https://speech.example",
    "transcription_model": "small",
    "transcription_language": "de",
    "transcription_terms": "Ada, Grace",
}
LIMIT_S = 20.0
ELSEWHERE = {"auto_record_apps", "transcription_model", "destination", "recordings"}
"""Of these a panel is tested by itself."""


class NoKeys(KeyringBackend):
    """A machine without a keyring."""

    priority = 1.0

    def get_password(self, _: str, __: str) -> str | None:
        raise NoKeyringError

    def set_password(self, _: str, __: str, ___: str) -> None:
        raise NoKeyringError

    def delete_password(self, _: str, __: str) -> None:
        raise NoKeyringError


@pytest.fixture
def kept(qtbot: QtBot, basedir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keeper]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(basedir / "home"))
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeys())  # type: ignore[no-untyped-call] # its base is not annotated
    with keeper(qtbot, basedir) as kept:
        yield kept
    keyring.set_keyring(before)


@pytest.fixture
def window(kept: Keeper) -> Iterator[SettingsWindow]:
    window = SettingsWindow(kept.context)
    kept.qtbot.addWidget(window)
    window.show()
    for page in range(window.list.count()):
        window.list.setCurrentRow(page)
    yield window
    window.close()


def panel(window: SettingsWindow, kind: type[QWidget]) -> QWidget:
    (found,) = window.findChildren(kind)
    assert isinstance(found, kind)
    return found


def says(label: QLabel, words: str) -> bool:
    return words in label.text()


def change(field: Field) -> str | int:
    """To another value, by hand; which it ought to be then."""
    control = field.control
    match control:
        case SwitchBox():
            control.click()
            return control.chosen_value
        case Number():
            control.setFocus()
            control.setValue(control.minimum() + 20)
            return (control.minimum() + 20) * control.factor
        case Choice():
            control.setCurrentIndex((control.currentIndex() + 1) % control.count())
            control.activated.emit(control.currentIndex())
            return str(control.currentData())
        case Line():
            control.setFocus()
            control.selectAll()
            QTest.keyClicks(control, TYPED[field.key])
            QTest.keyClick(control, Qt.Key.Key_Return)
        case Lines():
            control.setPlainText(TYPED[field.key])
            control.left.emit()
    return TYPED[field.key]


def test_every_setting_has_its_place_and_every_control_counts_at_once(window: SettingsWindow, kept: Keeper) -> None:
    assert set(window.fields) | ELSEWHERE == set(KEYS)
    for key, field in window.fields.items():
        if key not in ELSEWHERE:
            wanted = change(field)
            assert kept.keeps(key, wanted), (key, wanted, getattr(kept.settings, key))
            assert field.problem.isHidden()


def test_a_bad_value_is_explained_where_it_was_typed_and_not_kept(window: SettingsWindow, kept: Keeper) -> None:
    field = window.fields["delivery_hours"]
    assert isinstance(field.control, Line)
    field.control.setText("when it is dark")
    field.control.setModified(True)
    field.control.editingFinished.emit()
    assert "22:00-06:30" in field.problem.text()
    assert field.problem.text() in field.control.accessibleDescription()
    assert kept.keeps("delivery_hours", "")


def test_the_file_may_be_changed_by_hand_meanwhile(window: SettingsWindow, kept: Keeper) -> None:
    field = window.fields["fps"]
    assert isinstance(field.control, Number)
    text = kept.paths.settings.read_text() + "# mine\nfps = 12\n"
    kept.paths.settings.write_text(text)
    os.utime(kept.paths.config)  # as an editor that replaces the file does to its folder
    write_setting(kept.paths.settings, "name", "Ada")
    number = field.control
    kept.until(lambda: number.value() == 12)
    kept.paths.settings.write_text(kept.paths.settings.read_text().replace("fps = 12", 'fps = "many"'))
    write_setting(kept.paths.settings, "name", "Grace")
    kept.until(lambda: not field.problem.isHidden())
    assert "whole number" in field.problem.text()
    change(field)
    kept.until(field.problem.isHidden)
    assert "# mine" in kept.paths.settings.read_text()


def test_rules_for_single_programs(window: SettingsWindow, kept: Keeper) -> None:
    rules = panel(window, AppRules)
    assert isinstance(rules, AppRules)
    kept.until(lambda: rules.name.findText("zoom") >= 0)
    rules.name.setEditText("Zoom")
    rules.add.click()
    kept.until(lambda: "zoom" in rules.rules)
    assert kept.keeps("auto_record_apps", "zoom=always")
    rules.rules["zoom"].chosen.emit("off")
    kept.until(lambda: kept.keeps("auto_record_apps", "zoom=off"))
    rules.removals["zoom"].click()
    kept.until(lambda: not rules.rules)
    assert kept.keeps("auto_record_apps", "")


def test_what_is_typed_stays_when_the_names_of_programs_come(kept: Keeper) -> None:
    holder = QObject()
    rules = AppRules(kept.context, SettingsBook(kept.context, holder))
    kept.qtbot.addWidget(rules)
    rules.name.setEditText("Zoo")
    kept.until(lambda: rules.name.findText("zoom") >= 0)
    assert rules.name.currentText() == "Zoo"


def test_a_destination_is_asked_with_the_real_key_which_is_shown_nowhere(
    window: SettingsWindow, kept: Keeper, tmp_path: Path
) -> None:
    panel_ = panel(window, DestinationPanel)
    assert isinstance(panel_, DestinationPanel)
    window.list.setCurrentRow(3)
    panel_.test.click()
    kept.until(lambda: panel_.verdict.text().startswith("✓"))  # this computer's own
    with served(tmp_path / "server") as service:
        key = service.new_key()
        panel_.place.chosen.emit(SERVER)
        address = panel_.address.control
        assert isinstance(address, Line)
        QTest.keyClicks(address, service.url)
        QTest.keyClick(address, Qt.Key.Key_Return)
        kept.until(lambda: "No key" in panel_.key.state.text())
        for typed, verdict in (("wrong", "does not accept"), (key, "✓")):
            QTest.keyClicks(panel_.key.line, typed)
            panel_.key.keep.click()
            assert not panel_.key.line.text()
            kept.until(lambda: "plain text" in panel_.key.state.text())
            panel_.test.click()
            kept.until(partial(says, panel_.verdict, verdict))
            panel_.key.state.clear()
        assert not [each for each in window.findChildren(QLabel) if key in each.text()]
        assert key not in kept.paths.settings.read_text()
    panel_.key.forget.click()
    kept.until(lambda: "No key" in panel_.key.state.text())
    panel_.place.chosen.emit("local")
    kept.until(lambda: kept.keeps("destination", "local"))


def test_a_verdict_is_not_shown_beside_another_destination(
    window: SettingsWindow, kept: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_answer = threading.Event()
    monkeypatch.setattr(
        "app.views.settings_destination.destination_trouble", lambda *_: may_answer.wait(LIMIT_S) and None
    )
    delivery = panel(window, DestinationPanel)
    assert isinstance(delivery, DestinationPanel)
    window.list.setCurrentRow(3)
    delivery.test.click()
    assert delivery.verdict.isVisible()
    write_setting(kept.paths.settings, "destination", "https://recordings.example")
    kept.until(delivery.address.isVisible)
    may_answer.set()
    kept.until(delivery.test.isEnabled)
    assert delivery.verdict.isHidden()


def are_shown(parts: set[QWidget], wanted: set[QWidget]) -> bool:
    return {part for part in parts if part.isVisible()} == wanted


def test_an_engine_shows_what_it_needs(window: SettingsWindow, kept: Keeper) -> None:
    transcripts = panel(window, TranscriptPanel)
    assert isinstance(transcripts, TranscriptPanel)
    window.list.setCurrentRow(2)
    shown: dict[str, set[QWidget]] = {
        "none": set(),
        "whisper_cpp": {transcripts.model, transcripts.language},
        "openai": {transcripts.name, transcripts.address, transcripts.key_row, transcripts.language},
    }
    parts = {part for each in shown.values() for part in each}
    for engine, wanted in shown.items():
        transcripts.engine.control.chosen.emit(engine)
        kept.until(partial(are_shown, parts, wanted))
    transcripts.engine.control.chosen.emit("whisper_cpp")
    models = transcripts.model.control
    kept.until(lambda: isinstance(models, Choice) and models.count() > 1)
    assert isinstance(models, Choice)
    models.setCurrentIndex(1)
    models.activated.emit(1)
    kept.until(transcripts.download.isVisible)
    assert kept.keeps("transcription_model", models.currentData())


def test_it_starts_at_login_when_told_to(window: SettingsWindow, kept: Keeper) -> None:
    switch = panel(window, LoginSwitch)
    assert isinstance(switch, LoginSwitch)
    switch.box.click()
    kept.until(lambda: login_item.is_on() and switch.box.isChecked())
    switch.box.click()
    kept.until(lambda: not login_item.is_on())


def test_what_could_not_be_switched_looks_as_it_is(
    window: SettingsWindow, kept: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch = panel(window, LoginSwitch)
    assert isinstance(switch, LoginSwitch)

    def refuse(*, on: bool) -> None:
        raise FolderNotWritable(folder=str(on))

    switch.box.click()
    kept.until(login_item.is_on)
    switch.box.click()
    kept.until(lambda: not login_item.is_on())
    monkeypatch.setattr(login_item, "switch", refuse)
    switch.box.click()
    kept.until(lambda: not switch.problem.isHidden())
    assert not switch.box.isChecked()


def test_everything_can_be_reached_by_keys_and_has_a_name(window: SettingsWindow) -> None:
    controls = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox)
    for page in range(window.list.count()):
        window.list.setCurrentRow(page)
        page_shown = window.stack.currentWidget()
        assert page_shown is not None
        for each in page_shown.findChildren(QWidget):
            is_part = isinstance(each.parentWidget(), QComboBox | QSpinBox)
            if isinstance(each, controls) and each.isVisible() and not is_part:
                name = each.accessibleName() or (each.text() if isinstance(each, QAbstractButton) else "")
                assert name, (page, each)
                assert each.focusPolicy() & Qt.FocusPolicy.TabFocus, (page, name)
