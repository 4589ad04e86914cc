"""libyuv, as far as it is needed: conversion and scaling of pictures, many times as fast as anything else here.

It lets go of the interpreter's lock. Its ARGB is what we call BGRA.
"""

import ctypes
import functools
from ctypes import c_int, c_void_p

BOX_FILTER = 3
"""The mean of what a pixel covers; between full and half size the mean of four."""


@functools.cache
def load() -> ctypes.CDLL:
    """Raises ``OSError`` where the library is not installed."""
    libyuv = ctypes.CDLL("libyuv.so.0")
    libyuv.ARGBToI420.argtypes = (*(c_void_p, c_int) * 4, c_int, c_int)
    libyuv.ARGBScaleClip.argtypes = (*(c_void_p, c_int, c_int, c_int) * 2, *(c_int,) * 5)
    return libyuv
