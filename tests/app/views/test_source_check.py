"""Sources with proof, on a real screen with a real sound server: what moves, what is missing, and when it lets go."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.settings_file import write_setting
from app.views.settings_book import SettingsBook
from app.views.settings_fields import Choice
from app.views.source_check import Proof, Source, SourceCheck
from capture.recording import Side
from tests.app.views.settings_rig import Keeper, keeper
from tests.rig.content import Mode, showing
from tests.rig.desktop import Desktop
from tests.rig.sound import MICROPHONE
from tests.rig.speech import speak


@pytest.fixture
def kept(qtbot: QtBot, basedir: Path, desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keeper]:
    for name, value in desktop.variables.items():
        if name != "QT_QPA_PLATFORM":
            monkeypatch.setenv(name, value)
    with keeper(qtbot, basedir) as kept:
        for key, value in (("microphone", "default"), ("system_audio", "default"), ("screen", "1")):
            write_setting(kept.paths.settings, key, value)
        yield kept


def test_what_is_seen_and_heard_is_proved_and_let_go_of(kept: Keeper, desktop: Desktop, tmp_path: Path) -> None:
    speech = tmp_path / "speech.wav"
    speak("Can you hear me? This is a longer sentence, so that there is time to hear it.", speech)
    holder = QObject()
    book = SettingsBook(kept.context, holder)
    check = SourceCheck(kept.context, book)
    kept.qtbot.addWidget(check)
    with showing(Mode.COLOURS, desktop.environment):
        check.show()
        kept.until(lambda: check.proofs[Source.PICTURE] is Proof.GOOD and not check.picture.pixmap().isNull())
        kept.until(lambda: check.proofs[Source.MICROPHONE] in {Proof.QUIET, Proof.DEAD})
        desktop.sound.say(Side.MICROPHONE, speech)
        kept.until(lambda: check.proofs[Source.MICROPHONE] is Proof.GOOD and check.meters[Side.MICROPHONE].share > 0)
        check.tone.click()
        kept.until(lambda: check.proofs[Source.SYSTEM] is Proof.GOOD)
        microphones = check.fields[Source.MICROPHONE].control
        assert isinstance(microphones, Choice)
        kept.until(lambda: microphones.findData(MICROPHONE) > 0)
        write_setting(kept.paths.settings, "system_audio", "gone")
        kept.until(lambda: check.proofs[Source.SYSTEM] is Proof.MISSING)
        assert "gone" in check.fields[Source.SYSTEM].hint.text()
        write_setting(kept.paths.settings, "microphone", "none")
        kept.until(lambda: check.proofs[Source.MICROPHONE] is Proof.LEFT_OUT)
    pid = check.pid
    assert pid is not None
    check.hide()
    assert check.pid is None
    kept.until(lambda: not is_alive(pid))
    check.show()
    kept.until(lambda: check.pid is not None)
    assert check.pid is not None
    os.kill(check.pid, signal.SIGKILL)
    kept.until(lambda: check.proofs[Source.PICTURE] is Proof.MISSING)
    assert "has ended" in check.fields[Source.PICTURE].hint.text()
    check.hide()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
