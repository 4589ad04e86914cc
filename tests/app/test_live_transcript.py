"""Words while they are spoken: a real engine in its process, a real websocket at the other end."""

import base64
import queue
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.console import Console
from app.live_events import live_events
from app.live_transcript import LiveTranscript
from app.messages import Message
from app.outgoing import Outgoing
from app.paths import find_paths
from app.settings import DEFAULTS
from capture.encoding.live import Live
from capture.events import Event, LivePicture, LiveSound, ParticipantChange, SegmentBegan, Speech
from capture.recording import LiveMedia, Participant, ParticipantAction, Side
from capture.transcription.base import SPEECH_RATE_HZ
from capture.transcription.choice import EngineChoice, EngineName
from tests.capture.transcription.speaking import spoken
from tests.capture.transcription.streaming import KEY, deepgram, live_service
from tests.uploader.realtime.listeners import SPEC, Listener, websocket
from uploader.realtime.envelopes import Utterance

BOB = Participant(300, "Bob", is_host=False)
NS = 1_000_000_000
PIECE = SPEECH_RATE_HZ // 10
FINAL, PARTIAL = "transcript.data", "transcript.partial_data"
CHOICE = EngineChoice(EngineName.POCKETSPHINX)
START = SegmentBegan(0, "2026-11-01T09:00:02.000000Z")


def next_of(socket: Listener, event: str) -> dict[str, Any]:
    """An engine has to be loaded first."""
    while (document := socket.heard.get(timeout=60).document)["event"] != event:
        pass
    data: dict[str, Any] = document["data"]
    return data


def sounds(text: str, side: Side, from_s: float) -> Iterator[Event]:
    """As the recorder tells them: the turn is known when some of it has been heard."""
    speech = np.concatenate([np.zeros(round(from_s * SPEECH_RATE_HZ), np.int16), spoken(text)])
    for start in range(0, len(speech), PIECE):
        if start == round(from_s * SPEECH_RATE_HZ) + 5 * PIECE:
            yield Speech(side, speaking=True, at_ns=round(from_s * NS))
        buffer = base64.b64encode(speech[start : start + PIECE].tobytes()).decode()
        yield LiveSound(buffer, start * NS // SPEECH_RATE_HZ, side)


def silence(side: Side, from_s: float) -> Iterator[Event]:
    buffer = base64.b64encode(bytes(2 * PIECE)).decode()
    return (LiveSound(buffer, round((from_s + number / 10) * NS), side) for number in range(600))


def test_words_are_at_a_websocket_before_the_speaker_has_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths, console = find_paths(tmp_path), Console(as_json=True, as_events=True)
    with websocket() as socket:
        words = LiveTranscript(CHOICE, paths, console.complain_aside)
        outgoing = Outgoing(None, live_events([socket.url], [], paths), paths, DEFAULTS, console, words)
        assert outgoing.live_media == (LiveMedia.SIDES,)
        with outgoing.of(SPEC) as tell:
            tell(START)
            tell(ParticipantChange(BOB, ParticipantAction.SPEECH_ON, NS))
            for event in sounds("Good morning, can you hear me?", Side.SYSTEM, 1.0):
                tell(event)
            partial = next_of(socket, PARTIAL)
            tell(Speech(Side.SYSTEM, speaking=False, at_ns=4 * NS))
            final = next_of(socket, FINAL)
    assert "transcript" in final
    assert partial["data"]["participant"]["id"] == final["data"]["participant"]["id"] == BOB.id
    times_s = [word["start_timestamp"]["relative"] for word in final["data"]["words"]]
    assert times_s == sorted(times_s)
    assert 0.8 <= times_s[0] <= times_s[-1] < 4.5
    assert final["data"]["language_code"] == "en"
    assert '"type":"transcript"' in capsys.readouterr().out


def test_an_engine_that_cannot_work_is_told_of_and_holds_up_nothing(tmp_path: Path) -> None:
    complaints: queue.SimpleQueue[Message] = queue.SimpleQueue()
    words = LiveTranscript(EngineChoice(EngineName.POCKETSPHINX, language="de"), find_paths(tmp_path), complaints.put)
    with words.of(SPEC, lambda _: None) as tell:
        for event in sounds("Good morning.", Side.MICROPHONE, 0):
            tell(event)
        assert complaints.get(timeout=60).code == "engine_unusable"
    assert complaints.empty()


def test_a_service_hears_while_it_is_spoken_and_its_key_is_told_to_nobody_else(tmp_path: Path) -> None:
    said: queue.SimpleQueue[Utterance] = queue.SimpleQueue()
    complaints: queue.SimpleQueue[Message] = queue.SimpleQueue()
    with live_service(deepgram) as service:
        choice = EngineChoice(EngineName.DEEPGRAM, url=service.url, key=KEY)
        with LiveTranscript(choice, find_paths(tmp_path), complaints.put).of(SPEC, said.put) as tell:
            for event in sounds("Good morning, can you hear me?", Side.SYSTEM, 1.0):
                tell(event)
            quiet = silence(Side.SYSTEM, 4.0)
            while said.empty():
                tell(next(quiet))
                time.sleep(0.1)  # as a recorder tells it: the service's words come meanwhile
            partial = said.get()
            tell(Speech(Side.SYSTEM, speaking=False, at_ns=4 * NS))
            while not (final := said.get(timeout=60)).is_final:
                pass
            service.refusal = HTTPStatus.BAD_GATEWAY
            for at_s in (5, 6):
                tell(Speech(Side.SYSTEM, speaking=at_s == 5, at_ns=at_s * NS))
            assert complaints.get(timeout=60).code == "provider_error"
    assert 0.8 * NS <= partial.words[0].start_ns < NS, "it is not on the recording's timeline"
    assert [word.text for word in final.words][:2] == ["Second1.", "Second2."]
    assert KEY not in "".join(path.read_text() for path in tmp_path.rglob("*") if path.is_file())


class Studio:
    """Whose sides are heard."""

    def __init__(self) -> None:
        self.sides: dict[Side, list[int]] = {}

    def listen(self, hear: object) -> None:
        raise AssertionError(hear)

    def listen_to(self, side: Side, hear: object) -> None:
        assert callable(hear)
        for channels in (1, 2):
            hear(np.full((4800, channels), 0.5, np.float32))
        self.sides[side] = []

    def seen(self) -> None:
        """No picture."""

    def now_ns(self) -> int:
        return 0


def test_the_sound_of_each_side_says_whose_it_is() -> None:
    told: list[LiveSound | LivePicture] = []
    Live([LiveMedia.SIDES], told.append).attach(Studio())
    assert {each.side for each in told if isinstance(each, LiveSound)} == set(Side)
    loudness = [
        np.frombuffer(base64.b64decode(each.buffer), "<i2").max() for each in told if isinstance(each, LiveSound)
    ]
    assert np.allclose(loudness, 0.5 * 2**15, rtol=0.05)
