"""A black window over a whole X display, painted through libX11: every act is on the screen when it returns."""

import ctypes
import time
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p
from typing import NewType

from tests.rig.sound import RigFailed

Patch = NewType("Patch", int)

BLACK = 0x000000
WHITE = 0xFFFFFF

INPUT_OUTPUT = 1
BACKGROUND_PIXEL = 1 << 1
OVERRIDE_REDIRECT = 1 << 9


class Attributes(Structure):
    """``XSetWindowAttributes`` of ``X11/Xlib.h``."""

    _fields_ = (
        ("background_pixmap", c_ulong),
        ("background_pixel", c_ulong),
        ("border_pixmap", c_ulong),
        ("border_pixel", c_ulong),
        ("bit_gravity", c_int),
        ("win_gravity", c_int),
        ("backing_store", c_int),
        ("backing_planes", c_ulong),
        ("backing_pixel", c_ulong),
        ("save_under", c_int),
        ("event_mask", c_long),
        ("do_not_propagate_mask", c_long),
        ("override_redirect", c_int),
        ("colormap", c_ulong),
        ("cursor", c_ulong),
    )


class Canvas:
    """A patch is a window of its own: the server keeps its colour, also where it was covered meanwhile.

    An error of the X server ends the process, as libX11 does it: for programs of the rig, not for a test's process.
    """

    def __init__(self, display: str) -> None:
        self._x11 = _load()
        self._display = self._x11.XOpenDisplay(display.encode())
        if not self._display:
            message = f"no X server answers on {display}"
            raise RigFailed(message)
        screen = self._x11.XDefaultScreen(self._display)
        self.width_px: int = self._x11.XDisplayWidth(self._display, screen)
        self.height_px: int = self._x11.XDisplayHeight(self._display, screen)
        self._parent = self._x11.XDefaultRootWindow(self._display)
        self._parent = self.patch(0, 0, self.width_px, self.height_px, BLACK)

    def patch(self, x_px: int, y_px: int, width_px: int, height_px: int, colour: int) -> Patch:
        """A rectangle of one ``colour``, 0xRRGGBB."""
        attributes = Attributes(background_pixel=colour, override_redirect=1)
        rectangle = (x_px, y_px, width_px, height_px)
        mask = BACKGROUND_PIXEL | OVERRIDE_REDIRECT
        window = self._x11.XCreateWindow(
            self._display, self._parent, *rectangle, 0, 0, INPUT_OUTPUT, None, mask, byref(attributes)
        )
        self._x11.XMapRaised(self._display, window)
        self._x11.XSync(self._display, 0)
        return Patch(window)

    def paint(self, patch: Patch, colour: int) -> int:
        """When the server had painted it, on the monotonic clock."""
        self._x11.XSetWindowBackground(self._display, patch, colour)
        self._x11.XClearWindow(self._display, patch)
        self._x11.XSync(self._display, 0)
        return time.monotonic_ns()


def _load() -> ctypes.CDLL:
    x11 = ctypes.CDLL("libX11.so.6")
    position, size = (c_int, c_int), (c_uint, c_uint)
    x11.XOpenDisplay.argtypes, x11.XOpenDisplay.restype = (c_char_p,), c_void_p
    x11.XDefaultScreen.argtypes = (c_void_p,)
    x11.XDisplayWidth.argtypes = x11.XDisplayHeight.argtypes = (c_void_p, c_int)
    x11.XDefaultRootWindow.argtypes, x11.XDefaultRootWindow.restype = (c_void_p,), c_ulong
    border_depth_class_visual = (c_uint, c_int, c_uint, c_void_p)
    x11.XCreateWindow.argtypes = (
        *(c_void_p, c_ulong, *position, *size),
        *(*border_depth_class_visual, c_ulong, POINTER(Attributes)),
    )
    x11.XCreateWindow.restype = c_ulong
    x11.XMapRaised.argtypes = x11.XClearWindow.argtypes = (c_void_p, c_ulong)
    x11.XSetWindowBackground.argtypes = (c_void_p, c_ulong, c_ulong)
    x11.XSync.argtypes = (c_void_p, c_int)
    return x11
