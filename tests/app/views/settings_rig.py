"""What a window needs of the program, without the program: settings that are really kept, and nothing else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.background import Background
from app.bridge import Bridge
from app.intents import Intent, Remember
from app.look import LIGHT
from app.paths import Paths, find_paths
from app.settings import Settings, Value, read
from app.settings_file import write_setting
from app.situation import Situation
from app.views.context import ViewContext
from capture.recording import SYNTHETIC_DEVICE

LIMIT_MS = 20_000


@dataclass
class Keeper:
    """Writes what is to be remembered, and notes all else."""

    paths: Paths
    context: ViewContext
    qtbot: QtBot
    intents: list[Intent] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return read(self.paths.settings).settings

    def until(self, wanted: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(wanted, timeout=LIMIT_MS)

    def keeps(self, key: str, value: Value) -> bool:
        return bool(getattr(self.settings, key) == value)


@contextmanager
def keeper(qtbot: QtBot, basedir: Path) -> Iterator[Keeper]:
    """Over the built-in test signal."""
    paths, background = find_paths(basedir), Background()
    for key in ("microphone", "system_audio", "screen"):
        write_setting(paths.settings, key, SYNTHETIC_DEVICE)

    def intend(intent: Intent) -> None:
        if isinstance(intent, Remember):
            write_setting(paths.settings, intent.key, intent.value)
        kept.intents.append(intent)

    context = ViewContext(
        paths, Bridge(), Situation, background, intend, lambda: LIGHT, lambda: read(paths.settings).settings
    )
    kept = Keeper(paths, context, qtbot)
    try:
        yield kept
    finally:
        background.stop()
