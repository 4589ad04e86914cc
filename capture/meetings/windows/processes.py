"""What a process of Windows is called."""

import sys
from pathlib import PureWindowsPath
from typing import Any

QUERY_LIMITED_INFORMATION = 0x1000
LONGEST_PATH = 32_768

Foreign = Any
"""What belongs to the system or to a library without types."""


def file_of(pid: int) -> str:
    """The name of the program's file; empty where that may not be asked, or it has ended."""
    if sys.platform != "win32":
        return ""
    import ctypes  # noqa: PLC0415 - its part for Windows exists there only
    from ctypes import wintypes  # noqa: PLC0415 - its part for Windows exists there only

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = wintypes.HANDLE
    handle = kernel.OpenProcess(QUERY_LIMITED_INFORMATION, False, pid)  # noqa: FBT003 - as the system has it
    if handle is None:
        return ""
    path, length = ctypes.create_unicode_buffer(LONGEST_PATH), wintypes.DWORD(LONGEST_PATH)
    try:
        known = kernel.QueryFullProcessImageNameW(wintypes.HANDLE(handle), 0, path, ctypes.byref(length))
    finally:
        kernel.CloseHandle(wintypes.HANDLE(handle))
    return PureWindowsPath(path.value).name if known else ""
