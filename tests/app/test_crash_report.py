"""A fault of our own is kept for the user, without a word of what was on the screen."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.crash_report import CrashReports
from app.views.report import ReportWindow
from tests.end_to_end.afterword import ROOT

TITLE = "Weekly with Ada"
DIES = """
import faulthandler, sys
from pathlib import Path
from app.crash_report import CrashReports
CrashReports(Path(sys.argv[1]), print).watch()
faulthandler._sigsegv()
"""


@pytest.fixture
def told() -> list[Path]:
    return []


@pytest.fixture
def reports(tmp_path: Path, told: list[Path]) -> Iterator[CrashReports]:
    reports = CrashReports(tmp_path, told.append)
    yield reports
    reports.close()


def fail() -> None:
    try:
        int(TITLE)
    except ValueError as error:
        raise KeyError(TITLE) from error


def test_a_fault_on_a_thread_is_told_without_its_words(reports: CrashReports, told: list[Path]) -> None:
    assert reports.watch() is None
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    (path,) = told
    text = path.read_text()
    assert "KeyError" in text
    assert "ValueError" in text
    assert "in fail" in text
    assert TITLE not in text


def test_what_a_process_died_of_is_told_the_next_time(reports: CrashReports, tmp_path: Path) -> None:
    done = subprocess.run((sys.executable, "-c", DIES, str(tmp_path)), cwd=ROOT, capture_output=True, check=False)
    assert done.returncode < 0
    path = reports.watch()
    assert path is not None
    assert "Segmentation fault" in path.read_text()


def test_it_can_be_read_copied_and_saved(reports: CrashReports, tmp_path: Path, qapp: QApplication) -> None:
    window = ReportWindow(reports.write(ValueError("x")))
    assert "ValueError" in window.text
    window.save_to(tmp_path / "saved.txt")
    assert (tmp_path / "saved.txt").read_text() == window.text
    window.deleteLater()
    qapp.processEvents()
