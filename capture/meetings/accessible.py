"""What programs tell screen readers of their windows: the vocabulary that every system's reader shares."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from capture.meetings.facts import Program


class Place(NamedTuple):
    """Where an element is found again, for as long as it exists."""

    program: str
    path: str


@dataclass(frozen=True, slots=True)
class AccessibleWindow:
    place: Place
    program: Program
    title: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Element:
    """``role`` as AT-SPI calls it: ``list item``. ``classes``: of a page, those of its style."""

    place: Place
    role: str
    children: tuple[Place, ...]
    text: str = field(default="", repr=False)
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Roles of which text and classes are asked for; ``None`` stands for all. What is not asked for costs nothing."""

    text: frozenset[str] | None = frozenset()
    classes: frozenset[str] | None = frozenset()


class AccessibleTree(Protocol):
    """One thread calls all of it. Whoever does not answer in time is passed over, and left alone for a while.

    ``SourceUnavailable`` is raised once nobody tells anything any more.
    """

    def open(self) -> None:
        """Raises ``SourceUnavailable``, and then holds nothing."""
        ...

    def close(self) -> None:
        """Idempotent."""
        ...

    def windows(self) -> Sequence[AccessibleWindow]:
        """Those that have a title."""
        ...

    def read(self, places: Sequence[Place], wanted: Wanted) -> Sequence[Element | None]:
        """In the same order; ``None`` for what is gone or does not answer."""
        ...
