"""Numbers stay with names, also from one worker to the next."""

from capture.events import ParticipantChange
from capture.participants.numbers import Numbers, renumbered
from capture.recording import Participant, ParticipantAction

JOIN, UPDATE, LEAVE = ParticipantAction.JOIN, ParticipantAction.UPDATE, ParticipantAction.LEAVE


def change(number: int, name: str | None, action: ParticipantAction = JOIN) -> ParticipantChange:
    return ParticipantChange(Participant(number, name, is_host=None), action, 0)


def test_same_name_same_number() -> None:
    numbers = Numbers()
    assert [numbers.of(name) for name in ("Ada", "Bob", "Ada", "Cleo")] == [300, 400, 300, 500]


def test_renamed_one_is_known_by_both_names() -> None:
    numbers = Numbers()
    numbers.rename(numbers.of("Ada"), "Ada Lovelace")
    assert numbers.of("Ada Lovelace") == numbers.of("Ada") == 300
    assert numbers.of("Bob") == 400


def test_name_that_somebody_else_had_before_stays_with_that_one() -> None:
    numbers = Numbers()
    ada, bob = numbers.of("Ada"), numbers.of("Bob")
    numbers.rename(ada, "Bob")
    assert numbers.of("Bob") == bob


def test_number_of_somebody_who_is_there_is_not_given_again() -> None:
    numbers = Numbers()
    numbers.rename(numbers.of("Ada"), "Bob")
    assert numbers.of("Ada", {300}) == 400
    assert numbers.of("Ada") == 400


def test_next_worker_counts_otherwise() -> None:
    numbers = Numbers()
    first = [change(100, "Eve"), change(200, None), change(300, "Ada"), change(400, "Bob")]
    second = [change(100, "Eve"), change(300, "Bob"), change(400, "Cleo"), change(300, "Bob B.", UPDATE)]
    told = [(each.participant.id, each.participant.name) for each in renumbered(first, numbers)]
    assert told == [(100, "Eve"), (200, None), (300, "Ada"), (400, "Bob")]
    told = [(each.participant.id, each.participant.name) for each in renumbered(second, numbers)]
    assert told == [(100, "Eve"), (400, "Bob"), (500, "Cleo"), (400, "Bob B.")]
