"""A recorded meeting to look at: a picture with a marker that moves, speech, and all documents of true shape."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from capture.manifest import AudioReceipt, FrameCount, Gap, Mark, Receipt, Segment, read_manifest, write_manifest
from capture.recording import NS_PER_S, EndReason
from tests.fakes.recording_directory import KINDS, at, describe, make_recording
from tests.rig.speech import SENTENCES, speak

LENGTH_S = 40
WIDTH_PX, HEIGHT_PX = 320, 180
MARKER_PX = 16
SPEED_PX_PER_S = 7
TITLE = "Quarterly plan"

ADA = {"id": 100, "name": "Ada Example", "is_host": True, "platform": "desktop", "extra_data": None, "email": None}
YAEL = {"id": 300, "name": "יעל כהן", "is_host": False, "platform": "desktop", "extra_data": None, "email": None}
PEOPLE = (ADA, YAEL)
LINES = (
    *(sentence.text for sentence in SENTENCES),
    "We ship the exports in March, then.",
    "Fine. Who writes to the two customers?",
    "I do, <b>today</b>, before lunch.",
    "And the invoices of the last quarter?",
    "They wait for a signature from Zürich.",
    "Then we are done. Thank you all.",
)
TURN_S = 3.0
LATER = "2026-11-01T09:05:00.000000Z"


def transcript() -> list[dict[str, Any]]:
    """Each line takes a turn of three seconds, in which its words are spread evenly; the two speak by turns."""
    return [_utterance(number, line) for number, line in enumerate(LINES)]


def _utterance(number: int, line: str) -> dict[str, Any]:
    words = line.split()
    step_s = (TURN_S - 0.5) / len(words)
    starts = [1.0 + number * TURN_S + place * step_s for place in range(len(words))]
    timed = [
        {"text": word, "start_timestamp": at(start_s), "end_timestamp": at(start_s + step_s)}
        for word, start_s in zip(words, starts, strict=True)
    ]
    return {"participant": PEOPLE[number % 2], "language_code": "en", "words": timed}


def documents() -> Mapping[str, object]:
    spoken = transcript()
    turns = [
        {
            "participant": each["participant"],
            "start_timestamp": each["words"][0]["start_timestamp"],
            "end_timestamp": each["words"][-1]["end_timestamp"],
        }
        for each in spoken
    ]
    turns[-1]["end_timestamp"] = None
    return {
        "transcript.json": spoken,
        "speaker_timeline.json": turns,
        "participants.json": list(PEOPLE),
        "participant_events.json": [
            _event("1", "join", ADA, 0.0),
            _event("2", "join", YAEL, 2.0),
            _event("3", "speech_on", ADA, 2.0),
            _event("4", "chat_message", YAEL, 12.0, {"text": "The figures: see page <i>four</i>", "to": "everyone"}),
            _event("5", "leave", YAEL, 38.0),
        ],
        "meeting_metadata.json": {"title": TITLE, "platform": "zoom", "url": None, "app": "zoom", "evidence": []},
    }


def _event(event_id: str, action: str, who: object, at_s: float, data: object = None) -> dict[str, object]:
    return {"id": event_id, "action": action, "participant": who, "timestamp": at(at_s), "data": data}


def make_sound(folder: Path) -> Path:
    """Two voices by turns, as MP3."""
    voices = [folder / f"{number}.wav" for number in range(2)]
    for voice, line in zip(voices, LINES, strict=False):
        speak(line, voice)
    sound = folder / "audio_mixed.mp3"
    mixed = "[0][1]concat=n=2:v=0:a=1,aloop=-1:2e5"
    _ffmpeg("-i", voices[0], "-i", voices[1], "-filter_complex", mixed, "-t", LENGTH_S, "-b:a", "48k", sound)
    return sound


def make_movie(folder: Path, sound: Path) -> Path:
    """H.264 and AAC. A white bar moves over noise, which makes it long: 33 MB that no player fetches at once."""
    size = f"s={WIDTH_PX}x{HEIGHT_PX}:r=10:d={LENGTH_S}"
    drawn = f"[0]noise=alls=80:allf=t[ground];[ground][1]overlay=x='t*{SPEED_PX_PER_S}'"
    movie = folder / "video_mixed.mp4"
    bar = f"color=white:s={MARKER_PX}x{HEIGHT_PX}:r=10:d={LENGTH_S}"
    inputs = ("-f", "lavfi", "-i", f"color=0x404060:{size}", "-f", "lavfi", "-i", bar, "-i", sound)
    coded = ("-c:v", "libx264", "-preset", "ultrafast", "-qp", "20", "-g", "10", "-pix_fmt", "yuv420p", "-c:a", "aac")
    _ffmpeg(*inputs, "-filter_complex", drawn, *coded, "-t", LENGTH_S, movie)
    return movie


def _ffmpeg(*arguments: object) -> None:
    command = ("ffmpeg", "-v", "error", "-y", *map(str, arguments))
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def make_meeting(folder: Path, media: Sequence[Path], title: str = TITLE) -> Path:
    """A recording directory of it: with those files of sound and picture, all documents, marks and a receipt."""
    told = {**documents(), "meeting_metadata.json": {"title": title, "platform": "zoom"}}
    paths = (*(path.name for path in media), *told)
    directory = make_recording(folder, paths=tuple(path for path in KINDS if path in paths))
    for path in media:
        (directory / path.name).write_bytes(path.read_bytes())
    for name, document in told.items():
        (directory / name).write_text(json.dumps(document), "utf-8")
    manifest = read_manifest(directory)
    gap = AudioReceipt("microphone", "pulse", 0.4, (Gap(20.0, 1.5, "device_lost"),))
    write_manifest(
        replace(
            manifest,
            completed_at="2026-11-01T09:00:42.000000Z",
            duration_ns=LENGTH_S * NS_PER_S,
            timeline=(Segment(0, 30 * NS_PER_S, manifest.started_at), Segment(30 * NS_PER_S, 10 * NS_PER_S, LATER)),
            marks=(Mark(15.0, "Decision"),),
            media=tuple(describe(directory, each.path) for each in manifest.media),
            receipt=Receipt(frames=FrameCount(400, 3, 1), audio=(gap,), ended_by=EndReason.STOP),
        ),
        directory,
    )
    return directory
