"""Which programs and sites hold meetings, and how windows tell: ``resources/meeting_apps.toml``, and the user's."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from capture.errors import CatalogueInvalid, ProtocolError
from capture.meetings.facts import Program
from capture.meetings.tables import load_tables
from capture.recording import NS_PER_S
from capture.wire import from_document

FILE_NAME = "meeting_apps.toml"
PREAMBLE = re.compile(r"^(?:\(\d+\+?\)\s+|[\u2022\u25cf\U0001f534\U0001f50a*]\s*)+")
"""An unread count, a mark of who records or plays."""

TAB_STATES = re.compile(
    r"(?: [-\u2013] (?:Audio (?:playing|muted)|(?:Camera (?:and|or) )?[Mm]icrophone recording|Camera recording"
    r"|High memory usage.*|Part of group .*))+$"
)
"""Chrome on macOS adds them to a window's title."""


class Kind(StrEnum):
    CALL = "call"
    CHAT = "chat"
    BROWSER = "browser"
    OTHER = "other"


SETTLE_S: Mapping[Kind, float] = {Kind.CALL: 0.05, Kind.CHAT: 2.0, Kind.BROWSER: 3.0, Kind.OTHER: 0.0}
"""For how long a microphone must be held: by a program for calls longer than a glitch, by a page until it is meant."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A title that names a meeting, or for ``Kind.OTHER`` something that is none."""

    platform: str
    kind: Kind
    settle_ns: int
    title: str | None = field(default=None, repr=False)
    url: str | None = field(default=None, repr=False)

    def at(self, url: str) -> "Sign":
        return replace(self, url=url)


@dataclass(frozen=True)
class Site:
    """As the file has it. Titles are regular expressions."""

    name: str
    titles: tuple[str, ...]
    kind: Kind = Kind.CALL
    platform: str = ""
    url: str = ""
    settle_s: float = SETTLE_S[Kind.BROWSER]

    def read(self, title: str) -> Sign | None:
        return _read(self._titles, title, Sign(self.platform, self.kind, round(self.settle_s * NS_PER_S)), self.url)

    def compile(self) -> None:
        """Raises ``re.error``."""
        len(self._titles)

    @cached_property
    def _titles(self) -> tuple[re.Pattern[str], ...]:
        return tuple(map(re.compile, self.titles))


@dataclass(frozen=True)
class App:
    """As the file has it. Titles and the suffix are regular expressions."""

    name: str
    kind: Kind
    programs: tuple[str, ...]
    platform: str = ""
    meeting_titles: tuple[str, ...] = ()
    idle_titles: tuple[str, ...] = ()
    url: str = ""
    suffix: str = ""
    settle_s: float | None = None

    @property
    def settle_ns(self) -> int:
        return round((SETTLE_S[self.kind] if self.settle_s is None else self.settle_s) * NS_PER_S)

    def read(self, title: str) -> Sign | None:
        """A window of a native program."""
        return _read(self._meeting_titles, title, Sign(self.platform, self.kind, self.settle_ns), self.url)

    def is_idle(self, title: str) -> bool:
        return any(pattern.search(title) for pattern in self._idle_titles)

    def page(self, title: str) -> str:
        """The title of the page in a browser's window."""
        page = self._suffix.sub("", title) if self.suffix else title
        return PREAMBLE.sub("", TAB_STATES.sub("", page)).strip()

    def compile(self) -> None:
        """Raises ``re.error``."""
        len((self._meeting_titles, self._idle_titles, self._suffix))

    @cached_property
    def _meeting_titles(self) -> tuple[re.Pattern[str], ...]:
        return tuple(map(re.compile, self.meeting_titles))

    @cached_property
    def _idle_titles(self) -> tuple[re.Pattern[str], ...]:
        return tuple(map(re.compile, self.idle_titles))

    @cached_property
    def _suffix(self) -> re.Pattern[str]:
        return re.compile(self.suffix)


@dataclass(frozen=True)
class Catalogue:
    apps: Mapping[str, App]
    sites: Mapping[str, Site]

    def find(self, program: Program) -> tuple[str, App] | None:
        """Its name in the catalogue, by the most reliable of the program's names that is known."""
        for name in program.names:
            key = self._keys.get(_plain(name)) or self._parent(_plain(name))
            if key is not None:
                return key, self.apps[key]
        return None

    def read(self, app: App, title: str) -> Sign | None:
        """What a window of this program says."""
        if app.kind is not Kind.BROWSER:
            return app.read(title)
        page = app.page(title)
        signs = (site.read(page) for site in self.sites.values())
        return next((sign for sign in signs if sign is not None), None)

    def _parent(self, name: str) -> str | None:
        """The program whose helper this is: ``com.google.Chrome.helper``, ``Slack Helper (Renderer)``."""
        for at, letter in reversed(list(enumerate(name))):
            if letter in ". " and name[:at] in self._keys:
                return self._keys[name[:at]]
        return None

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        return {_plain(name): key for key, app in reversed(list(self.apps.items())) for name in app.programs}


def load_catalogue(config: Path | None = None) -> Catalogue:
    """With what the user's file in the folder ``config`` adds. Raises ``CatalogueInvalid``, naming file and entry."""
    tables = [_parse(*table) for table in load_tables(FILE_NAME, config)]
    apps: dict[str, App] = {}
    sites: dict[str, Site] = {}
    for table in tables:
        apps = {**apps, **{name: app for name, app in table.apps.items() if name not in apps}}
        sites = {**sites, **{name: site for name, site in table.sites.items() if name not in sites}}
    return Catalogue(apps, sites)


def _parse(tables: dict[str, Any], path: str) -> Catalogue:
    try:
        return Catalogue(
            {name: _entry(entry, name, App) for name, entry in tables.get("apps", {}).items()},
            {name: _entry(entry, name, Site) for name, entry in tables.get("sites", {}).items()},
        )
    except AttributeError as error:
        message = "apps and sites are tables"
        raise CatalogueInvalid(message, path=path) from error
    except ProtocolError as error:
        raise CatalogueInvalid(error.reason, path=path) from error


Entry = TypeVar("Entry", App, Site)


def _entry(written: object, name: str, shape: type[Entry]) -> Entry:
    """Raises ``ProtocolError``."""
    document = {"platform": name, **written} if isinstance(written, dict) else written
    try:
        entry = from_document(document, shape)
        entry.compile()
    except (ProtocolError, re.error) as error:
        message = f"{name}: {error}"
        raise ProtocolError(message) from error
    return entry


def _read(patterns: Sequence[re.Pattern[str]], title: str, sign: Sign, url: str) -> Sign | None:
    for pattern in patterns:
        if found := pattern.search(title):
            parts = found.groupdict()
            code = parts.get("code")
            return replace(sign, title=parts.get("title"), url=url.format(code=code) if url and code else None)
    return None


def _plain(name: str) -> str:
    return name.strip().lower().removesuffix(".exe").removesuffix(" input")
