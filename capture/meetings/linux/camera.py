"""Cameras in use: the kernel tells when one is opened or closed, and ``/proc`` who has it."""

import ctypes
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from capture.clock import Clock
from capture.errors import SourceUnavailable
from capture.meetings.alarm import Alarm, Sleeper
from capture.meetings.facts import CameraFree, CameraHeld, Fact, Program
from capture.meetings.linux.programs import file_of, name_program

DEVICES = Path("/dev")
EVENT = struct.Struct("iIII")
EVENTS_BYTES = 4096
CREATED, OPENED, CLOSED_WRITING, CLOSED_READING = 0x100, 0x20, 0x08, 0x10
NON_BLOCKING, CLOSED_ON_EXEC = 0o4000, 0o2000000
"""Of ``inotify.h``. A new camera is seen as a new file."""

SETTLE_S = 0.1
"""A program opens a camera several times to learn what it can do: it is looked at once it has finished."""

SERVERS = {"pipewire", "wireplumber", "pipewire-media-session"}
"""They hold a camera for somebody else."""


class CameraProbe:
    """A ``MeetingProbe``. An ordinary user is told of the user's own programs only."""

    def __init__(self, clock: Clock, devices: Path = DEVICES) -> None:
        self._clock = clock
        self._devices = devices
        self._sleeper = Sleeper("meeting cameras")
        self._held: set[str] = set()

    def start(self, on_fact: Callable[[Fact], None]) -> None:
        inotify = Inotify()
        inotify.watch(self._devices, CREATED)
        for camera in cameras(self._devices):
            inotify.watch(camera, OPENED | CLOSED_WRITING | CLOSED_READING)
        self._sleeper.start(lambda alarm: self._run(inotify, alarm, on_fact))

    def stop(self) -> None:
        self._sleeper.stop()

    def _run(self, inotify: "Inotify", alarm: Alarm, on_fact: Callable[[Fact], None]) -> None:
        try:
            self._tell(on_fact)
            while alarm.wait(inotify.descriptor):
                if not any(_is_camera(name) for name in inotify.read()):
                    continue
                if not alarm.wait(limit_s=SETTLE_S):
                    return
                for camera in cameras(self._devices):  # one may be new; for the others it changes nothing
                    inotify.watch(camera, OPENED | CLOSED_WRITING | CLOSED_READING)
                self._tell(on_fact)
        finally:
            inotify.close()

    def _tell(self, on_fact: Callable[[Fact], None]) -> None:
        now_ns = self._clock.now_ns()
        held = {f"{camera.name}:{pid}": _program(pid) for camera, pid in holders(self._devices)}
        for key in sorted(self._held - held.keys()):
            on_fact(CameraFree(now_ns, key))
        for key in sorted(held.keys() - self._held):
            on_fact(CameraHeld(now_ns, key, held[key]))
        self._held = set(held)


class Inotify:
    """Raises ``SourceUnavailable`` where the kernel gives no more of them."""

    def __init__(self) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self.descriptor: int = self._libc.inotify_init1(NON_BLOCKING | CLOSED_ON_EXEC)
        if self.descriptor < 0:
            raise SourceUnavailable(os.strerror(ctypes.get_errno()), source="camera")

    def watch(self, path: Path, events: int) -> None:
        """A path that is watched already keeps its watch; one that is gone is none."""
        self._libc.inotify_add_watch(self.descriptor, os.fsencode(path), events)

    def read(self) -> Iterator[str]:
        """For each event that has come the name of a file in a watched folder, or nothing for a watched file."""
        data = os.read(self.descriptor, EVENTS_BYTES)
        while data:
            length = EVENT.unpack_from(data)[-1]
            yield data[EVENT.size : EVENT.size + length].rstrip(b"\0").decode(errors="replace")
            data = data[EVENT.size + length :]

    def close(self) -> None:
        os.close(self.descriptor)


def cameras(devices: Path) -> Iterator[Path]:
    return (path for path in devices.glob("video*") if _is_camera(path.name))


def holders(devices: Path) -> Iterator[tuple[Path, int]]:
    """Each camera with the processes that have it open, as far as this user may know."""
    for process in Path("/proc").glob("[0-9]*"):
        for link in set(_open_files(process)):
            if link.parent == devices and _is_camera(link.name):
                yield link, int(process.name)


def _open_files(process: Path) -> Iterator[Path]:
    entries: list[Path] = []
    with suppress(OSError):  # ended meanwhile, or somebody else's
        entries = list((process / "fd").iterdir())
    for entry in entries:
        with suppress(OSError):  # closed meanwhile
            yield entry.readlink()


def _is_camera(name: str) -> bool:
    """A watched file has no name in its own events."""
    return not name or (name.startswith("video") and name.removeprefix("video").isdigit())


def _program(pid: int) -> Program | None:
    binary = file_of(pid)
    if binary in SERVERS:
        return None
    return name_program(sandbox="", binary=binary, identity="", application="", pid=pid)
