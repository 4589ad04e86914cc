"""Recordings follow into another folder, on the same disk and on another one, whatever ends the program meanwhile."""

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import cli
from app.library import manifests, recording_directory
from app.moving import Moved, Progress, Stay, move_recordings, recordings_in
from app.paths import Paths, find_paths
from app.places import choose_place
from app.recording_rows import RecordingRows
from app.trash import put_back, throw_away, thrown_away
from app.verification import FileState, verify
from capture.lock import Lock
from capture.manifest import Manifest, read_manifest, write_manifest
from capture.recording import RecordingId
from tests.fakes.recording_directory import make_recording
from uploader.debts import owe
from uploader.lease import leased
from uploader.ledger import DeliveryStatus, Ledger

SERVER = "https://recordings.example"
VIDEO_BYTES = 3 * 2**20
DYING = """
import os, signal, sys
from pathlib import Path
from app.moving import move_recordings
from app.paths import find_paths
import uploader.debts

event, words, count = sys.argv[2], sys.argv[3], int(sys.argv[4])
paths = find_paths(Path(sys.argv[1]))

def hook(name, arguments):
    global count
    if name == event and words in str(arguments):
        count -= 1
        if count == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(hook)
move_recordings(paths)
"""


@pytest.fixture
def paths(basedir: Path) -> Paths:
    found = find_paths(basedir)
    found.recordings.mkdir(parents=True)
    return found


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere"


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        assert Path(name).stat().st_dev != tmp_path.stat().st_dev
        yield Path(name) / "recordings"


def whole(paths: Paths) -> set[str]:
    """Every one that is listed, which is intact, and listed once."""
    found = [each for each in manifests(paths) if isinstance(each, Manifest)]
    assert {finding.state for each in found for finding in verify(each)} <= {FileState.INTACT}
    names = [each.spec.id for each in found]
    assert len(names) == len(set(names))
    return {str(name) for name in names}


def contents(directory: Path) -> dict[str, bytes]:
    files = (each for each in directory.rglob("*") if each.is_file() and not each.name.startswith("."))
    return {each.relative_to(directory).as_posix(): each.read_bytes() for each in files}


def hidden(place: Path) -> list[Path]:
    return [each for each in place.rglob(".*") if each.name in {".arriving", ".leaving", ".moved_from"}]


@pytest.mark.parametrize("kind", ["elsewhere", "other_disk"])
def test_what_was_recorded_follows_with_its_debts(kind: str, paths: Paths, request: pytest.FixtureRequest) -> None:
    target: Path = request.getfixturevalue(kind)
    old = [make_recording(paths.recordings, seed=seed) for seed in (1, 2)]
    before = [contents(each) for each in old]
    with Ledger(paths.ledger) as ledger:
        owe(old[0], SERVER, ledger)
    choose_place(paths, str(target))
    assert (paths.recordings, whole(paths)) == (target, {each.name for each in old})
    told: list[Progress] = []
    assert move_recordings(paths, told.append) == Moved(2)
    assert told == [Progress(0, 2), Progress(1, 2), Progress(2, 2)]
    new = [recording_directory(paths, each.name) for each in old]
    assert [each.parent for each in new] == [target, target]
    assert {key for each in before[0:1] for key in each} < contents(new[0]).keys()
    assert contents(new[1]) == before[1]
    with Ledger(paths.ledger) as ledger:
        (owed,) = ledger.open_deliveries()
    assert (owed.directory, owed.status) == (new[0], DeliveryStatus.QUEUED)
    assert (list(paths.usual_recordings.iterdir()), hidden(target)) == ([], [])


POINTS = [
    ("open", ".arriving", 4),
    ("os.rename", ".arriving", 1),
    ("os.rename", ".leaving", 1),
    ("os.remove", "participants.json", 1),
    ("os.remove", ".moved_from", 1),
]


def test_killed_at_any_point_nothing_is_lost_or_doubled(paths: Paths, other_disk: Path) -> None:
    names = {make_recording(paths.recordings, video_bytes=VIDEO_BYTES, seed=seed).name for seed in range(len(POINTS))}
    with Ledger(paths.ledger) as ledger:
        for each in recordings_in(paths.recordings):
            owe(each, SERVER, ledger)
    choose_place(paths, str(other_disk))
    for event, words, count in POINTS:
        command = (sys.executable, "-c", DYING, paths.data.parent, event, words, str(count))
        died = subprocess.run(command, timeout=60, check=False, capture_output=True, text=True)
        assert died.returncode == -signal.SIGKILL, died.stderr
        assert whole(paths) == names
        assert {row.recording_id for change in RecordingRows(paths).changes() for row in change.rows} == names
    assert move_recordings(paths).left == ()
    assert whole(paths) == names
    assert {each.name for each in recordings_in(other_disk)} == names
    assert (list(paths.usual_recordings.iterdir()), hidden(other_disk)) == ([], [])
    with Ledger(paths.ledger) as ledger:
        assert {each.directory for each in ledger.open_deliveries()} == {other_disk / name for name in names}


def test_it_goes_back_when_it_had_nearly_left(paths: Paths, other_disk: Path) -> None:
    name = make_recording(paths.recordings).name
    choose_place(paths, str(other_disk))
    command = (sys.executable, "-c", DYING, paths.data.parent, "os.rename", ".leaving", "1")
    assert subprocess.run(command, timeout=60, check=False).returncode == -signal.SIGKILL
    (other_disk / name / "note.txt").write_text("what has changed since")
    choose_place(paths, "")
    assert move_recordings(paths) == Moved(1)
    assert (whole(paths), hidden(paths.recordings)) == ({name}, [])
    assert (paths.recordings / name / "note.txt").exists()


