"""How meetings' windows tell who is there: ``resources/participant_readers.toml``, and the user's."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from capture.errors import CatalogueInvalid, ProtocolError
from capture.meetings.accessible import Element, Wanted
from capture.meetings.tables import load_tables
from capture.participants.roll import Mark
from capture.wire import from_document

FILE_NAME = "participant_readers.toml"


@dataclass(frozen=True)
class Feature:
    """An element of a window; what is left out may be anything. ``text`` is a regular expression."""

    roles: tuple[str, ...] = ()
    text: str = ""
    classes: tuple[str, ...] = ()

    def find(self, element: Element) -> Mapping[str, str | None] | None:
        """The named groups of its text; ``None`` for another element."""
        if self.roles and element.role not in self.roles:
            return None
        if self.classes and element.classes.isdisjoint(self.classes):
            return None
        found = self._pattern.search(element.text)
        return None if found is None else found.groupdict()

    def compile(self) -> None:
        """Raises ``re.error``."""
        _ = self._pattern

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.text)


@dataclass(frozen=True)
class Reader:
    """As the file has it; see there."""

    platforms: tuple[str, ...]
    regions: tuple[Feature, ...] = ()
    lists: tuple[Feature, ...] = ()
    rows: tuple[Feature, ...] = ()
    tiles: tuple[Feature, ...] = ()
    own: tuple[Feature, ...] = ()
    host: tuple[Feature, ...] = ()
    speaking: tuple[Feature, ...] = ()
    camera: tuple[Feature, ...] = ()
    sharing: tuple[Feature, ...] = ()
    muted: tuple[Feature, ...] = ()
    chat: tuple[Feature, ...] = ()

    @cached_property
    def marks(self) -> Mapping[Mark, tuple[Feature, ...]]:
        """Those that it knows how to find."""
        found: dict[Mark, tuple[Feature, ...]] = {mark: getattr(self, mark.value) for mark in Mark}
        return {mark: features for mark, features in found.items() if features}

    @cached_property
    def wanted(self) -> Wanted:
        """What has to be asked to find all of it."""
        return wanted_for(self.features())

    def features(self) -> Iterator[Feature]:
        for field in fields(self):
            if field.name != "platforms":
                yield from getattr(self, field.name)

    def compile(self) -> None:
        """Raises ``re.error``."""
        for feature in self.features():
            feature.compile()


def wanted_for(features: Iterator[Feature] | tuple[Feature, ...]) -> Wanted:
    asked = tuple(features)
    return Wanted(
        text=_roles([feature for feature in asked if feature.text]),
        classes=_roles([feature for feature in asked if feature.classes]),
    )


def load_readers(config: Path | None = None) -> Mapping[str, Reader]:
    """By platform, with what the user's file in the folder ``config`` adds, which comes first.

    Raises ``CatalogueInvalid``, naming file and entry.
    """
    tables = [_parse(*table) for table in load_tables(FILE_NAME, config)]
    readers: dict[str, Reader] = {}
    for table in tables:
        for reader in table.values():
            readers.update({platform: reader for platform in reader.platforms if platform not in readers})
    return readers


def _parse(tables: dict[str, Any], path: str) -> Mapping[str, Reader]:
    entries = tables.get("readers", {})
    if not isinstance(entries, dict):
        message = "readers is a table"
        raise CatalogueInvalid(message, path=path)
    return {name: _entry(entry, name, path) for name, entry in entries.items()}


def _entry(written: object, name: str, path: str) -> Reader:
    document = {"platforms": [name], **written} if isinstance(written, dict) else written
    try:
        reader = from_document(document, Reader)
        reader.compile()
    except (ProtocolError, re.error) as error:
        message = f"{name}: {error}"
        raise CatalogueInvalid(message, path=path) from error
    return reader


def _roles(features: list[Feature]) -> frozenset[str] | None:
    if not all(feature.roles for feature in features):
        return None
    return frozenset(role for feature in features for role in feature.roles)
