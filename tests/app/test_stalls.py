"""The windows answer while all goes on at once: nothing on the main thread works for long, or waits for others."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.acts import INTENTS
from app.intents import OpenWindow, SwitchPill, WindowName
from app.library import manifests
from app.paths import find_paths
from app.situation import Situation
from app.tray_state import Act
from capture.manifest import Manifest
from capture.recording import NS_PER_S, RecordingStatus
from tests.app.windows_rig import face
from tests.fakes.recording_directory import make_recording
from tests.uploader.rig import served
from uploader.debts import owe
from uploader.ledger import Ledger

LISTED = 40
VIDEO_BYTES, LIMIT_BYTES_PER_S = 3_000_000, 1_000_000
"""On its way for as long as all else takes on a quiet machine."""

WINDOWS = (WindowName.RECORDINGS, WindowName.SETTINGS, WindowName.CHECKUP)


def test_while_it_lists_sends_records_and_is_used(
    qtbot: QtBot, qapp: QApplication, basedir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = find_paths(basedir)
    for seed in range(LISTED):
        make_recording(paths.recordings, video_bytes=1000, seed=seed)
    with served(tmp_path / "home") as home:
        monkeypatch.setenv("AFTERWORD_API_KEY", home.new_key())
        with Ledger(paths.ledger) as ledger:
            owe(make_recording(paths.recordings, video_bytes=VIDEO_BYTES), home.url, ledger)
        with face(qtbot, qapp, basedir, destination=home.url, upload_limit=LIMIT_BYTES_PER_S) as shown:
            shown.wait_for(lambda now: now.sending > 0)
            for name in WINDOWS:
                shown.app.intend(OpenWindow(name))
            for act in (Act.RECORD, Act.MARK, Act.MUTE):
                shown.app.intend(INTENTS[act])
            shown.app.intend(SwitchPill())
            shown.wait_for(has_recorded_enough)
            opened = {type(each).__module__ for each in qapp.topLevelWidgets() if each.isVisible()}
            assert opened >= {f"app.views.{name}" for name in WINDOWS}


def has_recorded_enough(situation: Situation) -> bool:
    return situation.take is not None and situation.take.elapsed_ns > 2 * NS_PER_S and bool(situation.muted)


def test_the_end_of_a_session_waits_for_the_recording(qtbot: QtBot, qapp: QApplication, basedir: Path) -> None:
    """Whoever tells of it may end the process as soon as it has been told."""
    with face(qtbot, qapp, basedir) as shown:
        shown.app.intend(INTENTS[Act.RECORD])
        shown.wait_for(lambda now: now.take is not None)
        shown.stalls.rest()
        shown.app.end_with_session()
        (manifest,) = manifests(shown.paths)
        assert isinstance(manifest, Manifest)
        assert manifest.status.code is RecordingStatus.COMPLETE
