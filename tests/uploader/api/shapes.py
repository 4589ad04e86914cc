"""Shapes of recordings APIs as their documentation tells them, and what differs from them in an answer.

A shape is a type, a choice of texts, a list of one shape, or fields by name. Fields beyond it are welcome.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

Shape = Any


@dataclass(frozen=True)
class Kind:
    name: str
    holds: Callable[[Any], bool]

    def is_held_by(self, value: object) -> bool:
        try:
            return self.holds(value)
        except ValueError:
            return False


@dataclass(frozen=True)
class OrNull:
    shape: Shape


def _is_uuid(value: object) -> bool:
    return isinstance(value, str) and str(UUID(value)) == value


def _is_moment(value: object) -> bool:
    return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def _is_url(value: object) -> bool:
    return isinstance(value, str) and re.match("https?://[^/]+/", value) is not None


TEXT = Kind("text", lambda value: isinstance(value, str))
WHOLE = Kind("whole number", lambda value: type(value) is int)
NUMBER = Kind("number", lambda value: isinstance(value, int | float))
TRUTH = Kind("true or false", lambda value: isinstance(value, bool))
ANYTHING = Kind("anything", lambda _: True)
NOTHING = Kind("null", lambda value: value is None)
ID = Kind("uuid", _is_uuid)
MOMENT = Kind("moment", _is_moment)
TEXTS = Kind("texts by name", _is_texts)
URL = Kind("address", _is_url)


def differences(value: Any, shape: Shape, where: str = "") -> Iterator[str]:  # noqa: ANN401 - any answer
    match shape:
        case Kind():
            if not shape.is_held_by(value):
                yield f"{where}: {value!r} is no {shape.name}"
        case OrNull():
            if value is not None:
                yield from differences(value, shape.shape, where)
        case set():
            if value not in shape:
                yield f"{where}: {value!r} is none of {sorted(shape)}"
        case [inner]:
            entries = value if isinstance(value, list) else [f"no list: {value!r}"]
            for place, entry in enumerate(entries):
                yield from differences(entry, inner, f"{where}[{place}]")
        case dict():
            yield from _fields(value, shape, where)


def _fields(value: Any, shape: Mapping[str, Shape], where: str) -> Iterator[str]:  # noqa: ANN401 - any answer
    if not isinstance(value, dict):
        yield f"{where}: {value!r} is no object"
        return
    for name, inner in shape.items():
        if name in value:
            yield from differences(value[name], inner, f"{where}.{name}")
        else:
            yield f"{where}.{name} is missing"


def status(*codes: str) -> Shape:
    return {"code": set(codes), "sub_code": OrNull(TEXT), "updated_at": MOMENT}


MENTION = {"id": ID, "metadata": TEXTS}
PARTICIPANT = {
    "id": WHOLE,
    "name": OrNull(TEXT),
    "is_host": OrNull(TRUTH),
    "platform": OrNull(TEXT),
    "extra_data": ANYTHING,
}
TIMESTAMP = {"absolute": MOMENT, "relative": NUMBER}
UPLOAD = {
    "id": ID,
    "status": status("pending", "uploading", "complete", "failed"),
    "recording_id": ID,
    "upload_token": TEXT,
    "created_at": MOMENT,
    "metadata": TEXTS,
}

MEDIA_DATA: Mapping[str, Shape] = {
    "video_mixed": {"download_url": URL},
    "audio_mixed": {"download_url": URL},
    "video_separate": {"download_url": URL},
    "audio_separate": {"download_url": URL},
    "transcript": {"download_url": URL, "provider_data_download_url": OrNull(URL)},
    "participant_events": {
        "participant_events_download_url": URL,
        "speaker_timeline_download_url": URL,
        "participants_download_url": URL,
    },
    "meeting_metadata": {"title": OrNull(TEXT), "zoom": OrNull({"meeting_uuid": OrNull(TEXT)})},
}
FORMATS = {"video_mixed": "mp4", "audio_mixed": "mp3", "video_separate": "mp4", "audio_separate": "ogg"}
SHORTCUTS = ("video_mixed", "audio_mixed", "transcript", "participant_events", "meeting_metadata")


def media(name: str, *, is_shortcut: bool = False) -> Shape:
    shape = {
        "id": ID,
        "created_at": MOMENT,
        "status": status("processing", "done", "failed", "deleted"),
        "metadata": TEXTS,
        "data": MEDIA_DATA[name],
    }
    if name in FORMATS:
        shape["format"] = {FORMATS[name]}
    if name == "transcript":
        shape |= {"provider": ANYTHING, "diarization": OrNull({"use_separate_streams_when_available": TRUTH})}
    return shape if is_shortcut else shape | {"recording": MENTION}


RECORDING = {
    "id": ID,
    "created_at": MOMENT,
    "started_at": OrNull(MOMENT),
    "completed_at": OrNull(MOMENT),
    "status": status("processing", "paused", "done", "failed", "deleted"),
    "media_shortcuts": {name: OrNull(media(name, is_shortcut=True)) for name in SHORTCUTS},
    "realtime_endpoints": [MENTION],
    "bot": NOTHING,
    "desktop_sdk_upload": OrNull(MENTION),
    "expires_at": OrNull(MOMENT),
    "metadata": TEXTS,
}
REALTIME_ENDPOINT = {
    "id": ID,
    "created_at": MOMENT,
    "recording": MENTION,
    "metadata": TEXTS,
    "type": {"rtmp", "websocket", "webhook", "desktop_sdk_callback"},
    "status": status("running", "done", "failed", "deleted"),
    "url": OrNull(TEXT),
    "events": [TEXT],
}
PART = {
    "id": TEXT,
    "participant": PARTICIPANT,
    "start_timestamp": TIMESTAMP,
    "duration": NUMBER,
    "download_url": URL,
}
ACTIONS = {
    *("join", "leave", "update", "speech_on", "speech_off", "webcam_on", "webcam_off"),
    *("screenshare_on", "screenshare_off", "chat_message"),
}
FILES: Mapping[str, Shape] = {
    "participants_download_url": [PARTICIPANT],
    "participant_events_download_url": [
        {
            "id": TEXT,
            "action": ACTIONS,
            "participant": PARTICIPANT,
            "timestamp": TIMESTAMP,
            "data": OrNull({"text": TEXT, "to": TEXT}),
        }
    ],
    "speaker_timeline_download_url": [
        {"participant": PARTICIPANT, "start_timestamp": TIMESTAMP, "end_timestamp": OrNull(TIMESTAMP)}
    ],
}
TRANSCRIPT = [
    {
        "participant": PARTICIPANT,
        "words": [{"text": TEXT, "start_timestamp": TIMESTAMP, "end_timestamp": OrNull(TIMESTAMP)}],
    }
]
