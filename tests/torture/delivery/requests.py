"""Requests as they come by on a line, and what they bring of the object that is sent."""

import re
from dataclasses import dataclass
from typing import Self

LENGTH = re.compile(rb"^content-length: *(\d+)", re.IGNORECASE | re.MULTILINE)
OFFSET = re.compile(rb"^upload-offset: *(\d+)", re.IGNORECASE | re.MULTILINE)
HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Request:
    """``offset``: where in the object its body belongs, if it is one that brings some."""

    first_line: str
    head_bytes: int
    body_bytes: int
    offset: int | None

    @classmethod
    def parse(cls, begun: bytes) -> Self:
        """From its first byte to the end of its head, at least."""
        head = begun.partition(HEAD_END)[0]
        first_line = head.partition(b"\r\n")[0].decode("latin-1")
        length, offset = LENGTH.search(head), OFFSET.search(head)
        return cls(
            first_line,
            len(head) + len(HEAD_END),
            int(length[1]) if length else 0,
            int(offset[1]) if offset and first_line.startswith("PATCH ") else None,
        )

    @property
    def has_body_allowed(self) -> bool:
        """Whether its answer may have a body."""
        return not self.first_line.startswith("HEAD ")


@dataclass(slots=True)
class Course:
    """How far an object has come over the line, and how often something of it goes again."""

    reached_bytes: int = 0
    again_bytes: int = 0
    farthest_back_bytes: int = 0
    """From where it was already to where it went on."""

    def goes_on(self, at: int) -> None:
        self.farthest_back_bytes = max(self.farthest_back_bytes, self.reached_bytes - at)

    def passed(self, at: int, count: int) -> None:
        self.again_bytes += max(min(self.reached_bytes, at + count) - at, 0)
        self.reached_bytes = max(self.reached_bytes, at + count)
