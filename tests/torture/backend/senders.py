"""Senders that go on whatever happens to the server, and remember what it has acknowledged."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

from capture.manifest import read_manifest, write_manifest
from tests.fakes.recording_directory import make_recording
from tests.uploader.rig import BODY_TYPE, NO_TLS, encode_metadata, manifest

PATHS = ("video_mixed.mp4", "audio_mixed.mp3", "participants.json", "meeting_metadata.json")
JOINED = "audio_mixed.mp3"
"""This one is sent as two parts, which the server joins."""

AGAIN = frozenset({409, 423, 429, 503})
BREATH_S = 0.02


@dataclass
class Found:
    """What must not be, and what was. Guarded by ``lock``."""

    problems: list[str] = field(default_factory=list)
    acknowledged: int = 0
    """Answers that said that bytes are kept."""
    completed: dict[str, dict[str, str]] = field(default_factory=dict)
    """The digests by path of every recording whose completion was acknowledged."""
    begun: dict[str, dict[str, str]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    answers: int = 0
    """To requests of any kind."""
    lock: threading.Condition = field(default_factory=threading.Condition)

    def answered(self) -> None:
        with self.lock:
            self.answers += 1
            self.lock.notify_all()

    def wait_for(self, answers: int, limit_s: float) -> None:
        with self.lock:
            self.lock.wait_for(lambda: self.answers >= answers, limit_s)

    def blame(self, problem: str) -> None:
        with self.lock:
            self.problems.append(problem)


class Sender:
    """One thread's; delivers one recording after another until ``is_over``, and deletes every third."""

    def __init__(self, url: str, api_key: str, folder: Path, chance: random.Random, found: Found) -> None:
        self._base = f"{url}/api/v1/"
        self._key = {"Authorization": f"Token {api_key}"}
        self._folder = folder
        self._chance = chance
        self._found = found
        self._client = httpx.Client(trust_env=False, verify=NO_TLS, timeout=20)

    def run(self, is_over: Callable[[], bool]) -> None:
        number = 0
        with self._client:
            while not is_over():
                number += 1
                directory = self._recording(number)
                self._deliver(directory)
                if number % 3 == 0:
                    self._delete(directory.name)

    def _recording(self, number: int) -> Path:
        size_bytes = self._chance.randrange(100_000, 3_000_000)
        directory = make_recording(self._folder / str(number), video_bytes=size_bytes, paths=PATHS)
        before = read_manifest(directory)
        write_manifest(replace(before, spec=replace(before.spec, participant_name=f"sender {number}")), directory)
        digests = {media["path"]: media["sha256"] for media in manifest(directory)["media"]}
        with self._found.lock:
            self._found.begun[directory.name] = digests
        return directory

    def _deliver(self, directory: Path) -> None:
        upload = self._ask("POST", "sdk_upload/", json={"recording_id": directory.name}).json()
        token = {"Authorization": f"Token {upload['upload_token']}", "Tus-Resumable": "1.0.0"}
        base = f"sdk_upload/{upload['id']}/"
        for media in manifest(directory)["media"]:
            data = (directory / media["path"]).read_bytes()
            metadata = encode_metadata({name: media[name] for name in ("kind", "sha256")} | {"filename": media["path"]})
            if media["path"] == JOINED:
                self._joined(base, token, metadata, data)
            else:
                self._sent(base, {**token, "Upload-Metadata": metadata}, token, data)
        answer = self._ask("POST", f"{base}complete/", json=manifest(directory))
        told = {media["path"]: media["sha256"] for media in answer.json()["media"]}
        with self._found.lock:
            self._found.completed[directory.name] = told
        if told != self._found.begun[directory.name]:
            self._found.blame(f"{directory.name}: other digests were verified than were sent")

    def _joined(self, base: str, token: dict[str, str], metadata: str, data: bytes) -> None:
        """What was joined in an answer that was lost is joined once more: the parts may be gone by then."""
        while True:
            partial = {**token, "Upload-Concat": "partial"}
            half = len(data) // 2
            parts = [self._sent(base, partial, token, piece) for piece in (data[:half], data[half:])]
            joined = {**token, "Upload-Metadata": metadata, "Upload-Concat": f"final;{' '.join(parts)}"}
            if self._ask("POST", f"{base}media/", may_be_gone=True, headers=joined).status_code == 201:
                return

    def _sent(self, base: str, headers: dict[str, str], token: dict[str, str], data: bytes) -> str:
        created = {**headers, "Upload-Length": str(len(data))}
        address = self._ask("POST", f"{base}media/", headers=created).headers["Location"]
        offset, kept = 0, 0
        while offset < len(data):
            size_bytes = self._chance.choice((1000, 100_000, 700_000))
            try:
                body = data[offset : offset + size_bytes]
                headers = {**token, "Content-Type": BODY_TYPE, "Upload-Offset": str(offset)}
                answer = self._client.patch(address, headers=headers, content=body)
            except httpx.TransportError:
                answer = None
            self._found.answered()
            if answer is not None and answer.status_code == 204:
                offset = kept = int(answer.headers["Upload-Offset"])
                with self._found.lock:
                    self._found.acknowledged += 1
                continue
            offset = int(self._ask("HEAD", address, headers=token).headers["Upload-Offset"])
            if not kept <= offset <= len(data):
                self._found.blame(f"{kept} bytes were acknowledged, and {offset} are there")
        return address

    def _delete(self, recording_id: str) -> None:
        with self._found.lock:
            self._found.deleted.add(recording_id)
        self._ask("DELETE", f"recording/{recording_id}/")

    def _ask(self, method: str, path: str, *, may_be_gone: bool = False, **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's
        """Until it is answered. Whatever is refused for good fails the course."""
        headers = {**self._key, **options.pop("headers", {})}
        while True:
            try:
                answer = self._client.request(method, httpx.URL(self._base).join(path), headers=headers, **options)
            except httpx.TransportError:
                time.sleep(BREATH_S)
                continue
            self._found.answered()
            if answer.status_code in AGAIN and not may_be_gone:
                time.sleep(BREATH_S)
                continue
            if answer.is_success or (may_be_gone and answer.status_code in {404, *AGAIN}):
                return answer
            message = f"{method} {path}: {answer.status_code} {answer.text[:200]}"
            raise AssertionError(message)
