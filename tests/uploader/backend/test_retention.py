"""How long media are kept, and that they are really gone then."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from capture.recording import MediaKind, RecordingStatus
from tests.fakes.recording_directory import make_recording
from tests.uploader.backend.in_process import in_process
from tests.uploader.rig import FakeWallClock, manifest, open_upload
from uploader.backend import Backend, open_backend
from uploader.backend.intake import Announcement
from uploader.backend.locations import Places
from uploader.backend.tables import StoredFile
from uploader.backend.webhook_tables import WebhookMessage
from uploader.times import iso_utc

HOUR_S = 3600


@dataclass(frozen=True)
class Rig:
    backend: Backend
    clock: FakeWallClock
    client: httpx.Client

    def complete(self, directory: Path, config: dict[str, Any] | None = None) -> dict[str, Any]:
        upload = open_upload(self.client, recording_id=directory.name, recording_config=config or {})
        row = self.backend.intake.open_upload(upload["id"])
        for media in manifest(directory)["media"]:
            announcement = Announcement(media["path"], MediaKind(media["kind"]), media["sha256"], media["bytes"])
            self.backend.intake.adopt(self.backend.intake.place(row, announcement), directory / media["path"])
        response = self.client.post(f"sdk_upload/{upload['id']}/complete/", json=manifest(directory))
        assert response.status_code == 200, response.text
        return self.recording(directory)

    def recording(self, directory: Path) -> dict[str, Any]:
        shown: dict[str, Any] = self.client.get(f"recording/{directory.name}/").json()
        return shown

    def stored(self) -> tuple[int, int]:
        """Files on the disk, and rows that tell of them."""
        with self.backend.store.transaction() as transaction:
            rows = len(transaction.find(StoredFile))
        return sum(path.is_file() for path in (self.backend.data / "blobs").rglob("*")), rows


@pytest.fixture
def rig(tmp_path: Path, places: Places) -> Iterator[Rig]:
    clock = FakeWallClock()
    with (
        closing(open_backend(tmp_path / "data", now_s=clock, places=places)) as backend,
        in_process(backend, backend.api_key) as client,
    ):
        yield Rig(backend, clock, client)


def test_hours_count_from_the_moment_it_is_done(rig: Rig, recording: Path) -> None:
    open_upload(rig.client, recording_id=recording.name, recording_config={"retention": {"type": "timed", "hours": 2}})
    rig.clock.now_s += 10 * HOUR_S
    shown = rig.complete(recording)
    assert shown["expires_at"] == iso_utc(rig.clock.now_s + 2 * HOUR_S)
    rig.clock.now_s += 2 * HOUR_S - 1
    rig.backend.expiry.run()
    assert (rig.recording(recording)["status"]["code"], rig.stored()) == ("done", (9, 9))
    rig.clock.now_s += 1
    rig.backend.expiry.run()
    gone = rig.recording(recording)
    assert (gone["status"]["code"], rig.stored()) == ("deleted", (0, 0))
    assert gone["media_shortcuts"] == dict.fromkeys(shown["media_shortcuts"])


def test_expiry_is_told_and_metadata_stays(rig: Rig, recording: Path) -> None:
    events = ["recording.deleted", "video_mixed.deleted"]
    rig.client.post("webhook_endpoint/", json={"url": "http://localhost:9/", "events": events})
    rig.complete(recording, {"retention": {"type": "timed"}, "metadata": {"owner": "7"}})
    rig.clock.now_s += 168 * HOUR_S
    for _ in range(2):
        rig.backend.expiry.run()
    with rig.backend.store.transaction() as transaction:
        assert sorted(message.event for message in transaction.find(WebhookMessage)) == events
    assert rig.recording(recording)["metadata"] == {"owner": "7"}


@pytest.mark.parametrize("config", [{}, {"retention": {"type": "forever"}}])
def test_for_ever(rig: Rig, recording: Path, config: dict[str, Any]) -> None:
    assert rig.complete(recording, config)["expires_at"] is None
    rig.clock.now_s += 1_000_000 * HOUR_S
    rig.backend.expiry.run()
    assert rig.stored() == (9, 9)


def test_zero_data_retention_keeps_nothing_from_the_moment_it_is_complete(rig: Rig, recording: Path) -> None:
    shown = rig.complete(recording, {"retention": None})
    assert shown["status"]["code"] == "deleted"
    assert rig.stored() == (0, 0)
    assert rig.client.get("video_mixed/", params={"status_code": "done"}).json()["results"] == []


def test_what_the_workspace_says_holds_for_those_that_say_nothing(rig: Rig, tmp_path: Path) -> None:
    timed = {"type": "timed", "hours": 5}
    assert rig.client.get("workspace/").json()["retention"] == {"type": "forever"}
    assert rig.client.patch("workspace/", json={"retention": timed}).json()["retention"] == timed
    silent, outspoken = make_recording(tmp_path, paths=("audio_mixed.mp3",)), make_recording(tmp_path, seed=2)
    assert rig.complete(silent)["expires_at"] == iso_utc(rig.clock.now_s + 5 * HOUR_S)
    assert rig.complete(outspoken, {"retention": {"type": "forever"}})["expires_at"] is None
    rig.clock.now_s += 5 * HOUR_S
    rig.backend.expiry.run()
    assert rig.stored() == (9, 9)
    assert rig.client.patch("workspace/", json={"retention": {"type": "timed", "hours": "x"}}).status_code == 400
    assert rig.client.patch("workspace/", json={"retention": None}).json()["retention"] == {"type": "forever"}


def test_a_failed_recording_expires_too(rig: Rig, tmp_path: Path) -> None:
    directory = make_recording(tmp_path, status=RecordingStatus.FAILED)
    rig.complete(directory, {"retention": {"type": "timed", "hours": 1}})
    rig.clock.now_s += HOUR_S
    rig.backend.expiry.run()
    assert rig.stored() == (0, 0)


def test_completing_again_moves_no_date(rig: Rig, recording: Path) -> None:
    first = rig.complete(recording, {"retention": {"type": "timed", "hours": 2}})
    rig.clock.now_s += HOUR_S
    assert rig.complete(recording)["expires_at"] == first["expires_at"]
