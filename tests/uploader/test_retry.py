import random
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uploader.errors import (
    AuthenticationFailed,
    CaptivePortal,
    DataNotWritable,
    DestinationFull,
    DestinationTrouble,
    DigestMismatch,
    InvalidManifest,
    KeyMissing,
    LocalFileChanged,
    NetworkTrouble,
    PermanentError,
    Refused,
    RetryableError,
    UnknownDestination,
    UploadMoved,
)
from uploader.retry import CAP_S, MAX_RETRY_AFTER_S, Backoff, GiveUp, Judge, Pause, Tried, Wait, retry_after_s

attempts = st.integers(min_value=1, max_value=10_000)


@given(attempts, st.integers())
def test_a_delay_lies_between_nothing_and_a_limit_that_doubles(attempt: int, seed: int) -> None:
    delay_s = Backoff(uniform=random.Random(seed).uniform).delay_s(attempt)
    assert 0 <= delay_s <= min(CAP_S, 2.0 ** min(attempt, 20))


@given(attempts)
def test_the_whole_range_is_used(attempt: int) -> None:
    shortest = Backoff(uniform=lambda low, _: low).delay_s(attempt)
    longest = Backoff(uniform=lambda _, high: high).delay_s(attempt)
    assert (shortest, longest) == (0.0, min(CAP_S, 2.0 ** min(attempt, 20)))


@given(attempts, st.floats(min_value=0, max_value=MAX_RETRY_AFTER_S))
def test_what_the_destination_asks_for_is_a_floor(attempt: int, retry_after_s: float) -> None:
    assert Backoff().delay_s(attempt, retry_after_s) >= retry_after_s


@given(attempts, st.one_of(st.floats(max_value=0, allow_nan=False), st.floats(min_value=1e6, allow_nan=False)))
def test_nonsense_from_the_destination_does_no_harm(attempt: int, retry_after_s: float) -> None:
    assert 0 <= Backoff().delay_s(attempt, retry_after_s) <= MAX_RETRY_AFTER_S


LONGEST = Judge(Backoff(uniform=lambda _, high: high))


@pytest.mark.parametrize(
    "error",
    [NetworkTrouble(), CaptivePortal(), DestinationTrouble(), DestinationFull(), DataNotWritable(), UploadMoved()],
)
@given(attempts)
def test_trouble_that_may_pass_is_never_given_up(error: RetryableError, attempt: int) -> None:
    verdict = LONGEST.verdict(error, Tried(attempt))
    assert verdict == Wait(attempt, min(CAP_S, 2.0 ** min(attempt, 20)))


@pytest.mark.parametrize("error", [AuthenticationFailed(), KeyMissing()])
def test_a_key_that_does_not_fit_pauses(error: PermanentError) -> None:
    assert LONGEST.verdict(error, Tried(1)) == Pause()


@pytest.mark.parametrize(
    "error", [Refused(), DigestMismatch([]), LocalFileChanged(), InvalidManifest({}), UnknownDestination()]
)
def test_what_repeating_does_not_mend_goes_to_a_person(error: PermanentError) -> None:
    assert LONGEST.verdict(error, Tried(1)) == GiveUp()


@given(attempts, st.integers(min_value=1))
def test_an_attempt_that_brought_something_is_the_first(attempt: int, brought_bytes: int) -> None:
    assert LONGEST.verdict(NetworkTrouble(), Tried(attempt, brought_bytes)) == Wait(1, 2.0)


def test_what_the_destination_asks_for_reaches_the_verdict() -> None:
    assert LONGEST.verdict(DestinationTrouble(retry_after_s=90.0), Tried(1)) == Wait(1, 90.0)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 7 ", 7.0),
        ("1000000000", 1e9),
        ("9" * 400, None),
        ("-5", None),
        ("1.5", None),
        ("", None),
        ("soon", None),
        ("Wed, 99 Foo 2026", None),
    ],
)
def test_retry_after_in_seconds(header: str, seconds: float | None) -> None:
    assert retry_after_s(header, 0.0) == seconds


@given(st.integers(min_value=-10_000, max_value=10_000))
def test_retry_after_as_a_time_of_day(ahead_s: int) -> None:
    now_s = 1_790_000_000
    header = format_datetime(datetime.fromtimestamp(now_s + ahead_s, UTC), usegmt=True)
    assert retry_after_s(header, float(now_s)) == ahead_s


@given(st.text())
def test_retry_after_of_any_kind_does_no_harm(header: str) -> None:
    assert 0 <= Backoff().delay_s(1, retry_after_s(header, 0.0)) <= MAX_RETRY_AFTER_S
