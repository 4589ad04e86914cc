"""Search: what is found by which words, on every database, and that the words come and go with their recording."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, text

from capture.manifest import read_manifest, write_manifest
from tests.fakes.recording_directory import describe
from tests.uploader.rig import Service, served, upload_recording
from tests.uploader.viewer.meeting import TITLE, make_meeting
from uploader.backend.database import DRIVER
from uploader.backend.locations import Places
from uploader.backend.schema import SCHEMA, VERSION
from uploader.backend.search_tables import SEARCH_WORDS
from uploader.backend.words import MOST_CHARACTERS, PART_WORDS, parts, words

Found = Callable[[str], Sequence[str]]

CHINESE = "本周的会议 预算\N{IDEOGRAPHIC FULL STOP}"
LONG_TALK = [f"w{number}" for number in range(2 * PART_WORDS)]


def searching(client: httpx.Client) -> Found:
    def ids(wanted: str) -> list[str]:
        answer = client.get("recording/", params={"search": wanted})
        assert answer.status_code == 200, answer.text
        return [recording["id"] for recording in answer.json()["results"]]

    return ids


def say(directory: Path, *spoken: str) -> None:
    """Puts other words into the transcript of a recording."""
    word = json.loads((directory / "transcript.json").read_text("utf-8"))[0]["words"][0]
    said = [{"words": [{**word, "text": each} for each in spoken]}]
    (directory / "transcript.json").write_text(json.dumps(said), "utf-8")
    describe_anew(directory)


def describe_anew(directory: Path) -> None:
    manifest = read_manifest(directory)
    media = tuple(describe(directory, each.path) for each in manifest.media)
    write_manifest(replace(manifest, media=media), directory)


def stored_words(service: Service, recording_id: str) -> int:
    with service.backend.store._engine.connect() as connection:
        return len(connection.execute(SEARCH_WORDS.select().where(SEARCH_WORDS.c.recording_id == recording_id)).all())


@pytest.fixture(scope="module")
def library(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Found, dict[str, str]]]:
    """A workspace with three recordings, by what they are."""
    with service.client(service.new_key()) as client:
        made = {}
        for name, spoken in {"plan": (), "chinese": (CHINESE,), "long": LONG_TALK}.items():
            directory = make_meeting(tmp_path_factory.mktemp("library"), [], TITLE if name == "plan" else name)
            if spoken:
                say(directory, *spoken)
            made[upload_recording(service, client, directory)["id"]] = name
        yield searching(client), made


@pytest.fixture
def plan(service: Service, client: httpx.Client, tmp_path: Path) -> dict[str, Any]:
    return upload_recording(service, client, make_meeting(tmp_path, []))


@pytest.fixture
def found(client: httpx.Client) -> Found:
    return searching(client)


@pytest.mark.parametrize(
    ("wanted", "recordings"),
    [
        (TITLE, "plan"),
        ("plan QUARTERLY", "plan"),
        ("quarterly pl", "plan"),
        ("pl quarterly", ""),
        ('"quarterly pl"', ""),
        ('"quarterly plan"', "plan"),
        ('"plan quarterly"', ""),
        ("uarterly", ""),
        ("ada", "long plan chinese"),
        ("יעל plan", "plan"),
        ("zürich", "plan"),
        ("Zu\N{COMBINING DIAERESIS}rich.", "plan"),
        ('"signature from zürich"', "plan"),
        ("figures customers example", "plan"),
        ("customers <i>four</i>", "plan"),
        ("customers - today!", "plan"),
        ("预算", "chinese"),
        ("会议的", ""),
        ('"周的会"', "chinese"),
        ("w0 w5999", "long"),
        (f'"w{PART_WORDS - 2} w{PART_WORDS - 1} w{PART_WORDS} w{PART_WORDS + 1}"', "long"),
        ("w5998 w59", "long"),
        ("  ", "long plan chinese"),
        ('"', "long plan chinese"),
        ('""', "long plan chinese"),
        ("ada nobody", ""),
        ("speech_on", ""),
        ("q" * 200, ""),
    ],
)
def test_what_is_found(library: tuple[Found, dict[str, str]], wanted: str, recordings: str) -> None:
    found, names = library
    assert {names[each] for each in found(wanted)} == set(recordings.split())


@pytest.mark.parametrize(
    "wanted",
    [
        *("%", "_", "\\", "*", "👍", "'; --", "-- 1", "NEAR(ada customers)", "plan OR nobody", "words:plan"),
        *("plan & ! nobody", "plan:*b nobody", "^nobody", "nobody*", "'nobody'", "plan\0nobody", "{plan}: nobody"),
    ],
)
def test_no_syntax_means_anything(library: tuple[Found, dict[str, str]], wanted: str) -> None:
    found, _ = library
    assert found(wanted) == []


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ("Straße, \N{FULLWIDTH LATIN CAPITAL LETTER A}b 3.5", ["strasse", "ab", "3", "5"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("東京tower", ["東", "京", "tower"]),
        ("snake_case", ["snake", "case"]),
        ("x" * (MOST_CHARACTERS + 1), ["x" * MOST_CHARACTERS]),
    ],
)
def test_words(told: str, known: list[str]) -> None:
    assert words(told) == known


@pytest.mark.parametrize("count", [0, 1, PART_WORDS, PART_WORDS + 1, 2 * PART_WORDS, 3 * PART_WORDS + 7])
def test_parts_tear_no_phrase(count: int) -> None:
    overlap_words = 200
    spoken = [str(number) for number in range(count)]
    made = list(parts(spoken, overlap_words))
    assert all(len(part) <= PART_WORDS for part in made)
    assert sum(map(len, made)) - overlap_words * (len(made) - 1) == count
    assert made[-1][-1:] == spoken[-1:]
    assert all(before[-overlap_words:] == after[:overlap_words] for before, after in pairwise(made))


def test_of_another_workspace_nothing(plan: dict[str, Any], found: Found, stranger: httpx.Client) -> None:
    assert found("ada") == [plan["id"]]
    assert searching(stranger)("ada") == []


def test_a_search_that_is_too_long(client: httpx.Client) -> None:
    answer = client.get("recording/", params={"search": "q" * 201})
    assert (answer.status_code, list(answer.json())) == (400, ["search"])


def test_what_is_deleted_is_not_found_and_its_words_are_gone(
    service: Service, client: httpx.Client, plan: dict[str, Any], found: Found
) -> None:
    assert found("customers") == [plan["id"]]
    transcript = plan["media_shortcuts"]["transcript"]["id"]
    client.delete(f"transcript/{transcript}/")
    assert found("customers") == []
    assert found("ada") == [plan["id"]]
    assert client.get(f"recording/{plan['id']}/account/").json()["marks"]
    client.delete(f"recording/{plan['id']}/")
    assert found("ada") == []
    assert stored_words(service, plan["id"]) == 0
    gone = client.get(f"recording/{plan['id']}/account/").json()
    assert (gone["marks"], gone["receipt"], gone["timeline"]) == (None, None, None)


def test_a_better_transcript_is_searched(service: Service, client: httpx.Client, found: Found, tmp_path: Path) -> None:
    directory = make_meeting(tmp_path, [])
    upload_recording(service, client, directory)
    assert found("saxophone") == []
    say(directory, "Saxophone")
    upload_recording(service, client, directory)
    assert found("saxophone") == [directory.name]


@pytest.mark.parametrize("content", [b"no document", b"[1, null, {}]", b'{"title": 5}', b'[{"words": [{"text": 1}]}]'])
def test_documents_of_odd_shape_hold_no_words(
    service: Service, client: httpx.Client, found: Found, tmp_path: Path, content: bytes
) -> None:
    directory = make_meeting(tmp_path, [])
    for name in ("transcript.json", "participants.json", "participant_events.json", "meeting_metadata.json"):
        (directory / name).write_bytes(content)
    describe_anew(directory)
    upload_recording(service, client, directory)
    assert found("document") == found("ada") == []


def forget_words(data: Path, places: Places) -> None:
    """Leaves the database as a version without such an index had it."""
    url = places.database.url.set(drivername=DRIVER) if places.database else f"sqlite:///{data / 'backend.sqlite'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE search_words"))
        connection.execute(text("DROP TABLE IF EXISTS search_index"))
        connection.execute(text("CREATE TABLE search_texts (id TEXT PRIMARY KEY, folded TEXT)"))
        connection.execute(text("DELETE FROM schema_versions"))
        connection.execute(SCHEMA.insert().values(version=VERSION - 1))
    engine.dispose()


def test_what_an_older_version_stored_is_read(places: Places, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with served(data, places=places) as service, service.client(service.new_key()) as client:
        key = client.headers["authorization"]
        plan = upload_recording(service, client, make_meeting(tmp_path, []))
    forget_words(data, places)
    with served(data, places=places) as service, service.client(key.removeprefix("Token ")) as client:
        service.backend.search.catch_up()
        assert searching(client)("quarterly cust") == [plan["id"]]
        read = stored_words(service, plan["id"])
        service.backend.search.catch_up()
        assert stored_words(service, plan["id"]) == read == 4
