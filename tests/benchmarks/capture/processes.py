"""What a program and everything it starts cost, by the kernel's own books."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.rig.sound import RigFailed

NS_PER_S = 1_000_000_000
TICK_NS = NS_PER_S // os.sysconf("SC_CLK_TCK")

WHOLE_PROCESS_CLOCK = 2
"""The kernel's mark on a clock id: scheduled time of all threads of a process, also of those that have ended."""

POLL_S = 0.01


VM_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a process that was waited for and of all that it waited for."""

    cpu_ns: int
    switches: int


def cpu_ns(pid: int) -> int:
    """User and system time until now of one process, to the nanosecond."""
    return time.clock_gettime_ns((~pid << 3) | WHOLE_PROCESS_CLOCK)


def tree_cpu_ns(pid: int) -> int:
    """As ``cpu_ns``, with all descendants; those that have ended are counted in ticks of 10 ms.

    Raises ``RigFailed`` when the process has ended.
    """
    try:
        return sum(cpu_ns(process) + _ended_children_ns(process) for process in _tree(pid))
    except OSError as error:
        message = "the recorder ended before it was told to"
        raise RigFailed(message) from error


def tree_peak_bytes(pid: int) -> int:
    """Resident memory at its highest, of each process by itself; a fork's inheritance is not counted."""
    status = [Path(f"/proc/{process}/status").read_text(encoding="utf-8") for process in _tree(pid)]
    return sum(int(found[1]) * 1024 for text in status if (found := VM_PEAK.search(text)))


def reap(process: subprocess.Popen[bytes], limit_s: float) -> Cost:
    """Waits for the end. Raises ``RigFailed`` when it does not come or was no good one."""
    deadline_s = time.monotonic() + limit_s
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() > deadline_s:
            process.kill()
            process.wait()
            message = f"{_name(process)} did not end"
            raise RigFailed(message)
        time.sleep(POLL_S)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"{_name(process)}: exit status {process.returncode}"
        raise RigFailed(message)
    return Cost(
        round((usage.ru_utime + usage.ru_stime) * NS_PER_S),
        usage.ru_nvcsw + usage.ru_nivcsw,
    )


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text(encoding="ascii").split():
            yield from _tree(int(child))


def _ended_children_ns(pid: int) -> int:
    """The name in brackets may hold anything; what follows it are numbers."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) * TICK_NS


def _name(process: subprocess.Popen[bytes]) -> str:
    return Path(str(process.args[0] if isinstance(process.args, tuple) else process.args)).name
