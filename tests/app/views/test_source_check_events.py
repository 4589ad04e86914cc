"""What is told of sources that were left or changed meanwhile proves nothing of those that are chosen now."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.settings_file import write_setting
from app.views.settings_book import SettingsBook
from app.views.source_check import Proof, Source, SourceCheck
from capture.events import Error, Event, Level, SourceLost, WishObeyed
from capture.recording import Side
from capture.wish import Wish
from tests.app.views.settings_rig import Keeper, keeper

LOUD_DBFS = -10.0
FADE_MS = 100


class FakePreview:
    """Tells what it is told to tell."""

    made: "list[FakePreview]"
    pid = 1

    def __init__(self, _: Path, tell: Callable[[Event], None]) -> None:
        self.tell = tell
        self.wishes: list[Wish] = []
        self.made.append(self)

    def wish(self, wish: Wish) -> None:
        self.wishes.append(wish)

    def close(self) -> None:
        """It holds nothing."""

    def obey(self) -> None:
        self.tell(WishObeyed(self.wishes[-1].number))

    def hear(self, side: Side) -> None:
        self.tell(Level(side, LOUD_DBFS, LOUD_DBFS, 0))


@pytest.fixture
def previews(monkeypatch: pytest.MonkeyPatch) -> list[FakePreview]:
    made: list[FakePreview] = []
    monkeypatch.setattr(FakePreview, "made", made, raising=False)
    monkeypatch.setattr("app.views.source_check.PreviewProcess", FakePreview)
    monkeypatch.setattr("app.views.source_check.FADE_MS", FADE_MS)
    return made


@pytest.fixture
def kept(qtbot: QtBot, basedir: Path) -> Iterator[Keeper]:
    with keeper(qtbot, basedir) as kept:
        yield kept


@pytest.fixture
def check(kept: Keeper, previews: list[FakePreview]) -> Iterator[SourceCheck]:
    holder = QObject()
    check = SourceCheck(kept.context, SettingsBook(kept.context, holder))
    kept.qtbot.addWidget(check)
    check.show()
    (preview,) = previews
    preview.obey()
    yield check
    check.hide()


def change(kept: Keeper, preview: FakePreview, microphone: str) -> None:
    """Until the preview has been told."""
    before = len(preview.wishes)
    write_setting(kept.paths.settings, "microphone", microphone)
    kept.until(lambda: len(preview.wishes) > before)


def test_a_late_level_proves_neither_another_device_nor_one_that_is_left_out(
    kept: Keeper, check: SourceCheck, previews: list[FakePreview]
) -> None:
    (preview,) = previews
    preview.hear(Side.MICROPHONE)
    kept.until(lambda: check.proofs[Source.MICROPHONE] is Proof.GOOD)
    change(kept, preview, "another")
    preview.hear(Side.MICROPHONE)
    preview.hear(Side.SYSTEM)
    kept.until(lambda: check.proofs[Source.SYSTEM] is Proof.GOOD)
    assert check.proofs[Source.MICROPHONE] is Proof.WAITING
    preview.obey()
    preview.hear(Side.MICROPHONE)
    kept.until(lambda: check.proofs[Source.MICROPHONE] is Proof.GOOD)
    change(kept, preview, "none")
    preview.hear(Side.MICROPHONE)
    preview.tell(SourceLost("microphone", "unplugged", 0))
    preview.obey()
    preview.tell(Error("preview_died", "it has ended"))
    kept.until(lambda: check.proofs[Source.SYSTEM] is Proof.MISSING)
    assert check.proofs[Source.MICROPHONE] is Proof.LEFT_OUT


def test_what_an_ended_preview_told_last_proves_nothing_of_the_next(
    kept: Keeper, check: SourceCheck, previews: list[FakePreview]
) -> None:
    check.hide()
    check.show()
    ended, preview = previews
    for side in Side:
        ended.obey()
        ended.hear(side)
    preview.obey()
    preview.hear(Side.SYSTEM)
    kept.until(lambda: check.proofs[Source.SYSTEM] is Proof.GOOD)
    assert check.proofs[Source.MICROPHONE] is Proof.WAITING


def test_a_meter_without_news_falls_while_the_other_side_is_heard(
    kept: Keeper, check: SourceCheck, previews: list[FakePreview]
) -> None:
    (preview,) = previews
    own = check.meters[Side.MICROPHONE]
    preview.hear(Side.MICROPHONE)
    kept.until(lambda: own.share > 0)

    def has_fallen() -> bool:
        QTest.qWait(FADE_MS // 5)
        preview.hear(Side.SYSTEM)
        return own.share == 0

    kept.until(has_fallen)
