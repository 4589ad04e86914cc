import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from capture.manifest import MANIFEST_NAME, read_manifest, write_manifest
from capture.recording import MediaKind, Meeting, RecordingStatus
from tests.uploader.rig import manifest
from uploader.claim import is_inner_path, parse_claim, read_claim
from uploader.errors import InvalidManifest


def test_a_claim_says_what_the_manifest_says(recording: Path) -> None:
    claim = read_claim(recording)
    truth = read_manifest(recording)
    assert claim.recording_id == truth.spec.id
    assert claim.status is RecordingStatus.COMPLETE
    assert claim.media == truth.media
    assert (claim.started_at, claim.completed_at) == (truth.started_at, truth.completed_at)
    assert claim.duration_ns == truth.duration_ns
    assert claim.bytes_total == sum(media.bytes for media in truth.media)


def test_small_media_objects_are_delivered_first(recording: Path) -> None:
    sizes = [media.bytes for media in read_claim(recording).deliverable]
    assert sizes == sorted(sizes)
    assert read_claim(recording).deliverable[-1].kind is MediaKind.VIDEO_MIXED


def test_only_media_objects_that_are_done_are_delivered(recording: Path) -> None:
    document = manifest(recording)
    document["media"][0] |= {"status": "failed", "sha256": ""}
    claim = parse_claim(document)
    assert len(claim.media) == len(claim.deliverable) + 1
    assert document["media"][0]["path"] not in {media.path for media in claim.deliverable}


def test_what_a_newer_recorder_adds_is_passed_over(recording: Path) -> None:
    document = manifest(recording) | {"version": 99, "novelty": {"a": 1}}
    assert parse_claim(document).media == read_claim(recording).media
    assert parse_claim(document).document["novelty"] == {"a": 1}


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("status", "code"), "asleep", "status.code"),
        (("status",), None, "status"),
        (("spec", "id"), "", "spec.id"),
        (("started_at",), "yesterday", "started_at"),
        (("completed_at",), "0001-01-01T00:00:00+14:00", "completed_at"),
        (("duration_ns",), 2**63, "duration_ns"),
        (("duration_ns",), -1, "duration_ns"),
        (("duration_ns",), True, "duration_ns"),
        (("media",), {}, "media"),
        (("media", 0, "kind"), "hologram", "media.0.kind"),
        (("media", 0, "bytes"), "7", "media.0.bytes"),
        (("media", 0, "sha256"), "ABC", "media.0.sha256"),
        (("media", 0, "path"), "../elsewhere", "media.0.path"),
        (("media", 0, "path"), "participants.json", "media"),
    ],
)
def test_a_field_at_fault_is_named(recording: Path, path: tuple[Any, ...], value: object, field: str) -> None:
    document: Any = manifest(recording)
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(InvalidManifest) as caught:
        parse_claim(document)
    assert list(caught.value.fields) == [field]


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "[" * 100_000])
def test_a_file_that_holds_no_manifest(recording: Path, text: str) -> None:
    (recording / MANIFEST_NAME).write_text(text)
    with pytest.raises(InvalidManifest):
        read_claim(recording)


def test_a_folder_without_a_manifest(tmp_path: Path) -> None:
    with pytest.raises(InvalidManifest):
        read_claim(tmp_path)


@pytest.mark.parametrize("path", ["video.mp4", "audio_separate/system.ogg", "ä b/c"])
def test_inner_paths(path: str) -> None:
    assert is_inner_path(path)


@pytest.mark.parametrize("path", ["", "/etc/passwd", "a/../b", "..", "./a", "a//b", "a/", "C:/a", "a\\b", "a\0", 'a"b'])
def test_paths_that_lead_elsewhere(path: str) -> None:
    assert not is_inner_path(path)


def test_the_document_survives_the_wire(recording: Path) -> None:
    claim = read_claim(recording)
    assert parse_claim(json.loads(json.dumps(claim.document))) == claim


def test_titles_and_names_are_in_no_repr(recording: Path) -> None:
    manifest = read_manifest(recording)
    named = replace(manifest.spec, meeting=Meeting("Planning", url="https://meet.example/abc"), participant_name="Ada")
    write_manifest(replace(manifest, spec=named), recording)
    shown = repr((read_claim(recording), read_manifest(recording)))
    assert not [word for word in ("Planning", "meet.example", "Ada") if word in shown]
