"""The log of webhook deliveries, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.uploader.programs import free_port
from tests.uploader.rig import open_upload
from tests.uploader.viewer.conftest import Library
from tests.uploader.viewer.meeting import TITLE, make_meeting


@pytest.fixture
def client(library: Library) -> Iterator[httpx.Client]:
    with library.service.client(library.key) as client:
        yield client


@pytest.fixture
def told(library: Library, client: httpx.Client, tmp_path: Path) -> str:
    """A recording of which a receiver should have been told that does not listen; and one more, of which it was too."""
    endpoint = {"url": f"http://127.0.0.1:{free_port()}/", "events": ["recording.done", "sdk_upload.uploading"]}
    assert client.post("webhook_endpoint/", json=endpoint).status_code == 201
    library.add(make_meeting(tmp_path, [], "Another"))
    return library.add(make_meeting(tmp_path, []))


def test_of_one_recording_and_once_more(library: Library, told: str) -> None:
    with library.opened() as page:
        page.click(".recordings a", TITLE)
        page.click("summary", "Webhook deliveries")
        page.wait_for("recording.done", "details")
        assert page.evaluate("document.querySelectorAll('details tbody tr').length") == 4
        page.click("details button", "Details")
        page.wait_for("no answer (ConnectError)", "details")
        assert told in page.text("details pre")
        page.click("details button", "Send it again")
        page.until("document.querySelector('#announcer').textContent === 'It is sent again.'")


def test_of_all(library: Library, told: str) -> None:
    assert told
    with library.opened() as page:
        page.click("#pages a", "Webhooks")
        page.until("document.querySelectorAll('tbody tr').length === 8")
        page.evaluate("document.querySelector('#delivery-status').value = 'delivered'")
        page.evaluate("document.querySelector('#delivery-status').dispatchEvent(new Event('change'))")
        page.wait_for("No webhook was told anything.")


def test_a_key_that_may_not_see_them_is_told_so(library: Library, client: httpx.Client) -> None:
    open_upload(client)
    key = client.post("api_key/", json={"scopes": ["read"]}).json()["key"]
    with Library(library.service, key, library.browser).opened() as page:
        page.click("#pages a", "Webhooks")
        page.wait_for("This API key may not do that. This key lacks the scope admin.")
        assert all("403" in complaint for complaint in page.complaints())
