"""Who joined, left and spoke, and the three artifacts that are made of it."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from capture.events import ParticipantChange
from capture.participants.floor import Floor
from capture.participants.roll import Mark, Roll
from capture.participants.roster import Roster, Step, microphone_data
from capture.recording import (
    LOCAL_PARTICIPANT_ID,
    NS_PER_S,
    REMOTE_PARTICIPANT_ID,
    Participant,
    ParticipantAction,
    Side,
)
from capture.wire import to_document

SIDES: Mapping[Side, int] = {Side.MICROPHONE: LOCAL_PARTICIPANT_ID, Side.SYSTEM: REMOTE_PARTICIPANT_ID}
SPEECH = {ParticipantAction.SPEECH_ON, ParticipantAction.SPEECH_OFF}
ENDS: Mapping[ParticipantAction, ParticipantAction] = {
    ParticipantAction.SPEECH_OFF: ParticipantAction.SPEECH_ON,
    ParticipantAction.WEBCAM_OFF: ParticipantAction.WEBCAM_ON,
    ParticipantAction.SCREENSHARE_OFF: ParticipantAction.SCREENSHARE_ON,
}
"""What each of them ends."""

Document = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Artifacts:
    """The participants' three JSON documents, in the artifact formats of the recordings API."""

    participant_events: Sequence[Document]
    participants: Sequence[Document]
    speaker_timeline: Sequence[Document]


class ParticipantLog:
    """Thread-safe. The other side takes part from when it is first heard, people of it from when they are first seen.

    ``on_change`` is called by whoever brings the news, must not block and not call back.
    """

    def __init__(self, local_name: str | None, on_change: Callable[[ParticipantChange], None]) -> None:
        self._people = {
            LOCAL_PARTICIPANT_ID: Participant(LOCAL_PARTICIPANT_ID, local_name, is_host=True),
            REMOTE_PARTICIPANT_ID: Participant(REMOTE_PARTICIPANT_ID, None, is_host=None),
        }
        self._joined_ns: dict[int, int] = {}
        self._on: set[tuple[int, ParticipantAction]] = set()
        self._roster = Roster(local_name)
        self._floor = Floor()
        self._hands = threading.Lock()
        self._is_open = True
        self._on_change = on_change
        self.changes: list[ParticipantChange] = []

    def join(self, side: Side, at_ns: int) -> None:
        """Idempotent."""
        with self._hands:
            self._join(SIDES[side], at_ns)

    def speech(self, side: Side, at_ns: int, *, speaking: bool) -> None:
        """Of the other side it is told later, as long as its window may yet show who it was."""
        with self._hands:
            if side is Side.MICROPHONE:
                self._say(LOCAL_PARTICIPANT_ID, at_ns, speaking=speaking)
            else:
                self._floor.turn(at_ns, speaking=speaking)
                self._decide()

    def look(self, at_ns: int, roll: Roll) -> None:
        """Whom the meeting's window shows now."""
        with self._hands:
            for step in self._roster.look(at_ns, roll):
                self._follow(step)
            for sender, text in self._roster.news(roll):
                self._add(sender, ParticipantAction.CHAT_MESSAGE, at_ns, text)
            if Mark.SPEAKING in roll.shows:
                self._floor.look(at_ns, self._roster.speaking(roll))
            self._decide()

    def stop_looking(self) -> None:
        """The window shows nobody for now, which does not say that they left. Idempotent."""
        with self._hands:
            self._floor.stop_looking()
            self._decide()

    def webcam(self, at_ns: int, *, is_on: bool) -> None:
        """The local user's. Idempotent."""
        with self._hands:
            action = ParticipantAction.WEBCAM_ON if is_on else ParticipantAction.WEBCAM_OFF
            self._switch(LOCAL_PARTICIPANT_ID, action, at_ns)

    def microphone(self, at_ns: int, *, is_muted: bool) -> None:
        """The local user's, as the system has it."""
        with self._hands:
            local = self._people[LOCAL_PARTICIPANT_ID]
            self._update(replace(local, extra_data=microphone_data(is_muted=is_muted)), at_ns)

    def leave_all(self, at_ns: int) -> None:
        """The end. What comes later is not noted."""
        with self._hands:
            self._decide(finally_=True)
            for participant_id in sorted(self._joined_ns):
                self._add(participant_id, ParticipantAction.LEAVE, at_ns)
            self._is_open = False

    def artifacts(self, wall_clock: Callable[[int], datetime]) -> Artifacts:
        """``wall_clock`` tells the date and time of an instant of the timeline."""
        changes = sorted(self.changes, key=lambda change: change.at_ns)
        people = {change.participant.id: change.participant for change in changes}
        return Artifacts(
            [_event(number, change, wall_clock) for number, change in enumerate(changes, 1)],
            [_person(participant) for participant in people.values()],
            _speaker_timeline(changes, wall_clock),
        )

    def _decide(self, *, finally_: bool = False) -> None:
        for said in self._floor.decided(finally_=finally_):
            self._say(said.participant_id, said.at_ns, speaking=said.speaking)

    def _say(self, participant_id: int, at_ns: int, *, speaking: bool) -> None:
        """Who was marked but is gone by now is the other side as such."""
        action = ParticipantAction.SPEECH_ON if speaking else ParticipantAction.SPEECH_OFF
        if participant_id not in self._joined_ns and participant_id not in SIDES.values():
            participant_id = REMOTE_PARTICIPANT_ID
        if speaking and participant_id in SIDES.values():
            self._join(participant_id, at_ns)
        self._switch(participant_id, action, at_ns)

    def _join(self, participant_id: int, at_ns: int) -> None:
        if participant_id not in self._joined_ns:
            self._joined_ns[participant_id] = at_ns
            self._add(participant_id, ParticipantAction.JOIN, at_ns)

    def _follow(self, step: Step) -> None:
        participant = step.participant
        match step.action:
            case ParticipantAction.JOIN:
                self._people[participant.id] = participant
                self._join(participant.id, step.at_ns)
            case ParticipantAction.UPDATE:
                self._update(participant, step.at_ns)
            case ParticipantAction.LEAVE:
                self._leave(participant.id, step.at_ns)
            case _:
                self._switch(participant.id, step.action, step.at_ns)

    def _update(self, participant: Participant, at_ns: int) -> None:
        if participant != self._people[participant.id]:
            self._people[participant.id] = participant
            self._add(participant.id, ParticipantAction.UPDATE, at_ns)

    def _leave(self, participant_id: int, at_ns: int) -> None:
        """Whatever was going on ends before."""
        for off, on in ENDS.items():
            if (participant_id, on) in self._on:
                self._switch(participant_id, off, at_ns)
        self._add(participant_id, ParticipantAction.LEAVE, at_ns)
        self._joined_ns.pop(participant_id, None)

    def _switch(self, participant_id: int, action: ParticipantAction, at_ns: int) -> None:
        """Nothing goes on twice, and nothing ends that did not go on."""
        key = participant_id, ENDS.get(action, action)
        if (key in self._on) == (action in ENDS):
            self._on ^= {key}
            self._add(participant_id, action, at_ns)

    def _add(self, participant_id: int, action: ParticipantAction, at_ns: int, text: str | None = None) -> None:
        """Nobody does anything before joining, or after leaving."""
        if not self._is_open or participant_id not in self._joined_ns:
            return
        at_ns = max(at_ns, self._joined_ns[participant_id])
        change = ParticipantChange(self._people[participant_id], action, at_ns, text)
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
