"""In how many ways a delivery is broken off, and who answers what in the destination's place."""

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import StrEnum


class Way(StrEnum):
    NAMELESS = "nameless"
    """The destination's name is not found; ``answer`` is the resolver's error."""
    UNTRUSTED = "untrusted"
    """Somebody else's certificate."""
    HANDSHAKE_REFUSED = "handshake refused"
    CLOSED = "closed"
    """Taken, and closed at once."""
    RESET = "reset"
    FINISHED = "finished"
    """Closed in order, in the middle."""
    STALLED = "stalled"
    """Nothing is taken any more."""
    SWALLOWED = "swallowed"
    """All is taken, nothing is passed on, and nothing is answered."""
    DRIPPED = "dripped"
    ANSWER_LOST = "answer lost"
    """What was sent has arrived and is kept, but nobody says so."""
    ANSWER_TORN = "answer torn"
    ANSWERED = "answered"
    """By somebody else; the destination has nothing of it."""


AT_NAME = frozenset({Way.NAMELESS})
AT_HANDSHAKE = frozenset({Way.UNTRUSTED, Way.HANDSHAKE_REFUSED})
AT_ANSWER = frozenset({Way.ANSWER_LOST, Way.ANSWER_TORN})


class At(StrEnum):
    """The request that is struck, as a pattern of its first line; else it is whichever is under way."""

    ANY = ""
    OPEN = r"POST /api/v1/sdk_upload/ "
    PLACE = r"POST /api/v1/sdk_upload/[^/ ]+/media/ "
    ASK = r"HEAD "
    SEND = r"PATCH "
    COMPLETE = r"POST /api/v1/sdk_upload/[^/ ]+/complete/ "

    def matches(self, first_line: str) -> bool:
        return re.match(self, first_line) is not None


PAGE = b"<html>somebody else's words</html>"


@dataclass(frozen=True, slots=True)
class Kind:
    """``answer``: status and headers. ``least``: only what has at least this share of a full request is struck."""

    name: str
    way: Way
    answer: str = ""
    at: At = At.ANY
    body: bytes = PAGE
    least: float = 0.0

    @property
    def tells_when(self) -> bool:
        """To come back."""
        return "Retry-After" in self.answer

    def is_at(self, first_line: str, body_bytes: int, full_bytes: int) -> bool:
        return self.at.matches(first_line) and body_bytes >= self.least * full_bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """Strikes once so many bytes have gone to the destination over one connection, or at ``kind.at``."""

    kind: Kind
    after_bytes: int = 0


CERTIFICATES = ("of an unknown authority", "expired", "of another host")

SOON_S, LATER_S, LONGEST_S = 7, 1800, 3600
LATER = "LATER"
"""Stands for a date that is so far ahead when it is said."""

RETRY_AFTER: Mapping[str, str] = {
    "seconds": str(SOON_S),
    "a date to come": LATER,
    "a date gone by": "Thu, 01 Jan 1970 00:00:00 GMT",
    "a negative": "-5",
    "an absurd": "999999999999",
    "garbage": "when the cows come home",
}


def filled_in(answer: str) -> str:
    later = datetime.now(UTC) + timedelta(seconds=LATER_S)
    return answer.replace(LATER, format_datetime(later, usegmt=True))


BREAKS = (
    *(Kind(way.value, way) for way in Way if way not in {Way.NAMELESS, Way.UNTRUSTED, Way.ANSWERED}),
    Kind("name unknown", Way.NAMELESS, str(int(socket.EAI_NONAME))),
    Kind("no name server", Way.NAMELESS, str(int(socket.EAI_AGAIN))),
    *(Kind(f"certificate {what}", Way.UNTRUSTED, what) for what in CERTIFICATES),
    Kind("answer to the end lost", Way.ANSWER_LOST, at=At.COMPLETE),
)

STATUSES = {
    "500": "500 Oh\r\n",
    "502": "502 Bad\r\nContent-Type: text/html\r\n",
    "504": "504 Late\r\nContent-Type: text/html\r\n",
    "400": "400 What\r\nContent-Type: text/html\r\n",
    "401": "401 Who\r\n",
    "405": "405 Not so\r\n",
    "409": "409 Conflict\r\n",
    "423": "423 Locked\r\n",
    "507": "507 Full\r\n",
    "511": "511 Log in\r\n",
    "portal": "200 OK\r\nContent-Type: text/html\r\n",
    "redirect": "302 There\r\nLocation: http://login.invalid/\r\n",
    "redirect of the same host": "307 There\r\nLocation: /elsewhere\r\n",
    "page for JSON": "200 OK\r\nContent-Type: application/json\r\n",
    "no offset": "204 Fine\r\n",
    "garbage offset": "204 Fine\r\nUpload-Offset: many\r\n",
    "offset behind": "204 Fine\r\nUpload-Offset: 0\r\n",
    "offset beyond": "204 Fine\r\nUpload-Offset: 99999999999999\r\n",
}

TOO_LARGE = Kind("413", Way.ANSWERED, "413 Less\r\nContent-Type: text/html\r\n", At.SEND, least=1.0)

ANSWERS = (
    *(Kind(name, Way.ANSWERED, answer) for name, answer in STATUSES.items()),
    *(
        Kind(f"{status} at {at.name.lower()}", Way.ANSWERED, f"{status} No\r\nContent-Type: text/html\r\n", at)
        for status in (404, 410)
        for at in At
        if at is not At.ANY
    ),
    *(
        Kind(f"{status}, back after {what}", Way.ANSWERED, f"{status} Busy\r\nRetry-After: {header}\r\n")
        for status in (429, 503)
        for what, header in RETRY_AFTER.items()
    ),
    TOO_LARGE,
    Kind("460", Way.ANSWERED, "460 Checksum Mismatch\r\nTus-Resumable: 1.0.0\r\n", At.SEND),
    Kind("torn JSON", Way.ANSWERED, "201 Made\r\nContent-Type: application/json\r\n", At.OPEN, b'{"id": "u'),
    Kind("torn JSON at the end", Way.ANSWERED, "200 Done\r\nContent-Type: application/json\r\n", At.COMPLETE, b"[{"),
)

KINDS = (*BREAKS, *ANSWERS)
BREAK = Kind("reset", Way.RESET)
"""Ends an attempt, whatever it was at."""
