"""A private X server for each file of tests, and a hand that paints on it."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from capture.screen.x11.damage import Damage
from tests.capture.screen.painter import Painter, painter
from tests.rig.screen import Display, first_line, private_xvfb
from tests.rig.sound import end

WIDTH_PX, HEIGHT_PX = 640, 480


@pytest.fixture(scope="module")
def x_server() -> Iterator[Display]:
    with private_xvfb(WIDTH_PX, HEIGHT_PX) as display:
        yield display


@pytest.fixture
def hand(x_server: Display, monkeypatch: pytest.MonkeyPatch) -> Iterator[Painter]:
    """Sources that are opened see the same server; the pointer is in the lower right corner."""
    monkeypatch.setenv("DISPLAY", x_server.name)
    with painter(x_server.name) as hand:
        hand.warp_pointer(WIDTH_PX - 1, HEIGHT_PX - 1)
        yield hand


@dataclass(frozen=True, slots=True)
class Server:
    name: str
    process: subprocess.Popen[bytes]


@contextlib.contextmanager
def xvfb_without(*lacking: str) -> Iterator[Server]:
    """A small server that lacks those extensions."""
    reader, writer = os.pipe()
    absent = [word for extension in lacking for word in ("-extension", extension)]
    command = ("Xvfb", "-displayfd", str(writer), "-screen", "0", "320x240x24", "-nolisten", "tcp", "-noreset", *absent)
    server = subprocess.Popen(command, pass_fds=(writer,), stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as answer:
            yield Server(f":{first_line(answer.fileno())}", server)
    finally:
        end(server)


class DeafDamage(Damage):
    """A server that draws without saying so."""

    def notice(self, event: bytes) -> None:
        """Never heard."""
