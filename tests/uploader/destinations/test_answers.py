"""What the answers of a recordings backend mean, and those of whoever answers in its place."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.uploader.faults import Answer, scripted
from uploader.claim import read_claim
from uploader.destinations.base import ShortMemory
from uploader.destinations.plain_tus import PlainOptions, PlainTusDestination
from uploader.destinations.request_size import MIB
from uploader.destinations.s3_multipart import S3MultipartDestination
from uploader.destinations.tus import TusDestination
from uploader.errors import (
    AuthenticationFailed,
    CaptivePortal,
    DestinationFull,
    DestinationTrouble,
    Refused,
    RetryableError,
    UnknownAnswer,
    UploaderError,
)

CREATED = Answer(201, body=json.dumps({"id": "u", "upload_token": "t"}).encode())


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (Answer(401, body=b'{"code": "authentication_failed"}'), AuthenticationFailed, "authentication_failed"),
        (Answer(403), AuthenticationFailed, "authentication_failed"),
        (Answer(400, body=b'{"recording_id": ["A UUID is expected."]}'), Refused, "refused"),
        (Answer(400, {"Tus-Resumable": "1.0.0"}, b"no metadata"), Refused, "refused"),
        (Answer(400, body=b"<html>bad request</html>"), UnknownAnswer, "unknown_answer"),
        (Answer(404, body=b"<html>nothing here</html>"), UnknownAnswer, "unknown_answer"),
        (Answer(404, body=b'{"code": "not_found"}'), UnknownAnswer, "unknown_answer"),
        (Answer(410), UnknownAnswer, "unknown_answer"),
        (Answer(409, body=b'{"code": "recording_id_taken"}'), Refused, "recording_id_taken"),
        (Answer(413), UnknownAnswer, "unknown_answer"),
        (Answer(413, body=b'{"code": "too_large"}'), Refused, "too_large"),
        (Answer(429), DestinationTrouble, "destination_trouble"),
        (Answer(408), DestinationTrouble, "destination_trouble"),
        (Answer(500, body=b"<html>"), DestinationTrouble, "destination_trouble"),
        (Answer(502, body=b"<html>bad gateway</html>"), DestinationTrouble, "destination_trouble"),
        (Answer(503, {"Retry-After": "7"}), DestinationTrouble, "destination_trouble"),
        (Answer(507, body=b'{"code": "insufficient_storage"}'), DestinationFull, "destination_full"),
        (Answer(302, {"Location": "http://login.example/"}), CaptivePortal, "captive_portal"),
        (Answer(302, {"Location": "/api/v2/"}), UnknownAnswer, "unknown_answer"),
        (Answer(200, body=b"<html>welcome to the hotel</html>"), CaptivePortal, "captive_portal"),
        (Answer(200, {"Content-Type": "text/html; charset=x"}, b"welcome"), CaptivePortal, "captive_portal"),
        (Answer(511, body=b"log in"), CaptivePortal, "captive_portal"),
        (Answer(200, body=b"welcome"), DestinationTrouble, "destination_trouble"),
        (Answer(200, body=b" " * (16 * MIB + 1)), DestinationTrouble, "destination_trouble"),
        (Answer(200, body=b"[" * 100_000), DestinationTrouble, "destination_trouble"),
        (Answer(409, body=b"[" * 100_000), UnknownAnswer, "unknown_answer"),
        (Answer(200, body=b"[]"), DestinationTrouble, "destination_trouble"),
        (Answer(201, body=b'{"id": "u"}'), DestinationTrouble, "destination_trouble"),
        (Answer(201, body='{"id": "u", "upload_token": "tök"}'.encode()), DestinationTrouble, "destination_trouble"),
    ],
)
def test_what_an_answer_means(recording: Path, answer: Answer, kind: type[UploaderError], code: str) -> None:
    with scripted(answer) as server, TusDestination(server.url, "key") as destination:
        with pytest.raises(kind) as caught:
            destination.create(read_claim(recording))
        assert type(caught.value) is kind
        assert caught.value.code == code
        assert [asked.headers["Authorization"] for asked in server.asked] == ["Token key"]


@pytest.mark.parametrize("key", ["schlüssel", "key\n", "\u202ekey"])
def test_what_can_be_no_key_is_not_even_sent(recording: Path, key: str) -> None:
    with scripted(CREATED) as server:
        destinations: list[TusDestination | S3MultipartDestination | PlainTusDestination] = [
            TusDestination(server.url, key),
            S3MultipartDestination(server.url, key),
            PlainTusDestination(server.url, ShortMemory(), PlainOptions(key)),
        ]
        for destination in destinations:
            with destination, pytest.raises(AuthenticationFailed):
                destination.create(read_claim(recording))
        assert server.asked == []


@pytest.mark.parametrize("at_a_time_of_day", [True, False])
def test_how_long_to_stay_away(recording: Path, at_a_time_of_day: bool) -> None:  # noqa: FBT001 - both are tried
    header = "1000"
    if at_a_time_of_day:
        header = format_datetime(datetime.now(UTC) + timedelta(seconds=1000), usegmt=True)
    with scripted(Answer(503, {"Retry-After": header})) as server, TusDestination(server.url, "key") as destination:
        with pytest.raises(RetryableError) as caught:
            destination.create(read_claim(recording))
        assert caught.value.retry_after_s is not None
        assert 900 < caught.value.retry_after_s <= 1000


@pytest.mark.parametrize("header", ["", "soon", "-5", "٣", "Wed, 99 Foo 2026"])
def test_how_long_to_stay_away_in_words_of_nonsense(recording: Path, header: str) -> None:
    answer = Answer(503, {"Retry-After": header.encode().decode("latin-1")})
    with scripted(answer) as server, TusDestination(server.url, "key") as destination:
        with pytest.raises(RetryableError) as caught:
            destination.create(read_claim(recording))
        assert caught.value.retry_after_s is None


@pytest.mark.parametrize("words", [{}, {"code": "not_found"}])
def test_an_upload_that_is_not_found_when_it_is_to_be_completed(recording: Path, words: dict[str, str]) -> None:
    """A proxy may say so, or the backend itself; either way what was sent is not given up."""
    answer = Answer(404, body=json.dumps(words).encode())
    with scripted(CREATED, answer) as server, TusDestination(server.url, "key") as destination:
        claim = read_claim(recording)
        with pytest.raises(RetryableError):
            destination.complete(destination.create(claim), claim)
