"""Whose turn it is, by the sound's times and the window's marks, which come 0.4 s later. Tenths of a second."""

from collections.abc import Callable, Iterable

import pytest

from capture.participants.floor import Floor
from capture.recording import NS_PER_S

TENTH_NS = NS_PER_S // 10
ADA, BOB, THEM = 300, 400, 200
Said = tuple[int, int, bool]
Act = Callable[[Floor], None]


def turn(at: int) -> Act:
    return lambda floor: floor.turn(at * TENTH_NS, speaking=True)


def end(at: int) -> Act:
    return lambda floor: floor.turn(at * TENTH_NS, speaking=False)


def marks(at: int, *who: int) -> Act:
    return lambda floor: floor.look(at * TENTH_NS, frozenset(who))


def blind(floor: Floor) -> None:
    floor.stop_looking()


def told(acts: Iterable[Act], *, finally_: bool = True) -> list[Said]:
    """What is decided after each act, and at the end."""
    floor, said = Floor(), []
    for act in acts:
        act(floor)
        said += list(floor.decided())
    if finally_:
        said += list(floor.decided(finally_=True))
    return [(each.at_ns // TENTH_NS, each.participant_id, each.speaking) for each in said]


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        pytest.param([turn(10), end(20)], [(10, THEM, True), (20, THEM, False)], id="nobody looks"),
        pytest.param(
            [marks(0), marks(5), turn(10), marks(20), end(20), marks(30)],
            [(10, THEM, True), (20, THEM, False)],
            id="nobody is marked",
        ),
        pytest.param(
            [marks(5), turn(10), marks(12), marks(14, ADA), marks(20, ADA), end(20), marks(22), marks(30)],
            [(10, ADA, True), (20, ADA, False)],
            id="the mark comes a little later than the voice",
        ),
        pytest.param(
            [marks(5, BOB), marks(9, BOB), turn(10), marks(14, ADA), marks(20, ADA), end(20), marks(30)],
            [(10, ADA, True), (20, ADA, False)],
            id="the last one's mark stands a little longer",
        ),
        pytest.param(
            [marks(5, ADA), turn(10), marks(28, ADA), marks(30, BOB), marks(36, BOB), end(40), marks(50)],
            [(10, ADA, True), (25, ADA, False), (25, BOB, True), (40, BOB, False)],
            id="one follows the other without a pause",
        ),
        pytest.param(
            [marks(5, ADA), turn(10), marks(14, ADA), marks(16), marks(25), end(30), marks(40)],
            [(10, ADA, True), (30, ADA, False)],
            id="the mark goes out in the midst of a turn",
        ),
        pytest.param(
            [marks(5, ADA, BOB), turn(10), marks(20, ADA, BOB), marks(22, BOB), end(30), marks(40)],
            [(10, ADA, True), (10, BOB, True), (17, ADA, False), (30, BOB, False)],
            id="two at once",
        ),
        pytest.param(
            [marks(5, ADA), turn(10), marks(20, ADA), blind, end(30)],
            [(10, ADA, True), (30, ADA, False)],
            id="the window is closed in the midst of a turn",
        ),
        pytest.param(
            [marks(5, ADA), marks(8, ADA), blind, turn(20), end(30)],
            [(20, THEM, True), (30, THEM, False)],
            id="a mark counts no longer than it is seen",
        ),
    ],
)
def test_turns(acts: list[Act], said: list[Said]) -> None:
    assert told(acts) == said


def test_mark_of_the_next_turn_does_not_prolong_the_last() -> None:
    acts = [marks(5, ADA), turn(10), marks(35, ADA), marks(37, BOB), end(30), turn(33), marks(39, BOB), end(45)]
    assert told([*acts, marks(60)]) == [(10, ADA, True), (30, ADA, False), (33, BOB, True), (45, BOB, False)]


def test_what_ends_must_have_begun() -> None:
    assert told([end(5), turn(10), turn(12), end(20), end(22)]) == [(10, THEM, True), (20, THEM, False)]


def test_nothing_is_told_before_a_mark_may_have_come() -> None:
    acts = [marks(5), turn(10), end(12), marks(29)]
    assert told(acts, finally_=False) == []
    assert told([*acts, marks(30)], finally_=False) == [(10, THEM, True), (12, THEM, False)]
    assert told([*acts[:-1], marks(18), marks(20, ADA), marks(30)], finally_=False) == [
        (10, ADA, True),
        (12, ADA, False),
    ]
