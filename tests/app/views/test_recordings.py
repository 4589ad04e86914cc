"""Every action of the list of recordings, on real folders."""

import gc
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.export import Export
from app.flow_events import Answer, Answered
from app.intents import CopyText, Deliver, OpenWindow, Tell, WindowName
from app.recordings_model import Role
from app.trash import thrown_away
from app.views.recordings import RecordingsWindow, open_view
from app.views.recordings_acts import RowAct
from capture.lock import Lock
from capture.manifest import MANIFEST_NAME, read_manifest
from capture.recording import MediaKind, RecordingId, RecordingStatus
from tests.app.views.rig import LIMIT_MS, SOUND_ONLY, Stage, press
from tests.rig.library import SERVER, Story, delivery
from uploader.debts import note_debt
from uploader.ledger import DeliveryStatus, Ledger

Open = Callable[[int], RecordingsWindow]


@pytest.fixture
def shown(scene: Stage, qtbot: QtBot) -> Iterator[Open]:
    """A window that shows so many recordings."""
    windows = []

    def show(count: int) -> RecordingsWindow:
        window = open_view(scene.context, None)
        windows.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(
            lambda: window.model.total == count and (count > 0 or window.record.isVisible()), timeout=LIMIT_MS
        )
        return window

    yield show
    for window in windows:
        window.close()
        window.deleteLater()


def titles(window: RecordingsWindow) -> list[str]:
    return [str(window.model.index(place).data()) for place in range(window.model.rowCount())]


def choose(window: RecordingsWindow, directory: Path) -> None:
    window.choose(RecordingId(directory.name))
    assert window.row is not None
    assert window.row.directory == directory


def has_said(window: RecordingsWindow, words: str) -> bool:
    return window.notes.words.text() == words


def waits(qtbot: QtBot, wanted: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(wanted()), timeout=LIMIT_MS)


def test_what_broke_off_comes_first_until_somebody_has_looked(scene: Stage, shown: Open, qtbot: QtBot) -> None:
    broken = Story("Lost", days_ago=3, media=SOUND_ONLY, status=RecordingStatus.INTERRUPTED)
    _, _, lost = scene.make(Story("New", media=SOUND_ONLY), Story("Old", days_ago=1, media=SOUND_ONLY), broken)
    window = shown(3)
    assert titles(window) == ["Lost", "New", "Old"]
    choose(window, lost)
    assert "0:20 of it are saved" in window.notes.about.text()
    press(window.buttons[RowAct.PLAY])
    assert scene.intents == [OpenWindow(WindowName.PLAYER, RecordingId(lost.name))]
    waits(qtbot, lambda: titles(window) == ["New", "Old", "Lost"])
    assert window.row is not None
    assert window.row.directory == lost


def test_a_row_tells_all_to_who_hears_it(scene: Stage, shown: Open) -> None:
    waiting = delivery(DeliveryStatus.WAITING, 0.5, last_error="network_trouble")
    scene.make(Story("Planning", media=SOUND_ONLY, delivery=waiting))
    window = shown(1)
    said = window.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    for words in ("Planning", "0:20", "zoom", "Waiting for the network", "Video: none", "Sound: ready"):
        assert words in said


def test_a_title_is_written_in_its_place(scene: Stage, shown: Open, qtbot: QtBot) -> None:
    (directory,) = scene.make(Story("Before", media=SOUND_ONLY))
    window = shown(1)
    choose(window, directory)
    window.list.setFocus()
    QTest.keyClick(window.list, Qt.Key.Key_F2)
    editor = window.list.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.accessibleName() == "Title"
    editor.setText("  After   all ")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    waits(qtbot, lambda: titles(window) == ["After all"])
    assert read_manifest(directory).spec.meeting.title == "After all"
    with Lock(directory):
        window.model.setData(window.list.currentIndex(), "Not now")
        waits(qtbot, lambda: "still running" in window.notes.words.text())
    assert titles(window) == ["After all"]


