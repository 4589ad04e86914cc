"""Participants' numbers: the same name has the same one for a whole recording, also when its worker was followed."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from capture.events import ParticipantChange
from capture.recording import REMOTE_PARTICIPANT_ID

STEP = 100
"""As between the local participant and the other side."""


class Numbers:
    """One thread at a time."""

    def __init__(self) -> None:
        self._by_name: dict[str, int] = {}
        self._given = 0

    def of(self, name: str, taken: Container[int] = ()) -> int:
        """``taken``: by others who are there, and may have had this name before."""
        if name not in self._by_name or self._by_name[name] in taken:
            self._given += 1
            self._by_name[name] = REMOTE_PARTICIPANT_ID + STEP * self._given
        return self._by_name[name]

    def rename(self, number: int, name: str) -> None:
        """Who is called otherwise now keeps the number, and is known by both names."""
        self._by_name.setdefault(name, number)


def renumbered(changes: Iterable[ParticipantChange], numbers: Numbers) -> Iterator[ParticipantChange]:
    """One worker's story with the numbers of the whole recording. The two sides as such keep theirs."""
    known: dict[int, int] = {}
    for change in changes:
        who = change.participant
        if who.id <= REMOTE_PARTICIPANT_ID or who.name is None:
            yield change
            continue
        if who.id not in known:
            known[who.id] = numbers.of(who.name, known.values())
        numbers.rename(known[who.id], who.name)
        yield replace(change, participant=replace(who, id=known[who.id]))
