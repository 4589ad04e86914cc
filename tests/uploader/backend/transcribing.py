"""A transcriber that does what a test says, when it says so."""

import json
import queue
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from tests.uploader.backend.receiver import Receiver
from tests.uploader.rig import Service
from uploader.backend import Backend
from uploader.backend.server import BackendThread
from uploader.backend.transcript_requests import OPTIONS
from uploader.backend.transcription import Hearing, Made, Transcriber, TranscriptFailed, Wish

SAID: list[dict[str, Any]] = [{"participant": {"id": 100, "name": "Ada"}, "words": [{"text": "Morning"}]}]
NOTHING: list[dict[str, Any]] = []
EVENTS = ["transcript.processing", "transcript.done", "transcript.failed", "transcript.deleted"]
ASKED: dict[str, Any] = {"provider": {"recallai_async": {}}}

Outcome = list[dict[str, Any]] | TranscriptFailed | None


@dataclass(frozen=True)
class ScriptedWork:
    folder: Path
    wish: Wish
    hearing: Hearing
    outcomes: queue.SimpleQueue[Outcome] = field(default_factory=queue.SimpleQueue)

    def stop(self) -> None:
        self.outcomes.put(None)

    def result(self) -> Made | None:
        outcome = self.outcomes.get(timeout=30)
        if isinstance(outcome, TranscriptFailed):
            raise outcome
        if outcome is None:
            return None
        made = Made(self.folder / "transcript.json", self.folder / "provider_data.json")
        made.transcript.write_text(json.dumps(outcome))
        made.provider_data.write_text('{"parts": []}')
        return made


@dataclass(frozen=True)
class Scripted:
    providers: Collection[str] = frozenset({"recallai_async", "deepgram_async"})
    works: queue.SimpleQueue[ScriptedWork] = field(default_factory=queue.SimpleQueue)

    def begin(self, folder: Path, wish: Wish, hearing: Hearing) -> ScriptedWork:
        work = ScriptedWork(folder, wish, hearing)
        self.works.put(work)
        return work

    def begun(self) -> ScriptedWork:
        """Waits for the next one."""
        return self.works.get(timeout=30)


@dataclass(frozen=True)
class Untalented:
    """Fails at once, whatever it is asked for."""

    providers: Collection[str] = frozenset(OPTIONS)

    def begin(self, folder: Path, wish: Wish, hearing: Hearing) -> ScriptedWork:
        del folder, wish, hearing
        raise TranscriptFailed("engine_missing")


class TranscribingBackend:
    """A context manager: served, with a transcriber, and what it tells by webhooks received."""

    def __init__(self, backend: Backend, transcriber: Transcriber) -> None:
        self.backend = replace(backend, transcriber=transcriber)
        self._thread = BackendThread(self.backend)
        self._receiver = Receiver()

    def __enter__(self) -> Self:
        self._receiver.__enter__()
        self._thread.__enter__()
        self.service = Service(self.backend, self._thread.url)
        self.client = self.service.client(self.backend.api_key)
        hook = self.client.post("webhook_endpoint/", json={"url": self._receiver.url, "events": EVENTS})
        assert hook.status_code == 201, hook.text
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()
        self._thread.__exit__(kind, error, trace)
        self._receiver.__exit__(kind, error, trace)

    def ask(self, recording_id: str, document: Mapping[str, Any] = ASKED) -> httpx.Response:
        return self.client.post(f"recording/{recording_id}/create_transcript/", json=document)

    def asked(self, recording_id: str, document: Mapping[str, Any] = ASKED) -> str:
        """The new transcript's id."""
        response = self.ask(recording_id, document)
        assert response.status_code == 200, response.text
        assert response.json()["status"]["code"] == "processing"
        assert self.told() == ("transcript.processing", response.json()["id"], None)
        return str(response.json()["id"])

    def told(self) -> tuple[str, str, str | None]:
        """The next webhook: its event, which transcript, and the ``sub_code``."""
        document = self._receiver.next().document
        return document["event"], document["data"]["transcript"]["id"], document["data"]["data"]["sub_code"]

    def transcript(self, transcript_id: str) -> dict[str, Any]:
        shown: dict[str, Any] = self.client.get(f"transcript/{transcript_id}/").json()
        return shown

    def shown(self, recording_id: str) -> str | None:
        """The id of the one that the recording itself names."""
        shortcut = self.client.get(f"recording/{recording_id}/").json()["media_shortcuts"]["transcript"]
        return shortcut["id"] if shortcut else None
