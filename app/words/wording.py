"""What a message is made of."""

from dataclasses import dataclass
from enum import IntEnum


class ExitStatus(IntEnum):
    DONE = 0
    FAILED = 1
    WRONG_USAGE = 2
    UNKNOWN = 3
    """There is no such recording."""
    SOURCE_MISSING = 4
    """A screen, a device or a permission."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What happened, and what to do about it. Names in braces are places for an error's data."""

    message: str
    hint: str
    exit_status: ExitStatus = ExitStatus.FAILED
