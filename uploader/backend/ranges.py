"""Which bytes of a file a ``Range`` header asks for, after RFC 9110, section 14."""

import re
from dataclasses import dataclass

ONE_RANGE = re.compile(r"bytes=[ \t]*(\d*)-(\d*)[ \t]*", re.ASCII)

MAX_DIGITS = 18
"""A request may hold any number; no file is longer than this, and no list."""


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes from ``start`` up to, not including, ``stop``."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        return self.stop - self.start


class Unsatisfiable(Exception):
    """The range is well formed, and no byte of it exists."""


def requested_span(header: str | None, size_bytes: int) -> Span | None:
    """``None`` where the whole file is to be sent: no header, one that makes no sense, or several ranges at once.

    Raises ``Unsatisfiable``.
    """
    match = ONE_RANGE.fullmatch(header or "")
    if match is None:
        return None
    first, last = match.groups()
    if max(len(first), len(last)) > MAX_DIGITS or not first + last:
        return None
    if not first:
        return _suffix(int(last), size_bytes)
    return _from(int(first), int(last) if last else None, size_bytes)


def _suffix(length: int, size_bytes: int) -> Span:
    if length == 0 or size_bytes == 0:
        raise Unsatisfiable
    return Span(max(0, size_bytes - length), size_bytes)


def _from(first: int, last: int | None, size_bytes: int) -> Span | None:
    if last is not None and last < first:
        return None
    if first >= size_bytes:
        raise Unsatisfiable
    return Span(first, size_bytes if last is None else min(last + 1, size_bytes))
