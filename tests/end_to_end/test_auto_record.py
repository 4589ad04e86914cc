"""A meeting is recorded without a click, from before it is known for one until after its end."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.settings import KEYS, read
from app.settings_file import write_setting
from capture.recording import NS_PER_S, RecordingId, Side
from tests.capture.meetings.pretender import Pretender
from tests.capture.meetings.shop_window import ShopWindow
from tests.end_to_end.media import RATE_HZ, decodes, likeness, sound, streams
from tests.end_to_end.test_live_delivery import delivery_under_way
from tests.end_to_end.watching import Document, Watching
from tests.rig.desktop import Desktop, private_desktop
from tests.rig.sound import end
from tests.rig.speech import speak
from tests.uploader.realtime.listeners import Heard, Listener, webhook
from tests.uploader.rig import Service, served, sha256
from uploader.backend.tables import Recording, ResourceStatus
from uploader.ledger import Delivery, DeliveryStatus

LIMIT_S = 20.0
NOTICE = "I record this meeting for my notes. Is that all right with everybody?"
MEDIA = ("video_mixed.mp4", "audio_mixed.mp3", "audio_separate/microphone.ogg", "audio_separate/system.ogg")
EDGE_S, RIGHT_SHARE = 0.3, 0.95
SURE, ABSENT = 0.8, 0.6
"""By chance these two voices are alike to 0.45. They speak by turns: the least leak would be alone, so alike to 0.8."""


@pytest.fixture(scope="module")
def managed() -> Iterator[Desktop]:
    with private_desktop(managed=True) as desktop:
        yield desktop


@pytest.fixture(scope="module")
def pretender(managed: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pretender]:
    pretender = Pretender(tmp_path_factory.mktemp("programs"), managed.sound)
    yield pretender
    pretender.end_all()


@dataclass(frozen=True, slots=True)
class Watched:
    """``events``: all that was told; ``heard``: what each side had said.

    ``on_its_way`` and ``at_home``: how its delivery stood before it was due, and how its backend had it then.
    """

    status: int
    document: Document
    events: list[Document]
    heard: dict[Side, Path]
    told: list[Heard]
    on_its_way: Delivery
    at_home: ResourceStatus

    @property
    def directory(self) -> Path:
        return Path(self.document["directory"])

    def file(self, name: str) -> Any:  # noqa: ANN401 - a JSON document has no better type
        return json.loads((self.directory / name).read_text())

    @property
    def preroll_s(self) -> float:
        (started,) = (event for event in self.events if event["type"] == "started")
        return float(started["preroll_ns"]) / NS_PER_S


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with served(tmp_path_factory.mktemp("home")) as service:
        yield service


@pytest.fixture(scope="module")
def hook() -> Iterator[Listener]:
    with webhook() as listener:
        yield listener


@pytest.fixture(scope="module")
def watched(
    managed: Desktop, pretender: Pretender, home: Service, hook: Listener, tmp_path_factory: pytest.TempPathFactory
) -> Watched:
    """The local side speaks when the page is there, before it takes the microphone, and the other one answers."""
    folder = tmp_path_factory.mktemp("watched")
    basedir = folder / "base"
    heard = {side: folder / f"{side}.wav" for side in Side}
    speak("Good morning. I am early today, as I have a lot to tell. Can you hear me?", heard[Side.MICROPHONE])
    speak("Hello, I was late.", heard[Side.SYSTEM], "en-gb+f3")
    configure(basedir, consent_notice=NOTICE, destination=home.url, realtime=hook.url)
    environment = {**managed.environment, "AFTERWORD_API_KEY": home.backend.api_key}
    with Watching(environment, basedir) as watching, ShopWindow(managed.display.name) as window:
        window.open("google-chrome", "Meet \u2013 abc-defg-hij - Google Chrome", os.getpid())
        watching.wait_for("armed")
        managed.sound.say(Side.MICROPHONE, heard[Side.MICROPHONE]).wait(LIMIT_S)
        process = pretender.record("chrome")
        watching.wait_for("consent_notice")
        watching.say("announced")
        watching.wait_for("announced")
        managed.sound.say(Side.SYSTEM, heard[Side.SYSTEM]).wait(LIMIT_S)
        end(process)
        window.close()
        window.forsake()
        watching.wait_for("countdown")
        on_its_way = delivery_under_way(basedir)
        watching.wait_for("ended")
        at_home = status_at(home, on_its_way.recording_id)
        status, document = watching.finish()
        (recording,) = document["recordings"]
        return Watched(status, recording, watching.events, heard, hook.all(), on_its_way, at_home)


def configure(basedir: Path, **words: str) -> None:
    told: dict[str, str | int] = {"auto_record": "always", "end_countdown_s": 1, "name": "Ada", **words}
    for key, value in told.items():
        assert key in KEYS
        write_setting(basedir / "config" / "config.toml", key, value)


def status_at(home: Service, recording_id: RecordingId) -> ResourceStatus:
    with home.backend.store.transaction() as transaction:
        recording = transaction.get(Recording, recording_id)
    assert recording is not None
    return recording.status


def test_one_whole_recording_that_is_delivered(watched: Watched) -> None:
    assert watched.status == 0
    assert watched.document["status"] == {"code": "complete", "sub_code": None}
    assert watched.document["receipt"]["ended_by"] == "stop"
    assert watched.document["delivery"]["status"] == "complete"
    for path in MEDIA:
        assert decodes(watched.directory / path) == "", path
        for stream in streams(watched.directory / path).values():
            assert float(stream["duration"]) == pytest.approx(watched.document["duration_s"], abs=0.3)


def test_it_is_sent_while_it_is_made_and_whole_once_no_stop_can_be_taken_back(watched: Watched, home: Service) -> None:
    assert (watched.on_its_way.status, watched.at_home) == (DeliveryStatus.SENDING, ResourceStatus.PROCESSING)
    assert watched.on_its_way.bytes_sent > 0
    assert status_at(home, RecordingId(watched.document["id"])) is ResourceStatus.DONE
    stored = {sha256(path.read_bytes()) for path in (home.backend.data / "blobs").rglob("*-*")}
    assert stored == {media["sha256"] for media in watched.document["media"]}


def test_it_is_told_while_it_is_made(watched: Watched) -> None:
    told = [each.document for each in watched.told]
    assert {each["data"]["recording"]["id"] for each in told} == {watched.document["id"]}
    turns = [(each["data"]["data"]["participant"]["id"], each["event"].partition(".")[2]) for each in told]
    assert turns.index((100, "speech_on")) < turns.index((200, "speech_on"))


def test_it_begins_before_the_meeting_is_known(watched: Watched) -> None:
    """The first sentence was over when the microphone was taken."""
    assert watched.preroll_s > 5
    marks = watched.file("recording.json")["marks"]
    assert [mark["text"] for mark in marks] == ["recording asked for", "meeting ended"]
    assert marks[0]["at_s"] == pytest.approx(watched.preroll_s, abs=0.5)
    turns = watched.file("speaker_timeline.json")
    assert turns[0]["participant"]["name"] == "Ada"
    assert turns[0]["start_timestamp"]["relative"] < watched.preroll_s - 3


def test_each_turn_is_its_speakers(watched: Watched) -> None:
    events = watched.file("participant_events.json")
    turns = [(event["participant"]["id"], event["action"]) for event in events if "speech" in event["action"]]
    assert turns[0] == (100, "speech_on")
    assert turns[-1] == (200, "speech_off")
    for person in (100, 200):
        assert turns.count((person, "speech_on")) == turns.count((person, "speech_off")) >= 1
    first_remote = turns.index((200, "speech_on"))
    assert {person for person, _ in turns[:first_remote]} == {100}


def test_turns_are_where_the_voices_are(watched: Watched) -> None:
    """The truth is in the tracks, for each voice is played to one side alone."""
    turns = watched.file("speaker_timeline.json")
    said = right = 0
    for side, person in ((Side.MICROPHONE, 100), (Side.SYSTEM, 200)):
        voiced = voiced_s(sound(watched.directory / "audio_separate" / f"{side}.ogg"))
        own = [turn for turn in turns if turn["participant"]["id"] == person]
        spans = [(turn["start_timestamp"]["relative"], turn["end_timestamp"]["relative"]) for turn in own]
        assert spans[0][0] == pytest.approx(voiced[0], abs=EDGE_S)
        assert spans[-1][1] == pytest.approx(voiced[-1], abs=EDGE_S)
        said += len(voiced)
        right += sum(any(begin <= at <= end for begin, end in spans) for at in voiced)
    assert right / said >= RIGHT_SHARE


def voiced_s(track: NDArray[np.float32]) -> list[float]:
    """Instants, one each hundredth of a second of voice."""
    size = RATE_HZ // 100
    loudness = np.sqrt(np.mean(np.square(track[: len(track) // size * size].reshape(-1, size)), axis=1))
    return [float(number) / 100 for number in np.flatnonzero(loudness > loudness.max() / 50)]


def test_each_voice_is_whole_and_on_its_side(watched: Watched) -> None:
    tracks = {side: sound(watched.directory / "audio_separate" / f"{side}.ogg") for side in Side}
    for side, other in ((Side.MICROPHONE, Side.SYSTEM), (Side.SYSTEM, Side.MICROPHONE)):
        voice = sound(watched.heard[side])
        assert likeness(tracks[side], voice) > SURE
        assert likeness(tracks[other], voice) < ABSENT


def test_the_metadata_say_what_is_known(watched: Watched) -> None:
    metadata = watched.file("meeting_metadata.json")
    assert (metadata["platform"], metadata["app"]) == ("google_meet", "Google Chrome")
    assert metadata["url"] == "https://meet.google.com/abc-defg-hij"
    consent = metadata["consent"]
    assert (consent["status"], consent["by"], consent["text"]) == ("announced", "Ada", NOTICE)
    assert consent["at"].endswith("Z")


def test_offer_that_is_declined_for_ever_leaves_nothing(managed: Desktop, pretender: Pretender, tmp_path: Path) -> None:
    basedir = tmp_path / "base"
    with Watching(managed.environment, basedir, "--auto", "ask", "--no-video") as watching:
        process = pretender.record("zoom")
        assert watching.wait_for("offer")["meeting"]["platform"] == "zoom"
        watching.say("never")
        assert watching.wait_for("not_recorded")["reason"] == "never"
        end(process)
        status, document = watching.finish()
    assert (status, document["recordings"]) == (0, [])
    assert "discarded" in [event["type"] for event in watching.events]
    assert read(basedir / "config" / "config.toml").settings.auto_record_apps == "zoom=off"
    assert not (basedir / "data" / "recordings").exists()


def test_stop_that_is_taken_back(managed: Desktop, tmp_path: Path) -> None:
    """By hand, without a meeting: one recording, with the time between left out."""
    with Watching(managed.environment, tmp_path, "--no-video", "--no-deliver") as watching:
        watching.say("record")
        watching.wait_for("frames")
        watching.say("stop")
        watching.wait_for("ended")
        watching.say("undo")
        watching.wait_for("started")
        watching.wait_for("frames")
        status, document = watching.finish()
    assert status == 0
    (recording,) = document["recordings"]
    assert recording["status"]["code"] == "complete"
    for side in recording["receipt"]["audio"]:
        assert "worker died" not in [gap["reason"] for gap in side["gaps"]]
    directory = Path(recording["directory"])
    assert len(json.loads((directory / "recording.json").read_text())["timeline"]) == 2
    assert not (directory / "parts").exists()
    assert decodes(directory / "audio_mixed.mp3") == ""
