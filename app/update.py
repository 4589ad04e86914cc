"""Whether there is a newer release. Nothing here runs unasked, and nothing is downloaded but a few words about it."""

import re
from dataclasses import dataclass

from uploader.destinations.transport import Transport
from uploader.errors import UnknownAnswer

NUMBER = re.compile(r"\d+(?:\.\d+)*")
TRAILING = re.compile(r"(?:\.0+)+$")
"""1.2 and 1.2.0 are the same."""


@dataclass(frozen=True, slots=True)
class Release:
    """``page``: where people read about it and fetch it themselves."""

    version: str
    page: str


def newest(url: str) -> Release:
    """As the document at ``url`` tells: ``{"version", "page"}``. Raises ``UploaderError``."""
    with Transport(url) as transport:
        answer = transport.request("GET", url, {"Accept": "application/json"})
    if not answer.is_success:
        raise UnknownAnswer(status=str(answer.status_code))
    try:
        document = answer.json()
        return Release(str(document["version"]), str(document["page"]))
    except (ValueError, KeyError, TypeError) as error:
        raise UnknownAnswer(status=str(answer.status_code)) from error


def is_newer(offered: str, own: str) -> bool:
    """By their numbers; what has none is never newer."""
    return _numbers(offered) > _numbers(own)


def _numbers(version: str) -> tuple[int, ...]:
    found = NUMBER.match(version)
    return () if found is None else tuple(map(int, TRAILING.sub("", found[0]).split(".")))
