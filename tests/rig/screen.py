"""Private X servers without a real screen, for tests and demonstrations.

``with private_xvfb(1280, 720) as display:`` then give ``display.environment`` to whatever shall draw or record there.
"""

import contextlib
import os
import select
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.rig.sound import POLL_S, START_LIMIT_S, RigFailed, end

FOREIGN = ("WAYLAND_DISPLAY", "XAUTHORITY")
"""They would lead a program away from the private display."""


@dataclass(frozen=True, slots=True)
class Display:
    """``name`` is what ``DISPLAY`` holds; one screen, 24 bits deep. ``server_pid`` is for who wants to kill it."""

    name: str
    width_px: int
    height_px: int
    server_pid: int

    @property
    def variables(self) -> Mapping[str, str]:
        """Those that differ from the caller's."""
        return {"DISPLAY": self.name, "XDG_SESSION_TYPE": "x11", "QT_QPA_PLATFORM": "xcb"}

    @property
    def environment(self) -> dict[str, str]:
        """Complete, for a child process."""
        own = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        return {**own, **self.variables}


@contextlib.contextmanager
def private_xvfb(width_px: int = 1280, height_px: int = 720) -> Iterator[Display]:
    """On a display that nobody uses yet. Needs Debian's ``xvfb``; listens on no network."""
    with tempfile.TemporaryFile("w+") as log:
        reader, writer = os.pipe()
        try:
            server = _start_xvfb(f"{width_px}x{height_px}x24", writer, log.fileno())
        finally:
            os.close(writer)
        try:
            with os.fdopen(reader) as answer:
                number = first_line(answer.fileno())
            if not number:
                log.seek(0)
                message = f"Xvfb did not start\n{log.read()}"
                raise RigFailed(message)
            yield Display(f":{number}", width_px, height_px, server.pid)
        finally:
            end(server)


@contextlib.contextmanager
def window_manager(display: Display) -> Iterator[None]:
    """Openbox without anyone's settings. Needs Debian's ``openbox``."""
    with tempfile.TemporaryDirectory(prefix="openbox-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        log, started = folder / "log", folder / "started"
        homes = {"HOME": name, "XDG_CONFIG_HOME": name, "XDG_CACHE_HOME": name, "XDG_DATA_HOME": name}
        command = ("openbox", "--startup", f"touch {started}")
        with log.open("wb") as lines:
            openbox = subprocess.Popen(
                command, env={**display.environment, **homes}, stdin=subprocess.DEVNULL, stdout=lines, stderr=lines
            )
        try:
            if not _appears(started, openbox):
                message = f"openbox did not start\n{log.read_text(errors='replace')}"
                raise RigFailed(message)
            yield
        finally:
            end(openbox)


def _start_xvfb(screen: str, number_fd: int, log_fd: int) -> subprocess.Popen[bytes]:
    """It writes its display's number to ``number_fd`` once it listens."""
    command = ("Xvfb", "-displayfd", str(number_fd), "-screen", "0", screen, "-nolisten", "tcp", "-noreset")
    try:
        return subprocess.Popen(command, pass_fds=(number_fd,), stdin=subprocess.DEVNULL, stdout=log_fd, stderr=log_fd)
    except FileNotFoundError as error:
        message = "Xvfb is not installed"
        raise RigFailed(message) from error


def first_line(descriptor: int) -> str:
    """Without its end; empty when the writer ended before it, or took too long."""
    line, deadline_s = b"", time.monotonic() + START_LIMIT_S
    while not line.endswith(b"\n"):
        readable, _, _ = select.select([descriptor], [], [], max(0.0, deadline_s - time.monotonic()))
        read = os.read(descriptor, 64) if readable else b""
        if not read:
            return ""
        line += read
    return line.decode().strip()


def _appears(path: Path, process: subprocess.Popen[bytes]) -> bool:
    """Before ``process`` ends, and in time."""
    deadline_s = time.monotonic() + START_LIMIT_S
    while not path.exists() and process.poll() is None and time.monotonic() < deadline_s:
        time.sleep(POLL_S)
    return path.exists()
