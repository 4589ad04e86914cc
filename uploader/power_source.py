"""What the machine lives on."""

import ctypes
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from uploader.rules import PowerSource

SUPPLIES = Path("/sys/class/power_supply")
PMSET = ("/usr/bin/pmset", "-g", "batt")
LIMIT_S = 2.0


def power_source() -> PowerSource:
    if sys.platform == "win32":
        return power_by_status()
    if sys.platform == "darwin":
        return power_by_pmset()
    return power_by_supplies()


def power_by_supplies(supplies: Path = SUPPLIES) -> PowerSource:
    """Linux: any mains or USB supply that is online; else the batteries of the machine, not those of a mouse."""
    try:
        found = [_read(folder) for folder in sorted(supplies.iterdir())]
    except FileNotFoundError:
        return PowerSource.UNKNOWN
    if any(supply["type"] != "Battery" and supply["online"] == "1" for supply in found):
        return PowerSource.MAINS
    own = [supply for supply in found if supply["type"] == "Battery" and supply["scope"] != "Device"]
    if any(supply["status"] == "Discharging" for supply in own):
        return PowerSource.BATTERY
    return PowerSource.MAINS if own else PowerSource.UNKNOWN


def _read(folder: Path) -> dict[str, str]:
    return {name: _text(folder / name) for name in ("type", "online", "status", "scope")}


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):  # not every supply has every file, and some cannot be read while they change
        return ""


class PowerStatus(ctypes.Structure):
    """``SYSTEM_POWER_STATUS``."""

    _fields_ = (
        ("on_mains", ctypes.c_ubyte),
        ("battery", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("left_s", ctypes.c_uint32),
        ("full_s", ctypes.c_uint32),
    )


def power_by_status(fill: Callable[[PowerStatus], bool] | None = None) -> PowerSource:
    """Windows."""
    status = PowerStatus()
    if not (fill or _ask_windows)(status):
        return PowerSource.UNKNOWN
    return {0: PowerSource.BATTERY, 1: PowerSource.MAINS}.get(status.on_mains, PowerSource.UNKNOWN)


def _ask_windows(status: PowerStatus) -> bool:
    if sys.platform != "win32":
        return False
    return bool(ctypes.WinDLL("kernel32").GetSystemPowerStatus(ctypes.byref(status)))


def power_by_pmset(ask: Callable[[], str] | None = None) -> PowerSource:
    """macOS: the first line names the source that is drawn from."""
    try:
        first = (ask or _ask_pmset)().partition("\n")[0]
    except (OSError, subprocess.SubprocessError):
        return PowerSource.UNKNOWN
    if "Battery Power" in first:
        return PowerSource.BATTERY
    return PowerSource.MAINS if "AC Power" in first else PowerSource.UNKNOWN


def _ask_pmset() -> str:
    return subprocess.run(PMSET, capture_output=True, text=True, timeout=LIMIT_S, check=True).stdout  # noqa: S603 - the system's own
