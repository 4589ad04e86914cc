"""macOS: IOKit's notice of sleep, and an assertion that keeps the display on. Locks are not told of.

Written from documentation, not run on real hardware.
"""

import ctypes
import logging
import sys
import threading
from ctypes import CFUNCTYPE, byref, c_bool, c_char_p, c_double, c_int, c_long, c_uint32, c_void_p
from dataclasses import dataclass
from typing import Any, Final

from capture.errors import PowerUnwatched
from capture.power.base import OnPower
from capture.recording import PowerChange

logger = logging.getLogger(__name__)

Foreign = Any
"""Of a library of the system, which describes no types."""

FRAMEWORKS: Final = "/System/Library/Frameworks"

CAN_SYSTEM_SLEEP: Final = 0xE0000270
SYSTEM_WILL_SLEEP: Final = 0xE0000280
SYSTEM_HAS_POWERED_ON: Final = 0xE0000300

ASSERTION: Final = b"PreventUserIdleDisplaySleep"
REASON: Final = b"A meeting is being recorded"
LEVEL_ON: Final = 255
UTF_8: Final = 0x08000100

TURN_S: Final = 1.0
"""How long a run loop that was told to stop before it began runs on."""

Callback = CFUNCTYPE(None, c_void_p, c_uint32, c_uint32, c_void_p)
"""``IOServiceInterestCallback``."""


@dataclass(frozen=True, slots=True)
class Libraries:
    """``mode``: the value of ``kCFRunLoopDefaultMode``."""

    iokit: Foreign
    foundation: Foreign
    mode: Foreign


class MacPower:
    """A ``PowerWatch``. It hears on a thread with a run loop of its own."""

    def __init__(self, libraries: Libraries) -> None:
        self._libraries = libraries
        self._port, self._notifier = c_void_p(), c_uint32()
        self._root = 0
        self._assertion = c_uint32()
        self._callback: Foreign = None
        self._hands = threading.Lock()
        self._waiting: int | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="power", daemon=True)
        self._loop: Foreign = None

    def open(self, on_change: OnPower) -> None:
        def notice(_context: int | None, _service: int, kind: int, argument: int | None) -> None:
            """On the thread of the run loop. ``argument`` is the number of a question that waits for its answer."""
            if kind == CAN_SYSTEM_SLEEP:
                self._allow(argument or 0)
            elif kind == SYSTEM_WILL_SLEEP:
                with self._hands:
                    self._waiting = argument or 0
                on_change(PowerChange.SLEPT)
            elif kind == SYSTEM_HAS_POWERED_ON:
                on_change(PowerChange.WOKE)

        self._callback = Callback(notice)  # kept for as long as the system may call it
        self._root = self._libraries.iokit.IORegisterForSystemPower(
            None, byref(self._port), self._callback, byref(self._notifier)
        )
        if not self._root:
            message = "macOS does not tell of sleep"
            raise PowerUnwatched(message)
        self._stay_awake()
        self._thread.start()

    def release(self) -> None:
        with self._hands:
            waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._allow(waiting)

    def close(self) -> None:
        if not self._root:
            return
        self._stopping.set()
        if self._loop is not None:
            self._libraries.foundation.CFRunLoopStop(self._loop)
        self._thread.join()
        self.release()
        iokit = self._libraries.iokit
        iokit.IODeregisterForSystemPower(byref(self._notifier))
        iokit.IOServiceClose(self._root)
        iokit.IONotificationPortDestroy(self._port)
        if self._assertion.value:
            iokit.IOPMAssertionRelease(self._assertion)
        self._root = 0

    def _run(self) -> None:
        foundation = self._libraries.foundation
        self._loop = foundation.CFRunLoopGetCurrent()
        source = self._libraries.iokit.IONotificationPortGetRunLoopSource(self._port)
        foundation.CFRunLoopAddSource(self._loop, source, self._libraries.mode)
        while not self._stopping.is_set():
            foundation.CFRunLoopRunInMode(self._libraries.mode, TURN_S, False)  # noqa: FBT003 - a C function

    def _allow(self, question: int) -> None:
        self._libraries.iokit.IOAllowPowerChange(self._root, question)

    def _stay_awake(self) -> None:
        foundation = self._libraries.foundation
        kind, reason = (foundation.CFStringCreateWithCString(None, text, UTF_8) for text in (ASSERTION, REASON))
        error = self._libraries.iokit.IOPMAssertionCreateWithName(kind, LEVEL_ON, reason, byref(self._assertion))
        if error:
            logger.warning("macOS may fall asleep by itself: error %#x", error & 0xFFFFFFFF)
        foundation.CFRelease(kind)
        foundation.CFRelease(reason)


def load() -> Libraries:
    """Raises ``PowerUnwatched``."""
    if sys.platform != "darwin":
        message = "these libraries belong to macOS"
        raise PowerUnwatched(message)
    try:
        iokit = ctypes.CDLL(f"{FRAMEWORKS}/IOKit.framework/IOKit")
        foundation = ctypes.CDLL(f"{FRAMEWORKS}/CoreFoundation.framework/CoreFoundation")
        mode = c_void_p.in_dll(foundation, "kCFRunLoopDefaultMode")
    except (OSError, ValueError) as error:
        message = "macOS lacks its library of power"
        raise PowerUnwatched(message) from error
    for library, function, result, arguments in (
        (iokit, "IORegisterForSystemPower", c_uint32, (c_void_p, c_void_p, Callback, c_void_p)),
        (iokit, "IODeregisterForSystemPower", c_int, (c_void_p,)),
        (iokit, "IOServiceClose", c_int, (c_uint32,)),
        (iokit, "IONotificationPortDestroy", None, (c_void_p,)),
        (iokit, "IONotificationPortGetRunLoopSource", c_void_p, (c_void_p,)),
        (iokit, "IOAllowPowerChange", c_int, (c_uint32, c_long)),
        (iokit, "IOPMAssertionCreateWithName", c_int, (c_void_p, c_uint32, c_void_p, c_void_p)),
        (iokit, "IOPMAssertionRelease", c_int, (c_uint32,)),
        (foundation, "CFStringCreateWithCString", c_void_p, (c_void_p, c_char_p, c_uint32)),
        (foundation, "CFRelease", None, (c_void_p,)),
        (foundation, "CFRunLoopGetCurrent", c_void_p, ()),
        (foundation, "CFRunLoopStop", None, (c_void_p,)),
        (foundation, "CFRunLoopAddSource", None, (c_void_p, c_void_p, c_void_p)),
        (foundation, "CFRunLoopRunInMode", c_int, (c_void_p, c_double, c_bool)),
    ):
        getattr(library, function).restype = result
        getattr(library, function).argtypes = arguments
    return Libraries(iokit, foundation, mode)
