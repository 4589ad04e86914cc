"""Several processes on one database and one store: any of them answers anything, and takes over from any other."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fakes.recording_directory import make_recording
from tests.uploader.backend.in_process import in_process
from tests.uploader.postgresql import Cluster
from tests.uploader.rig import BODY_TYPE, NO_TLS, announced, encode_metadata, manifest, sha256
from tests.uploader.s3.store import BUCKET, Store, rclone
from uploader.backend import Backend, open_backend
from uploader.backend.locations import DATABASE_URL, DatabaseLocation, Places
from uploader.errors import DatabaseUnusable

SECRETS = ("api_key", "signing_key")
VIDEO_BYTES = 20_000_000
MIB = 1024 * 1024
PART_BYTES = 16 * MIB

pytestmark = pytest.mark.timeout(400)  # the first use installs what is tested against


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with rclone(tmp_path / "store") as store:
        yield store


@pytest.fixture
def database(cluster: Cluster) -> Iterator[DatabaseLocation]:
    with cluster.database() as database:
        yield database


@contextmanager
def process(data: Path, database: DatabaseLocation, store: Store) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The program as it is deployed; its address."""
    media = f"s3://{BUCKET}/team?endpoint={store.endpoint}"
    command = [sys.executable, "-m", "uploader", "serve", "--json", "--data", str(data), "--media-url", media]
    environment = {
        **os.environ,
        DATABASE_URL: database.url.render_as_string(hide_password=False),
        "AWS_ACCESS_KEY_ID": store.access_key,
        "AWS_SECRET_ACCESS_KEY": store.secret_key,
    }
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield json.loads(process.stdout.readline())["url"], process
        finally:
            process.kill()


def caller(url: str, key: str) -> httpx.Client:
    return httpx.Client(
        base_url=f"{url}/api/v1/",
        headers={"Authorization": f"Token {key}", "Tus-Resumable": "1.0.0"},
        trust_env=False,
        timeout=60,
        verify=NO_TLS,
    )


def with_secrets_of(data: Path, other: Path) -> Path:
    other.mkdir()
    for name in SECRETS:
        shutil.copy(data / name, other / name)
    return other


def test_a_process_that_is_killed_is_followed_by_another(
    tmp_path: Path, database: DatabaseLocation, store: Store
) -> None:
    """One gets the beginning of a file and is killed while more comes; another, with an empty disk, gets the rest."""
    directory = make_recording(tmp_path, video_bytes=VIDEO_BYTES, paths=("video_mixed.mp4",))
    (media,) = manifest(directory)["media"]
    content = (directory / "video_mixed.mp4").read_bytes()
    with ExitStack() as stack:
        first_url, first = stack.enter_context(process(tmp_path / "first", database, store))
        second_data = with_secrets_of(tmp_path / "first", tmp_path / "second")
        second_url, _ = stack.enter_context(process(second_data, database, store))
        key = (tmp_path / "first" / "api_key").read_text().strip()
        one, other = (stack.enter_context(caller(url, key)) for url in (first_url, second_url))
        upload = one.post("sdk_upload/", json={"recording_id": directory.name}).json()
        path = tus_path(other, upload, len(content), announced(media))
        tus = {"Authorization": f"Token {upload['upload_token']}", "Content-Type": BODY_TYPE}
        half = 18 * MIB

        def known() -> int:
            return int(other.head(path, headers=tus).headers["Upload-Offset"])

        with pytest.raises(httpx.TransportError):
            one.patch(path, headers={**tus, "Upload-Offset": "0"}, content=cut_off(content[:half], first, known))
        offset = known()
        sent = other.patch(path, headers={**tus, "Upload-Offset": str(offset)}, content=content[offset:])
        assert sent.status_code == 204, sent.text
        done = other.post(f"sdk_upload/{upload['id']}/complete/", json=manifest(directory))
        assert done.status_code == 200, done.text
        assert done.json()["media"][0]["sha256"] == sha256(content)
        url = done.json()["recording"]["media_shortcuts"]["video_mixed"]["data"]["download_url"]
        assert httpx.get(url, trust_env=False, verify=NO_TLS, follow_redirects=True).content == content


