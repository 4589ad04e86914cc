"""What the list of recordings reads and shows, at its edges."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPixmap
from pytestqt.qtbot import QtBot

from app.export import Export, export, file_name
from app.illustrator import MOST_WAITING
from app.paths import find_paths
from app.recording_rows import RecordingRows, Row
from app.views.recordings_pictures import Pictures
from capture.illustrations import IllustrationAnswer, IllustrationTask
from capture.recording import MediaKind, RecordingId
from tests.fakes.recording_directory import make_recording

Tell = Callable[[IllustrationAnswer], None]


def test_reading_ends_within_a_piece(basedir: Path) -> None:
    paths = find_paths(basedir)
    for seed in range(4):
        make_recording(paths.recordings, seed=seed)
    asked: list[None] = []

    def is_closed() -> bool:
        asked.append(None)
        return len(asked) > 2

    assert not list(RecordingRows(paths, is_closed).changes())
    assert len(list(RecordingRows(paths).changes())) == 1


class FakeIllustrator:
    """Forgets as the real one does, and makes nothing by itself."""

    made: "list[FakeIllustrator]" = []  # noqa: RUF012 - each test has its own

    def __init__(self) -> None:
        self.asked: list[tuple[IllustrationTask, Tell]] = []
        self.made.append(self)

    def ask(self, task: IllustrationTask, tell: Tell) -> None:
        self.asked.append((task, tell))
        del self.asked[:-MOST_WAITING]

    def answer(self) -> None:
        while self.asked:
            task, tell = self.asked.pop()
            tell(IllustrationAnswer(task.output))


@pytest.fixture
def illustrator(monkeypatch: pytest.MonkeyPatch) -> list[FakeIllustrator]:
    made: list[FakeIllustrator] = []
    monkeypatch.setattr(FakeIllustrator, "made", made)
    monkeypatch.setattr("app.views.recordings_pictures.Illustrator", FakeIllustrator)
    return made


def test_who_comes_back_after_scrolling_far_sees_pictures(
    qtbot: QtBot, tmp_path: Path, illustrator: list[FakeIllustrator]
) -> None:
    names = [f"{number:03}" for number in range(MOST_WAITING + 20)]
    rows = [Row(RecordingId(each), tmp_path / each, paths={MediaKind.VIDEO_MIXED: "film.mp4"}) for each in names]
    for row in rows:
        row.directory.mkdir()
        QImage(4, 4, QImage.Format.Format_RGB32).save(str(row.directory / ".thumbnail.jpg"))
    holder, came = QObject(), set[str]()
    pictures = Pictures(holder)
    pictures.came.connect(came.add)
    for row in rows:
        assert pictures.of(row) is None
    illustrator[0].answer()
    qtbot.waitUntil(lambda: len(came) == MOST_WAITING)
    assert pictures.of(rows[0]) is None
    illustrator[0].answer()
    qtbot.waitUntil(lambda: len(came) == MOST_WAITING + 1)
    assert isinstance(pictures.of(rows[0]), QPixmap)
    assert not illustrator[0].asked


@pytest.mark.parametrize(
    "title", ["\N{GRINNING FACE}" * 100, "会" * 100, "a\ud83d", "x" * 300], ids=["emoji", "han", "half", "long"]
)
def test_any_title_makes_a_name_that_the_disk_takes(title: str, tmp_path: Path) -> None:
    target = tmp_path / file_name(title, Export.SOUND)
    export(make_recording(tmp_path / "recordings"), Export.SOUND, target)
    assert target.stat().st_size > 0
