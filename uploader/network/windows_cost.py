"""Windows: what the connection costs, by ``GetNetworkConnectivityHint`` (Windows 10 2004 and later)."""

import ctypes
import sys
from collections.abc import Callable

from uploader.rules import Metered

COSTS = {1: Metered.NO, 2: Metered.YES, 3: Metered.YES}
"""``NL_NETWORK_CONNECTIVITY_COST_HINT``: unrestricted, fixed, variable."""


class ConnectivityHint(ctypes.Structure):
    """``NL_NETWORK_CONNECTIVITY_HINT``."""

    _fields_ = (
        ("level", ctypes.c_int),
        ("cost", ctypes.c_int),
        ("approaching_limit", ctypes.c_ubyte),
        ("over_limit", ctypes.c_ubyte),
        ("roaming", ctypes.c_ubyte),
    )


Fill = Callable[[ConnectivityHint], int]
"""Fills a hint in; 0 where that succeeded."""


def metered_by_cost(fill: Fill | None = None) -> Metered:
    hint = ConnectivityHint()
    if (fill or _ask_system)(hint) != 0:
        return Metered.UNKNOWN
    return Metered.YES if hint.roaming else COSTS.get(hint.cost, Metered.UNKNOWN)


def _ask_system(hint: ConnectivityHint) -> int:
    if sys.platform != "win32":
        return 1
    try:
        ask = ctypes.WinDLL("iphlpapi").GetNetworkConnectivityHint
    except (OSError, AttributeError):  # an older Windows
        return 1
    status: int = ask(ctypes.byref(hint))
    return status
