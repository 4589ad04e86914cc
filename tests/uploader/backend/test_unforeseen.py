"""What nobody foresaw is logged, costs what it befell, and ends no thread."""

import queue
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import pytest

from tests.fakes.recording_directory import make_recording
from tests.uploader.backend.in_process import in_process
from tests.uploader.backend.receiver import Receiver
from tests.uploader.backend.transcribing import SAID, Scripted, ScriptedWork, TranscribingBackend
from tests.uploader.rig import open_upload, upload_recording
from uploader.backend import Backend, open_backend
from uploader.backend.keys import SigningKey
from uploader.backend.retention import Expiry
from uploader.backend.transcription import Hearing, Wish
from uploader.backend.upkeep import Upkeep
from uploader.backend.webhook_sender import WebhookSender

UNFORESEEN = RuntimeError("nobody has thought of this")


@dataclass
class FailingOnce:
    """In place of ``Expiry``: tells of each run."""

    runs: queue.SimpleQueue[int] = field(default_factory=queue.SimpleQueue)
    count: int = 0

    def run(self) -> None:
        self.count += 1
        self.runs.put(self.count)
        if self.count == 1:
            raise UNFORESEEN


class Failing(SigningKey):
    """For one endpoint's webhooks."""

    def __init__(self, endpoint_id: str) -> None:
        super().__init__("secret")
        self._endpoint_id = endpoint_id

    def webhook_secret(self, endpoint_id: str) -> str:
        if endpoint_id == self._endpoint_id:
            raise UNFORESEEN
        return super().webhook_secret(endpoint_id)


@dataclass(frozen=True)
class FailingFirst(Scripted):
    """An engine that is broken, until it is not."""

    troubles: list[Exception] = field(default_factory=lambda: [UNFORESEEN])

    def begin(self, folder: Path, wish: Wish, hearing: Hearing) -> ScriptedWork:
        if self.troubles:
            raise self.troubles.pop()
        return super().begin(folder, wish, hearing)


def test_upkeep_goes_on(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    expiry = FailingOnce()
    with closing(open_backend(tmp_path)) as opened:
        backend: Backend = replace(opened, expiry=cast("Expiry", expiry))
        with Upkeep(backend):
            assert expiry.runs.get(timeout=30) == 1
            backend.outbox.filled.set()
            assert expiry.runs.get(timeout=30) == 2
    assert str(UNFORESEEN) in caplog.text


def test_what_befalls_one_webhook_befalls_no_other(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with (
        closing(open_backend(tmp_path)) as backend,
        in_process(backend, backend.api_key) as client,
        Receiver() as receiver,
    ):
        first, second = (client.post("webhook_endpoint/", json={"url": receiver.url}).json()["id"] for _ in range(2))
        open_upload(client)
        sender = WebhookSender(backend.store, Failing(first), backend.now_s)
        assert sender.send_due() == 2
        assert [each.event for each in receiver.received] == ["recording.processing"]
        listed = client.get("webhook_delivery/").json()["results"]
    assert {each["endpoint_id"]: each["status"] for each in listed} == {first: "pending", second: "delivered"}
    assert all(each["attempts"] == 1 for each in listed)
    assert "RuntimeError" in caplog.text


def test_a_transcript_that_failed_for_an_unknown_reason_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = FailingFirst()
    with closing(open_backend(tmp_path / "data")) as backend, TranscribingBackend(backend, engine) as served:
        directory = make_recording(tmp_path, paths=("video_mixed.mp4",))
        upload_recording(served.service, served.client, directory)
        first = served.asked(directory.name)
        assert served.told() == ("transcript.failed", first, "internal_error")
        second = served.asked(directory.name)
        engine.begun().outcomes.put(SAID)
        assert served.told() == ("transcript.done", second, None)
    assert str(UNFORESEEN) in caplog.text
