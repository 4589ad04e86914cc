"""Webhooks: written with the change, signed, tried again on a schedule, told to those who want them."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from capture.recording import MediaKind
from tests.uploader.backend.in_process import in_process
from tests.uploader.backend.receiver import Receiver
from tests.uploader.rig import START_S, FakeWallClock, manifest, open_upload, served
from uploader.backend import Backend, open_backend
from uploader.backend.intake import Announcement
from uploader.backend.locations import Places
from uploader.backend.tables import Recording, ResourceStatus
from uploader.backend.webhook_outbox import EVENTS
from uploader.backend.webhook_sender import RETRIES_S
from uploader.backend.webhook_tables import WebhookDelivery, WebhookEndpoint, WebhookMessage
from uploader.times import iso_utc

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86400
COMPLETE = [
    "sdk_upload.recording_started",
    "sdk_upload.recording_ended",
    *(
        f"{name}.done"
        for name in (
            "video_mixed",
            "audio_mixed",
            "audio_separate",
            "participant_events",
            "meeting_metadata",
            "transcript",
        )
    ),
    "recording.done",
    "sdk_upload.complete",
]


@dataclass(frozen=True)
class Rig:
    """A backend whose webhooks are sent when the test says so, by a clock that the test moves."""

    backend: Backend
    clock: FakeWallClock
    client: httpx.Client
    receiver: Receiver

    def hook(self, **fields: object) -> dict[str, Any]:
        response = self.client.post("webhook_endpoint/", json={"url": self.receiver.url, **fields})
        assert response.status_code == 201, response.text
        hook: dict[str, Any] = response.json()
        return hook

    def sent(self) -> list[str]:
        """What is taken in when all that is due is sent."""
        before = len(self.receiver.received)
        self.backend.webhooks.send_due()
        return self.receiver.events[before:]

    def log(self) -> dict[str, Any]:
        """Of the newest delivery."""
        newest = self.client.get("webhook_delivery/").json()["results"][0]
        log: dict[str, Any] = self.client.get(f"webhook_delivery/{newest['id']}/").json()
        return log


@pytest.fixture
def rig(tmp_path: Path, places: Places) -> Iterator[Rig]:
    """Without a server of its own: nothing but the test sends anything."""
    clock = FakeWallClock()
    with (
        closing(open_backend(tmp_path / "data", now_s=clock, places=places)) as backend,
        in_process(backend, backend.api_key) as client,
        Receiver() as receiver,
    ):
        yield Rig(backend, clock, client, receiver)


def complete(rig: Rig, directory: Path, **fields: object) -> dict[str, Any]:
    """By hard links, as this machine's own uploader does it."""
    upload = open_upload(rig.client, recording_id=directory.name, **fields)
    row = rig.backend.intake.open_upload(upload["id"])
    for media in manifest(directory)["media"]:
        announcement = Announcement(media["path"], MediaKind(media["kind"]), media["sha256"], media["bytes"])
        rig.backend.intake.adopt(rig.backend.intake.place(row, announcement), directory / media["path"])
    response = rig.client.post(f"sdk_upload/{upload['id']}/complete/", json=manifest(directory))
    assert response.status_code == 200, response.text
    return upload


def test_the_life_of_a_recording_is_told(rig: Rig, recording: Path) -> None:
    rig.hook()
    config = {"metadata": {"owner": "7"}, "video_mixed_mp4": {"metadata": {"kind": "video"}}}
    upload = complete(rig, recording, recording_config=config, metadata={"case": "A"})
    rig.client.delete(f"recording/{recording.name}/")
    events = rig.sent()
    deleted = [name.replace(".done", ".deleted") for name in COMPLETE if name.endswith(".done")]
    assert sorted(events) == sorted(["recording.processing", "sdk_upload.uploading", *COMPLETE, *deleted])
    told = {each.event: each.document["data"] for each in rig.receiver.received}
    owner = {"id": recording.name, "metadata": {"owner": "7"}}
    assert all(data["recording"] == owner for data in told.values())
    assert all(data["data"].keys() == {"code", "sub_code", "updated_at"} for data in told.values())
    assert told["video_mixed.done"]["video_mixed"]["metadata"] == {"kind": "video"}
    assert told["sdk_upload.complete"]["sdk_upload"] == {"id": upload["id"], "metadata": {"case": "A"}}
    assert told["recording.deleted"]["data"]["code"] == "deleted"
    assert set(told) <= EVENTS


