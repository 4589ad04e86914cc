"""A recording as a player shows it: its files, who speaks when, marks, gaps and captions. For any thread."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from app.transcript_formats import Caption, captions
from capture.manifest import Manifest, read_manifest
from capture.recording import LOCAL_PARTICIPANT_ID, NS_PER_S, MediaKind, MediaStatus
from capture.transcription.shelf import read_transcript

translate = QCoreApplication.translate

MOST_LANES: Final = 8
SOUNDS: Final = (MediaKind.AUDIO_MIXED, MediaKind.AUDIO_SEPARATE)


@dataclass(frozen=True, slots=True)
class Stretch:
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Lane:
    """When one of them speaks."""

    name: str = field(repr=False)
    stretches: tuple[Stretch, ...]

    @property
    def spoken_s(self) -> float:
        return sum(each.end_s - each.start_s for each in self.stretches)


@dataclass(frozen=True, slots=True)
class Moment:
    """One that the user marked."""

    at_s: float
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing came from ``source`` then."""

    where: Stretch
    source: str


@dataclass(frozen=True, slots=True)
class Playable:
    """``film`` and ``sound`` are ``None`` where they are not on this machine."""

    directory: Path
    title: str = field(repr=False)
    duration_s: float
    film: Path | None
    sound: Path | None
    is_released: bool
    lanes: tuple[Lane, ...]
    moments: tuple[Moment, ...]
    missing: tuple[Missing, ...]
    captions: tuple[Caption, ...] = field(repr=False)


def read_playable(directory: Path) -> Playable:
    """Raises ``ManifestError``. Beside the manifest, what cannot be read is taken for absent."""
    manifest = read_manifest(directory)
    transcript = read_transcript(directory / "transcript.json") or ()
    return Playable(
        directory,
        manifest.spec.meeting.title or "",
        manifest.duration_ns / NS_PER_S,
        film=_file(manifest, MediaKind.VIDEO_MIXED),
        sound=next((path for kind in SOUNDS if (path := _file(manifest, kind)) is not None), None),
        is_released=any(each.status is MediaStatus.DELETED for each in manifest.media),
        lanes=tuple(_lanes(directory / "speaker_timeline.json")),
        moments=tuple(Moment(each.at_s, each.text or translate("player", "Marked")) for each in manifest.marks),
        missing=tuple(_missing(manifest)),
        captions=tuple(captions(transcript)),
    )


def name_of(participant: Mapping[str, Any]) -> str:
    if participant.get("name"):
        return " ".join(str(participant["name"]).split())
    is_local = participant["id"] == LOCAL_PARTICIPANT_ID
    return translate("player", "Me") if is_local else translate("player", "Other side")


def _file(manifest: Manifest, kind: MediaKind) -> Path | None:
    for media in manifest.media:
        if media.kind is kind and media.status is MediaStatus.DONE:
            return manifest.spec.directory / media.path
    return None


def _missing(manifest: Manifest) -> Iterator[Missing]:
    for audio in manifest.receipt.audio:
        for gap in audio.gaps:
            yield Missing(Stretch(gap.start_s, gap.start_s + gap.duration_s), audio.source)


def _lanes(path: Path) -> list[Lane]:
    """In the order in which they first spoke. Of many, those who spoke least share the last one."""
    try:
        turns = _by_speaker(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        return []
    lanes = [Lane(name, tuple(stretches)) for name, stretches in turns.items()]
    if len(lanes) <= MOST_LANES:
        return lanes
    ranked = sorted(lanes, key=lambda each: each.spoken_s, reverse=True)[: MOST_LANES - 1]
    others = [each for each in lanes if each not in ranked]
    name = translate("player", "{count} others").format(count=len(others))
    shared = sorted((each for lane in others for each in lane.stretches), key=lambda each: each.start_s)
    return [*(each for each in lanes if each in ranked), Lane(name, tuple(shared))]


def _by_speaker(turns: Sequence[Mapping[str, Any]]) -> Mapping[str, list[Stretch]]:
    found: dict[str, list[Stretch]] = {}
    for turn in turns:
        start_s, end_s = (float(turn[f"{which}_timestamp"]["relative"]) for which in ("start", "end"))
        found.setdefault(name_of(turn["participant"]), []).append(Stretch(start_s, end_s))
    return found
