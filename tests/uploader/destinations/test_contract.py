"""What every destination keeps to, whatever is behind it."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from capture.recording import MediaObject
from tests.fakes.recording_directory import describe, make_recording, with_media
from tests.uploader.rig import Service, download, manifest, served, sha256
from uploader.claim import Claim, read_claim
from uploader.destinations.adopt import AdoptDestination
from uploader.destinations.base import Destination, RemoteUpload
from uploader.destinations.tus import TusDestination
from uploader.errors import DeliveryStopped, DigestMismatch, RetryableError, UploadMoved


@contextmanager
def over_http(service: Service) -> Iterator[Destination]:
    with TusDestination(service.url, service.backend.api_key) as destination:
        yield destination


@contextmanager
def on_this_machine(service: Service) -> Iterator[Destination]:
    yield AdoptDestination(service.backend)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with served(tmp_path_factory.mktemp("home")) as service:
        yield service


@pytest.fixture(params=[over_http, on_this_machine])
def destination(request: pytest.FixtureRequest, home: Service) -> Iterator[Destination]:
    with request.param(home) as destination:
        yield destination


def ignore(_: int) -> None:
    pass


def send(destination: Destination, upload: RemoteUpload, media: MediaObject, directory: Path) -> None:
    offset = destination.offset(upload, media)
    while offset < media.bytes:
        offset = destination.append(upload, media, directory / media.path, offset, ignore)


def send_all(destination: Destination, directory: Path) -> tuple[RemoteUpload, Claim]:
    claim = read_claim(directory)
    upload = destination.create(claim)
    for media in claim.deliverable:
        send(destination, upload, media, directory)
    return upload, claim


def video_of(home: Service, directory: Path) -> bytes:
    with home.client(home.backend.api_key) as client:
        shown = client.get(f"recording/{directory.name}/").json()
    return download(shown["media_shortcuts"]["video_mixed"]["data"]["download_url"]).content


def test_a_whole_recording(home: Service, destination: Destination, recording: Path) -> None:
    upload, claim = send_all(destination, recording)
    stored = destination.complete(upload, claim)
    told = {media.path: (media.sha256, media.bytes) for media in stored}
    assert told == {media["path"]: (media["sha256"], media["bytes"]) for media in manifest(recording)["media"]}
    assert upload.recording_id == recording.name
    assert video_of(home, recording) == (recording / "video_mixed.mp4").read_bytes()


def test_creating_again_leads_to_the_same_upload(destination: Destination, recording: Path) -> None:
    claim = read_claim(recording)
    assert destination.create(claim) == destination.create(claim)


def test_the_offset_survives_the_sender(home: Service, destination: Destination, recording: Path) -> None:
    upload, claim = send_all(destination, recording)
    opened = over_http if isinstance(destination, TusDestination) else on_this_machine
    with opened(home) as another:
        assert another.create(claim) == upload
        assert [another.offset(upload, media) for media in claim.deliverable] == [
            media.bytes for media in claim.deliverable
        ]
        assert len(another.complete(upload, claim)) == len(claim.deliverable)


def test_a_transfer_that_broke_off_is_taken_up(home: Service, destination: Destination, tmp_path: Path) -> None:
    directory = make_recording(tmp_path, video_bytes=6_000_000, paths=("video_mixed.mp4",))
    claim = read_claim(directory)
    (video,) = claim.deliverable
    upload = destination.create(claim)

    def break_off(_: int) -> None:
        raise DeliveryStopped

    with pytest.raises(DeliveryStopped):
        destination.append(upload, video, directory / video.path, 0, break_off)
    send_in_the_end(destination, upload, video, directory)
    destination.complete(upload, claim)
    assert sha256(video_of(home, directory)) == video.sha256


def send_in_the_end(destination: Destination, upload: RemoteUpload, media: MediaObject, directory: Path) -> None:
    """The other end learns of a broken connection a little later, and until then somebody seems to be writing."""
    deadline_s = time.monotonic() + 20
    while True:
        try:
            return send(destination, upload, media, directory)
        except UploadMoved:
            assert time.monotonic() < deadline_s


def test_completing_is_idempotent(home: Service, destination: Destination, recording: Path) -> None:
    upload, claim = send_all(destination, recording)
    assert destination.complete(upload, claim) == destination.complete(upload, claim)
    assert destination.offset(upload, claim.deliverable[-1]) == claim.deliverable[-1].bytes
    assert video_of(home, recording) == (recording / "video_mixed.mp4").read_bytes()


def test_completing_too_early_can_be_made_good(destination: Destination, recording: Path) -> None:
    claim = read_claim(recording)
    upload = destination.create(claim)
    with pytest.raises(RetryableError) as caught:
        destination.complete(upload, claim)
    assert caught.value.code == "upload_moved"
    send_all(destination, recording)
    assert destination.complete(upload, claim)


def test_a_wrong_digest_is_refused_and_its_bytes_are_dropped(destination: Destination, recording: Path) -> None:
    changed = bytearray((recording / "audio_mixed.mp3").read_bytes())
    changed[7] ^= 1
    truth = describe(recording, "audio_mixed.mp3")
    (recording / "audio_mixed.mp3").write_bytes(changed)
    upload, claim = send_all(destination, recording)
    with pytest.raises(DigestMismatch) as caught:
        destination.complete(upload, claim)
    assert caught.value.paths == ("audio_mixed.mp3",)
    changed[7] ^= 1
    (recording / "audio_mixed.mp3").write_bytes(changed)
    assert describe(recording, "audio_mixed.mp3") == truth
    assert destination.offset(upload, truth) == 0
    with pytest.raises(UploadMoved):
        destination.complete(upload, claim)
    send_all(destination, recording)
    assert destination.complete(upload, claim)


def test_aborting_leaves_nothing_of_what_was_not_complete(
    home: Service, destination: Destination, recording: Path
) -> None:
    blobs = home.backend.data / "blobs"
    before = set(blobs.rglob("*-*"))
    upload, claim = send_all(destination, recording)
    assert len(set(blobs.rglob("*-*")) - before) == len(claim.deliverable)
    destination.abort(upload)
    destination.abort(upload)
    assert set(blobs.rglob("*-*")) == before
    assert [destination.offset(upload, media) for media in claim.deliverable] == [0] * len(claim.deliverable)


def test_aborting_does_not_touch_what_is_complete(home: Service, destination: Destination, recording: Path) -> None:
    upload, claim = send_all(destination, recording)
    destination.complete(upload, claim)
    destination.abort(upload)
    assert video_of(home, recording) == (recording / "video_mixed.mp4").read_bytes()


def test_a_transcript_may_follow(destination: Destination, tmp_path: Path) -> None:
    directory = make_recording(tmp_path, paths=("video_mixed.mp4",))
    destination.complete(*send_all(destination, directory))
    (directory / "transcript.json").write_text(json.dumps([]))
    with_media(directory, tuple(describe(directory, path) for path in ("video_mixed.mp4", "transcript.json")))
    upload, claim = send_all(destination, directory)
    assert {media.path for media in destination.complete(upload, claim)} == {"video_mixed.mp4", "transcript.json"}


def test_an_empty_media_object(destination: Destination, tmp_path: Path) -> None:
    directory = make_recording(tmp_path, video_bytes=0, paths=("video_mixed.mp4",))
    upload, claim = send_all(destination, directory)
    (stored,) = destination.complete(upload, claim)
    assert (stored.bytes, stored.sha256) == (0, sha256(b""))


def test_names_hold_no_secret(home: Service, destination: Destination) -> None:
    assert home.backend.api_key not in destination.name + repr(destination)
    assert destination.name


def test_what_is_held_is_told_and_nothing_is_made_by_asking(
    home: Service, destination: Destination, recording: Path
) -> None:
    claim = read_claim(recording)
    assert destination.held(claim) == ()
    with home.client(home.backend.api_key) as client:
        assert client.get(f"recording/{recording.name}/").status_code == 404
    upload, _ = send_all(destination, recording)
    destination.abort(upload)
    with pytest.raises(UploadMoved):
        destination.held(claim)
    send_all(destination, recording)
    stored = destination.complete(upload, claim)
    assert destination.held(claim) == stored