def test_deliveries_are_in_the_order_of_the_changes(rig: Rig, recording: Path) -> None:
    rig.hook()
    complete(rig, recording)
    with rig.backend.store.transaction() as transaction:
        rows = transaction.due_deliveries(iso_utc(rig.clock.now_s), 100)
    assert [row.event for row in rows if row.event in COMPLETE] == COMPLETE


def test_live_endpoints_are_told_of(rig: Rig, recording: Path) -> None:
    rig.hook(events=["realtime_endpoint.running", "realtime_endpoint.done"])
    entry = {"type": "websocket", "url": "ws://localhost/", "events": ["transcript.data"], "metadata": {"a": "b"}}
    complete(rig, recording, recording_config={"realtime_endpoints": [entry]})
    assert sorted(rig.sent()) == ["realtime_endpoint.done", "realtime_endpoint.running"]
    assert rig.receiver.received[0].document["data"]["realtime_endpoint"]["metadata"] == {"a": "b"}


def test_it_is_signed_in_both_families_of_headers(rig: Rig) -> None:
    hook = rig.hook()
    open_upload(rig.client)
    assert rig.sent() == ["recording.processing"]
    (received,) = rig.receiver.received
    assert received.path == "/hook?token=x"
    assert all(received.is_signed(hook["secret"], family) for family in ("webhook", "svix"))
    assert not received.is_signed("whsec_" + "A" * 43 + "=", "webhook")
    assert received.headers["webhook-timestamp"] == str(int(START_S))
    assert rig.client.get(f"webhook_endpoint/{hook['id']}/secret/").json() == {"secret": hook["secret"]}
    assert "secret" not in rig.client.get(f"webhook_endpoint/{hook['id']}/").json()
    data = b"".join(path.read_bytes() for path in rig.backend.data.glob("backend.sqlite*"))
    assert hook["secret"].encode() not in data


def test_each_endpoint_is_told_what_it_wants(rig: Rig) -> None:
    picky = rig.hook(events=["recording.deleted"])
    rig.hook(events=["recording.processing", "recording.deleted"])
    recording_id = open_upload(rig.client)["recording_id"]
    assert rig.sent() == ["recording.processing"]
    rig.client.delete(f"recording/{recording_id}/")
    assert rig.sent() == ["recording.deleted"] * 2
    listed = rig.client.get("webhook_delivery/", params={"endpoint_id": picky["id"]}).json()["results"]
    assert [each["event"] for each in listed] == ["recording.deleted"]
    assert len(rig.client.get("webhook_delivery/", params={"event": "recording.deleted"}).json()["results"]) == 2
    assert rig.client.get("webhook_delivery/", params={"status_code": "failed"}).json()["results"] == []


def fail_and_roll_back(rig: Rig, recording_id: str) -> None:
    with rig.backend.store.transaction() as transaction:
        (row,) = transaction.find(Recording, id=[recording_id])
        transaction.change(row, status=ResourceStatus.FAILED, updated_at=row.updated_at)
        assert len(transaction.find(WebhookMessage)) == 2
        raise RuntimeError


def test_a_change_that_is_rolled_back_is_not_told(rig: Rig) -> None:
    rig.hook()
    recording_id = open_upload(rig.client)["recording_id"]
    rig.sent()
    with pytest.raises(RuntimeError):
        fail_and_roll_back(rig, recording_id)
    assert rig.sent() == []


