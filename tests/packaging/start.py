"""How long the installed program takes to start: ``python -m tests.packaging.start PACKAGE [--suite NAME]``, as root.

In a bare Debian on the disk. First with nothing of it in memory, for which the whole machine's page cache is dropped.
"""

import argparse
import contextlib
import platform
import subprocess
import time
from pathlib import Path
from statistics import median

from tests.packaging.debian_root import USER, DebianRoot, debian_root
from tests.packaging.proof import Seat, enter, wait
from tests.rig.desktop import private_desktop

ROUNDS = 5
DROP_CACHES = Path("/proc/sys/vm/drop_caches")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.packaging.start", description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("--suite", default=platform.freedesktop_os_release()["VERSION_CODENAME"])
    options = parser.parse_args()
    enter("tests.packaging.start")
    with contextlib.ExitStack() as stack:
        root = stack.enter_context(debian_root(options.suite, in_memory=False))
        root.install(options.package)
        desktop = stack.enter_context(private_desktop(800, 480, managed=True))
        seat = Seat(root, desktop)
        stack.enter_context(seat.panel())
        report("afterword --version, cold", [version(root, is_cold=cold) for cold in ROUNDS * [True]])
        report("afterword --version, warm", [version(root, is_cold=cold) for cold in ROUNDS * [False]])
        report("icon in the tray, cold", [tray(seat, is_cold=cold) for cold in ROUNDS * [True]])
        report("icon in the tray, warm", [tray(seat, is_cold=cold) for cold in ROUNDS * [False]])


def version(root: DebianRoot, *, is_cold: bool) -> float:
    """In seconds."""
    forget(is_cold=is_cold)
    command = root.entered("afterword", "--version", user=USER)
    began_s = time.monotonic()
    subprocess.run(command, env=root.environment(), check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began_s


def tray(seat: Seat, *, is_cold: bool) -> float:
    """In seconds, until it is seen."""
    forget(is_cold=is_cold)
    began_s = time.monotonic()
    with seat.chosen_from_menu() as started:
        wait(lambda: seat.icons() > 0, "no icon is in the panel")
        took_s = time.monotonic() - began_s
        started.terminate()
        started.wait()
    wait(lambda: seat.icons() == 0, "the icon stays")
    return took_s


def forget(*, is_cold: bool) -> None:
    if is_cold:
        subprocess.run(("sync",), check=True)
        DROP_CACHES.write_text("3")


def report(name: str, took_s: list[float]) -> None:
    print(f"{median(took_s):5.2f} s  {name} (of {len(took_s)}; {min(took_s):.2f} to {max(took_s):.2f})", flush=True)  # noqa: T201 - its report


if __name__ == "__main__":
    main()
