"""From what the recorder tells to what an endpoint gets: the live events of the recordings API."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4, uuid5

from capture.events import Event, LivePicture, LiveSound, ParticipantChange, SegmentBegan
from capture.recording import LOCAL_PARTICIPANT_ID, NS_PER_S, Participant, ParticipantAction, RecordingSpec
from uploader.realtime.endpoints import AUDIO, MEDIA_OF, PICTURES, TRANSCRIPT, TRANSCRIPT_PARTIAL, Endpoint

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Word:
    """From where to where on the recording's timeline; the end may be unknown."""

    text: str = field(repr=False)
    start_ns: int
    end_ns: int | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody said, in one go. One that is not ``is_final`` may yet be told in other words."""

    participant: Participant
    words: Sequence[Word]
    is_final: bool = True
    language_code: str | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """An event by its name in the API; ``artifact`` is the media object that it will be part of."""

    name: str
    artifact: str
    payload: Json = field(repr=False)

    @property
    def is_media(self) -> bool:
        return self.name in MEDIA_OF


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message to one endpoint. ``id`` stays the same however often it is sent."""

    name: str
    data: Json = field(repr=False)
    is_media: bool
    id: str

    def body(self) -> bytes:
        return json.dumps({"event": self.name, "data": self.data}, separators=(",", ":")).encode()


class Reporter:
    """Keeps what a report needs to know of the recording. One thread at a time."""

    def __init__(self, spec: RecordingSpec, metadata: Mapping[str, str]) -> None:
        self._recording = {"id": spec.id, "metadata": dict(metadata)}
        self._local = Participant(LOCAL_PARTICIPANT_ID, spec.participant_name, is_host=True)
        self._segments: list[SegmentBegan] = []

    def report(self, event: Event) -> Happening | None:
        """``None`` for what no endpoint is told."""
        match event:
            case SegmentBegan():
                self._segments.append(event)
            case ParticipantChange():
                return Happening(f"participant_events.{event.action}", "participant_events", self._change(event))
            case LiveSound(buffer=buffer, at_ns=at_ns, side=None):
                return Happening(AUDIO, "audio_mixed", {"buffer": buffer, "timestamp": self._timestamp(at_ns)})
            case LivePicture():
                return Happening(PICTURES, "video_separate", self._picture(event))
        return None

    def utterance(self, said: Utterance) -> Happening:
        words = [
            {
                "text": word.text,
                "start_timestamp": self._timestamp(word.start_ns),
                "end_timestamp": None if word.end_ns is None else self._timestamp(word.end_ns),
            }
            for word in said.words
        ]
        language = {"language_code": said.language_code} if said.language_code else {}
        payload = {"words": words, "participant": _person(said.participant), **language}
        return Happening(TRANSCRIPT if said.is_final else TRANSCRIPT_PARTIAL, "transcript", payload)

    def envelope(self, happening: Happening, endpoint: Endpoint) -> Envelope:
        artifact_id = uuid5(UUID(str(self._recording["id"])), happening.artifact)
        data = {
            "data": happening.payload,
            "realtime_endpoint": {"id": endpoint.id, "metadata": dict(endpoint.metadata)},
            happening.artifact: {"id": str(artifact_id), "metadata": {}},
            "recording": self._recording,
            "bot": None,
        }
        return Envelope(happening.name, data, happening.is_media, f"msg_{uuid4().hex}")

    def _change(self, event: ParticipantChange) -> Json:
        is_chat = event.action is ParticipantAction.CHAT_MESSAGE
        return {
            "participant": _person(event.participant),
            "timestamp": self._timestamp(event.at_ns),
            "data": {"text": event.text, "to": "everyone"} if is_chat else None,
        }

    def _picture(self, event: LivePicture) -> Json:
        return {
            "buffer": event.buffer,
            "timestamp": self._timestamp(event.at_ns),
            "type": "screenshare",
            "participant": _person(self._local),
        }

    def _timestamp(self, at_ns: int) -> Json:
        """A pause that was cut out is no time of the recording, but one of day."""
        segment = next((each for each in reversed(self._segments) if each.at_ns <= at_ns), None)
        moment = datetime.now(UTC)
        if segment is not None:
            passed = timedelta(microseconds=(at_ns - segment.at_ns) // 1000)
            moment = datetime.fromisoformat(segment.started_at).astimezone(UTC) + passed
        absolute = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {"absolute": absolute, "relative": round(at_ns / NS_PER_S, 3)}


def _person(participant: Participant) -> Json:
    """Live, a participant's ``is_host`` and ``extra_data`` are never unknown."""
    known = dataclasses.asdict(participant)
    return {**known, "is_host": bool(participant.is_host), "extra_data": dict(participant.extra_data or {})}
