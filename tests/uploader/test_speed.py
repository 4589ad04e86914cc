import pytest

from uploader.speed import Speed


def test_nothing_is_said_too_early() -> None:
    speed = Speed()
    assert speed.moved(0.0, 0) is None
    assert speed.moved(0.4, 1_000_000) is None
    assert speed.moved(1.0, 2_000_000) == pytest.approx(2_000_000)


def test_only_the_last_seconds_count() -> None:
    speed = Speed(window_s=10.0)
    for second in range(30):
        rate = speed.moved(float(second), 1_000_000 * second)
    assert rate == pytest.approx(1_000_000)
    for second in range(30, 45):
        rate = speed.moved(float(second), 29_000_000)
    assert rate == 0.0


def test_what_is_sent_again_is_no_speed_below_nothing() -> None:
    speed = Speed()
    speed.moved(0.0, 0)
    speed.moved(5.0, 5_000_000)
    assert speed.moved(6.0, 1_000_000) is None
    assert speed.moved(7.0, 2_000_000) == pytest.approx(1_000_000)
