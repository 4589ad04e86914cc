"""Servers of others, as processes of their own that end with the test."""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

START_LIMIT_S = 60
LOOK_S = 0.05


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def started(
    command: Sequence[str | Path], port: int, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs ``command``, ``python`` meaning ours; it listens on ``port`` when this yields."""
    words = [sys.executable if word == "python" else str(word) for word in command]
    with (
        tempfile.TemporaryFile() as said,  # a pipe that nobody reads would be full some day
        subprocess.Popen(words, env=environment, stdout=said, stderr=subprocess.STDOUT) as process,
    ):
        try:
            _wait(process, port, said)
            yield process
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], port: int, said: IO[bytes]) -> None:
    deadline_s = time.monotonic() + START_LIMIT_S
    while not _listens(port):
        if process.poll() is not None or time.monotonic() > deadline_s:
            process.kill()
            said.seek(0)
            message = f"it did not start: {said.read().decode(errors='replace')[-2000:]}"
            raise AssertionError(message)
        time.sleep(LOOK_S)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
