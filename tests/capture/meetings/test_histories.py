"""Every history in ``tests/data/signals``: each meeting is found once and in time, and nothing else is offered."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capture.meetings.catalogue import load_catalogue
from capture.meetings.facts import Fact
from capture.meetings.verdicts import Closed, Detected, Offer, Skipped, Verdict
from tests.capture.meetings.histories import AFTER_NS, Batch, History, load, moment_ns, replay, seconds

MEETINGS, OTHERS = load("meetings"), load("others")
ALL = MEETINGS + OTHERS
NAMED = {history.name: history for history in ALL}
CATALOGUE = load_catalogue()
ENOUGH = 60
AGAIN = 0.2
"""The share of all facts of before that are told again."""


def by_name(history: History) -> str:
    return history.name


def closing_of(verdicts: list[Verdict], detected: Detected) -> Closed:
    return next(v for v in verdicts if isinstance(v, Closed) and v.meeting.id == detected.meeting.id)


@pytest.mark.parametrize("history", MEETINGS, ids=by_name)
def test_meetings_are_found(history: History) -> None:
    verdicts = replay(history.facts, CATALOGUE)
    found = [verdict for verdict in verdicts if isinstance(verdict, Detected)]
    assert len(found) == len(history.meetings), verdicts
    for detected, expected in zip(found, history.meetings, strict=True):
        closed = closing_of(verdicts, detected)
        assert expected.found_s[0] <= seconds(detected.at_ns) <= expected.found_s[1]
        assert expected.over_s[0] <= seconds(closed.at_ns) <= expected.over_s[1]
        assert detected.meeting.since_ns <= detected.at_ns
        assert detected.offer is (Offer.MADE if expected.again else Offer.DUE)
        assert closed.meeting.evidence
        assert expected.platform in {detected.meeting.platform, closed.meeting.platform}
        assert expected.title in {None, closed.meeting.title}
        assert expected.url in {None, closed.meeting.url}


@pytest.mark.parametrize("history", OTHERS, ids=by_name)
def test_others_are_not_offered(history: History) -> None:
    verdicts = replay(history.facts, CATALOGUE)
    assert not [verdict for verdict in verdicts if isinstance(verdict, Detected)]


@pytest.mark.parametrize("history", ALL, ids=by_name)
def test_what_is_passed_over_has_its_reason(history: History) -> None:
    reasons = {verdict.reason for verdict in replay(history.facts, CATALOGUE) if isinstance(verdict, Skipped)}
    assert history.skips <= reasons


def test_histories_are_many_and_each_its_own() -> None:
    assert len(MEETINGS) >= ENOUGH
    assert len(OTHERS) >= ENOUGH
    assert len(NAMED) == len(ALL)
    assert len({history.facts for history in ALL}) == len(ALL)


def shuffled(random: Random) -> Callable[[Batch], Batch]:
    """Each moment's facts in any order, some of them twice, and some of before again."""
    heard: list[Fact] = []

    def deliver(batch: Batch) -> Batch:
        heard.extend(batch)
        mixed = [*batch, *(fact for fact in heard if random.random() < AGAIN)]
        return random.sample(mixed, k=len(mixed))

    return deliver


@given(name=st.sampled_from(sorted(NAMED)), seed=st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_order_and_repetition_change_no_verdict(name: str, seed: int) -> None:
    facts = NAMED[name].facts
    assert replay(facts, CATALOGUE, shuffled(Random(seed))) == replay(facts, CATALOGUE)


@given(name=st.sampled_from(sorted(NAMED)), looks_s=st.lists(st.floats(0, 4000), max_size=20))
@settings(max_examples=100, deadline=None)
def test_looking_more_often_changes_no_verdict(name: str, looks_s: list[float]) -> None:
    facts = NAMED[name].facts
    end_ns = max(fact.at_ns for fact in facts) + AFTER_NS
    looks_ns = [moment_ns(look_s) for look_s in looks_s if moment_ns(look_s) < end_ns]
    assert replay(facts, CATALOGUE, looks_ns=looks_ns) == replay(facts, CATALOGUE)
