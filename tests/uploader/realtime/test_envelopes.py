"""What stands in a live event, field by field."""

import json
from uuid import UUID

import pytest

from capture.events import Event, Level, LivePicture, LiveSound, Marked, ParticipantChange, SegmentBegan
from capture.recording import NS_PER_S, Participant, ParticipantAction, Side
from tests.uploader.realtime.listeners import ADA, BEGAN, SPEC, spoke
from uploader.errors import InvalidEndpoint
from uploader.realtime.endpoints import (
    AUDIO,
    KNOWN,
    PICTURES,
    TOLD,
    Endpoint,
    EndpointKind,
    endpoint_at,
    live_media,
)
from uploader.realtime.envelopes import Reporter, Utterance, Word

GUEST = Participant(200, None, is_host=None)


@pytest.fixture
def reporter() -> Reporter:
    reporter = Reporter(SPEC, {"case": "A-17"})
    assert reporter.report(BEGAN) is None
    return reporter


def payload(reporter: Reporter, event: Event) -> dict[str, object]:
    happening = reporter.report(event)
    assert happening is not None
    return dict(happening.payload)


def test_an_envelope_is_whole(reporter: Reporter) -> None:
    endpoint = Endpoint(EndpointKind.WEBHOOK, TOLD, "http://host.example/", metadata={"to": "us"})
    happening = reporter.report(spoke(1.5))
    assert happening is not None
    envelope = reporter.envelope(happening, endpoint)
    document = json.loads(envelope.body())
    UUID(document["data"]["participant_events"].pop("id"))
    assert document == {
        "event": "participant_events.speech_on",
        "data": {
            "data": {
                "participant": {
                    "id": 100,
                    "name": "Ada",
                    "is_host": True,
                    "platform": "desktop",
                    "extra_data": {},
                    "email": None,
                },
                "timestamp": {"absolute": "2026-11-01T09:00:01.500Z", "relative": 1.5},
                "data": None,
            },
            "realtime_endpoint": {"id": endpoint.id, "metadata": {"to": "us"}},
            "participant_events": {"metadata": {}},
            "recording": {"id": SPEC.id, "metadata": {"case": "A-17"}},
            "bot": None,
        },
    }


def test_a_guest_of_whom_nothing_is_known_is_no_host(reporter: Reporter) -> None:
    told = payload(reporter, ParticipantChange(GUEST, ParticipantAction.JOIN, 0))
    person = told["participant"]
    assert isinstance(person, dict)
    assert (person["name"], person["is_host"], person["extra_data"]) == (None, False, {})


def test_a_chat_message_has_words(reporter: Reporter) -> None:
    told = payload(reporter, ParticipantChange(ADA, ParticipantAction.CHAT_MESSAGE, 0, "hello"))
    assert told["data"] == {"text": "hello", "to": "everyone"}


def test_after_a_pause_the_time_of_day_has_moved_on(reporter: Reporter) -> None:
    assert reporter.report(SegmentBegan(10 * NS_PER_S, "2026-11-01T10:00:00.000Z")) is None
    stamps = [payload(reporter, spoke(at_s))["timestamp"] for at_s in (9, 12)]
    assert stamps == [
        {"absolute": "2026-11-01T09:00:09.000Z", "relative": 9.0},
        {"absolute": "2026-11-01T10:00:02.000Z", "relative": 12.0},
    ]


def test_sound_and_pictures(reporter: Reporter) -> None:
    stamp = {"absolute": "2026-11-01T09:00:02.000Z", "relative": 2.0}
    assert payload(reporter, LiveSound("c291bmQ=", 2 * NS_PER_S)) == {"buffer": "c291bmQ=", "timestamp": stamp}
    picture = payload(reporter, LivePicture("cGl4ZWxz", 2 * NS_PER_S))
    assert (picture["buffer"], picture["timestamp"], picture["type"]) == ("cGl4ZWxz", stamp, "screenshare")
    assert "c291bmQ" not in repr(LiveSound("c291bmQ=", 0))


def test_words_that_were_said(reporter: Reporter) -> None:
    said = Utterance(ADA, [Word("Good", NS_PER_S, 2 * NS_PER_S), Word("morning", 2 * NS_PER_S)], language_code="en")
    final = reporter.utterance(said)
    words = final.payload["words"]
    assert isinstance(words, list)
    assert (final.name, final.artifact, final.payload["language_code"]) == ("transcript.data", "transcript", "en")
    assert [word["text"] for word in words] == ["Good", "morning"]
    assert words[0]["end_timestamp"]["relative"] == 2.0
    assert words[1]["end_timestamp"] is None
    assert reporter.utterance(Utterance(ADA, [], is_final=False)).name == "transcript.partial_data"


@pytest.mark.parametrize("event", [Level(Side.SYSTEM, -6.0, -12.0, 0), Marked("secret", 0)])
def test_what_is_no_live_event(reporter: Reporter, event: Event) -> None:
    assert reporter.report(event) is None


@pytest.mark.parametrize(
    ("url", "events"),
    [
        ("https://host.example/", ["participant_events.dance"]),
        ("https://host.example/", []),
        ("https://host.example/", [AUDIO]),
        ("https://host.example?token=x", TOLD),
        ("ftp://host.example/", TOLD),
        ("wss:///", TOLD),
        ("ws://[", TOLD),
        ("http://host.example:port/", TOLD),
    ],
)
def test_where_they_cannot_go(url: str, events: list[str]) -> None:
    with pytest.raises(InvalidEndpoint):
        endpoint_at(url, events)


def test_a_kind_that_is_not_the_address_s() -> None:
    for endpoint in ((EndpointKind.WEBHOOK, "wss://host.example/"), (EndpointKind.CALLBACK, "")):
        with pytest.raises(InvalidEndpoint):
            Endpoint(endpoint[0], TOLD, endpoint[1])


def test_the_recorder_is_asked_for_what_somebody_wants_and_for_nothing_else() -> None:
    socket = endpoint_at("wss://host.example/?token=secret", KNOWN)
    assert live_media([endpoint_at("http://host.example/")]) == ()
    assert set(live_media([socket, endpoint_at("ws://host.example/", [PICTURES])])) == {"sound", "pictures"}
    assert "secret" not in repr(socket)
