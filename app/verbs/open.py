"""``afterword open``: shows the folder of a recording on the desktop."""

import argparse
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from app.console import Console
from app.library import recording_directory
from app.messages import ExitStatus, Failure, Message
from app.paths import Paths
from app.verbs.tray import has_display

LIMIT_S = 3.0
"""By then a program that cannot has said so; one that can may stay as long as the folder is looked at."""


def run(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    directory = recording_directory(paths, options.id)
    if not (has_display() and _show(directory)):
        words = "There is no desktop here that could show a folder."
        raise Failure.of(Message("not_opened", words, f"The recording lies in {directory}."))
    console.document({"id": options.id, "directory": str(directory)}, str(directory))
    return ExitStatus.DONE


def _show(directory: Path) -> bool:
    """Whether it was taken on."""
    try:
        if sys.platform == "win32":
            os.startfile(directory)  # noqa: S606 - a folder is shown, nothing is run
            return True
        command = ["open" if sys.platform == "darwin" else "xdg-open", str(directory)]
        void = subprocess.DEVNULL
        shower = subprocess.Popen(command, stdin=void, stdout=void, stderr=void, start_new_session=True)  # noqa: S603 - the desktop's own
    except OSError:  # there is none
        return False
    with suppress(subprocess.TimeoutExpired):
        return shower.wait(LIMIT_S) == 0
    return True
