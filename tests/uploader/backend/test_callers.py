"""Keys and their scopes, rates, requests that come twice, and the log of what was done."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from starlette.datastructures import URL, Headers
from starlette.responses import Response

from tests.uploader.backend.in_process import in_process
from tests.uploader.rig import FakeWallClock, open_upload
from uploader.backend import Backend, open_backend
from uploader.backend.access_tables import KeptAnswer
from uploader.backend.admission import AUDIT_KEPT_S
from uploader.backend.api_keys import Scope
from uploader.backend.calls import Call
from uploader.backend.keys import key_digest
from uploader.backend.locations import Places
from uploader.backend.rates import Rates


@pytest.fixture
def clock() -> FakeWallClock:
    return FakeWallClock()


@pytest.fixture
def backend(tmp_path: Path, clock: FakeWallClock, places: Places) -> Iterator[Backend]:
    with closing(open_backend(tmp_path / "data", now_s=clock, places=places)) as backend:
        yield backend


@pytest.fixture
def owner(backend: Backend) -> Iterator[httpx.Client]:
    with in_process(backend, backend.api_key) as client:
        yield client


def new_key(owner: httpx.Client, *scopes: str) -> dict[str, str]:
    response = owner.post("api_key/", json={"name": "laptop", "scopes": list(scopes)} if scopes else {})
    assert response.status_code == 201, response.text
    key: dict[str, str] = response.json()
    return key


ACTS = [
    ("GET", "recording/", Scope.READ),
    ("GET", "workspace/", Scope.READ),
    ("POST", "sdk_upload/", Scope.WRITE),
    ("PATCH", "recording/x/", Scope.WRITE),
    ("DELETE", "recording/x/", Scope.DELETE),
    ("DELETE", "video_mixed/x/", Scope.DELETE),
    ("PATCH", "workspace/", Scope.ADMIN),
    ("GET", "api_key/", Scope.ADMIN),
    ("POST", "api_key/", Scope.ADMIN),
    ("DELETE", "api_key/x/", Scope.ADMIN),
    ("GET", "audit_log/", Scope.ADMIN),
    ("GET", "webhook_endpoint/", Scope.ADMIN),
    ("POST", "webhook_endpoint/", Scope.ADMIN),
    ("GET", "webhook_delivery/", Scope.ADMIN),
]


@pytest.mark.parametrize("scope", Scope)
def test_a_key_may_do_what_its_scopes_say(backend: Backend, owner: httpx.Client, scope: Scope) -> None:
    with in_process(backend, new_key(owner, scope)["key"]) as client:
        for method, path, needed in ACTS:
            response = client.request(method, path)
            assert (response.status_code == 403) == (scope is not needed), (method, path)
            assert response.status_code != 403 or response.json()["code"] == "permission_denied"


def test_a_key_is_told_once_and_kept_as_a_digest(backend: Backend, owner: httpx.Client) -> None:
    key = new_key(owner, "read", "write")
    listed = owner.get("api_key/").json()["results"]
    shown = next(each for each in listed if each["id"] == key["id"])
    assert shown == {name: key[name] for name in ("id", "name", "scopes", "created_at", "revoked_at")}
    assert (shown["name"], shown["scopes"]) == ("laptop", ["read", "write"])
    with backend.store.transaction() as transaction:
        assert key_digest(key["key"]) in {each.digest for each in transaction.keys_of("default")}


def test_a_revoked_key_opens_nothing_from_then_on(backend: Backend, owner: httpx.Client) -> None:
    key = new_key(owner)
    with in_process(backend, key["key"]) as client:
        assert client.get("recording/").status_code == 200
        assert owner.delete(f"api_key/{key['id']}/").status_code == 204
        assert client.get("recording/").json()["code"] == "authentication_failed"
    assert owner.delete(f"api_key/{key['id']}/").status_code == 404
    last = next(each for each in owner.get("api_key/").json()["results"] if each["revoked_at"] is None)
    assert owner.delete(f"api_key/{last['id']}/").json()["code"] == "last_key"


@pytest.mark.parametrize("fields", [{"scopes": ["fly"]}, {"scopes": []}, {"scopes": [{}]}, {"name": 7}])
def test_a_key_that_makes_no_sense(owner: httpx.Client, fields: dict[str, object]) -> None:
    response = owner.post("api_key/", json=fields)
    assert (response.status_code, response.json().keys()) == (400, fields.keys())


@pytest.mark.parametrize(("method", "path", "most"), [("GET", "recording/", 60), ("POST", "sdk_upload/", 300)])
def test_the_documented_rates(method: str, path: str, most: int) -> None:
    assert Rates().of(method, "/api/v1/" + path) == most
    assert Rates().of("GET", "/api/v1/recording/{id}/") == 300
    assert Rates().of("POST", "/api/v1/recording/{id}/create_transcript/") == 5


def test_too_many_requests_are_told_when_to_come_back(tmp_path: Path, clock: FakeWallClock, places: Places) -> None:
    with (
        closing(open_backend(tmp_path, now_s=clock, places=places, rates=Rates(lists=3, others=2))) as backend,
        in_process(backend, backend.api_key) as client,
    ):
        for _ in range(3):
            assert client.get("recording/").status_code == 200
            clock.now_s += 10
        refused = client.get("recording/")
        assert (refused.status_code, refused.json()["code"]) == (429, "throttled")
        assert refused.headers["Retry-After"] == "30"
        assert client.get("video_mixed/").status_code == 200
        clock.now_s += 29
        assert client.get("recording/").status_code == 429
        clock.now_s += 1
        assert client.get("recording/").status_code == 200
        upload = open_upload(client)
        ids = [upload["recording_id"], "another", "a-third"]
        assert [client.get(f"recording/{each}/").status_code for each in ids] == [200, 404, 429]


def test_another_workspace_has_a_rate_of_its_own(tmp_path: Path, clock: FakeWallClock, places: Places) -> None:
    with closing(open_backend(tmp_path, now_s=clock, places=places, rates=Rates(lists=1))) as backend:
        with backend.store.transaction() as transaction:
            transaction.add_key(key_digest("neighbour"), "next door", "2026-11-01T09:00:00.000000Z")
        with in_process(backend, backend.api_key) as one, in_process(backend, "neighbour") as other:
            answers = [client.get("recording/").status_code for client in (one, one, other)]
    assert answers == [200, 429, 200]


def test_a_request_that_comes_twice_is_done_once(owner: httpx.Client, clock: FakeWallClock) -> None:
    once = {"Idempotency-Key": "a"}
    first = owner.post("sdk_upload/", headers=once)
    again = owner.post("sdk_upload/", headers=once)
    assert (again.status_code, again.json(), again.headers["Content-Type"]) == (201, first.json(), "application/json")
    assert owner.post("sdk_upload/", headers={"Idempotency-Key": "b"}).json()["id"] != first.json()["id"]
    address = f"recording/{first.json()['recording_id']}/"
    assert owner.patch(address, headers=once, json={"metadata": {"n": "1"}}).json()["metadata"] == {"n": "1"}
    assert len(owner.get("sdk_upload/").json()["results"]) == 2
    clock.now_s += 3601
    assert owner.post("sdk_upload/", headers=once).json()["id"] != first.json()["id"]


def test_another_key_s_answer_is_not_given(backend: Backend, owner: httpx.Client) -> None:
    once = {"Idempotency-Key": "a"}
    first = owner.post("sdk_upload/", headers=once).json()
    with in_process(backend, new_key(owner)["key"]) as client:
        assert client.post("sdk_upload/", headers=once).json()["id"] != first["id"]


def test_what_was_refused_may_be_asked_again(owner: httpx.Client) -> None:
    once = {"Idempotency-Key": "a"}
    assert owner.post("sdk_upload/", headers=once, json={"metadata": 7}).status_code == 400
    assert owner.post("sdk_upload/", headers=once, json={}).status_code == 201


def test_an_answer_with_a_secret_is_not_written_down(backend: Backend, owner: httpx.Client) -> None:
    assert owner.post("api_key/", headers={"Idempotency-Key": "a"}).json()["key"]
    with backend.store.transaction() as transaction:
        assert transaction.find(KeptAnswer) == []
    assert owner.post("sdk_upload/", headers={"Idempotency-Key": "a"}).status_code == 201
    with backend.store.transaction() as transaction:
        assert [each.answer for each in transaction.find(KeptAnswer)] == [201]


def test_a_request_that_is_being_answered(backend: Backend) -> None:
    """The second comes while the first is at work."""
    begun, go_on = threading.Event(), threading.Event()
    call = call_of(backend)

    def slow(_: Call) -> Response:
        begun.set()
        assert go_on.wait(20)
        return Response("done", 201)

    thread = threading.Thread(target=lambda: backend.admission.answer(call, slow))
    thread.start()
    assert begun.wait(20)
    with in_process(backend, backend.api_key) as client:
        refused = client.post("sdk_upload/", headers={"Idempotency-Key": "a"})
        assert (refused.status_code, refused.json()["code"]) == (409, "in_flight")
        go_on.set()
        thread.join()
        assert client.post("sdk_upload/", headers={"Idempotency-Key": "a"}).text == "done"


def call_of(backend: Backend) -> Call:
    """As it arrives at a handler."""
    return Call(
        backend=backend,
        method="POST",
        path={},
        query={},
        headers=Headers({"authorization": backend.api_key, "idempotency-key": "a"}),
        url=URL("http://localhost/api/v1/sdk_upload/"),
        base_url="http://localhost",
        body=b"",
        key=backend.access.key(backend.api_key),
    )


def test_what_is_done_is_logged_and_by_whose_key(backend: Backend, owner: httpx.Client, clock: FakeWallClock) -> None:
    key = new_key(owner, "read", "write")
    with in_process(backend, key["key"]) as client:
        recording_id = open_upload(client)["recording_id"]
        client.get("recording/")
        clock.now_s += 1
        client.delete(f"recording/{recording_id}/?reason=secret")
    entries = owner.get("audit_log/").json()["results"]
    told = [(each["method"], each["path"], each["answer"]) for each in entries if each["key_id"] == key["id"]]
    assert told == [("DELETE", f"/api/v1/recording/{recording_id}/", 403), ("POST", "/api/v1/sdk_upload/", 201)]
    assert key["key"] not in str(entries)
    assert len(owner.get("audit_log/", params={"limit": 1}).json()["results"]) == 1
    assert owner.get("audit_log/", params={"created_at_before": "2020-01-01"}).json()["results"] == []
    clock.now_s += AUDIT_KEPT_S
    backend.admission.prune()
    assert [each["answer"] for each in owner.get("audit_log/").json()["results"]] == [403]
