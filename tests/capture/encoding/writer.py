"""Writes the test signal to a file without end: ``python -m tests.capture.encoding.writer FILE PROFILE [headroom]``.

Prints each second that has been written, and at last the code of the error that ended it. With ``headroom`` some room
is kept back until then.
"""

import contextlib
import sys
from pathlib import Path
from typing import Protocol

from capture.disk import Headroom
from capture.encoding.converter import Converter
from capture.encoding.movie import Movie
from capture.encoding.muxer import Muxer
from capture.encoding.profiles import load_profile
from capture.encoding.sound_file import SoundFile
from capture.errors import CaptureError
from capture.recording import NS_PER_S, TestPattern
from capture.screen.base import Frame
from capture.screen.synthetic import SyntheticScreen
from tests.fakes.clock import FakeClock
from tests.fakes.sources import tone

STEP_NS = 50_000_000


class Written(Protocol):
    def step(self, at_ns: int) -> None: ...

    def close(self) -> None: ...


class WrittenMovie:
    def __init__(self, path: Path, profile: str) -> None:
        self._clock = FakeClock(0)
        self._screen = SyntheticScreen(TestPattern(320, 180), self._clock)
        self._movie = Movie(path, self._screen.open(), 30, load_profile(profile), with_sound=True)
        self._converter = Converter()
        self._sound = tone(STEP_NS / NS_PER_S, channels=2)

    def step(self, at_ns: int) -> None:
        look = self._screen.read()
        if isinstance(look, Frame):
            self._movie.show(self._converter.convert(look), at_ns)
        self._movie.beat(at_ns)
        self._movie.sound(self._sound)
        self._clock.advance(STEP_NS)

    def close(self) -> None:
        self._movie.close()


class WrittenSound:
    def __init__(self, path: Path) -> None:
        self._file = SoundFile(Muxer(path), 2, 96_000)
        self._sound = tone(STEP_NS / NS_PER_S, channels=2)

    def step(self, _: int) -> None:
        self._file.write(self._sound)

    def close(self) -> None:
        self._file.close()


def write(path: Path, profile: str) -> None:
    written: Written = WrittenMovie(path, profile) if path.suffix == ".mp4" else WrittenSound(path)
    at_ns = 0
    try:
        while True:
            written.step(at_ns)
            at_ns += STEP_NS
            if at_ns % NS_PER_S == 0:
                print(at_ns // NS_PER_S, flush=True)  # noqa: T201 - what whoever started this waits for
    except CaptureError as error:
        print(error.code, flush=True)  # noqa: T201 - what whoever started this waits for
    Headroom(path.parent).give_back()
    with contextlib.suppress(CaptureError):
        written.close()


if __name__ == "__main__":
    if "headroom" in sys.argv:
        Headroom(Path(sys.argv[1]).parent).take()
    write(Path(sys.argv[1]), sys.argv[2])
