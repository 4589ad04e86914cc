"""One window without the rest of the app, over made-up recordings with real files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.background import Background
from app.bridge import Bridge
from app.intents import Intent
from app.look import LIGHT
from app.paths import Paths, find_paths
from app.situation import Situation
from app.views.context import ViewContext
from capture.media import FILES
from tests.rig.library import Films, Story, make_story

LIMIT_MS = 30_000
SOUND_ONLY = tuple(path for path, _ in FILES if not path.endswith((".mp4", ".ogg")))
"""Enough for most, and cheap to make."""


@dataclass
class Stage:
    """``intents``: what the windows wanted of the app."""

    paths: Paths
    films: Films
    background: Background = field(default_factory=Background)
    intents: list[Intent] = field(default_factory=list)
    count: int = 0

    @property
    def context(self) -> ViewContext:
        return ViewContext(self.paths, Bridge(), Situation, self.background, self.intents.append, lambda: LIGHT)

    def make(self, *stories: Story) -> list[Path]:
        """The first is the newest."""
        made = [
            make_story(story, self.count + place + 1, self.paths, self.films) for place, story in enumerate(stories)
        ]
        self.count += len(stories)
        return made


@contextmanager
def stage(basedir: Path, films: Films) -> Iterator[Stage]:
    made = Stage(find_paths(basedir), films)
    made.paths.recordings.mkdir(parents=True)
    try:
        yield made
    finally:
        made.background.stop()


def press(widget: QWidget) -> None:
    """As a finger does: on what is seen."""
    assert widget.isVisible(), widget.accessibleName()
    assert widget.isEnabled(), widget.accessibleName()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
