"""Who took part in a recording that several workers made, each with a journal of its own."""

from pathlib import Path

from capture.events import ParticipantChange
from capture.joining import Part, people
from capture.journal import Journal
from capture.manifest import Manifest, Status
from capture.recording import (
    NS_PER_S,
    Participant,
    ParticipantAction,
    RecordingId,
    RecordingSpec,
    RecordingStatus,
)

JOIN, LEAVE, UPDATE = ParticipantAction.JOIN, ParticipantAction.LEAVE, ParticipantAction.UPDATE
PART_S = 10
Did = tuple[float, int, str | None, ParticipantAction]


def part(folder: Path, number: int, *did: Did) -> Part:
    """A worker that died after ten seconds; the next one began ten seconds later."""
    directory = folder / str(number)
    directory.mkdir()
    spec = RecordingSpec(RecordingId("r"), directory, None)
    manifest = Manifest(spec, Status(RecordingStatus.INTERRUPTED), "2026-11-01T09:00:00.000Z")
    with Journal(directory) as journal:
        journal.open(manifest)
        for at_s, who, name, action in did:
            journal.add(ParticipantChange(Participant(who, name, is_host=None), action, round(at_s * NS_PER_S)))
    closed = Manifest(spec, manifest.status, manifest.started_at, duration_ns=PART_S * NS_PER_S)
    return Part(directory, closed, 2 * number * PART_S * NS_PER_S)


def told(*parts: Part) -> list[Did]:
    return [
        (change.at_ns / NS_PER_S, change.participant.id, change.participant.name, change.action)
        for change in people(parts)
    ]


def test_same_people_in_another_order(tmp_path: Path) -> None:
    first = part(tmp_path, 0, (0, 100, "Eve", JOIN), (1, 300, "Ada", JOIN), (2, 400, "Bob", JOIN))
    second = part(tmp_path, 1, (0, 100, "Eve", JOIN), (1, 300, "Bob", JOIN), (2, 400, "Cleo", JOIN))
    assert told(first, second) == [
        (0, 100, "Eve", JOIN),
        (1, 300, "Ada", JOIN),
        (2, 400, "Bob", JOIN),
        (22, 500, "Cleo", JOIN),
        (30, 100, "Eve", LEAVE),
        (30, 400, "Bob", LEAVE),
        (30, 500, "Cleo", LEAVE),
    ]


def test_who_left_and_came_again_did_so(tmp_path: Path) -> None:
    first = part(
        tmp_path, 0, (1, 300, "Ada", JOIN), (2, 300, "Ada", LEAVE), (3, 300, "Ada", JOIN), (4, 300, "Ada", LEAVE)
    )
    second = part(tmp_path, 1, (1, 300, "Ada", JOIN))
    assert [(at_s, action) for at_s, _, _, action in told(first, second)] == [
        (1, JOIN),
        (2, LEAVE),
        (3, JOIN),
        (4, LEAVE),
        (21, JOIN),
        (30, LEAVE),
    ]
