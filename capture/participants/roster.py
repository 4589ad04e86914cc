"""From what a meeting's window shows, look by look, to who came, left, is called otherwise or shows a picture. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from capture.meetings.accessible import Place
from capture.participants.numbers import Numbers
from capture.participants.roll import Attendee, ChatMessage, Mark, Roll
from capture.recording import NS_PER_S, Participant, ParticipantAction

GONE_NS = 3 * NS_PER_S
"""Lists are built anew, and for a moment some are missing: who has left is missing longer, and at two looks."""

SWITCHES = {
    Mark.CAMERA: (ParticipantAction.WEBCAM_ON, ParticipantAction.WEBCAM_OFF),
    Mark.SHARING: (ParticipantAction.SCREENSHARE_ON, ParticipantAction.SCREENSHARE_OFF),
}
MICROPHONE, MUTED, UNMUTED = "microphone", "muted", "unmuted"
"""In ``extra_data``."""


@dataclass(frozen=True, slots=True)
class Step:
    at_ns: int
    participant: Participant
    action: ParticipantAction


@dataclass(frozen=True, slots=True)
class _Known:
    participant: Participant
    place: Place
    marks: frozenset[Mark]
    missed_ns: int | None = None


@dataclass(slots=True)
class Roster:
    """The others; the user of this machine is left out, by a mark or by the name in the settings."""

    _own_name: str | None = None
    _numbers: Numbers = field(default_factory=Numbers)
    _present: dict[int, _Known] = field(default_factory=dict)
    _read: set[ChatMessage] = field(default_factory=set)

    def look(self, at_ns: int, roll: Roll) -> Iterator[Step]:
        others = {each.name: each for each in roll.attendees if not self._is_own(each)}
        known_names = {known.participant.name for known in self._present.values()}
        newcomers = {each.place: each for name, each in others.items() if name not in known_names}
        for number, known in list(self._present.items()):
            found = others.get(known.participant.name or "") or newcomers.pop(known.place, None)
            if found is not None:
                yield from self._see(at_ns, number, found, roll)
            elif roll.is_whole:
                yield from self._miss(at_ns, number)
        for newcomer in newcomers.values():
            yield from self._join(at_ns, newcomer, roll)

    def news(self, roll: Roll) -> Iterator[tuple[int, str]]:
        """Messages that were not there before, of those who are; each with its sender's number."""
        senders = {known.participant.name: number for number, known in self._present.items()}
        for message in roll.messages:
            if message not in self._read and message.name in senders:
                self._read.add(message)
                yield senders[message.name], message.text

    def speaking(self, roll: Roll) -> frozenset[int]:
        """The numbers of those who are marked."""
        names = {each.name for each in roll.attendees if Mark.SPEAKING in each.marks}
        return frozenset(number for number, known in self._present.items() if known.participant.name in names)

    def _is_own(self, attendee: Attendee) -> bool:
        return Mark.OWN in attendee.marks or attendee.name.casefold() == (self._own_name or "").casefold()

    def _join(self, at_ns: int, found: Attendee, roll: Roll) -> Iterator[Step]:
        participant = _described(
            Participant(self._numbers.of(found.name, self._present), found.name, is_host=None), found.marks, roll
        )
        self._present[participant.id] = _Known(participant, found.place, frozenset())
        yield Step(at_ns, participant, ParticipantAction.JOIN)
        yield from self._see(at_ns, participant.id, found, roll)

    def _see(self, at_ns: int, number: int, found: Attendee, roll: Roll) -> Iterator[Step]:
        known = self._present[number]
        participant = _described(replace(known.participant, name=found.name), found.marks, roll)
        self._present[number] = _Known(participant, found.place, found.marks)
        if participant != known.participant:
            self._numbers.rename(number, found.name)
            yield Step(at_ns, participant, ParticipantAction.UPDATE)
        for mark, (on, off) in SWITCHES.items():
            if (mark in found.marks) != (mark in known.marks):
                yield Step(at_ns, participant, on if mark in found.marks else off)

    def _miss(self, at_ns: int, number: int) -> Iterator[Step]:
        """Who has left did so when he was first missed."""
        known = self._present[number]
        if known.missed_ns is None:
            self._present[number] = replace(known, missed_ns=at_ns)
        elif at_ns - known.missed_ns >= GONE_NS:
            del self._present[number]
            yield Step(known.missed_ns, known.participant, ParticipantAction.LEAVE)


def _described(participant: Participant, marks: frozenset[Mark], roll: Roll) -> Participant:
    if Mark.HOST in roll.shows:
        participant = replace(participant, is_host=Mark.HOST in marks)
    if Mark.MUTED in roll.shows:
        participant = replace(participant, extra_data=microphone_data(is_muted=Mark.MUTED in marks))
    return participant


def microphone_data(*, is_muted: bool) -> Mapping[str, str]:
    return {MICROPHONE: MUTED if is_muted else UNMUTED}
