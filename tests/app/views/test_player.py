"""Playing real files: picture, timeline, transcript, and every key."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.illustrator import LOUDNESS_NAME
from app.intents import OpenWindow, WindowName
from app.views.player import PlayerWindow, open_view
from app.views.player_controls import PlayerAct
from app.views.timeline import NAMES_PX
from app.windows import Windows
from capture.illustrations import LOUDNESS_VALUES
from capture.manifest import read_manifest, write_manifest
from capture.recording import MediaStatus, RecordingId
from tests.app.views.rig import LIMIT_MS, Stage, press
from tests.rig.library import Story

pytestmark = (
    pytest.mark.no_qt_log
)  # FFmpeg's threads speak, too: while a seek waits for them none may need Python's lock
FILM = ("video_mixed.mp4", "participants.json", "speaker_timeline.json", "transcript.json")
MEETING = Story(
    "Planning",
    people=("Ada", "דנה"),
    media=FILM,
    lines=("Good morning everyone", "The budget is larger", "Let us see", "Fine"),
    marks=((4.0, "Decision"), (12.0, "Follow up")),
    gap=(8.0, 2.0),
)

Open = Callable[[Path], PlayerWindow]


@pytest.fixture
def player(scene: Stage, qtbot: QtBot) -> Iterator[Open]:
    windows = []

    def show(directory: Path) -> PlayerWindow:
        window = open_view(scene.context, RecordingId(directory.name))
        windows.append(window)
        window.show()
        window.activateWindow()
        waits(qtbot, lambda: window.playback.is_open or window.stage.words)
        return window

    yield show
    for window in windows:
        window.close()
        window.deleteLater()


def waits(qtbot: QtBot, wanted: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(wanted()), timeout=LIMIT_MS)


def key(window: QWidget, key: Qt.Key) -> None:
    focus = window.focusWidget()
    QTest.keyClick(window if focus is None else focus, key)


def test_it_plays_by_keys(scene: Stage, player: Open, qtbot: QtBot) -> None:
    (directory,) = scene.make(MEETING)
    window = player(directory)
    playback = window.playback
    waits(qtbot, lambda: not window.stage.image.isNull())
    assert (window.windowTitle(), playback.is_playing) == ("Planning", False)
    first = QImage(window.stage.image)
    key(window, Qt.Key.Key_Space)
    waits(qtbot, lambda: playback.is_playing and playback.at_s > 0 and window.stage.image != first)
    key(window, Qt.Key.Key_K)
    waits(qtbot, lambda: not playback.is_playing)
    window.seek(5.0)
    for pressed, at_s in (
        (Qt.Key.Key_L, 15.0),
        (Qt.Key.Key_J, 5.0),
        (Qt.Key.Key_Right, 10.0),
        (Qt.Key.Key_Left, 5.0),
        (Qt.Key.Key_BracketRight, 12.0),
        (Qt.Key.Key_BracketLeft, 4.0),
        (Qt.Key.Key_Home, 0.0),
    ):
        key(window, pressed)
        assert playback.at_s == at_s, pressed
        assert window.timeline.value() == at_s * 1000
    assert window.controls.clock.text() == "0:00 / 0:20"


def test_who_opens_a_recording_hears_it_from_the_moment_that_was_meant(scene: Stage, qtbot: QtBot) -> None:
    (directory,) = scene.make(MEETING)
    windows = Windows(scene.context)
    wanted = OpenWindow(WindowName.PLAYER, RecordingId(directory.name))
    window = windows.open(replace(wanted, at_s=10.0))
    assert isinstance(window, PlayerWindow)
    waits(qtbot, lambda: window.playback.is_playing and window.playback.at_s > 10.0)
    window.do(PlayerAct.TOGGLE)
    waits(qtbot, lambda: not window.playback.is_playing)
    window.seek(2.0)
    assert windows.open(wanted) is window
    waits(qtbot, lambda: window.playback.is_playing)
    assert 1.0 < window.playback.at_s < 10.0
    windows.close_all()


def test_speed_sound_and_screen_by_keys_and_buttons(scene: Stage, player: Open) -> None:
    (directory,) = scene.make(MEETING)
    window = player(directory)
    for _ in range(2):
        key(window, Qt.Key.Key_Greater)
    assert (window.playback.speed, window.controls.speed.text()) == (1.5, "1.5\N{MULTIPLICATION SIGN}")
    for _ in range(9):
        key(window, Qt.Key.Key_Less)
    assert window.playback.speed == 0.5
    window.controls.speeds[3.0].trigger()
    assert window.playback.speed == 3.0
    key(window, Qt.Key.Key_M)
    assert (window.playback.is_muted, window.controls.buttons[PlayerAct.MUTE].text()) == (True, "Sound on")
    press(window.controls.buttons[PlayerAct.MUTE])
    assert not window.playback.is_muted
    window.stage.setFocus()
    key(window, Qt.Key.Key_Down)
    assert window.controls.volume.value() == 95
    assert window.playback.volume == pytest.approx(0.95)
    key(window, Qt.Key.Key_F)
    assert window.isFullScreen()
    assert not window.transcript.isVisible()
    key(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert window.transcript.isVisible()


def test_the_timeline_tells_and_leads(scene: Stage, player: Open) -> None:
    (directory,) = scene.make(MEETING)
    window = player(directory)
    timeline = window.timeline
    reach_px = timeline.width() - NAMES_PX - 8

    def at(share: float, y_px: int) -> QPoint:
        return QPoint(NAMES_PX + round(reach_px * share), y_px)

    assert "Decision" in timeline.words_at(at(0.2, 5))
    assert "Ada" in timeline.words_at(at(0.05, 20))
    assert "דנה" in timeline.words_at(at(0.3, 40))
    assert "Nothing came from this side: system" in timeline.words_at(at(0.45, 20))
    assert timeline.accessibleDescription() == "Speakers: Ada, דנה. Marks: 2. Gaps: 1."
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=at(0.5, 20))
    assert window.playback.at_s == pytest.approx(10.0, abs=0.05)
    timeline.setFocus()
    key(window, Qt.Key.Key_Right)
    assert window.playback.at_s == pytest.approx(15.0, abs=0.05)


def test_the_transcript_follows_and_leads(scene: Stage, player: Open) -> None:
    (directory,) = scene.make(MEETING)
    window = player(directory)
    window.seek(6.0)
    assert window.transcript.now == 1
    index = window.transcript.captions.index(2)
    assert index.data() == "Ada, 0:10: Let us see"
    place = window.transcript.visualRect(index).center()
    QTest.mouseClick(window.transcript.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.playback.at_s == 10.0
    assert window.transcript.now == 2
    assert window.follow.isChecked()
    window.transcript.setFocus()
    key(window, Qt.Key.Key_Down)
    assert not window.follow.isChecked()
    key(window, Qt.Key.Key_Return)
    assert window.playback.at_s == 15.0
    key(window, Qt.Key.Key_J)
    assert window.playback.at_s == 5.0


def test_sound_alone_shows_how_loud_it_is(scene: Stage, player: Open, qtbot: QtBot) -> None:
    (directory,) = scene.make(replace(MEETING, media=("audio_mixed.mp3",)))
    window = player(directory)
    waits(qtbot, lambda: len(window.stage.loudness) == LOUDNESS_VALUES)
    soft, loud = (max(window.stage.loudness[first : first + 60]) for first in (20, 120))
    assert loud > 2 * soft
    assert (directory / LOUDNESS_NAME).exists()
    assert not window.transcript.isVisible()
    place = QPoint(window.stage.width() // 2, 50)
    QTest.mouseClick(window.stage, Qt.MouseButton.LeftButton, pos=place)
    assert window.playback.at_s == pytest.approx(10.0, abs=0.05)


def test_what_cannot_be_played_is_said_where_the_picture_would_be(scene: Stage, player: Open) -> None:
    broken, released, gone = scene.make(MEETING, MEETING, MEETING)
    film = broken / "video_mixed.mp4"
    film.unlink()  # it shares its bytes with the others
    film.write_bytes(b"no film")
    manifest = read_manifest(released)
    media = tuple(replace(each, status=MediaStatus.DELETED) for each in manifest.media)
    write_manifest(replace(manifest, media=media), released)
    gone.rename(scene.paths.data / "elsewhere")
    for directory, words in (
        (broken, "It cannot be played"),
        (released, "not on this machine any more"),
        (gone, gone.name),
    ):
        window = player(directory)
        assert words in window.stage.words
    assert window.stage.accessibleDescription() == window.stage.words
