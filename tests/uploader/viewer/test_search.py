"""Search, and what a recorder tells of its recording: what the viewer asks of the backend, and others may too."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from capture.manifest import read_manifest, write_manifest
from tests.fakes.recording_directory import describe
from tests.uploader.rig import Service, open_upload, upload_recording
from tests.uploader.viewer.meeting import TITLE, make_meeting
from uploader.backend.search_tables import SearchText

Found = Callable[[str], Sequence[str]]


@pytest.fixture
def plan(service: Service, client: httpx.Client, tmp_path: Path) -> dict[str, Any]:
    return upload_recording(service, client, make_meeting(tmp_path, []))


@pytest.fixture
def found(client: httpx.Client) -> Found:
    def ids(words: str) -> list[str]:
        answer = client.get("recording/", params={"search": words})
        assert answer.status_code == 200, answer.text
        return [recording["id"] for recording in answer.json()["results"]]

    return ids


@pytest.mark.parametrize(
    "words",
    [
        TITLE,
        "plan QUARTERLY",
        "ada",
        "יעל",
        "zürich",
        "Zu\N{COMBINING DIAERESIS}rich.",
        '"signature from zürich"',
        "figures customers example",
        "page <i>four</i>",
        "  ",
    ],
)
def test_what_is_found(plan: dict[str, Any], found: Found, words: str) -> None:
    assert found(words) == [plan["id"]]


@pytest.mark.parametrize(
    "words", ["nobody", "ada nobody", '"zürich signature"', "%", "_", "\\", "speech_on", "q" * 200, "👍", "'; --"]
)
def test_what_is_not_found(plan: dict[str, Any], found: Found, words: str) -> None:
    assert plan["id"] not in found(words)


def test_of_another_workspace_nothing(plan: dict[str, Any], found: Found, stranger: httpx.Client) -> None:
    assert found("ada") == [plan["id"]]
    assert stranger.get("recording/", params={"search": "ada"}).json()["results"] == []


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
    with service.backend.store.transaction() as transaction:
        assert transaction.find(SearchText, recording_id=[plan["id"]]) == []
    gone = client.get(f"recording/{plan['id']}/account/").json()
    assert (gone["marks"], gone["receipt"], gone["timeline"]) == (None, None, None)


def test_a_better_transcript_is_searched(service: Service, client: httpx.Client, found: Found, tmp_path: Path) -> None:
    directory = make_meeting(tmp_path, [])
    upload_recording(service, client, directory)
    assert found("saxophone") == []
    document = json.loads((directory / "transcript.json").read_text("utf-8").replace("Morning", "morning"))
    document[0]["words"][0]["text"] = "Saxophone"
    (directory / "transcript.json").write_text(json.dumps(document), "utf-8")
    manifest = read_manifest(directory)
    media = tuple(describe(directory, each.path) for each in manifest.media)
    write_manifest(replace(manifest, media=media), directory)
    upload_recording(service, client, directory)
    assert found("saxophone") == [directory.name]


@pytest.mark.parametrize("content", [b"no document", b"[1, null, {}]", b'{"title": 5}', b'[{"words": [{"text": 1}]}]'])
def test_documents_of_odd_shape_hold_no_words(
    service: Service, client: httpx.Client, found: Found, tmp_path: Path, content: bytes
) -> None:
    directory = make_meeting(tmp_path, [])
    for name in ("transcript.json", "participants.json", "participant_events.json", "meeting_metadata.json"):
        (directory / name).write_bytes(content)
    manifest = read_manifest(directory)
    media = tuple(describe(directory, each.path) for each in manifest.media)
    write_manifest(replace(manifest, media=media), directory)
    upload_recording(service, client, directory)
    assert found("document") == found("ada") == []


def test_what_the_recorder_tells(client: httpx.Client, stranger: httpx.Client, plan: dict[str, Any]) -> None:
    told = client.get(f"recording/{plan['id']}/account/").json()
    assert told["duration_s"] == 40.0
    assert told["marks"] == [{"at_s": 15.0, "text": "Decision"}]
    assert told["receipt"]["audio"][0]["gaps"] == [{"start_s": 20.0, "duration_s": 1.5, "reason": "device_lost"}]
    assert len(told["timeline"]) == 2
    assert stranger.get(f"recording/{plan['id']}/account/").status_code == 404
    young = open_upload(client)["recording_id"]
    assert client.get(f"recording/{young}/account/").json() == {
        "duration_s": 0.0,
        "timeline": None,
        "marks": None,
        "receipt": None,
    }


def test_deliveries_of_one_recording(service: Service, client: httpx.Client, tmp_path: Path) -> None:
    client.post("webhook_endpoint/", json={"url": "http://127.0.0.1:9/", "events": ["recording.done"]})
    made = [upload_recording(service, client, make_meeting(tmp_path, []))["id"] for _ in range(2)]
    for recording_id in made:
        (delivery,) = client.get("webhook_delivery/", params={"recording_id": recording_id}).json()["results"]
        assert recording_id in client.get(f"webhook_delivery/{delivery['id']}/").json()["body"]
    assert client.get("webhook_delivery/", params={"recording_id": str(uuid4())}).json()["results"] == []
    assert client.get("webhook_delivery/", params={"recording_id": "x"}).status_code == 400
