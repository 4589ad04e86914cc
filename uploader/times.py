"""Times of day in one form: ISO 8601, UTC, with microseconds, so that they also sort as text."""

from datetime import UTC, datetime


def iso_utc(seconds: float) -> str:
    return _format(datetime.fromtimestamp(seconds, UTC))


def normalized(moment: str) -> str:
    """Raises ``ValueError``, also for what UTC's calendar does not reach. A time without a zone is taken for UTC."""
    time = datetime.fromisoformat(moment)
    try:
        return _format(time if time.tzinfo else time.replace(tzinfo=UTC))
    except OverflowError as error:
        raise ValueError(moment) from error


def _format(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
