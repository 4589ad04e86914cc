"""``python -m tests.rig.meeting_window TITLE``: a window like that of a meeting, with a list of people.

Each line on standard input is a JSON list, the people's words from then on. What is no list is the window's title.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QListWidget, QVBoxLayout, QWidget

from tests.rig.screen import first_line
from tests.rig.sound import RigFailed, end

ROOT = Path(__file__).parents[2]


class MeetingWindow:
    """The caller's side."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def show(self, *people: str) -> None:
        """Rows keep their places: the same row with other words is a rename."""
        self._write(list(people))

    def retitle(self, title: str) -> None:
        self._write(title)

    def hang(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _write(self, order: list[str] | str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()


@contextlib.contextmanager
def meeting_window(environment: Mapping[str, str], title: str, name: str = "zoom") -> Iterator[MeetingWindow]:
    """``name`` is what the program calls itself."""
    command = (sys.executable, "-m", "tests.rig.meeting_window", title, name)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe) as process:
        try:
            if process.stdout is None or not first_line(process.stdout.fileno()):
                message = "the window did not open"
                raise RigFailed(message)
            yield MeetingWindow(process)
        finally:
            end(process)


def main() -> None:
    title, name = sys.argv[1:]
    app = QApplication()
    app.setApplicationName(name)
    window, people = QWidget(), QListWidget()
    QVBoxLayout(window).addWidget(people)
    window.setWindowTitle(title)
    orders = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    orders.activated.connect(lambda: obey(window, people))
    window.show()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    app.exec()


def obey(window: QWidget, people: QListWidget) -> None:
    """All that has come: one word may hold several lines."""
    for line in os.read(sys.stdin.fileno(), 65_536).decode().splitlines():
        order = json.loads(line)
        if isinstance(order, str):
            window.setWindowTitle(order)
            continue
        while people.count() > len(order):
            people.takeItem(people.count() - 1)
        for row, words in enumerate(order):
            if row < people.count():
                people.item(row).setText(words)
            else:
                people.addItem(words)


if __name__ == "__main__":
    main()
