from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.participants.turns import (
    OFF,
    ON,
    WINDOW_NS,
    WINDOWS_LATE,
    WINDOWS_TO_BEGIN,
    WINDOWS_TO_END,
    WINDOWS_TO_FORGET,
    TurnTaking,
)
from capture.participants.voice_activity import Turn

SPEECH, BETWEEN, NOISE = [0.9], [(ON + OFF) / 2], [0.1]
END = NOISE * WINDOWS_TO_END


def turns(probabilities: Sequence[float]) -> list[Turn]:
    taking = TurnTaking()
    found = [turn for probability in probabilities for turn in taking.hear(probability)]
    return [*found, *taking.finish(len(probabilities) * WINDOW_NS)]


def spans(probabilities: Sequence[float]) -> list[tuple[float, float]]:
    """In windows."""
    found = turns(probabilities)
    assert [turn.speaking for turn in found] == [True, False] * (len(found) // 2)
    at = [turn.at_ns / WINDOW_NS for turn in found]
    return list(zip(at[::2], at[1::2], strict=True))


def test_noise_is_no_turn() -> None:
    assert turns(NOISE * 100) == []
    assert turns([]) == []


def test_a_turn_is_where_speech_was() -> None:
    assert spans(NOISE * 10 + SPEECH * 30 + END) == [(10, 40 - WINDOWS_LATE)]


@pytest.mark.parametrize(("length", "turns"), [(WINDOWS_TO_BEGIN - 1, 0), (WINDOWS_TO_BEGIN, 1)])
def test_what_is_too_short_is_none(length: int, turns: int) -> None:
    assert len(spans(NOISE * 10 + SPEECH * length + END)) == turns


@pytest.mark.parametrize(("length", "turns"), [(WINDOWS_TO_FORGET - 1, 1), (WINDOWS_TO_FORGET, 0)])
def test_short_bursts_far_apart_make_no_turn(length: int, turns: int) -> None:
    assert len(spans((SPEECH * 3 + NOISE * length) * 3 + END)) == turns


@pytest.mark.parametrize(("length", "turns"), [(WINDOWS_TO_END - 1, 1), (WINDOWS_TO_END, 2)])
def test_a_pause_between_words_ends_no_turn(length: int, turns: int) -> None:
    assert len(spans(SPEECH * 20 + NOISE * length + SPEECH * 20 + END)) == turns


def test_a_doubt_begins_nothing_and_ends_nothing() -> None:
    assert spans(BETWEEN * 50) == []
    assert spans(SPEECH * 20 + BETWEEN * 50 + SPEECH * 20 + END) == [(0, 90 - WINDOWS_LATE)]


def test_an_end_is_where_it_was_last_certain() -> None:
    assert spans(SPEECH * 20 + BETWEEN * 50 + END) == [(0, 20 - WINDOWS_LATE)]


def test_who_still_speaks_stops_at_the_end() -> None:
    assert spans(SPEECH * 20) == [(0, 20)]
    taking = TurnTaking()
    assert [*taking.hear(0.9)] == []
    assert [*taking.finish(WINDOW_NS)] == []


@given(st.lists(st.tuples(st.sampled_from([*SPEECH, *BETWEEN, *NOISE]), st.integers(1, 40)), max_size=30))
def test_turns_are_in_order_and_apart(parts: list[tuple[float, int]]) -> None:
    probabilities = [probability for probability, length in parts for _ in range(length)]
    found = spans(probabilities)
    assert all(begin < end for begin, end in found)
    assert all(end < begin for (_, end), (begin, _) in pairwise(found))
    assert all(begin >= 0 and end <= len(probabilities) for begin, end in found)
    assert all(probabilities[round(begin)] >= ON for begin, _ in found)


@given(st.lists(st.floats(0, 1), max_size=200))
def test_nobody_is_said_to_speak_before_he_does(probabilities: list[float]) -> None:
    """What is told is never later withdrawn, and never of the future."""
    taking = TurnTaking()
    for number, probability in enumerate(probabilities):
        for turn in taking.hear(probability):
            assert 0 <= turn.at_ns <= number * WINDOW_NS
