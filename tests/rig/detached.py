"""A recordings backend that goes on when the program that started it has ended, but not for ever."""

import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tests.rig.screen import first_line
from tests.rig.sound import RigFailed

LIFE_S = 15 * 60
KILL_AFTER_S = 10
STOP_LIMIT_S = 2 * KILL_AFTER_S


@dataclass(frozen=True, slots=True, repr=False)
class Backend:
    """``process_id`` is that of the ``timeout`` above it; a signal to it reaches both."""

    url: str
    api_key: str
    process_id: int


def start(command: tuple[str, ...], folder: Path) -> Backend:
    """``command``'s first line on standard output holds the address and the key; nothing else is read from it.

    Raises ``RigFailed``.
    """
    log = folder / "backend.log"
    with log.open("wb") as complaints:
        process = subprocess.Popen(
            ("timeout", f"--kill-after={KILL_AFTER_S}", str(LIFE_S), *command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            start_new_session=True,
        )
    _process_file(folder).write_text(f"{process.pid}\n", encoding="utf-8")
    line = ""
    if process.stdout:
        with process.stdout as answer:
            line = first_line(answer.fileno())
    if not line:
        stop(folder)
        message = f"the recordings backend did not start\n{log.read_text(errors='replace')}"
        raise RigFailed(message)
    document = json.loads(line)
    return Backend(document["url"], document["api_key"], process.pid)


def stop(folder: Path) -> None:
    """The one that ``start`` left in ``folder``, if it still runs; returns when it has ended."""
    try:
        process_id = int(_process_file(folder).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    if _is_ours(process_id, folder):
        os.kill(process_id, signal.SIGTERM)
    deadline_s = time.monotonic() + STOP_LIMIT_S
    while _is_ours(process_id, folder):
        if time.monotonic() > deadline_s:
            message = f"process {process_id} does not end"
            raise RigFailed(message)
        time.sleep(0.05)
    _process_file(folder).unlink()


def _process_file(folder: Path) -> Path:
    return folder / "backend.pid"


def _is_ours(process_id: int, folder: Path) -> bool:
    """The number may belong to another program by now. One that has ended has an empty command line."""
    try:
        command = Path(f"/proc/{process_id}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return str(folder).encode() in command
