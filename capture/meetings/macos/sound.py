"""Who records and who plays on a Mac: Core Audio's process objects, of macOS 14 or newer. No permission is needed.

Figures are those of ``CoreAudio/AudioHardware.h`` and ``AudioHardwareBase.h``.
"""

import ctypes
import os
from collections.abc import Iterator
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_int32, c_long, c_uint32, c_void_p
from pathlib import PurePosixPath
from typing import Protocol

from capture.errors import SourceUnavailable
from capture.meetings.facts import Listening, Playing, Program, Purpose, StreamId, StreamState

SYSTEM_OBJECT = 1
GLOBAL_SCOPE = 0x676C6F62
PROCESS_LIST, PROCESS_ID, BUNDLE_ID, RUNS_INPUT, RUNS_OUTPUT = (
    0x70727323,
    0x70706964,
    0x70626964,
    0x70697269,
    0x7069726F,
)
"""``prs#``, ``ppid``, ``pbid``, ``piri`` and ``piro``."""

UTF8 = 0x08000100
LONGEST_TEXT_BYTES = 4096


class CoreAudio(Protocol):
    """Each call raises ``OSError`` for an object that is gone, or a property that this macOS does not have."""

    def numbers(self, item: int, selector: int) -> tuple[int, ...]: ...

    def text(self, item: int, selector: int) -> str: ...

    def file_of(self, pid: int) -> str:
        """The path of the process's program; empty where it has ended."""
        ...


class ProcessView:
    """A ``View``."""

    def __init__(self, core_audio: CoreAudio) -> None:
        self._core_audio = core_audio

    def open(self) -> None:
        """Raises ``SourceUnavailable`` before macOS 14."""
        self.look(0)

    def look(self, now_ns: int) -> list[Listening | Playing]:
        try:
            processes = self._core_audio.numbers(SYSTEM_OBJECT, PROCESS_LIST)
        except OSError as error:
            raise SourceUnavailable(str(error), source="meetings") from error
        return [fact for process in processes for fact in self._facts(process, now_ns)]

    def close(self) -> None:
        """It holds nothing."""

    def _facts(self, process: int, now_ns: int) -> Iterator[Listening | Playing]:
        try:
            records, plays = self._is(process, RUNS_INPUT), self._is(process, RUNS_OUTPUT)
            if not records and not plays:
                return
            program = self._program(process)
        except OSError:  # ended meanwhile
            return
        stream = StreamId(str(process))
        if records:
            purpose = Purpose.OWN if program.pid == os.getpid() else Purpose.VOICE
            yield Listening(now_ns, stream, program, StreamState.RUNNING, purpose)
        if plays:
            yield Playing(now_ns, stream, program, StreamState.RUNNING)

    def _is(self, process: int, selector: int) -> bool:
        return any(self._core_audio.numbers(process, selector))

    def _program(self, process: int) -> Program:
        (pid,) = self._core_audio.numbers(process, PROCESS_ID)
        names = self._core_audio.text(process, BUNDLE_ID), PurePosixPath(self._core_audio.file_of(pid)).name
        return Program(tuple(filter(None, names)), pid)


class PropertyAddress(Structure):
    """``AudioObjectPropertyAddress``."""

    _fields_ = (("selector", c_uint32), ("scope", c_uint32), ("element", c_uint32))


class SystemCoreAudio:
    """A ``CoreAudio``: that of the system. Raises ``SourceUnavailable`` where there is none."""

    def __init__(self) -> None:
        try:
            self._audio = ctypes.CDLL("/System/Library/Frameworks/CoreAudio.framework/CoreAudio")
            self._foundation = ctypes.CDLL("/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation")
            self._processes = ctypes.CDLL("/usr/lib/libproc.dylib")
        except OSError as error:
            raise SourceUnavailable(str(error), source="meetings") from error
        address = (c_uint32, POINTER(PropertyAddress), c_uint32, c_void_p)
        self._audio.AudioObjectGetPropertyDataSize.argtypes = (*address, POINTER(c_uint32))
        self._audio.AudioObjectGetPropertyData.argtypes = (*address, POINTER(c_uint32), c_void_p)
        self._foundation.CFStringGetCString.argtypes = (c_void_p, c_char_p, c_long, c_uint32)
        self._foundation.CFRelease.argtypes = (c_void_p,)
        self._processes.proc_pidpath.argtypes = (c_int, c_void_p, c_uint32)

    def numbers(self, item: int, selector: int) -> tuple[int, ...]:
        address, size = PropertyAddress(selector, GLOBAL_SCOPE, 0), c_uint32()
        _check(self._audio.AudioObjectGetPropertyDataSize(item, byref(address), 0, None, byref(size)))
        values = (c_int32 * (size.value // 4))()
        _check(self._audio.AudioObjectGetPropertyData(item, byref(address), 0, None, byref(size), values))
        return tuple(values[: size.value // 4])

    def text(self, item: int, selector: int) -> str:
        address, size, string = PropertyAddress(selector, GLOBAL_SCOPE, 0), c_uint32(8), c_void_p()
        _check(self._audio.AudioObjectGetPropertyData(item, byref(address), 0, None, byref(size), byref(string)))
        if string.value is None:
            return ""
        buffer = ctypes.create_string_buffer(LONGEST_TEXT_BYTES)
        try:
            known = self._foundation.CFStringGetCString(string, buffer, LONGEST_TEXT_BYTES, UTF8)
        finally:
            self._foundation.CFRelease(string)
        return buffer.value.decode() if known else ""

    def file_of(self, pid: int) -> str:
        buffer = ctypes.create_string_buffer(LONGEST_TEXT_BYTES)
        length = self._processes.proc_pidpath(pid, buffer, LONGEST_TEXT_BYTES)
        return buffer.value.decode(errors="replace") if length > 0 else ""


def _check(status: int) -> None:
    if status:
        message = f"Core Audio refused: {status}"
        raise OSError(message)