@pytest.mark.parametrize("kind", ["elsewhere", "other_disk"])
def test_what_somebody_works_on_stays_and_is_listed(kind: str, paths: Paths, request: pytest.FixtureRequest) -> None:
    target: Path = request.getfixturevalue(kind)
    locked, sent, fresh, free = (make_recording(paths.recordings, seed=seed) for seed in range(4))
    now = datetime.now(UTC).isoformat()
    write_manifest(replace(read_manifest(fresh), completed_at=now), fresh)
    choose_place(paths, str(target))
    with Lock(locked), leased(sent):
        moved = move_recordings(paths)
    assert dict(moved.left) == {locked.name: Stay.BUSY, sent.name: Stay.SENDING, fresh.name: Stay.JUST_ENDED}
    assert whole(paths) == {each.name for each in (locked, sent, fresh, free)}
    assert move_recordings(paths).left == ((RecordingId(fresh.name), Stay.JUST_ENDED),)
    assert recording_directory(paths, locked.name).parent == target


def test_it_is_ended_in_the_midst_of_one(paths: Paths, other_disk: Path) -> None:
    names = {make_recording(paths.recordings, video_bytes=VIDEO_BYTES, seed=seed).name for seed in (1, 2)}
    choose_place(paths, str(other_disk))
    answers = iter([False] * 6)
    moved = move_recordings(paths, is_cancelled=lambda: next(answers, True))
    assert (moved.moved, [reason for _, reason in moved.left]) == (0, [Stay.CANCELLED] * 2)
    assert (whole(paths), hidden(other_disk)) == (names, [])


def test_another_one_of_that_name_is_left_alone(paths: Paths, elsewhere: Path) -> None:
    old = make_recording(paths.recordings)
    (elsewhere / old.name).mkdir(parents=True)
    choose_place(paths, str(elsewhere))
    assert move_recordings(paths).left == ((RecordingId(old.name), Stay.DOUBLE),)
    assert recording_directory(paths, old.name) == old


def test_a_list_that_is_open_sees_it_move(paths: Paths, elsewhere: Path) -> None:
    old, rows = make_recording(paths.recordings), RecordingRows(paths)
    assert [row.directory for change in rows.changes() for row in change.rows] == [old]
    choose_place(paths, str(elsewhere))
    move_recordings(paths)
    changes = list(rows.changes())
    assert [row.directory for change in changes for row in change.rows] == [elsewhere / old.name]
    assert not any(change.gone for change in changes)


def test_what_is_thrown_away_stays_on_its_disk(paths: Paths, other_disk: Path) -> None:
    choose_place(paths, str(other_disk))
    directory = make_recording(paths.recordings)
    throw_away(directory, paths)
    (trashed,) = thrown_away(paths)
    assert trashed.directory.stat().st_dev == other_disk.stat().st_dev
    assert whole(paths) == set()
    put_back(trashed.recording_id, paths)
    assert (whole(paths), thrown_away(paths)) == ({directory.name}, [])


def test_a_recorder_that_knows_the_former_folder_hides_nothing(paths: Paths, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for place in (first, second):
        choose_place(paths, str(place))
        move_recordings(paths)
    late = make_recording(first)
    assert whole(paths) == {late.name}
    assert move_recordings(paths) == Moved(1)
    assert recording_directory(paths, late.name).parent == second


def test_another_name_of_the_same_folder(paths: Paths, tmp_path: Path) -> None:
    name = make_recording(paths.recordings).name
    (tmp_path / "link").symlink_to(paths.recordings)
    choose_place(paths, str(tmp_path / "link"))
    assert move_recordings(paths) == Moved(0)
    assert whole(paths) == {name}


def test_what_a_setting_that_was_lost_pointed_to_is_listed(paths: Paths, elsewhere: Path) -> None:
    name = make_recording(paths.recordings).name
    choose_place(paths, str(elsewhere))
    move_recordings(paths)
    paths.settings.write_text("recordings = [")
    assert (paths.recordings, whole(paths)) == (paths.usual_recordings, {name})


Change = Callable[[str], int]


@pytest.fixture
def change(paths: Paths) -> Change:
    return lambda value: cli.run(["--basedir", str(paths.data.parent), "config", "set", "recordings", value, "--json"])


def test_by_a_verb_there_and_back(
    change: Change, paths: Paths, other_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = make_recording(paths.recordings).name
    assert change(str(other_disk)) == 0
    assert json.loads(capsys.readouterr().out) == {"recordings": str(other_disk)}
    assert recording_directory(paths, name).parent == other_disk
    assert change("") == 0
    assert recording_directory(paths, name).parent == paths.usual_recordings


def test_folders_of_no_use(change: Change, paths: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recording = make_recording(paths.recordings)
    (tmp_path / "file").touch()
    for value, reason in (
        ("recordings", "whole path"),
        (str(recording / "inside"), "inside a recording"),
        (str(tmp_path / "file"), "nothing can be written"),
        ("/proc/recordings", "nothing can be written"),
    ):
        assert change(value) == 2
        assert reason in json.loads(capsys.readouterr().out)["error"]["message"]
    assert (paths.recordings, paths.settings.exists()) == (paths.usual_recordings, False)
