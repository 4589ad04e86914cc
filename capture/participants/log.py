"""Who joined, left and spoke, and the three artifacts that are made of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from capture.events import ParticipantChange
from capture.recording import (
    LOCAL_PARTICIPANT_ID,
    NS_PER_S,
    REMOTE_PARTICIPANT_ID,
    Participant,
    ParticipantAction,
    Side,
)
from capture.wire import to_document

SPEECH = {ParticipantAction.SPEECH_ON, ParticipantAction.SPEECH_OFF}

Document = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Artifacts:
    """The participants' three JSON documents, in the artifact formats of the recordings API."""

    participant_events: Sequence[Document]
    participants: Sequence[Document]
    speaker_timeline: Sequence[Document]


class ParticipantLog:
    """One thread at a time. The remote side takes part from when it is first heard: earlier nobody knows of it."""

    def __init__(self, local_name: str | None, on_change: Callable[[ParticipantChange], None]) -> None:
        self._people = {
            Side.MICROPHONE: Participant(LOCAL_PARTICIPANT_ID, local_name, is_host=True),
            Side.SYSTEM: Participant(REMOTE_PARTICIPANT_ID, None, is_host=None),
        }
        self._present: set[Side] = set()
        self._on_change = on_change
        self.changes: list[ParticipantChange] = []

    def join(self, side: Side, at_ns: int) -> None:
        """Idempotent."""
        if side not in self._present:
            self._present.add(side)
            self._add(side, ParticipantAction.JOIN, at_ns)

    def speech(self, side: Side, at_ns: int, *, speaking: bool) -> None:
        self.join(side, at_ns)
        self._add(side, ParticipantAction.SPEECH_ON if speaking else ParticipantAction.SPEECH_OFF, at_ns)

    def leave_all(self, at_ns: int) -> None:
        for side in sorted(self._present):
            self._add(side, ParticipantAction.LEAVE, at_ns)
        self._present.clear()

    def artifacts(self, wall_clock: Callable[[int], datetime]) -> Artifacts:
        """``wall_clock`` tells the date and time of an instant of the timeline."""
        changes = sorted(self.changes, key=lambda change: change.at_ns)
        people = {change.participant.id: change.participant for change in changes}
        return Artifacts(
            [_event(number, change, wall_clock) for number, change in enumerate(changes, 1)],
            [_person(participant) for participant in people.values()],
            _speaker_timeline(changes, wall_clock),
        )

    def _add(self, side: Side, action: ParticipantAction, at_ns: int) -> None:
        change = ParticipantChange(self._people[side], action, at_ns)
        self.changes.append(change)
        self._on_change(change)


def wall_clock_text(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and a Z."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def after(start: datetime, passed_ns: int) -> datetime:
    return start + timedelta(microseconds=passed_ns // 1000)


def _timestamp(at_ns: int, wall_clock: Callable[[int], datetime]) -> Document:
    return {"absolute": wall_clock_text(wall_clock(at_ns)), "relative": round(at_ns / NS_PER_S, 3)}


def _person(participant: Participant) -> Document:
    document: Document = to_document(participant)
    return document


def _event(number: int, change: ParticipantChange, wall_clock: Callable[[int], datetime]) -> Document:
    return {
        "id": str(number),
        "action": change.action,
        "participant": _person(change.participant),
        "timestamp": _timestamp(change.at_ns, wall_clock),
        "data": None if change.text is None else {"text": change.text, "to": "everyone"},
    }


def _speaker_timeline(changes: list[ParticipantChange], wall_clock: Callable[[int], datetime]) -> Sequence[Document]:
    """Each turn of speech from its beginning to its end; one that has no end yet has none here either."""
    turns: list[dict[str, object]] = []
    open_turns: dict[int, dict[str, object]] = {}
    for change in changes:
        if change.action not in SPEECH:
            continue
        moment = _timestamp(change.at_ns, wall_clock)
        if change.action is ParticipantAction.SPEECH_ON:
            turn: dict[str, object] = {
                "participant": _person(change.participant),
                "start_timestamp": moment,
                "end_timestamp": None,
            }
            open_turns[change.participant.id] = turn
            turns.append(turn)
        elif change.participant.id in open_turns:
            open_turns.pop(change.participant.id)["end_timestamp"] = moment
    return turns
