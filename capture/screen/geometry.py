"""Where things are on the desktop or in a picture, in physical pixels."""

from collections.abc import Iterable
from dataclasses import dataclass

from capture.screen.rows import Rows


@dataclass(frozen=True, slots=True)
class Rectangle:
    x_px: int
    y_px: int
    width_px: int
    height_px: int

    @property
    def size_px(self) -> tuple[int, int]:
        return self.width_px, self.height_px

    def within(self, other: "Rectangle") -> "Rectangle | None":
        """The part of this that ``other`` has."""
        left, top = max(self.x_px, other.x_px), max(self.y_px, other.y_px)
        right = min(self.x_px + self.width_px, other.x_px + other.width_px)
        bottom = min(self.y_px + self.height_px, other.y_px + other.height_px)
        return Rectangle(left, top, right - left, bottom - top) if left < right and top < bottom else None

    def has(self, other: "Rectangle") -> bool:
        """All of it."""
        return other.within(self) == other

    def without(self, other: "Rectangle") -> "list[Rectangle]":
        """What is left of this where ``other`` is taken away: at most four, above, left, right and below."""
        hole = other.within(self)
        if hole is None:
            return [self]
        right, bottom = self.x_px + self.width_px, self.y_px + self.height_px
        hole_right, hole_bottom = hole.x_px + hole.width_px, hole.y_px + hole.height_px
        parts = (
            Rectangle(self.x_px, self.y_px, self.width_px, hole.y_px - self.y_px),
            Rectangle(self.x_px, hole.y_px, hole.x_px - self.x_px, hole.height_px),
            Rectangle(hole_right, hole.y_px, right - hole_right, hole.height_px),
            Rectangle(self.x_px, hole_bottom, self.width_px, bottom - hole_bottom),
        )
        return [part for part in parts if part.width_px > 0 and part.height_px > 0]

    def slices(self) -> tuple[slice, slice]:
        """For an array of rows and columns."""
        return slice(self.y_px, self.y_px + self.height_px), slice(self.x_px, self.x_px + self.width_px)

    def rows_in(self, other: "Rectangle") -> Rows | None:
        """The band of ``other``'s rows that this touches."""
        part = self.within(other)
        return None if part is None else (part.y_px - other.y_px, part.y_px + part.height_px - other.y_px)

    def moved(self, x_px: int, y_px: int) -> "Rectangle":
        """By so much to the right and down."""
        return Rectangle(self.x_px + x_px, self.y_px + y_px, self.width_px, self.height_px)

    def even(self) -> "Rectangle":
        """Without the last column and row where their number is odd."""
        return Rectangle(self.x_px, self.y_px, self.width_px & ~1, self.height_px & ~1)


MANY = 8
"""Rectangles. Each costs some work; to have one around all of them costs pixels."""


def simplified(parts: Iterable[Rectangle]) -> list[Rectangle]:
    """Few rectangles that have all of ``parts`` in them, and perhaps more."""
    kept: list[Rectangle] = []
    for part in sorted(set(parts), key=lambda part: -part.width_px * part.height_px):
        if not any(other.has(part) for other in kept):
            kept.append(part)
    if len(kept) <= MANY:
        return kept
    left, top = min(part.x_px for part in kept), min(part.y_px for part in kept)
    right = max(part.x_px + part.width_px for part in kept)
    bottom = max(part.y_px + part.height_px for part in kept)
    return [Rectangle(left, top, right - left, bottom - top)]