def test_the_schedule(rig: Rig) -> None:
    """At once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h; the body and the id stay the same."""
    assert RETRIES_S == (5, 5 * MINUTE_S, 30 * MINUTE_S, 2 * HOUR_S, 5 * HOUR_S, 10 * HOUR_S, 10 * HOUR_S)
    rig.hook()
    open_upload(rig.client)
    rig.receiver.answer = 500
    assert len(rig.sent()) == 1
    for wait_s in RETRIES_S:
        rig.clock.now_s += wait_s - 1
        assert rig.sent() == []
        rig.clock.now_s += 1
        assert len(rig.sent()) == 1
    rig.clock.now_s += 30 * DAY_S
    assert rig.sent() == []
    log = rig.log()
    assert (log["status"], log["attempts"], log["next_attempt_at"]) == ("failed", 8, None)
    assert [each["answer"] for each in log["log"]] == [500] * 8
    assert len({(each.headers["webhook-id"], each.body) for each in rig.receiver.received}) == 1
    assert len({each.headers["webhook-timestamp"] for each in rig.receiver.received}) == 8


@pytest.mark.parametrize("answer", [302, 404, 410, 503])
def test_what_is_not_taken_is_sent_again(rig: Rig, answer: int) -> None:
    rig.hook()
    open_upload(rig.client)
    rig.receiver.answer = answer
    rig.sent()
    rig.receiver.answer = 204
    rig.clock.now_s += 5
    assert rig.sent() == ["recording.processing"]
    log = rig.log()
    assert (log["status"], [each["answer"] for each in log["log"]]) == ("delivered", [answer, 204])
    assert all(each.path == "/hook?token=x" for each in rig.receiver.received)
    rig.clock.now_s += DAY_S
    assert rig.sent() == []


def test_nobody_is_there(rig: Rig) -> None:
    rig.hook(url="http://127.0.0.1:9/")
    open_upload(rig.client)
    assert rig.sent() == []
    (attempt,) = rig.log()["log"]
    assert (attempt["answer"], attempt["error"]) == (None, "ConnectError")


def test_after_five_days_of_failures_an_endpoint_is_disabled(rig: Rig) -> None:
    hook = rig.hook(events=["recording.processing"])
    address = f"webhook_endpoint/{hook['id']}/"
    rig.receiver.answer = 500
    for _ in range(6):
        assert rig.client.get(address).json()["status"] == "active"
        open_upload(rig.client)
        assert rig.sent()
        rig.clock.now_s += DAY_S
    assert rig.client.get(address).json()["status"] == "disabled"
    rig.receiver.answer = 200
    open_upload(rig.client)
    assert rig.sent() == []
    enabled = rig.client.patch(address, json={"status": "active"}).json()
    assert (enabled["status"], enabled["failing_since"]) == ("active", None)
    open_upload(rig.client)
    assert rig.sent() == ["recording.processing"]


def test_one_success_in_five_days_is_enough(rig: Rig) -> None:
    hook = rig.hook(events=["recording.processing"])
    for day in range(12):
        rig.receiver.answer = 200 if day % 4 == 3 else 500
        open_upload(rig.client)
        rig.sent()
        rig.clock.now_s += DAY_S
    assert rig.client.get(f"webhook_endpoint/{hook['id']}/").json()["status"] == "active"


def test_replay_and_recovery(rig: Rig) -> None:
    hook = rig.hook()
    open_upload(rig.client)
    rig.receiver.answer = 500
    for wait_s in (0, *RETRIES_S):
        rig.clock.now_s += wait_s
        rig.sent()
    assert rig.log()["status"] == "failed"
    rig.receiver.answer = 200
    late = {"since": iso_utc(rig.clock.now_s)}
    recover = f"webhook_endpoint/{hook['id']}/recover/"
    assert rig.client.post(recover, json=late).json() == {"replayed": 0}
    assert rig.client.post(recover, json={"since": "soon"}).status_code == 400
    assert rig.client.post(recover, json={"since": iso_utc(START_S)}).json() == {"replayed": 1}
    assert rig.sent() == ["recording.processing"]
    assert rig.client.post(f"webhook_delivery/{rig.log()['id']}/replay/").status_code == 202
    assert rig.sent() == ["recording.processing"]
    assert len({each.headers["webhook-id"] for each in rig.receiver.received}) == 1


