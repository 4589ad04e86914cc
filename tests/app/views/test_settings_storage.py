"""The page on which another folder for recordings is chosen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.library import recording_directory
from app.views.settings_storage import StoragePanel
from capture.lock import Lock
from tests.app.views.settings_rig import Keeper, keeper
from tests.fakes.recording_directory import make_recording


@pytest.fixture
def kept(qtbot: QtBot, basedir: Path) -> Iterator[Keeper]:
    with keeper(qtbot, basedir) as kept:
        yield kept


@pytest.fixture
def panel(kept: Keeper) -> StoragePanel:
    made = StoragePanel(kept.context)
    kept.qtbot.addWidget(made)
    made.show()
    return made


def test_another_folder_is_chosen_in_a_dialog(kept: Keeper, panel: StoragePanel, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.mkdir()
    name = make_recording(kept.paths.recordings).name
    QTest.mouseClick(panel.change, Qt.MouseButton.LeftButton)
    dialog = panel.dialog
    assert dialog is not None
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.setDirectory(str(target))
    dialog.accept()
    kept.until(lambda: panel.news.text() == "All recordings are there.")
    assert recording_directory(kept.paths, name).parent == target
    kept.until(lambda: panel.place.text() == str(target))
    assert kept.settings.recordings == str(target)
    assert (panel.cancel.isVisible(), panel.change.isEnabled()) == (False, True)
    panel.take(str(kept.paths.usual_recordings))
    kept.until(lambda: kept.keeps("recordings", ""))
    kept.until(panel.change.isEnabled)
    assert recording_directory(kept.paths, name).parent == kept.paths.usual_recordings


def test_what_cannot_follow_yet_is_counted(kept: Keeper, panel: StoragePanel, tmp_path: Path) -> None:
    with Lock(make_recording(kept.paths.recordings)):
        panel.take(str(tmp_path / "elsewhere"))
        kept.until(lambda: panel.news.text().endswith("follow later: 1"))


def test_it_is_ended(kept: Keeper, panel: StoragePanel, tmp_path: Path) -> None:
    name = make_recording(kept.paths.recordings).name
    panel.take(str(tmp_path / "elsewhere"))
    QTest.mouseClick(panel.cancel, Qt.MouseButton.LeftButton)
    kept.until(panel.change.isEnabled)
    assert not panel.cancel.isVisible()
    assert recording_directory(kept.paths, name).parent in kept.paths.places


def test_a_folder_of_no_use_is_refused_in_its_place(kept: Keeper, panel: StoragePanel) -> None:
    recording = make_recording(kept.paths.recordings)
    panel.take(str(recording))
    kept.until(panel.problem.isVisible)
    assert "inside a recording" in panel.problem.text()
    kept.until(lambda: panel.place.text() == str(kept.paths.usual_recordings))
    assert kept.settings.recordings == ""
    assert (panel.cancel.isVisible(), panel.change.isEnabled()) == (False, True)
