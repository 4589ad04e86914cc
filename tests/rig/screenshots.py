"""``python -m tests.rig.screenshots FOLDER``: a picture of every window, light and dark, at 100 % and at 200 %.

All that is seen on them is made up.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from app.background import Background
from app.bridge import Bridge
from app.flow_events import StopReason
from app.flow_state import Ending, Offered, Phase, Recording, State, Stopped
from app.illustrator import THUMBNAIL_NAME
from app.intents import Intent, OpenWindow, WindowName
from app.look import apply_look, colours_of
from app.paths import Paths, find_paths
from app.recording_rules import AutoRecord, Rules
from app.recordings_model import Role
from app.settings import Look
from app.settings_file import write_setting
from app.situation import Situation, after
from app.tray_menu import TrayMenu
from app.views.card import Card
from app.views.checkup import CheckupWindow
from app.views.context import ViewContext
from app.views.first_run import FirstRun
from app.views.pill import Pill
from app.views.player import PlayerWindow
from app.views.recordings import RecordingsWindow
from app.views.report import ReportWindow
from app.views.settings import SettingsWindow
from app.views.small_window import SmallWindow
from app.views.source_check import Proof, SourceCheck
from app.windows import Windows
from capture.clock import MonotonicClock
from capture.events import Level, Started
from capture.meetings.verdicts import DetectedMeeting, MeetingId
from capture.recording import NS_PER_S, RecordingId, RecordingStatus, Side
from tests.app.windows_rig import SIGNAL
from tests.rig.library import Films, Story, being_sent, delivery, make_story
from tests.rig.slides import SLIDES, Slide
from tests.rig.sound import private_pulseaudio
from uploader.errors import NetworkTrouble
from uploader.ledger import DeliveryStatus

SCALES = (1, 2)
LOOKS = (Look.LIGHT, Look.DARK)
SETTLING_S = 1.0
TALL_PX = 900
"""So that a page is seen as a whole."""

PATIENCE_S = 60.0
"""For pictures that are made, and files that are read."""

MEETING = DetectedMeeting(MeetingId("zoom-1"), "zoom", "Zoom", 0, (), "Quarterly plan")
LINES = (
    "Good morning everyone, let us begin with what we want to reach until the summer.",
    "Three goals. The first one is the export that two customers asked for.",
    "How far is it? We said in March that it would take a month.",
    "It is done, and the tests take twelve minutes now.",
    "Then the migration guide comes next. Who writes it?",
    "I can begin on Thursday.",
)
STORIES = (
    Story(
        "Quarterly plan",
        people=("Ada", "Grace", "Tomás"),
        duration_s=180,
        lines=LINES * 3,
        marks=((41.0, "Decision: export first"), (128.0, "Guide by Thursday")),
        gap=(90.0, 9.0),
        delivery=delivery(DeliveryStatus.COMPLETE, 1.0),
    ),
    Story(
        "Design review",
        duration_s=120,
        days_ago=0,
        delivery=delivery(DeliveryStatus.SENDING, 0.42, rate_bytes_per_s=2.4e6),
    ),
    Story(
        "פגישה שבועית",
        people=("דנה", "משה", "Ada"),
        days_ago=1,
        delivery=delivery(DeliveryStatus.WAITING, 0.6, last_error=NetworkTrouble.code),
    ),
    Story("Support call that was cut off", people=("Ada", "Lin"), days_ago=4, status=RecordingStatus.INTERRUPTED),
    Story(
        "Interview",
        people=("Ada", "Sam"),
        days_ago=6,
        duration_s=180,
        media=("audio_mixed.mp3", "participants.json", "speaker_timeline.json", "meeting_metadata.json"),
    ),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.rig.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--look", type=Look, choices=LOOKS, help=argparse.SUPPRESS)
    parser.add_argument("--scale", type=int, help=argparse.SUPPRESS)
    plan = parser.parse_args()
    plan.folder.mkdir(parents=True, exist_ok=True)
    if plan.look is not None:
        _take_all(plan.folder, plan.look, plan.scale)
        return
    with private_pulseaudio() as sound:
        own = {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8", **sound.variables}
        for look in LOOKS:
            for scale in SCALES:
                arguments = (str(plan.folder), "--look", look, "--scale", str(scale))
                command = (sys.executable, "-m", "tests.rig.screenshots", *arguments)
                environment = {**os.environ, **own, "QT_SCALE_FACTOR": str(scale)}
                subprocess.run(command, env=environment, check=True)


def _take_all(folder: Path, look: Look, scale: int) -> None:
    qt = QApplication(["afterword"])
    colours = colours_of(qt, look)
    apply_look(qt, colours)
    with tempfile.TemporaryDirectory(prefix="screenshots-") as name, ExitStack() as stack:
        paths = find_paths(Path(name) / "base")
        for key, value in {**SIGNAL, "look": look}.items():
            write_setting(paths.settings, key, value)
        made = make_library(paths, Path(name))
        stack.enter_context(being_sent([made[1]]))
        background = Background()
        stack.callback(background.stop)
        situation = recording_situation()
        context = ViewContext(paths, Bridge(), lambda: situation, background, _ignore, lambda: colours)
        for title, make in _windows(context, made):
            window = make()
            window.show()
            for page in _pages(window):
                _settle(window)
                window.grab().save(str(folder / f"{title}{page}-{look}-{scale}00.png"))
            window.close()


def make_library(paths: Paths, folder: Path) -> list[Path]:
    """Each meeting shows another slide."""
    films = [Films(_folder(folder / str(place)), pictures=_slide(slide, folder)) for place, slide in enumerate(SLIDES)]
    return [make_story(story, at + 1, paths, films[at % len(films)]) for at, story in enumerate(STORIES)]


def recording_situation(phase: Phase | None = None) -> Situation:
    """Of a meeting that is recorded."""
    situation = Situation()
    state = State(Rules(AutoRecord.ASK), keeps_preroll=True, phase=phase or Recording(MEETING, None))
    news = (
        state,
        Started(RecordingId("1"), "2026-11-20T09:00:00Z"),
        Level(Side.MICROPHONE, -9.0, -18.0, 754 * NS_PER_S),
        Level(Side.SYSTEM, -12.0, -22.0, 754 * NS_PER_S),
    )
    for each in news:
        situation = after(situation, each)
    return situation


def _windows(context: ViewContext, made: list[Path]) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    windows = Windows(context)
    for name in WindowName:
        if name is not WindowName.PLAYER:
            yield name, partial(windows.open, OpenWindow(name))
    for title, directory in (("player", made[0]), ("player-sound", made[-1])):
        wanted = OpenWindow(WindowName.PLAYER, RecordingId(directory.name))
        yield title, partial(windows.open, wanted)
    now = MonotonicClock().now_ns()
    stopped = State(Rules(), keeps_preroll=False, stopped=Stopped(MEETING, StopReason.USER, now + 60 * NS_PER_S))
    soon_ns = now + 12 * NS_PER_S
    for title, situation in (
        ("card-offer", after(Situation(), State(Rules(), keeps_preroll=False, phase=Offered(MEETING, soon_ns)))),
        ("card-ending", recording_situation(Ending(Recording(MEETING, None), soon_ns))),
        ("card-stopped", after(Situation(), stopped)),
    ):
        yield title, partial(_card, situation)
    yield "pill", partial(_pill, context)
    yield "small-window", partial(_small_window, context)
    yield "report", partial(_report, context.paths)


def _card(situation: Situation) -> Card:
    card = Card(_ignore, MonotonicClock())
    card.show_situation(situation)
    return card


def _pill(context: ViewContext) -> Pill:
    pill = Pill(_ignore, context.colours())
    pill.want(is_wanted=True)
    pill.show_situation(context.situation())
    return pill


def _small_window(context: ViewContext) -> SmallWindow:
    window = SmallWindow(TrayMenu(_ignore), _ignore)
    window.show_situation(context.situation())
    return window


def _report(paths: Paths) -> ReportWindow:
    path = paths.data / "report.txt"
    path.write_text("Afterword 0.1.0, Linux, Python 3.11\n\nValueError: a made-up fault\n", encoding="utf-8")
    return ReportWindow(path)


def _pages(window: QWidget) -> Iterator[str]:
    """What tells each from the others, as it is turned to."""
    yield ""
    if isinstance(window, SettingsWindow):
        window.resize(window.width(), TALL_PX)
    if isinstance(window, SettingsWindow | FirstRun):
        for page in range(window.stack.count()):
            window.turn_to(page)
            yield f"-{page + 1}"


def _settle(window: QWidget) -> None:
    _wait(SETTLING_S)
    if isinstance(window, CheckupWindow):
        _wait(PATIENCE_S, window.again.isEnabled)
    sources = window.findChild(SourceCheck)
    if sources is not None and sources.isVisible():
        _wait(PATIENCE_S, lambda: Proof.WAITING not in sources.proofs.values())
    if isinstance(window, RecordingsWindow):
        _wait(PATIENCE_S, lambda: _count(window, THUMBNAIL_NAME) == len(STORIES) - 1)
        window.list.setCurrentIndex(window.model.index(0))
        _wait(SETTLING_S)
    if isinstance(window, PlayerWindow):
        _wait(PATIENCE_S, lambda: not window.stage.image.isNull() or bool(window.stage.loudness))
        window.seek(48.0)
        _wait(SETTLING_S)


def _count(window: RecordingsWindow, name: str) -> int:
    rows = [window.model.index(place).data(Role.ROW) for place in range(window.model.rowCount())]
    return sum((row.directory / name).exists() for row in rows)


def _wait(limit_s: float, wanted: Callable[[], bool] = lambda: False) -> None:
    until_s = time.monotonic() + limit_s
    while time.monotonic() < until_s and not wanted():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def _slide(slide: Slide, folder: Path) -> tuple[str, ...]:
    """As ``ffmpeg`` takes it."""
    image = QImage(960, 540, QImage.Format.Format_RGB32)
    image.fill(QColor(250, 248, 240))
    with QPainter(image) as painter:
        painter.setPen(QColor(20, 24, 40))
        painter.setFont(QFont("sans-serif", 40, QFont.Weight.Bold))
        painter.drawText(QPoint(60, 120), slide.title)
        painter.setFont(QFont("sans-serif", 26))
        for place, line in enumerate(slide.lines):
            painter.drawText(QRect(60, 190 + 80 * place, 840, 70), int(Qt.AlignmentFlag.AlignLeft), f"•  {line}")
    path = folder / f"{slide.title}.png"
    image.save(str(path))
    return ("-loop", "1", "-framerate", "2", "-i", str(path))


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _ignore(_: Intent) -> None:
    """Nobody is there to carry it out."""


if __name__ == "__main__":
    main()
