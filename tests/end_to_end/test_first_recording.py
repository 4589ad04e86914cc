"""The main job: ten seconds of a real screen and two real voices, delivered, and fetched back from the backend."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from capture.recording import Side
from tests.end_to_end.afterword import Running, Served, afterword, serving
from tests.end_to_end.media import decodes, likeness, pictures, sound, streams
from tests.rig.content import COLOURS, Mode, showing
from tests.rig.desktop import Desktop

SURE, MIXED, ABSENT = 0.8, 0.5, 0.4
"""Likeness to what was played, as measured: 0.97 alone in its track, 0.66 and more in the mix, 0.24 where it is not."""


@dataclass(frozen=True, slots=True)
class Recorded:
    document: dict[str, Any]
    basedir: Path

    @property
    def directory(self) -> Path:
        return Path(self.document["directory"])


@pytest.fixture(scope="module")
def recorded(desktop: Desktop, voices: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    basedir = tmp_path_factory.mktemp("afterword")
    local, remote = voices
    with showing(Mode.COLOURS, desktop.environment):
        record = ("record", "--duration", "10", "--title", "Budget")
        with Running(desktop.environment, "--basedir", basedir, *record) as running:
            desktop.sound.say(Side.MICROPHONE, local)
            desktop.sound.say(Side.SYSTEM, remote)
            done = running.finish()
    assert done.exit_status == 0, done.words
    return Recorded(done.document, basedir)


@pytest.fixture(scope="module")
def served(recorded: Recorded, desktop: Desktop) -> Iterator[Served]:
    with serving(desktop.environment, recorded.basedir) as backend:
        yield backend


def test_the_recording_is_complete_and_delivered(recorded: Recorded) -> None:
    document = recorded.document
    assert str(uuid.UUID(document["id"])) == document["id"]
    assert document["title"] == "Budget"
    assert document["status"] == {"code": "complete", "sub_code": None}
    assert document["duration_s"] == pytest.approx(10, abs=0.2)
    assert document["receipt"]["ended_by"] == "duration"
    assert document["receipt"]["frames"]["dropped"] == 0
    assert document["delivery"]["status"] == "complete"
    assert document["delivery"]["bytes_sent"] == document["delivery"]["bytes_total"] > 0


def test_the_movie_has_one_picture_and_one_sound_of_ten_seconds(recorded: Recorded) -> None:
    found = streams(recorded.directory / "video_mixed.mp4")
    assert {kind: stream["codec_name"] for kind, stream in found.items()} == {"video": "h264", "audio": "aac"}
    for stream in found.values():
        assert float(stream["duration"]) == pytest.approx(10, abs=0.2)
    assert decodes(recorded.directory / "video_mixed.mp4") == ""


def test_the_movie_shows_what_was_on_the_screen(recorded: Recorded) -> None:
    _, picture = pictures(recorded.directory / "video_mixed.mp4")[-1]
    height, width, _ = picture.shape
    assert (width, height) == (1280, 720)
    for number, colour in enumerate(COLOURS):
        middle = (2 * number + 1) * width // (2 * len(COLOURS))
        drawn = np.array([colour >> 16, colour >> 8 & 0xFF, colour & 0xFF])
        seen = np.median(picture[200:520, middle - 20 : middle + 20].reshape(-1, 3), axis=0)
        assert np.abs(seen - drawn).max() <= 3, f"{colour:06x} became {seen}"


def test_each_voice_is_on_its_own_side_and_both_are_in_the_mix(recorded: Recorded, voices: tuple[Path, Path]) -> None:
    local, remote = (sound(path) for path in voices)
    microphone = sound(recorded.directory / "audio_separate" / "microphone.ogg")
    system = sound(recorded.directory / "audio_separate" / "system.ogg")
    assert likeness(microphone, local) > SURE
    assert likeness(microphone, remote) < ABSENT
    assert likeness(system, remote) > SURE
    assert likeness(system, local) < ABSENT
    for mixed in ("audio_mixed.mp3", "video_mixed.mp4"):
        heard = sound(recorded.directory / mixed)
        assert likeness(heard, local) > MIXED
        assert likeness(heard, remote) > MIXED


def test_the_log_says_who_joined_spoke_and_left(recorded: Recorded) -> None:
    events = json.loads((recorded.directory / "participant_events.json").read_text())
    local = [event["action"] for event in events if event["participant"]["id"] == 100]
    remote = [event["action"] for event in events if event["participant"]["id"] == 200]
    assert local[0] == "join"
    assert local[-1] == "leave"
    for actions in (local, remote):
        assert actions.count("speech_on") == actions.count("speech_off") >= 1
    turns = json.loads((recorded.directory / "speaker_timeline.json").read_text())
    assert {turn["participant"]["id"] for turn in turns} == {100, 200}
    metadata = json.loads((recorded.directory / "meeting_metadata.json").read_text())
    assert metadata["title"] == "Budget"


def test_the_manifest_is_true(recorded: Recorded) -> None:
    manifest = json.loads((recorded.directory / "recording.json").read_text())
    assert manifest["media"] == recorded.document["media"]
    for media in manifest["media"]:
        content = (recorded.directory / media["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (media["bytes"], media["sha256"])


def test_the_backend_has_it_done_and_gives_back_equal_bytes(recorded: Recorded, served: Served) -> None:
    with httpx.Client(base_url=served.url, headers={"Authorization": f"Token {served.api_key}"}) as client:
        recording = client.get(f"/api/v1/recording/{recorded.document['id']}/").raise_for_status().json()
        assert recording["status"]["code"] == "done"
        shortcuts = recording["media_shortcuts"]
        assert set(shortcuts) == {"video_mixed", "audio_mixed", "transcript", "participant_events", "meeting_metadata"}
        downloads = {
            "video_mixed.mp4": shortcuts["video_mixed"]["data"]["download_url"],
            "audio_mixed.mp3": shortcuts["audio_mixed"]["data"]["download_url"],
            "participant_events.json": shortcuts["participant_events"]["data"]["participant_events_download_url"],
            "participants.json": shortcuts["participant_events"]["data"]["participants_download_url"],
            "speaker_timeline.json": shortcuts["participant_events"]["data"]["speaker_timeline_download_url"],
            "meeting_metadata.json": shortcuts["meeting_metadata"]["data"]["download_url"],
        }
        separate = client.get("/api/v1/audio_separate/", params={"recording_id": recording["id"]}).json()["results"]
        parts = httpx.get(separate[0]["data"]["download_url"]).raise_for_status().json()
    expected = {media["path"]: media["sha256"] for media in recorded.document["media"]}
    found = {path: _digest(url) for path, url in downloads.items()}
    assert found == {path: expected[path] for path in downloads}
    assert {_digest(part["download_url"]) for part in parts} == {
        digest for path, digest in expected.items() if path.startswith("audio_separate/")
    }


def test_what_was_recorded_is_listed_shown_and_verified(recorded: Recorded, desktop: Desktop) -> None:
    base = ("--basedir", recorded.basedir)
    assert afterword(desktop.environment, *base, "recordings").document == {"recordings": [recorded.document]}
    assert afterword(desktop.environment, *base, "show", recorded.document["id"]).document == recorded.document
    assert afterword(desktop.environment, *base, "verify").document["intact"] is True


def _digest(url: str) -> str:
    return hashlib.sha256(httpx.get(url).raise_for_status().content).hexdigest()
