import random

from hypothesis import given
from hypothesis import strategies as st

from uploader.retry import CAP_S, MAX_RETRY_AFTER_S, Backoff

attempts = st.integers(min_value=1, max_value=10_000)


@given(attempts, st.integers())
def test_a_delay_lies_between_nothing_and_a_limit_that_doubles(attempt: int, seed: int) -> None:
    delay_s = Backoff(uniform=random.Random(seed).uniform).delay_s(attempt)  # noqa: S311 - no secret
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
