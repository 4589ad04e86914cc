"""A recording whose events, sound and pictures arrive elsewhere while it runs."""

import base64
import io
import os
from pathlib import Path
from typing import Any

import av
import numpy as np

from tests.end_to_end.afterword import afterword
from tests.uploader.realtime.listeners import Heard, webhook, websocket
from tests.uploader.realtime.test_webhooks import SECRET

RATE_HZ = 16_000
SYNTHETIC = ("--screen", "synthetic", "--microphone", "synthetic", "--system-audio", "synthetic")
RECORD = ("record", "--no-deliver", *SYNTHETIC)
MEDIA = "audio_mixed_raw.data,video_separate_png.data,participant_events.join,participant_events.leave"


def payloads(arrived: list[Heard], event: str) -> list[dict[str, Any]]:
    return [each.document["data"]["data"] for each in arrived if each.document["event"] == event]


def test_what_happens_is_told_while_it_happens(tmp_path: Path) -> None:
    with websocket() as socket:
        where = ("--realtime", socket.url, "--realtime-events", MEDIA)
        found = afterword(os.environ, "--basedir", tmp_path, *RECORD, "--duration", "1.5", *where)
        live = socket.until("participant_events.leave")
    assert (found.exit_status, found.document["status"]["code"]) == (0, "complete"), found.words
    assert payloads(live, "participant_events.join")[0]["participant"]["id"] == 100
    assert payloads(live, "participant_events.leave")
    check_sound(payloads(live, "audio_mixed_raw.data"))
    check_pictures(payloads(live, "video_separate_png.data"))


def test_a_webhook_is_called_and_signed(tmp_path: Path) -> None:
    secret = {**os.environ, "AFTERWORD_WEBHOOK_SECRET": SECRET}
    with webhook() as hook:
        where = ("--duration", "1", "--no-video", "--realtime", hook.url)
        found = afterword(secret, "--basedir", tmp_path, *RECORD, *where)
        told = hook.all()
    assert (found.exit_status, found.document["status"]["code"]) == (0, "complete"), found.words
    assert [payloads([each], each.document["event"])[0]["participant"]["id"] for each in told][:1] == [100]
    assert {each.document["event"].partition(".")[0] for each in told} == {"participant_events"}
    assert all(each.headers["webhook-signature"].startswith("v1,") for each in told)


def check_sound(pieces: list[dict[str, Any]]) -> None:
    """It is unbroken, as long as the recording, and the beep of the test signal is in it."""
    buffers = [np.frombuffer(base64.b64decode(piece["buffer"]), "<i2") for piece in pieces]
    begins = np.cumsum([0, *(len(buffer) for buffer in buffers)])
    stamps = [piece["timestamp"]["relative"] for piece in pieces]
    np.testing.assert_allclose(stamps, begins[:-1] / RATE_HZ, atol=0.001)
    sound = np.concatenate(buffers)
    assert 1.2 < len(sound) / RATE_HZ < 3
    assert np.abs(sound).max() > 3000


def check_pictures(pieces: list[dict[str, Any]]) -> None:
    assert 1 <= len(pieces) <= 8
    for piece in pieces:
        with av.open(io.BytesIO(base64.b64decode(piece["buffer"])), "r") as png:
            (picture,) = png.decode(video=0)
        assert (picture.width, picture.height) == (640, 360)
        assert (piece["type"], piece["participant"]["id"]) == ("screenshare", 100)


def test_nonsense_is_said_before_anything_is_recorded(tmp_path: Path) -> None:
    for words in (("--realtime", "ftp://host.example/"), ("--realtime", "http://h/", "--realtime-events", "dance")):
        found = afterword(os.environ, "--basedir", tmp_path, *RECORD, *words)
        assert (found.exit_status, found.document["error"]["code"]) == (2, "invalid_endpoint")
    assert not list(tmp_path.glob("data/recordings/*"))
