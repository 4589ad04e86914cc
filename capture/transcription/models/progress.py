"""How far a download is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModelProgress:
    """``total_bytes`` of all files; ``done_bytes`` counts what was there from an earlier time."""

    done_bytes: int
    total_bytes: int


OnModelProgress = Callable[[ModelProgress], None]
