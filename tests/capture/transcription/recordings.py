"""Finished recordings in which somebody speaks."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from capture.manifest import read_manifest, write_manifest
from capture.recording import NS_PER_S, Side
from capture.transcription.base import SPEECH_RATE_HZ, Speech
from tests.capture.transcription.speaking import spoken
from tests.fakes.recording_directory import GUEST, HOST, at, describe, make_recording

SECOND = {**GUEST, "id": 300, "name": "Bob"}
PERSON: Mapping[int, Mapping[str, object]] = {100: HOST, 200: GUEST, 300: SECOND}


@dataclass(frozen=True, slots=True)
class Said:
    participant: int
    start_s: float
    text: str

    @property
    def side(self) -> Side:
        return Side.MICROPHONE if self.participant == HOST["id"] else Side.SYSTEM


TALK = (
    Said(100, 1.0, "Good morning, can you hear me?"),
    Said(200, 4.0, "Yes, loud and clear."),
    Said(300, 7.0, "I am here, too."),
)


def talk(folder: Path, said: Sequence[Said] = TALK, *, duration_s: float = 10.0) -> Path:
    """With a manifest that is true, and a speaker timeline that says who it was."""
    files = ("audio_separate/microphone.ogg", "audio_separate/system.ogg", "speaker_timeline.json")
    directory = make_recording(folder, paths=files)
    timeline = [
        {
            "participant": PERSON[each.participant],
            "start_timestamp": at(each.start_s),
            "end_timestamp": at(each.start_s + len(spoken(each.text)) / SPEECH_RATE_HZ),
        }
        for each in said
    ]
    (directory / "speaker_timeline.json").write_text(json.dumps(timeline))
    for side in Side:
        sound = np.zeros(round(duration_s * SPEECH_RATE_HZ), np.int16)
        for each in said:
            if each.side is side:
                start = round(each.start_s * SPEECH_RATE_HZ)
                sound[start : start + len(spoken(each.text))] = spoken(each.text)
        _write_ogg(sound, directory / f"audio_separate/{side}.ogg")
    manifest = replace(read_manifest(directory), duration_ns=round(duration_s * NS_PER_S))
    write_manifest(replace(manifest, media=tuple(describe(directory, path) for path in files)), directory)
    return directory


def _write_ogg(sound: Speech, path: Path) -> None:
    raw = ("-f", "s16le", "-ar", str(SPEECH_RATE_HZ), "-ac", "1", "-i", "-")
    encoding = ("-ar", "48000", "-c:a", "libopus", "-b:a", "48k")
    command = ("ffmpeg", "-v", "error", *raw, *encoding, "-y", str(path))
    subprocess.run(command, input=sound.tobytes(), check=True)
