"""Who comes, goes and is called otherwise, by what a window shows from look to look."""

from dataclasses import replace

from capture.meetings.accessible import Place
from capture.participants.roll import Attendee, Mark, Roll
from capture.participants.roster import Roster
from capture.recording import NS_PER_S, ParticipantAction

JOIN, LEAVE, UPDATE = ParticipantAction.JOIN, ParticipantAction.LEAVE, ParticipantAction.UPDATE
Told = list[tuple[int, str, ParticipantAction]]


def roll(*names: str, shows: frozenset[Mark] = frozenset()) -> Roll:
    """Each in the row of its number."""
    return Roll(tuple(Attendee(Place(":1.1", f"/{row}"), name) for row, name in enumerate(names)), shows)


def marked(name: str, *marks: Mark, shows: frozenset[Mark] | None = None) -> Roll:
    return Roll((Attendee(Place(":1.1", "/0"), name, frozenset(marks)),), frozenset(marks) if shows is None else shows)


def look(roster: Roster, at_s: int, seen: Roll) -> Told:
    steps = roster.look(at_s * NS_PER_S, seen)
    return [(step.at_ns // NS_PER_S, step.participant.name or "", step.action) for step in steps]


def test_they_join_when_they_are_first_seen() -> None:
    roster = Roster()
    assert look(roster, 1, roll("Ada", "Bob")) == [(1, "Ada", JOIN), (1, "Bob", JOIN)]
    assert look(roster, 2, roll("Bob", "Ada", "Cleo")) == [(2, "Cleo", JOIN)]


def test_who_is_missing_for_a_while_left_when_first_missed() -> None:
    roster = Roster()
    look(roster, 0, roll("Ada", "Bob"))
    assert look(roster, 1, roll("Bob")) == []
    assert look(roster, 3, roll("Bob")) == []
    assert look(roster, 4, roll("Bob")) == [(1, "Ada", LEAVE)]


def test_list_that_is_built_anew_makes_nobody_leave() -> None:
    roster = Roster()
    look(roster, 0, roll("Ada", "Bob"))
    assert look(roster, 1, roll("Bob")) == []
    assert look(roster, 9, roll("Ada", "Bob")) == []


def test_part_of_a_list_makes_nobody_leave() -> None:
    roster = Roster()
    look(roster, 0, roll("Ada", "Bob"))
    for at_s in (1, 5, 9):
        assert look(roster, at_s, replace(roll("Bob"), is_whole=False)) == []


def test_same_row_with_another_name_is_a_rename() -> None:
    roster = Roster()
    (ada,) = roster.look(0, roll("Ada"))
    (step,) = roster.look(NS_PER_S, roll("Ada Example"))
    assert (step.action, step.participant.name, step.participant.id) == (UPDATE, "Ada Example", ada.participant.id)


def test_who_takes_a_name_that_somebody_had_is_another() -> None:
    roster = Roster()
    (ada,) = roster.look(0, roll("Ada"))
    look(roster, 1, roll("Bob"))
    (step,) = roster.look(2 * NS_PER_S, roll("Bob", "Ada"))
    assert (step.action, step.participant.name) == (JOIN, "Ada")
    assert step.participant.id != ada.participant.id


def test_rows_that_move_up_are_no_renames() -> None:
    roster = Roster()
    look(roster, 0, roll("Ada", "Bob", "Cleo"))
    assert look(roster, 1, roll("Bob", "Cleo", "Dan")) == [(1, "Dan", JOIN)]
    assert look(roster, 5, roll("Bob", "Cleo", "Dan")) == [(1, "Ada", LEAVE)]


def test_who_comes_back_is_the_same() -> None:
    roster = Roster()
    _, came = roster.look(0, roll("Bob", "Ada"))
    for at_s in (1, 5):
        look(roster, at_s, roll("Bob"))
    (back,) = [step for step in roster.look(9 * NS_PER_S, roll("Bob", "Ada")) if step.action is JOIN]
    assert back.participant == came.participant


def test_user_of_this_machine_is_left_out() -> None:
    assert look(Roster(), 0, marked("Ada", Mark.OWN)) == []


def test_pictures() -> None:
    roster, shows = Roster(), frozenset({Mark.CAMERA, Mark.SHARING})
    on = look(roster, 0, marked("Ada", Mark.CAMERA, shows=shows))
    assert on == [(0, "Ada", JOIN), (0, "Ada", ParticipantAction.WEBCAM_ON)]
    assert look(roster, 1, marked("Ada", Mark.SHARING, shows=shows)) == [
        (1, "Ada", ParticipantAction.WEBCAM_OFF),
        (1, "Ada", ParticipantAction.SCREENSHARE_ON),
    ]


def test_what_a_program_does_not_show_is_not_said() -> None:
    (join,) = Roster().look(0, roll("Ada"))
    assert (join.participant.is_host, join.participant.extra_data) == (None, None)


def test_host_and_microphone() -> None:
    roster, shows = Roster(), frozenset({Mark.HOST, Mark.MUTED})
    (join,) = roster.look(0, marked("Ada", Mark.MUTED, shows=shows))
    assert (join.participant.is_host, join.participant.extra_data) == (False, {"microphone": "muted"})
    (update,) = roster.look(1, marked("Ada", Mark.HOST, shows=shows))
    assert (update.participant.is_host, update.participant.extra_data) == (True, {"microphone": "unmuted"})


def test_only_who_is_there_speaks() -> None:
    roster = Roster()
    seen = marked("Ada", Mark.SPEAKING)
    (join,) = roster.look(0, seen)
    assert roster.speaking(seen) == {join.participant.id}
    assert roster.speaking(marked("Bob", Mark.SPEAKING)) == frozenset()
