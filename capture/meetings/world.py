"""What is so at present, put together from facts in any order."""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from capture.meetings.catalogue import App, Catalogue, Kind, Sign
from capture.meetings.facts import (
    CameraFree,
    CameraHeld,
    Fact,
    Listening,
    Playing,
    Program,
    Purpose,
    StreamId,
    StreamState,
    WindowGone,
    WindowId,
    WindowShown,
)
from capture.recording import NS_PER_S

F = TypeVar("F", bound=Fact)
FORGET_AFTER_NS = 600 * NS_PER_S
"""What has ended is remembered for so long, lest an older fact that comes late bring it back."""

REMEMBERED = 256
"""Programs and titles that need not be looked up again: more than a desktop shows at once."""


@dataclass(frozen=True, slots=True)
class Known(Generic[F]):
    """``since_ns``: for how long it has been so, other changes apart."""

    fact: F
    since_ns: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A window with what its title says."""

    window: WindowId
    since_ns: int
    sign: Sign


@dataclass(frozen=True, slots=True)
class Scene:
    """One program: since when it holds the microphone and plays each of its sounds, and what its windows say."""

    program: Program | None
    voice_since_ns: int | None
    sounds_since_ns: tuple[int, ...]
    windows: frozenset[WindowId]
    signs: tuple[Shown, ...]
    is_idle: bool
    """It shows windows, and all of them are known to be none of a meeting."""
    uses_camera: bool


class World:
    def __init__(self, catalogue: Catalogue) -> None:
        self._find = lru_cache(REMEMBERED)(catalogue.find)
        self._read = lru_cache(REMEMBERED)(catalogue.read)
        self._known: dict[tuple[str, str], Known[Fact]] = {}

    def learn(self, now_ns: int, facts: Iterable[Fact]) -> None:
        """Of what is not known nothing is believed that is older than what has been forgotten."""
        forgotten_ns = now_ns - FORGET_AFTER_NS
        for fact in sorted(facts, key=_order):
            key = _subject(fact)
            known = self._known.get(key)
            if known is None:
                if fact.at_ns >= forgotten_ns:
                    self._known[key] = Known(fact, fact.at_ns)
            elif _order(fact) > _order(known.fact):
                goes_on = _state(fact) == _state(known.fact)
                self._known[key] = Known(fact, known.since_ns if goes_on else fact.at_ns)
        old = [key for key, known in self._known.items() if _has_ended(known.fact) and known.fact.at_ns < forgotten_ns]
        for key in old:
            del self._known[key]

    def apps(self) -> dict[str, App]:
        """The programs that record, play or show a window, if they may hold meetings."""
        programs = [known.fact.program for known in self.listening()] + [
            known.fact.program for known in self._playing()
        ]
        programs += [known.fact.program for known in self._of(WindowShown)]
        return {key: app for key, app in filter(None, map(self._find, programs)) if app.kind is not Kind.OTHER}

    def listening(self) -> Iterator[Known[Listening]]:
        """The streams that take sound now."""
        for known in self._of(Listening):
            if known.fact.state.is_held:
                yield known

    def streams_gone(self) -> frozenset[StreamId]:
        return frozenset(known.fact.stream for known in self._of(Listening) if known.fact.state is StreamState.ENDED)

    def scene(self, key: str, app: App) -> Scene:
        voices = [
            known
            for known in self.listening()
            if known.fact.purpose is Purpose.VOICE and self._is(key, known.fact.program)
        ]
        voices.sort(key=lambda known: (known.since_ns, known.fact.stream))
        windows = [known for known in self._of(WindowShown) if self._is(key, known.fact.program)]
        titles = [known.fact.title for known in windows if known.fact.title]
        return Scene(
            program=voices[0].fact.program if voices else None,
            voice_since_ns=voices[0].since_ns if voices else None,
            sounds_since_ns=tuple(sorted(k.since_ns for k in self._playing() if self._is(key, k.fact.program))),
            windows=frozenset(known.fact.window for known in windows),
            signs=tuple(sorted(self._signs(app, windows), key=lambda shown: (shown.since_ns, shown.window))),
            is_idle=bool(titles) and all(app.is_idle(title) for title in titles),
            uses_camera=any(k.fact.program is None or self._is(key, k.fact.program) for k in self._of(CameraHeld)),
        )

    def _signs(self, app: App, windows: Iterable[Known[WindowShown]]) -> Iterator[Shown]:
        for known in windows:
            sign = self._read(app, known.fact.title)
            if sign is not None:
                yield Shown(
                    known.fact.window, known.since_ns, sign if known.fact.url is None else sign.at(known.fact.url)
                )

    def _playing(self) -> Iterator[Known[Playing]]:
        for known in self._of(Playing):
            if known.fact.state.is_held:
                yield known

    def _is(self, key: str, program: Program) -> bool:
        found = self._find(program)
        return found is not None and found[0] == key

    def _of(self, kind: type[F]) -> Iterator[Known[F]]:
        for known in self._known.values():
            if isinstance(known.fact, kind):
                yield Known(known.fact, known.since_ns)


def _subject(fact: Fact) -> tuple[str, str]:
    match fact:
        case Listening(stream=name):
            return "listening", name
        case Playing(stream=name):
            return "playing", name
        case WindowShown(window=name) | WindowGone(window=name):
            return "window", name
        case CameraHeld(camera=name) | CameraFree(camera=name):
            return "camera", name


def _has_ended(fact: Fact) -> bool:
    match fact:
        case WindowGone() | CameraFree() | Listening(state=StreamState.ENDED) | Playing(state=StreamState.ENDED):
            return True
        case _:
            return False


def _state(fact: Fact) -> object:
    """What begins anew when it changes."""
    match fact:
        case Listening(state=state, purpose=purpose):
            return state.is_held, purpose
        case Playing(state=state):
            return state.is_held
        case WindowShown(title=title):
            return title
        case _:
            return type(fact)


def _order(fact: Fact) -> tuple[int, bool, str]:
    """Of two facts of one moment an end is the later one."""
    return fact.at_ns, _has_ended(fact), repr(astuple(fact))
