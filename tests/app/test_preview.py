"""The program that looks and listens for who sets things up: its own process, its sources, its end."""

import base64
import os
import queue
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.preview import PreviewProcess
from capture.events import Error, Event, Level, LivePicture
from capture.recording import DeviceId, Monitor, Side
from capture.wish import Wish
from tests.rig.desktop import Desktop

LIMIT_S = 30.0


class Heard:
    """All that a preview tells."""

    def __init__(self) -> None:
        self._coming: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._heard: list[Event] = []
        self.tell = self._coming.put

    def until(self, wanted: Callable[[Event], bool]) -> Event:
        """The first such event; a screen that stands still is told once."""
        while not any(map(wanted, self._heard)):
            self._heard.append(self._coming.get(timeout=LIMIT_S))
        return next(filter(wanted, self._heard))


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def preview(
    desktop: Desktop, tmp_path: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PreviewProcess]:
    for name, value in desktop.variables.items():
        monkeypatch.setenv(name, value)
    preview = PreviewProcess(tmp_path / "preview.log", heard.tell)
    yield preview
    preview.close()
    preview.wait()
    assert preview.pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(preview.pid, 0)


def is_level(side: Side) -> Callable[[Event], bool]:
    return lambda event: isinstance(event, Level) and event.side is side


def test_it_tells_of_real_sources_of_those_that_are_not_there_and_of_its_own_death(
    preview: PreviewProcess, heard: Heard
) -> None:
    preview.wish(Wish(Monitor("1"), DeviceId("default"), DeviceId("nowhere")))
    missing = heard.until(lambda event: isinstance(event, Error))
    assert isinstance(missing, Error)
    assert (missing.code, missing.data["side"]) == ("unknown_device", Side.SYSTEM)
    heard.until(is_level(Side.MICROPHONE))
    picture = heard.until(lambda event: isinstance(event, LivePicture))
    assert isinstance(picture, LivePicture)
    assert base64.b64decode(picture.buffer).startswith(b"\x89PNG")
    preview.wish(Wish(Monitor("77"), None, DeviceId("default")))
    heard.until(is_level(Side.SYSTEM))
    heard.until(lambda event: isinstance(event, Error) and event.data.get("source") == "screen")
    preview.wish(Wish(Monitor("77"), None, DeviceId("default"), tones=1))
    heard.until(lambda event: isinstance(event, Level) and event.side is Side.SYSTEM and event.peak_dbfs > -40)
    assert preview.pid is not None
    os.kill(preview.pid, signal.SIGKILL)
    heard.until(lambda event: isinstance(event, Error) and event.code == "preview_died")
    preview.wish(Wish())
