"""The same asked by many at once: done once, counted each time, written down each time."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from tests.uploader.rig import FakeWallClock, Service, Tus, manifest, open_upload, served
from uploader.backend.rates import Rates

CALLERS = 12


def at_once(client: httpx.Client, ask: Callable[[httpx.Client], httpx.Response]) -> list[httpx.Response]:
    """Each over a connection of its own, and none before all are there."""
    barrier = threading.Barrier(CALLERS)

    def one() -> httpx.Response:
        barrier.wait()
        return ask(client)

    with ThreadPoolExecutor(CALLERS) as pool:
        return [answer.result() for answer in [pool.submit(one) for _ in range(CALLERS)]]


def test_one_idempotency_key_makes_one_upload(client: httpx.Client) -> None:
    once = {"Idempotency-Key": "the same"}
    answers = at_once(client, lambda each: each.post("sdk_upload/", headers=once, json={"metadata": {"n": "1"}}))
    made = [answer.json() for answer in answers if answer.status_code == 201]
    refused = {answer.json()["code"] for answer in answers if answer.status_code != 201}
    assert len({upload["id"] for upload in made}) == 1
    assert refused <= {"in_flight"}
    (listed,) = client.get("sdk_upload/").json()["results"]
    assert listed["id"] == made[0]["id"]
    again = client.post("sdk_upload/", headers=once)
    assert (again.status_code, again.json()["id"]) == (201, listed["id"])
    assert again.headers["Idempotent-Replay"] == "true"


def test_one_recording_id_makes_one_upload_without_any_key(client: httpx.Client, recording: Path) -> None:
    answers = at_once(client, lambda each: each.post("sdk_upload/", json={"recording_id": recording.name}))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: CALLERS - 1}
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_one_recording_is_completed_once(service: Service, client: httpx.Client, recording: Path) -> None:
    upload = open_upload(client, recording_id=recording.name)
    with Tus(service, upload) as tus:
        tus.send(recording)
    address = f"sdk_upload/{upload['id']}/complete/"
    answers = at_once(client, lambda each: each.post(address, json=manifest(recording)))
    assert {answer.status_code for answer in answers} == {200}
    media = [answer.json()["recording"]["media_shortcuts"]["video_mixed"]["id"] for answer in answers]
    assert len(set(media)) == 1
    assert len(client.get("video_mixed/").json()["results"]) == 1


def test_one_place_in_a_file_is_written_by_one(tus: Tus) -> None:
    address = tus.place(1_000_000)
    bodies = iter([bytes([number]) * 100_000 for number in range(CALLERS)])
    lock = threading.Lock()

    def append(_: httpx.Client) -> httpx.Response:
        with lock:
            body = next(bodies)
        return tus.patch(address, 0, body)

    answers = Counter(answer.status_code for answer in at_once(tus.client, append))
    assert answers.keys() <= {204, 409, 423}
    assert answers[204] == 1
    assert tus.offset(address) == 100_000


def test_rates_are_kept_to_the_request(tmp_path: Path) -> None:
    clock = FakeWallClock()
    with (
        served(tmp_path, now_s=clock, rates=Rates(lists=5)) as service,
        service.client(service.backend.api_key) as client,
    ):
        answers = at_once(client, lambda each: each.get("recording/"))
        assert Counter(answer.status_code for answer in answers) == {200: 5, 429: CALLERS - 5}
        assert {answer.headers.get("Retry-After") for answer in answers if answer.status_code == 429} == {"60"}
        clock.now_s += 59
        assert client.get("recording/").headers["Retry-After"] == "1"
        clock.now_s += 1
        assert Counter(answer.status_code for answer in at_once(client, lambda each: each.get("recording/")))[200] == 5


def test_every_act_is_in_the_audit_log_and_nothing_else_of_it(client: httpx.Client, stranger: httpx.Client) -> None:
    secret = {"metadata": {"title": "Layoffs", "owner": "Ada"}}
    made = at_once(client, lambda each: each.post("sdk_upload/?note=Layoffs", json=secret))
    address = f"recording/{made[0].json()['recording_id']}/"
    client.delete(f"{address}?why=Ada")
    stranger.delete(address)
    page = client.get("audit_log/")
    entries = Counter((entry["method"], entry["path"], entry["answer"]) for entry in page.json()["results"])
    assert entries == {("POST", "/api/v1/sdk_upload/", 201): CALLERS, ("DELETE", f"/api/v1/{address}", 204): 1}
    assert not any(word in page.text for word in ("Layoffs", "Ada", client.headers["Authorization"].split()[1]))
    (foreign,) = stranger.get("audit_log/").json()["results"]
    assert foreign["answer"] == 404
