"""Sleep and lock of the machine: told to a recording, and held off for as long as it needs."""

import sys

from capture.errors import PowerUnwatched
from capture.power.base import OnPower, PowerWatch


def watch_power(on_change: OnPower) -> PowerWatch:
    """Until ``close`` the machine tells before it sleeps, and does not by itself. Raises ``PowerUnwatched``."""
    watch = _watch()
    watch.open(on_change)
    return watch


def _watch() -> PowerWatch:
    if sys.platform == "win32":
        from capture.power.windows import WindowsPower, load  # noqa: PLC0415 - libraries of one system

        return WindowsPower(load())
    if sys.platform == "darwin":
        from capture.power.macos import MacPower, load  # noqa: PLC0415 - libraries of one system

        return MacPower(load())
    if sys.platform == "linux":
        from capture.power.logind import Logind  # noqa: PLC0415 - libraries of one system

        return Logind()
    message = f"nothing is known of sleep on {sys.platform}"
    raise PowerUnwatched(message)
