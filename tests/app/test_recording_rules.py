import pytest

from app.recording_rules import AutoRecord, Rules, format_apps, names_of, parse_apps
from capture.meetings.verdicts import DetectedMeeting, MeetingId


def meeting(platform: str, app: str) -> DetectedMeeting:
    return DetectedMeeting(MeetingId("1"), platform, app, 0, ())


def test_the_platform_is_asked_before_the_app() -> None:
    rules = Rules(AutoRecord.ASK, parse_apps("Google Chrome=off, google_meet=always"))
    assert rules.of(*names_of(meeting("google_meet", "Google Chrome"))) is AutoRecord.ALWAYS
    assert rules.of(*names_of(meeting("unknown", "Google Chrome"))) is AutoRecord.OFF
    assert rules.of(*names_of(meeting("zoom", "Zoom"))) is AutoRecord.ASK


def test_what_is_written_is_read_again() -> None:
    rules = Rules(apps=parse_apps(" zoom = always,Google Chrome=ask, ")).with_app("ZOOM", AutoRecord.OFF)
    assert format_apps(rules.apps) == "zoom=off, google chrome=ask"
    assert parse_apps(format_apps(rules.apps)) == rules.apps


@pytest.mark.parametrize("text", ["zoom", "zoom=", "=ask", "zoom=sometimes", "zoom=ask slack=off"])
def test_what_is_no_rule(text: str) -> None:
    with pytest.raises(ValueError, match="zoom=always, slack=off"):
        parse_apps(text)
