import json
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.messages import Failure
from app.paths import Paths, find_paths
from app.transcript_search import INDEX_NAME, search
from tests.fakes.recording_directory import DOCUMENTS, make_recording


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths(tmp_path)


def recording(paths: Paths, text: str = "Guten Morgen, Zürich") -> Path:
    directory = make_recording(paths.recordings, paths=("transcript.json",))
    write(directory, text)
    return directory


def write(directory: Path, text: str) -> None:
    entry = json.loads(json.dumps(DOCUMENTS["transcript.json"]))[0]
    words = [{**entry["words"][0], "text": each} for each in text.split()]
    (directory / "transcript.json").write_text(json.dumps([{**entry, "words": words}]))


def test_words_are_found_in_every_recording_whatever_their_case_and_accents(paths: Paths) -> None:
    first, second = recording(paths), recording(paths, "the budget of zurich")
    found = search(["ZURICH"], paths)
    assert {each.recording for each in found} == {first.name, second.name}
    (only,) = search(["budget", "the"], paths)
    assert (only.recording, only.text, only.start_s, only.speaker) == (
        second.name,
        "[the] [budget] of zurich",
        1.5,
        "Ada",
    )
    assert (only.title, only.started_at[:10]) == ("Planning", "2026-11-01")
    assert not search(["budget", "morgen"], paths)
    assert len(search(["guten morgen"], paths)) == 1
    assert not search(["morgen guten"], paths)


def test_what_changes_is_read_again(paths: Paths) -> None:
    directory = recording(paths)
    assert search(["guten"], paths)
    write(directory, "something else entirely")
    assert not search(["guten"], paths)
    assert search(["entirely"], paths)
    shutil.rmtree(directory)
    assert not search(["entirely"], paths)


@pytest.mark.parametrize("spoilt", [None, b"no database", b""])
def test_the_index_is_made_anew(paths: Paths, spoilt: bytes | None) -> None:
    recording(paths)
    assert search(["guten"], paths)
    index = paths.data / INDEX_NAME
    if spoilt is None:
        index.unlink()
    else:
        index.write_bytes(spoilt)
    assert search(["guten"], paths)


@pytest.mark.parametrize("words", ['"', "AND", "NEAR(", "text:guten", "gut*", "-", "'; DROP TABLE said"])
def test_no_word_is_an_operator(paths: Paths, words: str) -> None:
    recording(paths)
    assert not search([words], paths)


def test_a_transcript_that_makes_no_sense_is_passed_over(paths: Paths) -> None:
    recording(paths)
    (recording(paths) / "transcript.json").write_text('[{"words": 3}]')
    assert len(search(["guten"], paths)) == 1


def test_a_place_where_none_can_be(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(Failure):
        search(["guten"], find_paths(tmp_path))


def test_several_may_search_before_there_is_an_index(paths: Paths) -> None:
    count, made = 4, [recording(paths) for _ in range(10)]
    barrier = threading.Barrier(count)

    def look(_: int) -> int:
        barrier.wait()
        return len(search(["guten"], paths))

    with ThreadPoolExecutor(count) as pool:
        assert list(pool.map(look, range(count))) == [len(made)] * count
