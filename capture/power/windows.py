"""Windows: its notice of suspend and resume, and the execution state that keeps it awake. Locks are not told of.

Written from documentation, not run on real hardware.
"""

import ctypes
import logging
import sys
import threading
from ctypes import CFUNCTYPE, Structure, byref, c_ulong, c_void_p
from dataclasses import dataclass
from typing import Any, Final

from capture.errors import PowerUnwatched
from capture.power.base import OnPower
from capture.recording import PowerChange

logger = logging.getLogger(__name__)

Foreign = Any
"""Of a library of the system, which describes no types."""

DEVICE_NOTIFY_CALLBACK: Final = 2
PBT_APMSUSPEND: Final = 4
PBT_APMRESUMEAUTOMATIC: Final = 18
"""Comes with every waking, whether or not a person is there."""

ES_SYSTEM_REQUIRED: Final = 0x1
ES_DISPLAY_REQUIRED: Final = 0x2
ES_CONTINUOUS: Final = 0x80000000

RELEASE_LIMIT_S: Final = 1.8
"""Windows gives all programs two seconds, then it sleeps."""

Routine = CFUNCTYPE(c_ulong, c_void_p, c_ulong, c_void_p)
"""``DEVICE_NOTIFY_CALLBACK_ROUTINE``; 64-bit Windows has one calling convention."""


class Subscription(Structure):
    """``DEVICE_NOTIFY_SUBSCRIBE_PARAMETERS``."""

    _fields_ = (("callback", Routine), ("context", c_void_p))


@dataclass(frozen=True, slots=True)
class Libraries:
    powrprof: Foreign
    kernel32: Foreign


class WindowsPower:
    """A ``PowerWatch``."""

    def __init__(self, libraries: Libraries) -> None:
        self._libraries = libraries
        self._released = threading.Event()
        self._handle = c_void_p()
        self._subscription: Subscription | None = None

    def open(self, on_change: OnPower) -> None:
        def notice(_context: int | None, kind: int, _setting: int | None) -> int:
            """On a thread of the system, which sleeps when this returns."""
            if kind == PBT_APMSUSPEND:
                self._released.clear()
                on_change(PowerChange.SLEPT)
                self._released.wait(RELEASE_LIMIT_S)
            elif kind == PBT_APMRESUMEAUTOMATIC:
                on_change(PowerChange.WOKE)
            return 0

        self._subscription = Subscription(Routine(notice), None)  # kept for as long as the system may call it
        error = self._libraries.powrprof.PowerRegisterSuspendResumeNotification(
            DEVICE_NOTIFY_CALLBACK, byref(self._subscription), byref(self._handle)
        )
        if error:
            self._subscription = None
            message = f"Windows does not tell of sleep: error {error}"
            raise PowerUnwatched(message)
        self._say(ES_CONTINUOUS | ES_SYSTEM_REQUIRED | ES_DISPLAY_REQUIRED)

    def release(self) -> None:
        self._released.set()

    def close(self) -> None:
        if self._subscription is None:
            return
        self._released.set()
        self._libraries.powrprof.PowerUnregisterSuspendResumeNotification(self._handle)
        self._say(ES_CONTINUOUS)
        self._subscription = None

    def _say(self, state: int) -> None:
        """It is the calling thread's state, and ends with it."""
        if not self._libraries.kernel32.SetThreadExecutionState(state):
            logger.warning("Windows may fall asleep by itself")


def load() -> Libraries:
    """Raises ``PowerUnwatched``."""
    if sys.platform != "win32":
        message = "these libraries belong to Windows"
        raise PowerUnwatched(message)
    try:
        powrprof, kernel32 = ctypes.WinDLL("powrprof"), ctypes.WinDLL("kernel32")
    except OSError as error:
        message = "Windows lacks its library of power"
        raise PowerUnwatched(message) from error
    powrprof.PowerRegisterSuspendResumeNotification.argtypes = (c_ulong, c_void_p, c_void_p)
    powrprof.PowerUnregisterSuspendResumeNotification.argtypes = (c_void_p,)
    kernel32.SetThreadExecutionState.argtypes, kernel32.SetThreadExecutionState.restype = (c_ulong,), c_ulong
    return Libraries(powrprof, kernel32)
