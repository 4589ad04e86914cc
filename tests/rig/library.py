"""A library of made-up meetings: real files, true manifests, transcripts, and deliveries in every state."""

import hashlib
import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from app.paths import Paths
from capture.manifest import AudioReceipt, Gap, Manifest, Mark, Receipt, Segment, Status, write_manifest
from capture.media import FILES
from capture.recording import (
    NS_PER_S,
    EndReason,
    MediaFormat,
    MediaObject,
    MediaStatus,
    Meeting,
    RecordingId,
    RecordingSpec,
    RecordingStatus,
    TestPattern,
)
from uploader.lease import leased
from uploader.ledger import Delivery, DeliveryStatus, Ledger

SERVER = "https://recordings.example.org"
FIRST = datetime.fromisoformat("2026-11-20T09:00:00+00:00")
SOUND = ("-f", "lavfi", "-i", "sine=f=330,volume='0.2+0.8*mod(floor(t),2)':eval=frame")


@dataclass(frozen=True)
class Story:
    """A made-up meeting. ``media``: which files there are, by their paths. ``gap``: start and length in seconds."""

    title: str
    people: tuple[str, ...] = ("Ada", "Grace")
    app: str = "zoom"
    duration_s: int = 20
    days_ago: int = 0
    status: RecordingStatus = RecordingStatus.COMPLETE
    media: tuple[str, ...] = tuple(path for path, _ in FILES)
    lines: tuple[str, ...] = ()
    marks: tuple[tuple[float, str], ...] = ()
    gap: tuple[float, float] | None = None
    delivery: Delivery | None = None


@dataclass(frozen=True)
class Films:
    """Real files of ``duration_s``, shared by all recordings that are as long; made once."""

    folder: Path
    made: dict[tuple[str, int], Path] = field(default_factory=dict)
    pictures: Sequence[str] = ("-f", "lavfi", "-i", "testsrc=s=640x360:r=5")

    def file(self, path: str, duration_s: int) -> Path:
        known = self.made.get((path, duration_s))
        if known is None:
            known = self.folder / f"{duration_s}-{Path(path).name}"
            has_picture = path.endswith(".mp4")
            codec = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p") if has_picture else ("-vn",)
            inputs = (*self.pictures, *SOUND) if has_picture else SOUND
            command = ("ffmpeg", "-v", "error", "-y", *inputs, "-t", str(duration_s), *codec, str(known))
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
            self.made[(path, duration_s)] = known
        return known


def make_story(story: Story, number: int, paths: Paths, films: Films) -> Path:
    """Its directory."""
    recording_id = RecordingId(str(UUID(int=number)))
    directory = paths.recordings / recording_id
    (directory / "audio_separate").mkdir(parents=True)
    began = FIRST - timedelta(days=story.days_ago, minutes=number)
    documents = _documents(story, began)
    for path in story.media:
        if path.endswith(".json"):
            (directory / path).write_text(json.dumps(documents[path]), encoding="utf-8")
        else:
            os.link(films.file(path, story.duration_s), directory / path)
    write_manifest(_manifest(story, directory, began), directory)
    if story.delivery is not None:
        with Ledger(paths.ledger) as ledger:
            ledger.record(replace(story.delivery, recording_id=recording_id, directory=directory))
    return directory


@contextmanager
def being_sent(directories: Sequence[Path]) -> Iterator[None]:
    """As if another program did."""
    with ExitStack() as stack:
        for each in directories:
            assert stack.enter_context(leased(each))
        yield


def delivery(status: DeliveryStatus, share: float = 0.0, **more: object) -> Delivery:
    """Of 84 MB."""
    total_bytes = 84_000_000
    known = Delivery(RecordingId(""), SERVER, Path(), status, int(total_bytes * share), total_bytes)
    return replace(known, **more)  # type: ignore[arg-type] # fields of Delivery


def _manifest(story: Story, directory: Path, began: datetime) -> Manifest:
    duration_ns = story.duration_s * NS_PER_S
    ended = (began + timedelta(seconds=story.duration_s)).isoformat()
    gaps = (Gap(*story.gap, reason="device_lost"),) if story.gap else ()
    spec = RecordingSpec(
        RecordingId(directory.name), directory, TestPattern(), meeting=Meeting(title=story.title, app=story.app)
    )
    return Manifest(
        spec=spec,
        status=Status(story.status),
        started_at=began.isoformat(),
        completed_at=ended,
        duration_ns=duration_ns,
        timeline=(Segment(0, duration_ns, began.isoformat()),),
        marks=tuple(Mark(at_s, text) for at_s, text in story.marks),
        media=tuple(_media(directory, path) for path in story.media),
        receipt=Receipt(audio=(AudioReceipt("system", "Loudspeaker", 0.0, gaps),), ended_by=EndReason.STOP),
    )


def _media(directory: Path, path: str) -> MediaObject:
    content = (directory / path).read_bytes()
    form = MediaFormat(path.rpartition(".")[2])
    digest = hashlib.sha256(content).hexdigest()
    return MediaObject(dict(FILES)[path], form, path, len(content), digest, MediaStatus.DONE)


def _documents(story: Story, began: datetime) -> Mapping[str, object]:
    people = [
        {"id": 100 * (place + 1), "name": name, "is_host": place == 0, "platform": "desktop"}
        for place, name in enumerate(story.people)
    ]

    def at(at_s: float) -> dict[str, object]:
        return {"absolute": (began + timedelta(seconds=at_s)).isoformat(), "relative": at_s}

    step_s = story.duration_s / max(1, len(story.lines) or 2 * len(people))
    turns = [
        {
            "participant": people[place % len(people)],
            "start_timestamp": at(place * step_s),
            "end_timestamp": at((place + 0.8) * step_s),
        }
        for place in range(len(story.lines) or 2 * len(people))
    ]
    pace_s = min([0.35, *(0.8 * step_s / len(line.split()) for line in story.lines)])
    return {
        "participant_events.json": [
            {"id": str(place), "action": "join", "participant": person, "timestamp": at(0.0), "data": None}
            for place, person in enumerate(people)
        ],
        "participants.json": people,
        "speaker_timeline.json": turns,
        "meeting_metadata.json": {"title": story.title, "platform": story.app, "url": None, "app": story.app},
        "transcript.json": [
            {
                "participant": people[place % len(people)],
                "language_code": "en",
                "words": [
                    {
                        "text": word,
                        "start_timestamp": at(place * step_s + nth * pace_s),
                        "end_timestamp": at(place * step_s + (nth + 1) * pace_s),
                    }
                    for nth, word in enumerate(line.split())
                ],
            }
            for place, line in enumerate(story.lines)
        ],
    }
