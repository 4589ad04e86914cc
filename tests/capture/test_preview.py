"""After a wish is obeyed nothing is told any more of what was looked at and listened to before."""

import queue
import threading
from dataclasses import replace
from typing import Final

import numpy as np
import pytest

from capture.clock import MonotonicClock
from capture.events import Event, Level, LivePicture, WishObeyed
from capture.preview import Preview
from capture.recording import SYNTHETIC_DEVICE, Side, TestPattern
from capture.screen.base import Frame
from capture.wish import Wish

LIMIT_S: Final = 20.0


class SlowScreen:
    """A look takes until somebody lets it end."""

    def __init__(self) -> None:
        self.is_looking, self.may_end, self.is_closed = threading.Event(), threading.Event(), threading.Event()

    def open(self) -> None:
        """There is nothing to open."""

    def read(self) -> Frame:
        self.is_looking.set()
        assert self.may_end.wait(LIMIT_S)
        return Frame(np.zeros((36, 64, 4), np.uint8), 0, (0, 36))

    def close(self) -> None:
        self.is_closed.set()


def test_a_picture_of_the_screen_before_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, told = SlowScreen(), queue.SimpleQueue[Event]()
    monkeypatch.setattr("capture.preview.open_screen", lambda *_, **__: screen)
    preview = Preview(told.put, MonotonicClock())
    preview.obey(Wish(TestPattern(), number=1))
    assert screen.is_looking.wait(LIMIT_S)
    preview.obey(Wish(number=2))
    screen.may_end.set()
    assert screen.is_closed.wait(LIMIT_S)
    assert [told.get_nowait() for _ in range(told.qsize())] == [WishObeyed(1), WishObeyed(2)]


def test_a_wish_is_obeyed_between_the_levels_of_the_old_sources_and_those_of_the_new() -> None:
    told = queue.SimpleQueue[Event]()
    preview = Preview(told.put, MonotonicClock())
    own = Wish(microphone=SYNTHETIC_DEVICE, number=1)
    preview.obey(own)
    until(told, Side.MICROPHONE)
    preview.obey(replace(own, microphone=None, system_audio=SYNTHETIC_DEVICE, number=2))
    heard = until(told, Side.SYSTEM)
    preview.close()
    assert Side.MICROPHONE not in heard[heard.index(2) :]
    assert Side.SYSTEM not in heard[: heard.index(2)]


def until(told: queue.SimpleQueue[Event], side: Side) -> list[Side | int]:
    """Whose levels and which wishes came, the first level of ``side`` the last."""
    heard: list[Side | int] = []
    while not heard or heard[-1] is not side:
        event = told.get(timeout=LIMIT_S)
        assert not isinstance(event, LivePicture)
        if isinstance(event, Level):
            heard.append(event.side)
        if isinstance(event, WishObeyed):
            heard.append(event.number)
    return heard
