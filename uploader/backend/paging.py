"""Pages of a list, newest first, held together by cursors that stay right while rows come and go."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from uploader.backend.refusal import not_found
from uploader.documents import read_document

T = TypeVar("T")

PAGE_ROWS = 50
MAX_PAGE_ROWS = 200


class Direction(StrEnum):
    OLDER = "older"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Cursor:
    """Points between two rows: next to the row with this age and id, which itself is left out."""

    direction: Direction
    created_at: str
    id: str

    def encode(self) -> str:
        fields = [self.direction, self.created_at, self.id]
        return base64.urlsafe_b64encode(json.dumps(fields).encode()).rstrip(b"=").decode()


def decode_cursor(text: str) -> Cursor:
    """Raises ``Refusal``."""
    try:
        fields = read_document(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        direction, created_at, row_id = map(str, fields if isinstance(fields, list) else [])
        return Cursor(Direction(direction), created_at, row_id)
    except ValueError as error:
        detail = "Invalid cursor."
        raise not_found(detail) from error


@dataclass(frozen=True, slots=True)
class PageRequest:
    cursor: Cursor | None = None
    rows: int = PAGE_ROWS

    @property
    def direction(self) -> Direction:
        return self.cursor.direction if self.cursor else Direction.OLDER


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    rows: Sequence[T]
    older: Cursor | None
    newer: Cursor | None


def page_of(request: PageRequest, found: Sequence[tuple[str, str, T]]) -> Page[T]:
    """``found``: age, id and row of up to one row more than was asked for, in the direction of the request."""
    is_more = len(found) > request.rows
    shown = list(found[: request.rows])
    if request.direction is Direction.NEWER:
        shown.reverse()
    if not shown:
        return Page([], None, None)
    has_older = is_more if request.direction is Direction.OLDER else True
    has_newer = is_more if request.direction is Direction.NEWER else request.cursor is not None
    older = Cursor(Direction.OLDER, *shown[-1][:2]) if has_older else None
    newer = Cursor(Direction.NEWER, *shown[0][:2]) if has_newer else None
    return Page([row for _, _, row in shown], older, newer)
