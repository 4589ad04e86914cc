"""What one upload costs its sender."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.delivery.senders import Sender

ROOT = Path(__file__).parents[3]
LOOK_S = 0.02
LIMIT_S = 600.0


@dataclass(frozen=True, slots=True)
class Cost:
    """``memory_bytes``: the most that was resident at once."""

    cpu_s: float
    elapsed_s: float
    memory_bytes: int


@contextmanager
def sink() -> Iterator[str]:
    """The address of a server of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.delivery.sink"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            if process.stdout is None:
                message = "no pipe"
                raise RuntimeError(message)
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def measure(sender: Sender, url: str, file: Path) -> Cost:
    """Raises ``RuntimeError`` where it fails."""
    began_s = time.monotonic()
    environment = {**os.environ, **sender.environment}
    process = subprocess.Popen(sender.command(url, file), cwd=ROOT, env=environment)
    memory_bytes = 0
    while True:
        memory_bytes = max(memory_bytes, _most_resident_bytes(process.pid))
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() - began_s > LIMIT_S:
            process.kill()
        time.sleep(LOOK_S)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"{sender.name} ended with status {process.returncode}"
        raise RuntimeError(message)
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - began_s, memory_bytes)


def _most_resident_bytes(pid: int) -> int:
    """By the kernel's own mark; that of its accounting counts the parent's memory too."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    marks = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(marks[0]) * 1024 if marks else 0
