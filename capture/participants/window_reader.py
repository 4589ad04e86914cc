"""Finds a meeting's windows among all that programs tell screen readers of, and reads who is there.

What it costs is bounded: by the number and depth of elements and the time of one look. Where the people are is
remembered, so that only this part of the window is read the next time.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from capture.meetings.accessible import AccessibleTree, AccessibleWindow, Element, Place, Wanted
from capture.meetings.catalogue import Catalogue, Kind
from capture.participants.roll import Roll
from capture.participants.roll_call import call_roll
from capture.participants.rules import Reader, wanted_for

MOST_ELEMENTS = 4000
"""A meeting in a browser has some thousand; 2600 take 0.6 s."""

DEEPEST = 80
LONGEST_LOOK_S = 2.0
SEARCH_S = 10.0
"""Though people are found already: a list that was opened later tells more than pictures."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where people may be shown, and how."""

    reader: Reader
    regions: tuple[Place, ...]


class WindowReader:
    """One thread. ``platform``: of the meeting, where that is known."""

    def __init__(
        self, tree: AccessibleTree, catalogue: Catalogue, readers: Mapping[str, Reader], platform: str | None
    ) -> None:
        self._tree = tree
        self._catalogue = catalogue
        self._readers = readers
        self._platform = platform
        self._found: tuple[Found, ...] = ()
        self._searched_s = 0.0

    def look(self) -> Roll | None:
        """``None`` where nobody is shown. Raises ``SourceUnavailable``."""
        if not self._found or time.monotonic() >= self._searched_s + SEARCH_S:
            self._search()
        for found in self._found:
            elements, is_whole = self._gather(found.regions, found.reader.wanted)
            roll = call_roll(found.reader, elements, is_whole=is_whole)
            if roll is not None:
                self._found = (found,)
                return roll
        self._found = ()
        return None

    def _search(self) -> None:
        self._searched_s = time.monotonic()
        windows = self._tree.windows()
        named = [platform for window in windows if (platform := self._platform_named(window))]
        platforms = dict.fromkeys(named) if self._platform is None else (self._platform,)
        self._found = tuple(
            Found(self._readers[platform], self._find_regions(self._readers[platform], places))
            for platform in platforms
            if platform in self._readers
            and (places := [window.place for window in windows if self._platform_of(window) == platform])
        )

    def _find_regions(self, reader: Reader, windows: Sequence[Place]) -> tuple[Place, ...]:
        if not reader.regions:
            return tuple(windows)

        def is_region(element: Element) -> bool:
            return any(feature.find(element) is not None for feature in reader.regions)

        elements, _ = self._gather(windows, wanted_for(reader.regions), is_region)
        return tuple(element.place for element in elements if is_region(element))

    def _gather(
        self, roots: Sequence[Place], wanted: Wanted, ends: Callable[[Element], bool] = lambda _: False
    ) -> tuple[list[Element], bool]:
        """All below, and whether that is all. What is below an element that ``ends`` is left out."""
        elements: list[Element] = []
        level, depth = list(roots), 0
        deadline_s = time.monotonic() + LONGEST_LOOK_S
        while level and depth < DEEPEST and time.monotonic() < deadline_s and len(elements) < MOST_ELEMENTS:
            taken = level[: MOST_ELEMENTS - len(elements)]
            found = [element for element in self._tree.read(taken, wanted) if element is not None]
            elements += found
            level = level[len(taken) :] + [child for each in found if not ends(each) for child in each.children]
            depth += 1
        return elements, not level

    def _platform_of(self, window: AccessibleWindow) -> str | None:
        """That of its title, or of a program which is for nothing else."""
        named = self._platform_named(window)
        found = self._catalogue.find(window.program)
        if named is not None or found is None or found[1].kind is not Kind.CALL:
            return named
        return found[1].platform

    def _platform_named(self, window: AccessibleWindow) -> str | None:
        """By its title, if it is one of a meeting that can be read."""
        found = self._catalogue.find(window.program)
        sign = None if found is None else self._catalogue.read(found[1], window.title)
        if sign is None or sign.kind is Kind.OTHER or sign.platform not in self._readers:
            return None
        return sign.platform
