"""Whoever writes the file of the settings, and however: what it says counts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.background import Background
from app.paths import Paths, find_paths
from app.settings_file import write_setting
from app.settings_watch import SettingsWatch
from app.views.settings_book import SettingsBook
from tests.app.views.settings_rig import Keeper, keeper

LIMIT_MS = 20_000


@pytest.fixture
def background() -> Iterator[Background]:
    background = Background()
    yield background
    background.stop()


def watched(paths: Paths, background: Background) -> SettingsWatch:
    watch = SettingsWatch(paths, background)
    watch.start()
    return watch


def await_fps(qtbot: QtBot, watch: SettingsWatch, fps: int) -> None:
    qtbot.waitUntil(lambda: watch.settings.fps == fps, timeout=LIMIT_MS)


def test_a_file_that_is_written_in_place(qtbot: QtBot, basedir: Path, background: Background) -> None:
    paths = find_paths(basedir)
    watch = watched(paths, background)
    write_setting(paths.settings, "fps", 11)
    await_fps(qtbot, watch, 11)
    for fps in (12, 13):
        with paths.settings.open("r+", encoding="utf-8") as file:
            file.write(f"fps = {fps}\n")
        await_fps(qtbot, watch, fps)


def test_a_file_that_is_a_link_to_where_somebody_keeps_such_files(
    qtbot: QtBot, basedir: Path, background: Background, tmp_path: Path
) -> None:
    paths, kept = find_paths(basedir), tmp_path / "dotfiles" / "afterword.toml"
    kept.parent.mkdir()
    kept.write_text("fps = 10\n", encoding="utf-8")
    paths.config.mkdir(parents=True)
    paths.settings.symlink_to(kept)
    watch = watched(paths, background)
    for fps in (12, 13):
        watch.remember("fps", fps, lambda _: None)
        await_fps(qtbot, watch, fps)
    assert paths.settings.is_symlink()


@pytest.fixture
def held(qtbot: QtBot, basedir: Path) -> Iterator[Keeper]:
    with keeper(qtbot, basedir) as held:
        yield held


def test_a_window_shows_it_too(held: Keeper) -> None:
    holder = QObject()
    book = SettingsBook(held.context, holder)
    held.paths.settings.write_text("fps = 11\n", encoding="utf-8")
    held.until(lambda: book.settings.fps == 11)
    held.paths.settings.write_text("fps = 12\n", encoding="utf-8")
    held.until(lambda: book.settings.fps == 12)
