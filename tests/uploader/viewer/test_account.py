"""What a recorder tells of its recording, and which webhooks told of it: what the viewer asks of the backend."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.uploader.rig import Service, open_upload, upload_recording
from tests.uploader.viewer.meeting import make_meeting


@pytest.fixture
def plan(service: Service, client: httpx.Client, tmp_path: Path) -> dict[str, Any]:
    return upload_recording(service, client, make_meeting(tmp_path, []))


def test_what_the_recorder_tells(client: httpx.Client, stranger: httpx.Client, plan: dict[str, Any]) -> None:
    told = client.get(f"recording/{plan['id']}/account/").json()
    assert told["duration_s"] == 40.0
    assert told["marks"] == [{"at_s": 15.0, "text": "Decision"}]
    assert told["receipt"]["audio"][0]["gaps"] == [{"start_s": 20.0, "duration_s": 1.5, "reason": "device_lost"}]
    assert len(told["timeline"]) == 2
    assert stranger.get(f"recording/{plan['id']}/account/").status_code == 404
    young = open_upload(client)["recording_id"]
    assert client.get(f"recording/{young}/account/").json() == {
        "duration_s": 0.0,
        "timeline": None,
        "marks": None,
        "receipt": None,
    }


def test_deliveries_of_one_recording(service: Service, client: httpx.Client, tmp_path: Path) -> None:
    client.post("webhook_endpoint/", json={"url": "http://127.0.0.1:9/", "events": ["recording.done"]})
    made = [upload_recording(service, client, make_meeting(tmp_path, []))["id"] for _ in range(2)]
    for recording_id in made:
        (delivery,) = client.get("webhook_delivery/", params={"recording_id": recording_id}).json()["results"]
        assert recording_id in client.get(f"webhook_delivery/{delivery['id']}/").json()["body"]
    assert client.get("webhook_delivery/", params={"recording_id": str(uuid4())}).json()["results"] == []
    assert client.get("webhook_delivery/", params={"recording_id": "x"}).status_code == 400