def test_a_test_goes_to_one_endpoint_alone(rig: Rig) -> None:
    hook, _ = rig.hook(events=["recording.done"]), rig.hook()
    assert rig.client.post(f"webhook_endpoint/{hook['id']}/test/").status_code == 202
    assert rig.sent() == ["webhook_endpoint.test"]


def test_a_sender_that_died_is_followed_by_another(rig: Rig) -> None:
    rig.hook()
    open_upload(rig.client)
    assert len(rig.backend.webhooks._claim()) == 1
    assert rig.sent() == []
    rig.clock.now_s += 121
    assert rig.sent() == ["recording.processing"]


def test_after_a_month_messages_are_forgotten(rig: Rig) -> None:
    rig.hook()
    open_upload(rig.client)
    rig.sent()
    rig.clock.now_s += 30 * DAY_S + 1
    rig.backend.webhooks.prune()
    assert rig.client.get("webhook_delivery/").json()["results"] == []


def test_an_endpoint_that_is_deleted_is_told_nothing_more(rig: Rig) -> None:
    hook = rig.hook()
    open_upload(rig.client)
    assert rig.client.delete(f"webhook_endpoint/{hook['id']}/").status_code == 204
    assert rig.sent() == []
    assert rig.client.get("webhook_endpoint/").json()["results"] == []
    assert rig.client.get("webhook_delivery/").json()["results"] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "ftp://host/"),
        ("url", "http://host?query"),
        ("url", 7),
        ("events", ["recording.flown"]),
        ("events", "recording.done"),
        ("events", [{}]),
        ("status", "asleep"),
        ("status", []),
        ("metadata", {"a": 1}),
    ],
)
def test_an_endpoint_that_makes_no_sense(rig: Rig, field: str, value: object) -> None:
    response = rig.client.post("webhook_endpoint/", json={"url": rig.receiver.url, field: value})
    assert (response.status_code, list(response.json())) == (400, [field])
    assert rig.client.post("webhook_endpoint/").json().keys() == {"url"}


def test_a_stranger_sees_nothing_of_them(client: httpx.Client, stranger: httpx.Client) -> None:
    hook = client.post("webhook_endpoint/", json={"url": "http://127.0.0.1:9/", "events": ["recording.failed"]}).json()
    address = f"webhook_endpoint/{hook['id']}/"
    for path in (address, address + "secret/"):
        assert stranger.get(path).status_code == 404
    for path in (address + "test/", address + "recover/"):
        assert stranger.post(path).status_code == 404
    assert stranger.delete(address).status_code == 404
    assert stranger.get("webhook_endpoint/").json()["results"] == []
    assert client.delete(address).status_code == 204


def test_a_served_backend_sends_by_itself(tmp_path: Path) -> None:
    with Receiver() as receiver, served(tmp_path) as service, service.client(service.backend.api_key) as client:
        client.post("webhook_endpoint/", json={"url": receiver.url})
        open_upload(client)
        assert receiver.next().event == "recording.processing"


def test_nothing_of_a_secret_is_in_a_repr(rig: Rig) -> None:
    hook = rig.hook()
    open_upload(rig.client)
    with rig.backend.store.transaction() as transaction:
        rows = [*transaction.find(WebhookMessage), *transaction.find(WebhookDelivery)]
        shown = repr(rows) + repr(transaction.find(WebhookEndpoint)) + repr(rig.backend)
    assert not any(secret in shown for secret in (hook["secret"], "token=x", rig.backend.api_key))
