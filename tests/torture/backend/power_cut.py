"""The power fails under a backend: what it acknowledged is on the disk, and so is the row that says so."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.fakes.recording_directory import make_recording
from tests.torture.delivery.course import ROOT
from tests.torture.power_cut import Disk, compile_shim
from tests.uploader.rig import BODY_TYPE, NO_TLS, encode_metadata, manifest, sha256
from uploader.backend import open_backend
from uploader.backend.tables import Recording, StoredFile


@dataclass(frozen=True)
class Kept:
    """After the cut. ``begun``: what is there of the file under way. ``done``: the digests of the complete ones."""

    begun: bytes
    done: dict[str, str]
    status: str


@contextmanager
def _serving(folder: Path, disk: Disk) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """Under a shim that keeps what was synced, and nothing else."""
    disk.live.mkdir(parents=True)
    disk.shadow.mkdir()
    environment = {**os.environ, "LD_PRELOAD": str(compile_shim(folder)), "SHADOW": str(disk.shadow)}
    command = [sys.executable, "-m", "uploader", "serve", "--json", "--data", str(disk.live / "data")]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            told = json.loads(process.stdout.readline() if process.stdout else "")
            headers = {"Authorization": f"Token {told['api_key']}"}
            base_url = f"{told['url']}/api/v1/"
            with httpx.Client(base_url=base_url, headers=headers, trust_env=False, verify=NO_TLS, timeout=60) as api:
                yield process, api
        finally:
            process.kill()


def cut_power(folder: Path, size_bytes: int) -> tuple[Kept, Path, bytes]:
    """One recording is complete, and of a file so much acknowledged, when it happens. Gives what was sent, too."""
    disk = Disk(folder / "live", folder / "shadow")
    directory = make_recording(folder / "recordings", paths=("video_mixed.mp4", "participants.json"))
    sent = os.urandom(size_bytes)
    with _serving(folder, disk) as (process, api):
        _upload(api, directory)
        upload = api.post("sdk_upload/").json()
        token = {"Authorization": f"Token {upload['upload_token']}", "Tus-Resumable": "1.0.0"}
        created = {**token, "Upload-Length": str(2 * size_bytes)}
        address = api.post(f"sdk_upload/{upload['id']}/media/", headers=created).headers["Location"]
        answer = api.patch(address, headers={**token, "Content-Type": BODY_TYPE, "Upload-Offset": "0"}, content=sent)
        assert answer.headers["Upload-Offset"] == str(size_bytes), answer.text
        process.kill()
        process.wait()
    left = folder / "left"
    disk.after_the_cut(left)
    return _kept(left / "data", address.rstrip("/").rpartition("/")[2], directory.name), directory, sent


def _upload(api: httpx.Client, directory: Path) -> None:
    upload = api.post("sdk_upload/", json={"recording_id": directory.name}).json()
    token = {"Authorization": f"Token {upload['upload_token']}", "Tus-Resumable": "1.0.0"}
    for media in manifest(directory)["media"]:
        data = (directory / media["path"]).read_bytes()
        headers = {
            **token,
            "Upload-Length": str(len(data)),
            "Content-Type": BODY_TYPE,
            "Upload-Metadata": encode_metadata({"filename": media["path"]}),
        }
        assert api.post(f"sdk_upload/{upload['id']}/media/", headers=headers, content=data).status_code == 201
    assert api.post(f"sdk_upload/{upload['id']}/complete/", json=manifest(directory)).status_code == 200


def _kept(data: Path, file_id: str, recording_id: str) -> Kept:
    with closing(open_backend(data)) as backend:
        with backend.store.transaction() as transaction:
            recording = transaction.get(Recording, recording_id)
            files = transaction.find(StoredFile)
        done = {each.path: sha256(backend.contents.read(each)) for each in files if each.media_id is not None}
        (begun,) = (backend.contents.durable(each) for each in files if each.id == file_id)
        assert recording is not None
        return Kept(backend.contents.read(begun)[: begun.offset], done, recording.status)