def tus_path(client: httpx.Client, upload: dict[str, Any], length: int, metadata: dict[str, str]) -> str:
    """Below ``/api/v1/``: the same at every process."""
    headers = {"Upload-Length": str(length), "Upload-Metadata": encode_metadata(metadata)}
    headers["Authorization"] = f"Token {upload['upload_token']}"
    response = client.post(f"sdk_upload/{upload['id']}/media/", headers=headers)
    assert response.status_code == 201, response.text
    return str(response.headers["Location"]).partition("/api/v1/")[2]


def cut_off(content: bytes, process: subprocess.Popen[str], known: Callable[[], int]) -> Iterator[bytes]:
    """Kills whoever reads this, once another knows of the first part of it."""
    yield content
    deadline_s = time.monotonic() + 60
    while known() < PART_BYTES:
        assert time.monotonic() < deadline_s
        time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    yield b"nobody reads this"


@pytest.fixture
def pair(
    tmp_path: Path, database: DatabaseLocation, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Backend, Backend]]:
    """Two on one database, as two processes are."""
    monkeypatch.delenv(DATABASE_URL, raising=False)
    with closing(open_backend(tmp_path / "one", places=Places(database))) as one:
        other_data = with_secrets_of(tmp_path / "one", tmp_path / "other")
        with closing(open_backend(other_data, places=Places(database))) as other:
            yield one, other


def test_of_all_processes_one_writes_to_a_file(pair: tuple[Backend, Backend]) -> None:
    one, other = pair
    with in_process(one, one.api_key) as client:
        upload = client.post("sdk_upload/").json()
    with in_process(other, upload["upload_token"]) as client:
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "5"}
        path = client.post(f"sdk_upload/{upload['id']}/media/", headers=headers).headers["Location"]
        file_id = path.rstrip("/").rpartition("/")[2]
        patch = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": BODY_TYPE}
        with one.intake.lock(file_id):
            assert client.patch(path, headers=patch, content=b"bytes").status_code == 423
            other.intake.withdraw_all(upload["id"])
            assert client.head(path, headers=patch).status_code == 200
        assert client.patch(path, headers=patch, content=b"bytes").status_code == 204


def test_rates_are_counted_together(pair: tuple[Backend, Backend]) -> None:
    one, other = pair
    with in_process(one, one.api_key) as first, in_process(other, one.api_key) as second:
        answers = [client.get("recording/").status_code for client in (first, second) * 31]
    assert answers == [200] * 60 + [429] * 2


def test_what_is_due_is_done_by_one(pair: tuple[Backend, Backend]) -> None:
    """Whoever comes second to a queue passes over what the first one holds."""
    one, other = pair
    with in_process(one, one.api_key) as client:
        hook = client.post("webhook_endpoint/", json={"url": "http://localhost:9/"}).json()
        client.post(f"webhook_endpoint/{hook['id']}/test/")
    with one.store.transaction() as first, other.store.transaction() as second:
        assert len(first.due_deliveries("9999", 10)) == 1
        assert second.due_deliveries("9999", 10) == []
    with other.store.transaction() as transaction:
        assert len(transaction.due_deliveries("9999", 10)) == 1


def test_another_signing_key_is_refused_at_the_start(tmp_path: Path, database: DatabaseLocation) -> None:
    open_backend(tmp_path / "one", places=Places(database)).close()
    with pytest.raises(DatabaseUnusable, match="signing_key_differs"):
        open_backend(tmp_path / "stranger", places=Places(database))


def test_a_database_that_is_not_there(tmp_path: Path, cluster: Cluster) -> None:
    with pytest.raises(DatabaseUnusable, match="no_such_database"):
        open_backend(tmp_path / "data", places=Places(cluster.location("no_such_database")))
