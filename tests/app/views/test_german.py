"""A window that speaks German does so to the end: errors, checks and reasons too."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.checkup import Check, check_disk, judge_screen, judge_sound
from app.language import Translations
from app.messages import describe
from app.notices import Notice, notices
from app.settings import Language
from app.situation import Situation
from app.tray_state import tray_state
from app.views.checkup import CheckupWindow
from app.views.recordings import RecordingsWindow
from app.views.settings import SettingsWindow
from app.views.settings_fields import Line, Number
from capture.audio.sound_check import Hearing, SoundCheck
from capture.recording import RecordingId, Side
from capture.screen.base import Means, VideoFormat
from capture.screen.screen_check import ScreenLook
from tests.app.views.rig import LIMIT_MS, SOUND_ONLY, Stage
from tests.app.views.settings_rig import keeper
from tests.rig.library import Story, delivery
from uploader.ledger import DeliveryStatus

Tell = Callable[[Check], None]


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    translations = Translations(qapp)
    translations.speak(Language.GERMAN)
    yield
    translations.speak(Language.ENGLISH)


def texts(window: CheckupWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel))


@pytest.mark.usefixtures("german")
def test_the_check_window(scene: Stage, qtbot: QtBot) -> None:
    heard = Hearing("Mikro", None, heard_tone=False)
    checks = (
        judge_screen(ScreenLook(VideoFormat(640, 360), Means("x11-shm", "no damage"), is_black=True)),
        *judge_sound(SoundCheck({Side.MICROPHONE: heard, Side.SYSTEM: heard}, None)),
        check_disk(scene.paths),
    )

    def look_at_all(tell: Tell) -> None:
        for check in checks:
            tell(check)

    window = CheckupWindow(scene.context, look_at_all)
    qtbot.addWidget(window)
    qtbot.waitUntil(window.again.isEnabled, timeout=LIMIT_MS)
    said = texts(window)
    assert "ganz schwarz: 640x360 Pixel durch x11-shm. Nicht auf die beste Weise: no damage." in said
    assert "Mikro ist da, aber es kommt nichts davon." in said
    assert " GB sind für Aufnahmen in " in said
    assert [each for each in checks if each.message in said or (each.hint and each.hint in said)] == []


@pytest.mark.usefixtures("german")
def test_a_recording_that_could_not_be_delivered(scene: Stage, qtbot: QtBot) -> None:
    failed = delivery(DeliveryStatus.FAILED, last_error="refused", error_data={"status": "403"})
    (directory,) = scene.make(Story("Planung", media=SOUND_ONLY, delivery=failed))
    window = RecordingsWindow(scene.context)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.model.total == 1, timeout=LIMIT_MS)
    window.choose(RecordingId(directory.name))
    about = window.notes.about.text()
    assert about == "Das Ziel nimmt diese Aufnahme nicht an (HTTP 403). Sie ist auf diesem Rechner sicher."


@pytest.mark.usefixtures("german")
def test_bad_values_in_the_file_and_typed(basedir: Path, qtbot: QtBot) -> None:
    with keeper(qtbot, basedir) as kept:
        kept.paths.settings.write_text("fps = 900\n", encoding="utf-8")
        window = SettingsWindow(kept.context)
        qtbot.addWidget(window)
        rate = window.fields["fps"]
        assert isinstance(rate.control, Number)
        kept.until(lambda: rate.problem.text() != "")
        assert "es muss zwischen 1 und 60 liegen" in rate.problem.text()
        window.turn_to(3)
        hours = window.fields["delivery_hours"]
        assert isinstance(hours.control, Line)
        hours.control.chosen.emit("teatime")
        assert "es müssen zwei Tageszeiten sein" in hours.problem.text()
        window.close()


@pytest.mark.usefixtures("german")
def test_a_notification_and_the_tray() -> None:
    trouble = describe("disk_full", "No space left on device", {"folder": "/data"})
    now = Situation(trouble=trouble)
    (notice,) = notices(Situation(), now)
    words = "Der Datenträger ist voll: No space left on device."
    assert notice == Notice(
        words,
        "Schaffen Sie Platz in /data, oder legen Sie Aufnahmen woanders ab: `afterword config set recordings ORDNER`.",
    )
    assert tray_state(now).warnings == (words,)
