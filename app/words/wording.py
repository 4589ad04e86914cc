"""What a message is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Self


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


class _Known(dict[str, str]):
    """A place that nobody filled stays readable."""

    def __missing__(self, name: str) -> str:
        return f"({name} unknown)"


class Sentence(str):
    """English, its places filled, that remembers what it was made of: so it can still be said in another language.

    Whatever is given to it as a literal is a text for the translators (``make translations``).
    """

    __slots__ = ("places", "text")

    text: str
    places: Mapping[str, str]

    def __new__(cls, text: str, /, **places: str) -> Self:
        sentence = super().__new__(cls, text.format_map(_Known(places)))
        sentence.text, sentence.places = text, places
        return sentence

    def __reduce__(self) -> tuple[Callable[..., "Sentence"], tuple[str, Mapping[str, str]]]:
        """Copied by what it was made of: its words may hold braces."""
        return _made, (self.text, self.places)

    def by(self, translate: Callable[[str], str]) -> str:
        """Its text, and those of the sentences in its places, as ``translate`` has them."""
        places = {
            name: each.by(translate) if isinstance(each, Sentence) else each for name, each in self.places.items()
        }
        return translate(self.text).format_map(_Known(places))


def _made(text: str, places: Mapping[str, str]) -> Sentence:
    return Sentence(text, **places)


class BadValue(ValueError):
    """``reason`` says what would be a value."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason
