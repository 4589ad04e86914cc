"""The detector's own promises; what it makes of real programs is in ``test_histories``."""

from dataclasses import replace

import pytest

from capture.meetings.catalogue import Catalogue, load_catalogue
from capture.meetings.detector import Detector
from capture.meetings.facts import (
    Fact,
    Listening,
    Playing,
    Program,
    Purpose,
    StreamId,
    StreamState,
    WindowId,
    WindowShown,
)
from capture.meetings.verdicts import Closed, Detected, Evidence, Offer, Skipped, SkipReason, Updated
from capture.recording import NS_PER_S

ZOOM = Program(("zoom",), 42)
CHROME = Program(("chrome",), 43)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def detector(catalogue: Catalogue) -> Detector:
    return Detector(catalogue)


def voice(at_s: float, program: Program = ZOOM, state: StreamState = StreamState.RUNNING) -> Listening:
    return Listening(round(at_s * NS_PER_S), StreamId(f"m{program.pid}"), program, state)


def sound(at_s: float, program: Program, state: StreamState = StreamState.RUNNING) -> Playing:
    return Playing(round(at_s * NS_PER_S), StreamId(f"s{program.pid}"), program, state)


def tab(at_s: float, title: str, url: str | None = None) -> WindowShown:
    return WindowShown(round(at_s * NS_PER_S), WindowId("0x1"), CHROME, title, url)


def at(time_s: float) -> int:
    return round(time_s * NS_PER_S)


def test_nothing_is_due_while_nothing_happens(detector: Detector) -> None:
    assert detector.look(at(1)) == []
    assert detector.due_ns is None
    assert not detector.meetings


def test_detected_updated_closed(detector: Detector) -> None:
    assert detector.look(at(1), [voice(1, CHROME), tab(1, "Meet \u2013 abc-defg-hij - Google Chrome")]) == []
    assert detector.due_ns == at(4)
    (detected,) = detector.look(at(4))
    assert isinstance(detected, Detected)
    assert detected.offer is Offer.DUE
    assert detected.meeting.since_ns == at(1)
    assert detected.meeting.evidence == (Evidence.MICROPHONE, Evidence.WINDOW)
    assert detected.meeting.url == "https://meet.google.com/abc-defg-hij"
    (updated,) = detector.look(at(5), [tab(5, "Meet \u2013 Retro - Google Chrome")])
    assert isinstance(updated, Updated)
    assert updated.meeting == replace(detected.meeting, title="Retro")
    assert detector.meetings == (updated.meeting,)
    assert detector.look(at(6), [sound(6, CHROME)]) == []
    assert detector.meetings[0].evidence == (Evidence.MICROPHONE, Evidence.PLAYBACK, Evidence.WINDOW)
    ends: list[Fact] = [
        voice(9, CHROME, StreamState.ENDED),
        sound(9, CHROME, StreamState.ENDED),
        tab(9, "News - Google Chrome"),
    ]
    assert detector.look(at(9), ends) == []
    assert detector.due_ns == at(19)
    (closed,) = detector.look(at(19))
    assert isinstance(closed, Closed)
    assert closed.meeting.id == detected.meeting.id
    assert not detector.meetings
    assert detector.due_ns is None


def test_url_of_the_system_goes_before_the_titles_own(detector: Detector) -> None:
    facts: list[Fact] = [
        voice(1, CHROME),
        tab(1, "Meet \u2013 abc-defg-hij", "https://meet.google.com/abc-defg-hij?authuser=1"),
    ]
    detector.look(at(1), facts)
    (detected,) = detector.look(at(4))
    assert isinstance(detected, Detected)
    assert detected.meeting.url == "https://meet.google.com/abc-defg-hij?authuser=1"


@pytest.mark.parametrize(
    ("purpose", "reason"),
    [(Purpose.OWN, SkipReason.OWN), (Purpose.MONITOR, SkipReason.MONITOR), (Purpose.METER, SkipReason.METER)],
)
def test_stream_without_a_voice_is_passed_over_once(detector: Detector, purpose: Purpose, reason: SkipReason) -> None:
    stream = replace(voice(1), purpose=purpose)
    assert detector.look(at(1), [stream]) == [Skipped(at(1), ZOOM, reason)]
    assert detector.look(at(2), [replace(stream, at_ns=at(2))]) == []
    assert detector.look(at(9)) == []
    gone = replace(stream, at_ns=at(10), state=StreamState.ENDED)
    assert detector.look(at(10), [gone]) == []
    assert detector.look(at(11), [replace(stream, at_ns=at(11))]) == [Skipped(at(11), ZOOM, reason)]


