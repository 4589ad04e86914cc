"""What a page reads comes from the backend itself, wherever it lies: of another server's documents it sees nothing."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.fakes.recording_directory import make_recording
from tests.uploader.rig import download, served
from tests.uploader.s3.backend import PART_BYTES
from tests.uploader.s3.store import BUCKET, Store
from uploader.backend.locations import Places
from uploader.backend.part_store import S3Options
from uploader.destinations.s3_multipart import S3MultipartDestination
from uploader.ledger import Ledger
from uploader.uploader import deliver

pytestmark = pytest.mark.timeout(400)  # the first use installs what is tested against


def test_documents_and_the_pages_policy(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", store.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", store.secret_key)
    directory = make_recording(tmp_path, paths=("audio_mixed.mp3", "transcript.json"))
    options = S3Options(BUCKET, store.endpoint, part_bytes=PART_BYTES)
    with (
        served(tmp_path / "backend", places=Places(media=options)) as service,
        service.client(service.backend.api_key) as client,
    ):
        with (
            S3MultipartDestination(f"s3+{service.url}", service.backend.api_key) as destination,
            Ledger(None) as ledger,
        ):
            deliver(directory, destination, ledger)
        shortcuts = client.get(f"recording/{directory.name}/").json()["media_shortcuts"]
        transcript = download(shortcuts["transcript"]["data"]["download_url"], Range="bytes=0-9")
        assert (transcript.status_code, transcript.content) == (206, (directory / "transcript.json").read_bytes()[:10])
        sound = download(shortcuts["audio_mixed"]["data"]["download_url"])
        assert (sound.status_code, urlsplit(sound.headers["Location"]).netloc) == (307, urlsplit(store.endpoint).netloc)
        assert f"media-src 'self' {store.endpoint};" in download(service.url).headers["Content-Security-Policy"]
        assert [each["id"] for each in client.get("recording/?search=morning").json()["results"]] == [directory.name]