def test_what_was_delivered_keeps_its_name_and_that_is_said(scene: Stage, shown: Open, qtbot: QtBot) -> None:
    complete = delivery(DeliveryStatus.COMPLETE, share=1.0)
    (directory,) = scene.make(Story("Before", media=SOUND_ONLY, delivery=complete))
    window = shown(1)
    choose(window, directory)
    window.model.setData(window.list.currentIndex(), "After all")
    waits(qtbot, lambda: has_said(window, "Renamed on this machine. What was delivered keeps its name."))
    waits(qtbot, lambda: titles(window) == ["After all"])


def test_search_finds_titles_people_and_what_was_said(scene: Stage, shown: Open, qtbot: QtBot) -> None:
    scene.make(
        Story("Weekly", people=("Ada", "Grace"), media=SOUND_ONLY, lines=("the budget is larger", "good")),
        Story("Interview", people=("Ada", "דנה"), media=SOUND_ONLY),
    )
    window = shown(2)
    QTest.keyClicks(window.search, "weekLY grace")
    assert titles(window) == ["Weekly"]
    window.search.setText("דנה")
    assert titles(window) == ["Interview"]
    window.search.setText("budget")
    waits(qtbot, lambda: titles(window) == ["Weekly"])
    found = window.model.index(0).data(Role.FOUND)
    assert (found.speaker, found.text) == ("Ada", "the [budget] is larger")
    window.search.setText("good")
    waits(qtbot, lambda: window.model.index(0).data(Role.FOUND))
    found = window.model.index(0).data(Role.FOUND)
    assert found.start_s > 0
    window.choose(RecordingId(found.recording))
    press(window.buttons[RowAct.PLAY])
    assert scene.intents == [OpenWindow(WindowName.PLAYER, RecordingId(found.recording), found.start_s)]
    window.search.setText("nowhere")
    assert window.empty.isVisible()
    assert not window.record.isVisible()
    QTest.keyClick(window.search, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window.search, Qt.Key.Key_Backspace)
    assert titles(window) == ["Weekly", "Interview"]


def test_what_is_deleted_can_be_had_back_and_is_owed_again(scene: Stage, shown: Open, qtbot: QtBot) -> None:
    owed = delivery(DeliveryStatus.WAITING, 0.1, last_error="network_trouble")
    keeps, goes = scene.make(Story("Keeps", media=SOUND_ONLY), Story("Goes", media=SOUND_ONLY, delivery=owed))
    note_debt(goes, SERVER)
    window = shown(2)
    choose(window, goes)
    window.list.setFocus()
    QTest.keyClick(window.list, Qt.Key.Key_Delete)
    waits(
        qtbot, lambda: titles(window) == ["Keeps"] and window.notes.undo.isVisible() and window.notes.back.isVisible()
    )
    assert not goes.exists()
    with Ledger(scene.paths.ledger) as ledger:
        assert ledger.deliveries(RecordingId(goes.name)) == []
    press(window.notes.undo)
    waits(qtbot, lambda: titles(window) == ["Keeps", "Goes"] and not window.notes.back.isVisible())
    assert Deliver() in scene.intents
    with Ledger(scene.paths.ledger) as ledger:
        assert [each.destination for each in ledger.open_deliveries()] == [SERVER]
    choose(window, keeps)
    press(window.buttons[RowAct.DELETE])
    waits(qtbot, window.notes.back.isVisible)
    press(window.notes.back)
    waits(qtbot, lambda: titles(window) == ["Keeps", "Goes"])


def test_what_is_deleted_for_good_is_asked_for_and_gone(
    scene: Stage, shown: Open, qtbot: QtBot, qapp: QApplication
) -> None:
    (directory,) = scene.make(Story("Goes", media=SOUND_ONLY))
    window = shown(1)
    choose(window, directory)
    press(window.buttons[RowAct.DELETE])
    waits(qtbot, window.notes.empty.isVisible)
    press(window.notes.empty)
    box = qapp.activeModalWidget()
    assert box is not None
    (sure,) = (each for each in box.findChildren(QPushButton) if each.text() == "Delete for good")
    press(sure)
    waits(qtbot, lambda: not window.notes.empty.isVisible())
    assert thrown_away(scene.paths) == []
    assert not directory.exists()