def test_glitch_is_too_short(detector: Detector) -> None:
    detector.look(at(1), [voice(1)])
    ended = detector.look(at(1.02), [voice(1.02, ZOOM, StreamState.ENDED)])
    assert ended == [Skipped(at(1.02), ZOOM, SkipReason.TOO_SHORT)]
    assert detector.look(at(30)) == []


@pytest.mark.parametrize(("back_s", "offer"), [(60, Offer.MADE), (75, Offer.DUE)])
def test_who_returns_soon_is_not_asked_again(detector: Detector, back_s: float, offer: Offer) -> None:
    """Closed at 12 s: ten after the microphone was released."""
    detector.look(at(1), [voice(1)])
    detector.look(at(1.1))
    detector.look(at(2), [voice(2, ZOOM, StreamState.ENDED)])
    assert [type(verdict) for verdict in detector.look(at(12))] == [Closed]
    detector.look(at(back_s), [voice(back_s)])
    (detected,) = detector.look(at(back_s + 0.1))
    assert isinstance(detected, Detected)
    assert detected.offer is offer
    assert detected.meeting.id == "zoom-2"


def test_older_fact_does_not_bring_back_what_has_ended(detector: Detector) -> None:
    detector.look(at(1), [voice(1)])
    detector.look(at(1.02), [voice(1.02, ZOOM, StreamState.ENDED)])
    assert detector.look(at(2), [voice(1)]) == []
    assert detector.due_ns is None


def test_no_repr_tells_a_title(detector: Detector) -> None:
    window = tab(1, "Meet \u2013 Salary of Ada - Google Chrome", "https://meet.google.com/abc-defg-hij")
    detector.look(at(1), [voice(1, CHROME), window])
    (detected,) = detector.look(at(4))
    assert isinstance(detected, Detected)
    assert detected.meeting.title == "Salary of Ada"
    assert "Ada" not in repr((window, detected))
    assert "abc-defg" not in repr((window, detected))


def test_candidates_are_those_that_may_become_meetings(detector: Detector) -> None:
    detector.look(at(1), [voice(1, CHROME), tab(1, "Meet \u2013 abc-defg-hij - Google Chrome")])
    assert detector.candidates == {"Google Chrome"}
    (detected,) = detector.look(at(6))
    assert isinstance(detected, Detected)
    assert detector.candidates == frozenset()


def test_window_of_a_meeting_makes_a_candidate_before_the_microphone_does(detector: Detector) -> None:
    """But not for ever, nor again by what is left of the meeting."""
    assert detector.look(at(1), [tab(1, "Meet \u2013 abc-defg-hij - Google Chrome")]) == []
    assert detector.candidates == {"Google Chrome"}
    detector.look(at(10), [voice(10, CHROME)])
    detector.look(at(14))
    assert detector.candidates == frozenset()
    detector.look(at(20), [voice(20, CHROME, StreamState.ENDED)])
    assert any(isinstance(verdict, Closed) for verdict in detector.look(at(85)))
    assert detector.candidates == frozenset()


def test_page_that_is_left_open_announces_nothing_after_a_while(detector: Detector) -> None:
    detector.look(at(1), [tab(1, "Meet \u2013 abc-defg-hij - Google Chrome")])
    assert detector.due_ns is not None
    assert detector.due_ns > at(60)
    detector.look(detector.due_ns)
    assert detector.candidates == frozenset()


def test_candidate_of_which_nothing_becomes(detector: Detector) -> None:
    detector.look(at(1), [voice(1, CHROME), tab(1, "News - Google Chrome")])
    assert detector.candidates == {"Google Chrome"}
    (skipped,) = detector.look(at(10))
    assert isinstance(skipped, Skipped)
    assert detector.candidates == frozenset()
