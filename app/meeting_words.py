"""Meetings for people and for programs."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from app.console import Console
from app.messages import describe
from app.paths import Paths
from capture.errors import CatalogueInvalid
from capture.meetings.catalogue import Catalogue, load_catalogue
from capture.meetings.verdicts import DetectedMeeting


def users_catalogue(paths: Paths, console: Console) -> Catalogue:
    """A mistake in the user's own list costs that list only."""
    try:
        return load_catalogue(paths.config)
    except CatalogueInvalid as error:
        console.complain_aside(describe(error.code, error.reason, error.data))
        return load_catalogue()


def meeting_document(meeting: DetectedMeeting) -> dict[str, Any]:
    return {
        "id": meeting.id,
        "platform": meeting.platform,
        "app": meeting.app,
        "title": meeting.title,
        "url": meeting.url,
        "window_id": meeting.window,
        "evidence": list(meeting.evidence),
        "since": wall_time(meeting.since_ns),
    }


def wall_time(at_ns: int) -> str:
    """ISO 8601, UTC."""
    age = timedelta(microseconds=(time.monotonic_ns() - at_ns) / 1000)
    return (datetime.now(UTC) - age).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def meeting_words(meeting: DetectedMeeting) -> str:
    title = f" \u201c{meeting.title}\u201d" if meeting.title else ""
    return f"{meeting.platform}{title} in {meeting.app}, by {', '.join(meeting.evidence)}"
