"""A folder of recordings that cannot even be asked, as on a disk that was pulled out, stands in nobody's way."""

import logging
import shutil
from pathlib import Path
from typing import Any

import pytest

from app import trash
from app.courier import Courier
from app.later_transcripts import LaterTranscripts
from app.library import recording_directories, recording_directory
from app.log_console import LogConsole
from app.messages import Failure
from app.moving import Moved, Progress, move_recordings
from app.paths import RECORDINGS_KEY, Paths, find_paths
from app.places import choose_place
from app.recording_rows import RecordingRows
from app.recovery import recover_dead
from app.settings_file import write_setting
from app.situation import News
from app.trash import throw_away, thrown_away
from app.views.settings_storage import _room
from capture.errors import ManifestError, StorageError
from capture.manifest import write_json
from tests.fakes.recording_directory import make_recording
from uploader.debts import owe
from uploader.ledger import Ledger

UNASKABLE = Path("/", "x" * 300)
"""As to a drive that does not answer, every question is an error, to root too: the name is too long for the system."""


@pytest.fixture
def paths(basedir: Path) -> Paths:
    found = find_paths(basedir)
    found.recordings.mkdir(parents=True)
    return found


@pytest.fixture
def pulled_out(paths: Paths) -> Paths:
    write_json([str(UNASKABLE)], paths.former_places_note)
    with pytest.raises(OSError, match="too long"):
        UNASKABLE.is_dir()
    return paths


def test_the_others_are_listed_found_recovered_and_moved(pulled_out: Paths, tmp_path: Path) -> None:
    made = make_recording(pulled_out.recordings)
    assert [row.directory for change in RecordingRows(pulled_out).changes() for row in change.rows] == [made]
    assert recording_directories(pulled_out) == [made]
    with pytest.raises(Failure, match="unknown_recording"):
        recording_directory(pulled_out, "unknown")
    recover_dead(pulled_out, LogConsole())
    assert thrown_away(pulled_out) == []
    choose_place(pulled_out, str(tmp_path / "elsewhere"))
    assert UNASKABLE in pulled_out.former_places
    assert move_recordings(pulled_out) == Moved(1)


def test_transcripts_and_deliveries_begin(pulled_out: Paths) -> None:
    """Threads whose end would be the test's failure."""
    with Ledger(pulled_out.ledger) as ledger:
        owe(make_recording(pulled_out.recordings), "https://recordings.example", ledger)
    told: list[News] = []
    courier = Courier(None, pulled_out, told.append, farewell_s=0.0)
    courier.start()
    courier.stop()
    write_setting(pulled_out.settings, "transcription_engine", "pocketsphinx")
    troubles: list[object] = []
    LaterTranscripts(pulled_out, troubles.append, lambda _: None).close()
    assert troubles == []


def test_a_chosen_folder_that_is_out_of_reach_is_told(paths: Paths, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    make_recording(paths.usual_recordings)
    write_setting(paths.settings, RECORDINGS_KEY, str(UNASKABLE))
    assert paths.places == (paths.usual_recordings,)
    with pytest.raises(StorageError):
        move_recordings(paths)
    assert not isinstance(_room(paths).free_bytes, int)


def test_what_is_deleted_meanwhile_does_not_hold_up_the_others(paths: Paths, tmp_path: Path) -> None:
    made = sorted(make_recording(paths.recordings, seed=seed) for seed in (1, 2, 3))
    choose_place(paths, str(tmp_path / "elsewhere"))

    def tell(progress: Progress) -> None:
        if progress.done == 1:
            throw_away(made[1], paths)

    assert move_recordings(paths, tell) == Moved(2)
    assert [each.recording_id for each in thrown_away(paths)] == [made[1].name]


def test_the_trash_can_be_looked_at_while_it_is_emptied(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [make_recording(paths.recordings, seed=seed) for seed in (1, 2)]
    for each in made:
        throw_away(each, paths)

    def read_what_vanishes(directory: Path) -> Any:  # noqa: ANN401 - it never answers
        shutil.rmtree(directory)
        raise ManifestError

    monkeypatch.setattr(trash, "read_manifest", read_what_vanishes)
    assert thrown_away(paths) == []
