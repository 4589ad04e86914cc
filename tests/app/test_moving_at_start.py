"""The app goes on with what was left to move, and heeds another folder while it runs."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.library import manifests
from app.moving import recordings_in
from app.paths import find_paths
from app.places import choose_place
from app.tray_state import Act
from capture.manifest import Manifest
from capture.recording import RecordingStatus
from tests.app.windows_rig import face
from tests.fakes.recording_directory import make_recording


def test_what_was_left_follows_and_the_next_one_is_recorded_there(
    qtbot: QtBot, qapp: QApplication, basedir: Path, tmp_path: Path
) -> None:
    paths, first, second = find_paths(basedir), tmp_path / "first", tmp_path / "second"
    old = make_recording(paths.recordings).name
    choose_place(paths, str(first))
    with face(qtbot, qapp, basedir) as shown:
        app = shown.app
        shown.wait_until((first / old).exists)
        app.background.do(partial(choose_place, paths, str(second)), lambda _: None)
        shown.wait_until(lambda: app.settings.settings.recordings == str(second))
        app.background.do(lambda: None, lambda _: app.menu.acts[Act.RECORD].trigger())  # once it obeys
        shown.wait_for(lambda shown: shown.take is not None and shown.take.status is RecordingStatus.RECORDING)
        app.menu.acts[Act.STOP].trigger()
        shown.wait_for(lambda shown: shown.take is None)
    assert len(recordings_in(second)) == 1
    assert {each.spec.id for each in manifests(paths) if isinstance(each, Manifest)} > {old}
