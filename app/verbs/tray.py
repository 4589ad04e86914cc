"""``afterword`` without a verb: the tray, where a display is. A second one brings the first to the front."""

import argparse
import json
import logging
import os
import sys
import time

from app.arguments import make_parser
from app.console import Console
from app.messages import ExitStatus, Failure
from app.paths import Paths
from app.run_state import Verb
from app.running_words import running_message
from app.single_instance import Instance, Kind, ask

LOG_NAME = "app.log"
PATIENCE_S = 10.0
"""For one that is just starting, or ending; it may finish a recording."""

LOOK_S = 0.1


def run(_: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    """Until the user quits."""
    if not has_display():
        make_parser().print_help()
        return ExitStatus.DONE
    instance = Instance(paths, Kind.FACE)
    until_s = time.monotonic() + PATIENCE_S
    while not instance.claim():
        if _raise_first(paths, console):
            return ExitStatus.DONE
        if time.monotonic() > until_s:
            raise Failure.of(running_message("face_silent"))
        time.sleep(LOOK_S)
    try:
        return _show(paths, instance)
    finally:
        instance.close()


def has_display() -> bool:
    """Without asking Qt: it ends the process where there is none."""
    is_offscreen = os.environ.get("QT_QPA_PLATFORM") == "offscreen"
    names = ("DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform in {"win32", "darwin"} or is_offscreen or any(os.environ.get(name) for name in names)


def _raise_first(paths: Paths, console: Console) -> bool:
    """Whether there is one: it may have ended since, or listen only in a moment."""
    answer = ask(paths, Kind.FACE, json.dumps({"verb": Verb.SHOW}).encode())
    if answer is None:
        return False
    error = json.loads(answer).get("error")
    if error is not None and error["code"] == "already_running":
        raise Failure.of(running_message("already_running"))
    console.say("Afterword runs already.")
    return True


def _show(paths: Paths, instance: Instance) -> ExitStatus:
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - a tenth of a second, and only here

    from app.application import Application  # noqa: PLC0415 - a tenth of a second, and only here
    from app.qt_signals import heard_by_qt  # noqa: PLC0415 - a tenth of a second, and only here

    _log_to(paths)
    qt = QApplication(["afterword"])
    qt.setApplicationName("Afterword")
    qt.setDesktopFileName("afterword")
    qt.setQuitOnLastWindowClosed(False)
    application = Application(qt, paths, instance)
    application.left.connect(qt.quit)
    with heard_by_qt(application.leave):
        application.start()
        qt.exec()
    application.close()
    if application.ignition.failure is not None:
        raise application.ignition.failure
    return ExitStatus.DONE


def _log_to(paths: Paths) -> None:
    paths.logs.mkdir(parents=True, exist_ok=True)
    form = "%(asctime)s %(levelname)s %(name)s %(message)s"
    logging.basicConfig(filename=paths.logs / LOG_NAME, level=logging.INFO, format=form)
