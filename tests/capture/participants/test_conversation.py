"""A scripted conversation of two sides, from what both hear to the speaker timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from capture.audio.base import RATE_HZ, Samples
from capture.errors import SpeechModelUnusable
from capture.participants.conversation import Conversation, open_voices
from capture.participants.log import ParticipantLog
from capture.recording import LOCAL_PARTICIPANT_ID, REMOTE_PARTICIPANT_ID, Side
from tests.capture.decoding import sound
from tests.capture.participants.hearing import heard, rightly_attributed, spoken_by
from tests.capture.participants.room import Line, Room, Scene, spans
from tests.capture.participants.sound_set import SPEECH_DBFS, at_level, music
from tests.rig.speech import speak

RIGHT = 0.95
EDGE_S = 0.3


@dataclass(frozen=True, slots=True)
class Cue:
    """``after_s``: how long after the end of the line before; negative where it is interrupted."""

    side: Side
    voice: str
    text: str
    after_s: float


SCRIPT = (
    Cue(Side.SYSTEM, "en-gb+f3", "Good morning everybody. Shall we begin with the numbers of last week?", 1.0),
    Cue(Side.MICROPHONE, "en-us", "Yes, please.", 0.8),
    Cue(Side.SYSTEM, "en-gb+f3", "We sold four hundred licences, which is a little more than the week before.", 0.7),
    Cue(Side.SYSTEM, "en-us+m3", "And three customers asked for the export, so I would do that first.", 1.2),
    Cue(Side.MICROPHONE, "en-us", "I agree. Who is going to write the documentation for it?", 0.9),
    Cue(Side.SYSTEM, "en-us+m3", "I can do that until Thursday, if nobody else wants to.", 0.7),
    Cue(Side.MICROPHONE, "en-us", "Thank you. Then let us look at the next page together.", 1.5),
)
INTERRUPTED = (
    *SCRIPT,
    Cue(Side.SYSTEM, "en-gb+f3", "Before we do that, there is one thing that worries me about the whole plan.", 1.0),
    Cue(Side.MICROPHONE, "en-us", "Sorry, I have to stop you there, the time is over.", -2.0),
)
SCRIPTS = {"in turn": SCRIPT, "interrupted": INTERRUPTED}
ROOMS = {"headphones": Room(gain_db=-200), "loudspeaker": Room(gain_db=-17)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lines")


def played(script: Sequence[Cue], folder: Path) -> Scene:
    lines: dict[Side, list[Line]] = {side: [] for side in Side}
    end_s = 0.0
    for cue in script:
        path = folder / f"{cue.voice} {cue.text}.wav"
        if not path.exists():
            speak(cue.text, path, cue.voice)
        line = Line(end_s + cue.after_s, trimmed(sound(path)))
        lines[cue.side].append(line)
        end_s = line.end_s
    return Scene(lines[Side.MICROPHONE], lines[Side.SYSTEM], end_s + 2)


def trimmed(samples: Samples) -> Samples:
    """Without the silence around it."""
    loud = np.flatnonzero(np.abs(samples) > np.abs(samples).max() / 50)
    return at_level(samples[loud[0] : loud[-1] + 1], SPEECH_DBFS)


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_each_line_is_one_turn_of_the_right_side(script: Sequence[Cue], room: Room, folder: Path) -> None:
    scene = played(script, folder)
    found = heard(scene, room)
    assert rightly_attributed(scene, found) >= RIGHT
    for side, lines in ((Side.MICROPHONE, scene.local), (Side.SYSTEM, scene.remote)):
        told = spoken_by(side, found)
        assert len(told) == len(lines)
        assert np.abs(np.array(told) - np.array(spans(lines))).max() <= EDGE_S


def test_the_speaker_timeline_tells_who_spoke_when(folder: Path) -> None:
    scene = played(SCRIPT, folder)
    log = ParticipantLog("Ada", lambda _: None)
    log.join(Side.MICROPHONE, 0)
    for side, turn in heard(scene, ROOMS["loudspeaker"]):
        log.speech(side, turn.at_ns, speaking=turn.speaking)
    began = datetime(2026, 11, 1, 9, tzinfo=UTC)
    timeline = log.artifacts(lambda at_ns: began + timedelta(microseconds=at_ns // 1000)).speaker_timeline
    ids = {Side.MICROPHONE: LOCAL_PARTICIPANT_ID, Side.SYSTEM: REMOTE_PARTICIPANT_ID}
    lines = sorted((begin_s, end_s, ids[side]) for side, of in sides(scene) for begin_s, end_s in spans(of))
    assert [told(entry)[2] for entry in timeline] == [who for *_, who in lines]
    for entry, (begin_s, end_s, _) in zip(timeline, lines, strict=True):
        assert told(entry)[:2] == pytest.approx((begin_s, end_s), abs=EDGE_S)


def sides(scene: Scene) -> Sequence[tuple[Side, Sequence[Line]]]:
    return (Side.MICROPHONE, scene.local), (Side.SYSTEM, scene.remote)


def told(entry: object) -> tuple[float, float, int]:
    match entry:
        case {
            "participant": {"id": int(who)},
            "start_timestamp": {"relative": float(begin_s)},
            "end_timestamp": {"relative": float(end_s)},
        }:
            return begin_s, end_s, who
    message = f"no entry of a speaker timeline: {entry}"
    raise AssertionError(message)


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
def test_music_of_the_other_side_is_nobody(room: Room, folder: Path) -> None:
    """The loudspeaker plays it into the microphone, and the local user speaks over it."""
    scene = played([cue for cue in SCRIPT if cue.side is Side.MICROPHONE], folder)
    frames = round(scene.length_s * RATE_HZ)
    song = at_level(music(frames, ()), SPEECH_DBFS)
    found = heard(Scene(scene.local, [Line(0, song)], scene.length_s), room)
    assert spoken_by(Side.SYSTEM, found) == []
    told = spoken_by(Side.MICROPHONE, found)
    assert len(told) == len(scene.local)
    assert np.abs(np.array(told) - np.array(spans(scene.local))).max() <= EDGE_S


def test_without_the_model_loudness_tells(folder: Path, tmp_path: Path) -> None:
    scene = played(SCRIPT, folder)
    voices = open_voices(tmp_path)
    assert isinstance(voices.trouble, SpeechModelUnusable)
    conversation = Conversation(voices)
    assert conversation.trouble is voices.trouble
    assert rightly_attributed(scene, heard(scene, ROOMS["loudspeaker"], conversation)) >= RIGHT
    assert Conversation().trouble is None
