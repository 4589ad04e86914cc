from pathlib import Path

import pytest

from app.library import manifests, recording_directory, recording_document, recording_text
from app.messages import Failure
from app.paths import Paths, find_paths
from capture.errors import ManifestError
from capture.manifest import Manifest, Status, read_manifest, write_manifest
from capture.recording import Meeting, RecordingId, RecordingSpec, RecordingStatus
from uploader.ledger import DeliveryStatus, Ledger


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths(tmp_path)


def keep(paths: Paths, name: str, started_at: str) -> Path:
    directory = paths.recordings / name
    directory.mkdir(parents=True)
    spec = RecordingSpec(RecordingId(name), directory, None, meeting=Meeting(title="Überblick 🎥"))
    write_manifest(Manifest(spec, Status(RecordingStatus.COMPLETE), started_at), directory)
    return directory


def test_the_newest_first_and_a_broken_one_does_not_hide_the_others(paths: Paths) -> None:
    keep(paths, "old", "2026-01-01T00:00:00.000Z")
    keep(paths, "new", "2026-02-01T00:00:00.000Z")
    broken = keep(paths, "broken", "2026-03-01T00:00:00.000Z")
    (broken / "recording.json").write_text("{")
    listed = list(manifests(paths))
    assert [each.spec.id for each in listed if isinstance(each, Manifest)] == ["new", "old"]
    assert [each.data["path"] for each in listed if isinstance(each, ManifestError)] == [str(broken / "recording.json")]


@pytest.mark.parametrize("name", ["", "..", ".", "../old", "old/..", "/etc", "a b", "nonesuch"])
def test_only_names_of_recordings_lead_to_folders(paths: Paths, name: str) -> None:
    keep(paths, "old", "2026-01-01T00:00:00.000Z")
    with pytest.raises(Failure, match="unknown_recording"):
        recording_directory(paths, name)
    assert recording_directory(paths, "old").name == "old"


def test_a_recording_is_shown_with_its_delivery(paths: Paths) -> None:
    manifest = read_manifest(keep(paths, "one", "2026-01-01T00:00:00.000Z"))
    with Ledger(None) as ledger:
        assert recording_document(manifest, ledger)["delivery"]["status"] == "none"
        owed = ledger.owe(manifest.spec.id, manifest.spec.directory, "https://recordings.example")
        document = recording_document(manifest, ledger)
    assert document["delivery"]["status"] == DeliveryStatus.QUEUED
    assert document["delivery"]["destination"] == owed.destination
    assert document["title"] == "Überblick 🎥"
    assert "https://recordings.example: queued" in recording_text(document)
