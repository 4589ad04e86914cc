"""What a crash left is found and finished by whatever looks at it next; what lives is left alone."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from capture.commands import Stop
from capture.events import Ended
from capture.lock import Lock
from capture.manifest import read_manifest
from capture.parts import part_directory
from capture.recording import RecordingStatus
from tests.capture.worker_process import WorkerProcess, running_worker, spec_of
from tests.end_to_end.afterword import AFTERWORD, LIMIT_S, ROOT, Answer, afterword
from tests.end_to_end.media import decodes

NAME = "a1b2"
RECORDED_S = 2.0
SYNTHETIC = ("--screen", "synthetic", "--microphone", "synthetic", "--system-audio", "synthetic")
ENVIRONMENT = dict(os.environ)


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("killed") / NAME
    with running_worker() as worker:
        worker.start(spec_of(directory))
        worker.record_until(RECORDED_S)
        worker.process.kill()
        worker.close()
    return directory


@pytest.fixture
def recordings(basedir: Path) -> Path:
    folder = basedir / "data" / "recordings"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def dead(killed: Path, recordings: Path) -> Path:
    return Path(shutil.copytree(killed, recordings / NAME))


@pytest.fixture
def live(recordings: Path) -> Iterator[tuple[WorkerProcess, Path]]:
    with running_worker() as worker:
        worker.start(spec_of(recordings / "alive"))
        worker.record_until(0.5)
        yield worker, recordings / "alive"


def run(basedir: Path, *arguments: str) -> Answer:
    return afterword(ENVIRONMENT, "--basedir", basedir, *arguments)


def assert_saved(directory: Path, answer: Answer) -> None:
    manifest = read_manifest(directory)
    assert manifest.status.code is RecordingStatus.INTERRUPTED
    for media in manifest.media[:4]:
        assert decodes(directory / media.path) == ""
    assert f"Recording {NAME} broke off; 0:0" in answer.words


@pytest.mark.parametrize("verb", [("recordings",), ("show", NAME), ("verify",), ("deliver",), ("recover",)])
def test_whoever_looks_recovers(verb: tuple[str, ...], basedir: Path, dead: Path) -> None:
    answer = run(basedir, *verb)
    assert answer.exit_status == 0, answer
    assert_saved(dead, answer)
    again = run(basedir, *verb)
    assert again.exit_status == 0, again
    assert "broke off" not in again.words


def test_a_new_recording_does_not_wait_for_it(basedir: Path, dead: Path) -> None:
    answer = run(basedir, "record", "--duration", "1", "--no-deliver", *SYNTHETIC)
    assert answer.exit_status == 0, answer
    assert answer.document["status"]["code"] == "complete"
    assert_saved(dead, answer)
    assert answer.words.index("Recorded.") < answer.words.index("broke off")


def test_the_list_has_its_usual_shape(basedir: Path, dead: Path) -> None:
    answer = run(basedir, "recordings")
    assert list(answer.document) == ["recordings"]
    (shown,) = answer.document["recordings"]
    assert (shown["id"], shown["status"]) == (NAME, {"code": "interrupted", "sub_code": "crash"})
    assert shown["directory"] == str(dead)
    assert len(shown["media"]) == 8


def test_without_a_manifest_it_is_found_too(basedir: Path, dead: Path) -> None:
    (dead / "recording.json").unlink()
    assert_saved(dead, run(basedir, "recover", NAME))


def test_a_live_one_is_left_alone(basedir: Path, live: tuple[WorkerProcess, Path]) -> None:
    worker, directory = live
    for verb in ("recordings", "verify", "deliver", "recover"):
        answer = run(basedir, verb)
        assert answer.exit_status == 0, answer
        assert "broke off" not in answer.words
    for verb in ("recover", "delete"):
        refused = run(basedir, verb, directory.name)
        assert (refused.exit_status, refused.document["error"]["code"]) == (1, "recording_running")
    worker.send(Stop())
    assert worker.wait_for(Ended).status is RecordingStatus.COMPLETE
    assert worker.close() == 0
    assert run(basedir, "verify", directory.name).document["intact"]
    assert run(basedir, "delete", directory.name).exit_status == 0
    assert not directory.exists()


def test_of_several_apps_at_once_one_recovers(basedir: Path, dead: Path) -> None:
    command = (*AFTERWORD, "--basedir", str(basedir), "recordings", "--json")
    apps = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    words = [app.communicate(timeout=LIMIT_S)[1].decode() for app in apps]
    assert [app.returncode for app in apps] == [0, 0, 0], words
    assert sum("broke off" in each for each in words) >= 1
    assert run(basedir, "verify", NAME).document["intact"]
    assert_saved(dead, Answer(0, None, "".join(words)))


def test_a_dead_one_may_be_deleted(basedir: Path, dead: Path) -> None:
    assert run(basedir, "delete", NAME).exit_status == 0
    assert not dead.exists()


def test_one_of_which_a_part_is_being_made_may_not(basedir: Path, dead: Path) -> None:
    """Its first worker has died, and another one goes on."""
    part = part_directory(dead, 1)
    part.mkdir(parents=True)
    with Lock(part):
        for verb in ("delete", "recover"):
            refused = run(basedir, verb, NAME)
            assert (refused.exit_status, refused.document["error"]["code"]) == (1, "recording_running")
        assert "broke off" not in run(basedir, "recordings").words
    assert run(basedir, "delete", NAME).exit_status == 0
    assert not dead.exists()


def test_one_of_a_newer_program_is_left_alone_and_said(basedir: Path, dead: Path) -> None:
    path = dead / "recording.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "version": 99}))
    before = {each: each.read_bytes() for each in dead.rglob("*") if each.is_file()}
    answer = run(basedir, "recover")
    assert answer.exit_status == 0
    assert [(each["id"], each["error"]["code"]) for each in answer.document["left_alone"]] == [
        (NAME, "manifest_too_new")
    ]
    assert "newer Afterword" in answer.words
    named = run(basedir, "recover", NAME)
    assert (named.exit_status, named.document["error"]["code"]) == (1, "manifest_too_new")
    assert {each: each.read_bytes() for each in dead.rglob("*") if each.is_file()} == before


def test_nothing_to_recover(basedir: Path) -> None:
    assert run(basedir, "recover").document == {"recordings": [], "left_alone": []}
    unknown = run(basedir, "recover", "nonesuch")
    assert (unknown.exit_status, unknown.document["error"]["code"]) == (3, "unknown_recording")


def test_a_long_way_with_spaces_and_pictures_in_it(killed: Path, tmp_path: Path) -> None:
    basedir = tmp_path / "my recordings 🎥" / ("x" * 200)
    directory = Path(shutil.copytree(killed, basedir / "data" / "recordings" / NAME))
    assert_saved(directory, run(basedir, "recordings"))


def test_each_file_that_is_not_as_it_was_is_told(basedir: Path, dead: Path) -> None:
    run(basedir, "recover")
    movie, sound, side = dead / "video_mixed.mp4", dead / "audio_mixed.mp3", dead / "audio_separate" / "system.ogg"
    movie.write_bytes(movie.read_bytes() + b"!")
    sound.unlink()
    side.write_bytes(bytes(side.stat().st_size))
    answer = run(basedir, "verify", NAME)
    assert (answer.exit_status, answer.document["error"]["code"]) == (1, "damaged")
    assert not answer.document["intact"]
    (recording,) = answer.document["recordings"]
    states = {each["path"]: each["state"] for each in recording["media"]}
    assert {path for path, state in states.items() if state == "changed"} == {movie.name, "audio_separate/system.ogg"}
    assert states[sound.name] == "missing"
    assert states["participants.json"] == "intact"
    for path in (movie, sound, side):
        assert str(path) in answer.words
    found = {each["path"]: each for each in recording["media"]}
    assert found[movie.name]["found"]["bytes"] == found[movie.name]["recorded"]["bytes"] + 1
    assert found[sound.name]["found"] is None
