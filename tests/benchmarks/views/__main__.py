"""``python -m tests.benchmarks.views``: how long the list of recordings does not answer, and how soon it is there.

It is scrolled, searched and chosen from while a recording runs and another one is sent to a server.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QApplication

from app.acts import INTENTS
from app.application import Application
from app.intents import OpenWindow, WindowName
from app.paths import Paths, find_paths
from app.settings_file import write_setting
from app.single_instance import Instance, Kind
from app.tray_state import Act, acts_of
from app.views.recordings import RecordingsWindow
from capture.manifest import MANIFEST_NAME
from capture.recording import RecordingId
from tests.app.windows_rig import SIGNAL
from tests.end_to_end.afterword import serving
from tests.rig.library import Films, Story, make_story
from tests.rig.stalls import Stalls
from uploader.debts import note_debt
from uploader.ledger import Delivery, Ledger

BOUND_S = 0.05
"""What one does not notice."""

LIMIT_S = 120.0
UPLOAD_BYTES = 60_000_000
UPLOAD_RATE = 2_000_000
"""Bytes a second: it lasts longer than what is measured."""

LINE_END = "\n"
STEP_PX = 400
SMALL = ("participants.json", "speaker_timeline.json", "meeting_metadata.json", "participant_events.json")


@dataclass(frozen=True)
class Loop:
    qt: QApplication
    stalls: Stalls

    def live(self, until: Callable[[], bool]) -> float:
        """How long it took, in seconds."""
        began_s = time.monotonic()
        while not until():
            assert time.monotonic() - began_s < LIMIT_S
            self.qt.processEvents()
            time.sleep(0.001)
        return time.monotonic() - began_s

    def rest(self, seconds: float) -> None:
        until_s = time.monotonic() + seconds
        self.live(lambda: time.monotonic() >= until_s)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.views", description=__doc__)
    parser.add_argument("--recordings", type=int, default=5000)
    parser.add_argument("--scrolls", type=int, default=300)
    plan = parser.parse_args()
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    qt = QApplication(["afterword", "-platform", "offscreen"])
    with tempfile.TemporaryDirectory(prefix="bench-") as name, serving(os.environ, Path(name) / "server") as server:
        os.environ["AFTERWORD_API_KEY"] = server.api_key
        paths = find_paths(Path(name) / "base")
        make_many(paths, plan.recordings, Path(name))
        owe_large(paths, Path(name), server.url)
        settings = {**SIGNAL, "destination": server.url, "upload_limit": UPLOAD_RATE}
        for key, value in settings.items():
            write_setting(paths.settings, key, value)
        stalls = _measured(qt, paths, plan)
    words = f"Without an answer at most {stalls.longest_s * 1000:.0f} ms, of them busy {stalls.busy_s * 1000:.0f} ms"
    sys.stdout.write(f"{words}; bound {BOUND_S * 1000:.0f} ms.\nLongest at: {stalls.doing.partition(LINE_END)[0]}\n")
    sys.exit(stalls.longest_s > BOUND_S)


def make_many(paths: Paths, count: int, folder: Path) -> None:
    """Copies of one, each with an id, a title and a date of its own. Without syncing: it would take minutes."""
    first = make_story(Story("Meeting 1", media=SMALL, people=("Ada", "Grace")), 1, paths, Films(folder))
    document = json.loads((first / MANIFEST_NAME).read_bytes())
    for number in range(2, count + 1):
        directory = first.with_name(str(UUID(int=number)))
        shutil.copytree(first, directory)
        document["id"] = document["spec"]["id"] = directory.name
        document["spec"]["meeting"]["title"] = f"Meeting {number}"
        document["started_at"] = f"20{10 + number % 16}-{1 + number % 12:02}-{1 + number % 28:02}T09:00:00Z"
        (directory / MANIFEST_NAME).write_text(json.dumps(document))


def owe_large(paths: Paths, folder: Path, destination: str) -> None:
    large = Films(folder)
    path = folder / "large.mp3"
    path.write_bytes(os.urandom(UPLOAD_BYTES))
    large.made["audio_mixed.mp3", 20] = path
    directory = make_story(Story("Large", media=("audio_mixed.mp3", *SMALL)), 1_000_000, paths, large)
    note_debt(directory, destination)
    with Ledger(paths.ledger) as ledger:
        ledger.record(Delivery(RecordingId(directory.name), destination, directory))


def _measured(qt: QApplication, paths: Paths, plan: argparse.Namespace) -> Stalls:
    instance = Instance(paths, Kind.FACE)
    assert instance.claim()
    app = Application(qt, paths, instance)
    app.start()
    loop = Loop(qt, Stalls())
    loop.live(lambda: Act.RECORD in acts_of(app.shown))
    app.intend(INTENTS[Act.RECORD])
    loop.live(lambda: Act.STOP in acts_of(app.shown) and app.shown.sending > 0)
    loop.stalls.go()
    app.intend(OpenWindow(WindowName.RECORDINGS))
    loop.live(lambda: bool(_windows(qt)))
    (window,) = _windows(qt)
    first_s = loop.live(lambda: window.model.rowCount() > 0)
    all_s = first_s + loop.live(lambda: window.model.total >= plan.recordings)
    sys.stdout.write(f"The first rows after {first_s:.2f} s, all {window.model.total} after {all_s:.2f} s.\n")
    _use(window, loop, plan.scrolls)
    loop.stalls.rest()
    window.close()
    app.left.connect(qt.quit)
    app.leave()
    qt.exec()
    app.close()
    return loop.stalls


def _windows(qt: QApplication) -> list[RecordingsWindow]:
    return [each for each in qt.topLevelWidgets() if isinstance(each, RecordingsWindow)]


def _use(window: RecordingsWindow, loop: Loop, scrolls: int) -> None:
    bar = window.list.verticalScrollBar()
    for step in range(scrolls):
        bar.setValue((step * STEP_PX) % max(1, bar.maximum()))
        loop.rest(0.02)
    for text in ("m", "meeting 4", "meeting 42", "ada", ""):
        window.search.setText(text)
        loop.rest(0.5)
    for place in range(0, window.model.rowCount(), 500):
        window.list.setCurrentIndex(window.model.index(place))
        loop.rest(0.05)


if __name__ == "__main__":
    main()
