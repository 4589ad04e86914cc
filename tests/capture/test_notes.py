"""What the user says while it is recorded, and what a crash leaves of it."""

from pathlib import Path

from capture.dates import Dates
from capture.events import Announced, Event, Marked, SegmentBegan
from capture.manifest import Manifest, Mark, Status
from capture.notes import Notes
from capture.participants.log import wall_clock_text
from capture.recording import NS_PER_S, ConsentStatus, Meeting, RecordingId, RecordingSpec, RecordingStatus
from capture.retelling import retold
from capture.timeline import Timeline
from tests.fakes.clock import FakeClock

NOTICE = "I record this. Is that all right?"


def test_marks_and_consent_have_their_time() -> None:
    clock = FakeClock()
    timeline = Timeline(clock)
    dates, told = Dates(timeline, clock), list[Event]()
    notes = Notes(Meeting("Weekly"), timeline, dates, told.append)
    timeline.begin()
    clock.advance(2 * NS_PER_S)
    notes.mark("here")
    notes.announce("Ada", NOTICE)
    assert told == [Marked("here", 2 * NS_PER_S), Announced("Ada", NOTICE, 2 * NS_PER_S)]
    assert notes.marks == [Mark(2.0, "here")]
    consent = notes.meeting.consent
    assert (notes.meeting.title, consent.status) == ("Weekly", ConsentStatus.ANNOUNCED)
    assert (consent.by, consent.text) == ("Ada", NOTICE)
    assert consent.at == wall_clock_text(dates.of(2 * NS_PER_S))
    assert NOTICE not in repr(notes.meeting)


def test_nobody_said_anything() -> None:
    assert Meeting().consent.status is ConsentStatus.NONE


def test_consent_outlives_a_crash() -> None:
    """Two seconds in, one of them behind a pause of an hour."""
    spec = RecordingSpec(RecordingId("one"), Path("one"), None, meeting=Meeting("Weekly"))
    opened = Manifest(spec, Status(RecordingStatus.RECORDING), "2026-11-01T09:00:00.000Z")
    events: list[Event] = [
        SegmentBegan(0, "2026-11-01T09:00:00.000Z"),
        SegmentBegan(NS_PER_S, "2026-11-01T10:00:00.000Z"),
        Announced("Ada", NOTICE, 2 * NS_PER_S),
    ]
    meeting = retold(opened, events, 3 * NS_PER_S).spec.meeting
    assert meeting.title == "Weekly"
    assert (meeting.consent.status, meeting.consent.by) == (ConsentStatus.ANNOUNCED, "Ada")
    assert meeting.consent.at == "2026-11-01T10:00:01.000Z"