def test_a_recording_that_runs_is_not_deleted(scene: Stage, shown: Open, qtbot: QtBot) -> None:
    (directory,) = scene.make(Story("Runs", media=SOUND_ONLY))
    window = shown(1)
    choose(window, directory)
    with Lock(directory):
        press(window.buttons[RowAct.DELETE])
        waits(qtbot, lambda: "still running" in window.notes.words.text())
    assert directory.exists()


def test_verify_says_which_file_was_changed(scene: Stage, shown: Open, qtbot: QtBot) -> None:
    (directory,) = scene.make(Story("Planning", media=SOUND_ONLY))
    window = shown(1)
    choose(window, directory)
    press(window.buttons[RowAct.VERIFY])
    waits(qtbot, lambda: f"All {len(SOUND_ONLY)} files" in window.notes.words.text())
    (directory / "participants.json").write_text("[]")
    press(window.buttons[RowAct.VERIFY])
    waits(qtbot, lambda: "participants.json was changed" in window.notes.words.text())


def test_the_link_leads_to_the_server_or_to_the_folder(scene: Stage, shown: Open) -> None:
    there = delivery(DeliveryStatus.COMPLETE, 1.0)
    away, here = scene.make(Story("Away", media=SOUND_ONLY, delivery=there), Story("Here", media=SOUND_ONLY))
    window = shown(2)
    for directory, link in ((away, f"{SERVER}/#/recording/{away.name}"), (here, here.as_uri())):
        choose(window, directory)
        press(window.buttons[RowAct.LINK])
        assert scene.intents[-1] == CopyText(link)


class _Opened(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url.toLocalFile())


def test_its_files_are_shown(scene: Stage, shown: Open) -> None:
    (directory,) = scene.make(Story("Planning", media=SOUND_ONLY))
    window = shown(1)
    choose(window, directory)
    opened = _Opened()
    QDesktopServices.setUrlHandler("file", opened, "take")  # type: ignore[arg-type] # it takes no bytes
    try:
        press(window.buttons[RowAct.REVEAL])
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert opened.urls == [str(directory)]


