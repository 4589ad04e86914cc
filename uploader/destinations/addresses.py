"""Addresses as people type them, made one name each."""

import re

import httpx

from uploader.destinations.dialects import DIALECTS
from uploader.errors import UnknownDestination

LAST_PORT = 65535


def normalised(url: str) -> str:
    """The name of the destination at ``url``: the one spelling of its address that ledger and keys are kept under.

    Raises ``UnknownDestination`` with the address as its reason, without user, password, query and fragment.
    """
    dialect = next((prefix for prefix in DIALECTS if url.startswith(prefix)), "")
    return dialect + _normalised(url.removeprefix(dialect))


def _normalised(url: str) -> str:
    try:
        typed = httpx.URL(url).copy_with(query=None, fragment=None)
        address = httpx.URL(str(typed))  # only what is in lower case already loses the port that goes without saying
    except (httpx.InvalidURL, UnicodeError) as error:
        raise UnknownDestination(_without_secrets(url)) from error
    is_complete = address.scheme in {"http", "https"} and address.host and (address.port or 0) <= LAST_PORT
    if address.userinfo or not is_complete:
        raise UnknownDestination(_without_secrets(url))
    return str(address).rstrip("/")


def _without_secrets(url: str) -> str:
    """Of an address that cannot be taken apart: in doubt too little."""
    scheme, separator, rest = url.partition("://")
    if not scheme.isalnum():
        scheme, separator, rest = "", "", url
    place = re.split("[?#]", rest, maxsplit=1)[0]
    if "@" in rest[len(place) :]:  # in a query, or after the first half of a password
        place = "…"
    return f"{scheme}{separator}{place.rpartition('@')[2]}" or '""'