def test_exports_are_what_they_are_called(scene: Stage, shown: Open, qtbot: QtBot, tmp_path: Path) -> None:
    (directory,) = scene.make(Story("Planning", media=SOUND_ONLY, lines=("Good morning", "Hello")))
    window = shown(1)
    choose(window, directory)
    assert {what for what, act in window.exports.acts.items() if not act.isEnabled()} == {Export.VIDEO}
    for what, name in (
        (Export.SOUND, "a.mp3"),
        (Export.TEXT, "a.txt"),
        (Export.SUBTITLES, "a.srt"),
        (Export.FOLDER, "a"),
    ):
        window.export_to(what, tmp_path / name)
        waits(qtbot, partial(has_said, window, f"Saved as {name}."))
    assert (tmp_path / "a.mp3").read_bytes() == (directory / "audio_mixed.mp3").read_bytes()
    assert "Ada: Good morning" in (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert " --> " in (tmp_path / "a.srt").read_text(encoding="utf-8")
    assert read_manifest(tmp_path / "a").media == read_manifest(directory).media
    window.export_to(Export.FOLDER, tmp_path / "a")
    waits(qtbot, lambda: "is there already" in window.notes.words.text())
    window.export_to(Export.TEXT, tmp_path / "nowhere" / "a.txt")
    waits(qtbot, lambda: "nowhere" in window.notes.words.text())
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == []


def test_where_nothing_is_it_says_what_to_do(scene: Stage, shown: Open, qtbot: QtBot) -> None:
    window = shown(0)
    assert "Nothing has been recorded yet" in window.empty.text()
    press(window.record)
    assert scene.intents == [Tell(Answered(Answer.RECORD))]
    assert not any(button.isEnabled() for button in window.buttons.values())
    (directory,) = scene.make(Story("First", media=SOUND_ONLY))
    waits(qtbot, lambda: titles(window) == ["First"])
    assert window.list.isVisible()
    directory.rename(scene.paths.data / "elsewhere")
    waits(qtbot, window.record.isVisible)


def test_a_manifest_that_cannot_be_read_is_told_of_where_it_is(scene: Stage, shown: Open) -> None:
    good, bad = scene.make(Story("Good", media=SOUND_ONLY), Story("Bad", media=SOUND_ONLY))
    (bad / MANIFEST_NAME).write_text("{")
    window = shown(2)
    assert titles(window) == ["A recording that cannot be read", "Good"]
    choose(window, bad)
    assert str(bad) in window.notes.about.text()
    assert {act for act, button in window.buttons.items() if button.isEnabled()} == {RowAct.REVEAL, RowAct.DELETE}
    choose(window, good)
    assert not window.notes.about.isVisible()


def test_a_video_has_its_picture_on_the_side_where_reading_begins(scene: Stage, shown: Open, qtbot: QtBot) -> None:
    (directory,) = scene.make(Story("פגישה", media=("video_mixed.mp4",)))
    window = shown(1)

    def colours(left_px: int) -> set[int]:
        image = window.list.viewport().grab().toImage()
        return {image.pixel(left_px + x, 40) for x in range(0, 60, 4)}

    waits(qtbot, lambda: len(colours(20)) > 2)
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    waits(qtbot, lambda: len(colours(window.list.viewport().width() - 80)) > 2)
    assert (directory / ".thumbnail.jpg").exists()
    assert window.row is None
    choose(window, directory)
    assert MediaKind.VIDEO_MIXED in (window.row.paths if window.row else {})


def test_all_can_be_done_with_the_keyboard(scene: Stage, shown: Open, qtbot: QtBot) -> None:
    (directory,) = scene.make(Story("Planning", media=SOUND_ONLY))
    window = shown(1)
    choose(window, directory)
    window.activateWindow()
    window.search.setFocus()
    waits(qtbot, window.search.hasFocus)
    passed = []
    for _ in range(len(window.buttons) + 3):
        passed.append(window.focusWidget())
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert passed[:2] == [window.search, window.list]
    assert {*window.buttons.values(), window.export_button} <= set(passed)
    assert window.list.accessibleName() == "Recordings"
    window.list.setFocus()
    QTest.keyClick(window.list, Qt.Key.Key_Return)
    assert scene.intents == [OpenWindow(WindowName.PLAYER, RecordingId(directory.name))]


def test_what_is_typed_stays_while_the_row_changes(scene: Stage, shown: Open) -> None:
    (directory,) = scene.make(Story("Old", media=SOUND_ONLY))
    window = shown(1)
    choose(window, directory)
    window.do(RowAct.RENAME)
    (editor,) = window.list.findChildren(QLineEdit)
    assert editor.selectedText() == "Old"
    window.model.touch(RecordingId(directory.name))
    assert editor.selectedText() == "Old"
    QTest.keyClicks(editor, "New")
    window.model.touch(RecordingId(directory.name))
    assert editor.text() == "New"


def test_a_window_that_was_closed_leaves_nothing_behind(scene: Stage, qtbot: QtBot) -> None:
    """Else its rows and pictures would stay, each time that it is opened."""
    window = open_view(scene.context, None)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.show()
    left = weakref.ref(window)
    with qtbot.waitSignal(window.destroyed, timeout=LIMIT_MS):
        window.close()
    del window

    def is_gone() -> bool:
        gc.collect()
        return left() is None

    waits(qtbot, is_gone)
