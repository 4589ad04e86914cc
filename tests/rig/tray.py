"""Private desktops with a tray: one that embeds windows (XEmbed), one that is told of icons over the bus."""

import contextlib
import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import mss
import numpy as np
from numpy.typing import NDArray

from tests.rig.screen import Display, first_line, private_xvfb, window_manager
from tests.rig.sound import START_LIMIT_S, RigFailed, end

PANEL = """\
<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="32"/>
      <property name="length" type="uint" value="100"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty"><property name="plugin-1" type="string" value="systray"/></property>
</channel>
"""
TRAYER = ("trayer", "--edge", "top", "--align", "right", "--widthtype", "request", "--height", "32")
WIDTH_PX, HEIGHT_PX = 800, 480
PANEL_PX, MENU_PX = 26, 240
"""From the top of the screen. Below the panel a notification may show the icon once more."""

MENU_SHARE = 0.15
LOOK_S = 0.1
PATIENCE_S = 3.0
"""After that one clicks again: a menu of ``xfce4-panel`` that is just being closed takes a click for itself."""

NEAR = 8
"""By so much a colour may differ: the panel scales the icon."""


@dataclass(frozen=True, slots=True)
class TrayDesktop:
    """``environment`` is complete, for the program that is to show an icon. ``patience_s``: before it clicks again."""

    display: Display
    environment: Mapping[str, str]
    patience_s: float

    def click(self, colour: str, button: int) -> None:
        """On the icon that has that colour, once it is there."""
        x, y = self.find(colour)
        self.do("mousemove", str(x), str(y), "click", str(button))

    def choose(self, colour: str, downs: int) -> None:
        """From the icon's menu: so many keys down from its top."""
        asked_s = float("-inf")

        def ask() -> bool:
            nonlocal asked_s
            if self.has_menu():
                return True
            if time.monotonic() - asked_s > self.patience_s:
                asked_s = time.monotonic()
                self.click(colour, 3)
            return False

        self.wait(ask, "no menu came")
        self.do("key", *["Down"] * downs, "Return")

    def has_menu(self) -> bool:
        """Something large hangs down from the panel."""
        seen = self._grab(MENU_PX)
        return float((seen != seen[-1, 0]).any(axis=2).mean()) > MENU_SHARE

    def find(self, colour: str, every_s: float = LOOK_S) -> tuple[int, int]:
        """The middle of what has that colour in the panel."""
        found: list[tuple[int, int]] = []

        def look() -> bool:
            found[:] = self._seen(colour)
            return bool(found)

        self.wait(look, f"nothing is {colour}", every_s)
        return found[0]

    def _seen(self, colour: str) -> list[tuple[int, int]]:
        wanted = np.array([int(colour[at : at + 2], 16) for at in (5, 3, 1)])
        seen = self._grab(PANEL_PX).astype(int)
        ys, xs = np.nonzero((abs(seen - wanted) <= NEAR).all(axis=2))
        return [(int(np.median(xs)), int(np.median(ys)))] if len(xs) > NEAR else []

    def _grab(self, height_px: int) -> NDArray[np.uint8]:
        """The upper part of the screen, blue first."""
        area = {"left": 0, "top": 0, "width": self.display.width_px, "height": height_px}
        with mss.MSS(display=self.display.name) as screen:
            return np.asarray(screen.grab(area))[:, :, :3]

    def do(self, *arguments: str) -> None:
        subprocess.run(("xdotool", *arguments), env=self.environment, check=True, timeout=START_LIMIT_S)

    def wait(self, condition: Callable[[], bool], complaint: str, every_s: float = LOOK_S) -> None:
        deadline_s = time.monotonic() + START_LIMIT_S
        while not condition():
            if time.monotonic() > deadline_s:
                raise RigFailed(complaint)
            time.sleep(every_s)


@contextlib.contextmanager
def tray_desktop(folder: Path, *, is_told_over_the_bus: bool) -> Iterator[TrayDesktop]:
    """``trayer``, or ``xfce4-panel`` with a session bus of its own."""
    with contextlib.ExitStack() as stack:
        display = stack.enter_context(private_xvfb(WIDTH_PX, HEIGHT_PX))
        stack.enter_context(window_manager(display))
        homes = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config"), "XDG_RUNTIME_DIR": str(folder)}
        environment = {**display.environment, **homes}
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        command: tuple[str, ...] = TRAYER
        if is_told_over_the_bus:
            environment["DBUS_SESSION_BUS_ADDRESS"] = stack.enter_context(session_bus(environment))
            channel = folder / "config" / "xfce4" / "xfconf" / "xfce-perchannel-xml" / "xfce4-panel.xml"
            channel.parent.mkdir(parents=True)
            channel.write_text(PANEL)
            command = ("xfce4-panel", "--disable-wm-check")
        with (folder / "panel.log").open("wb") as log:
            panel = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        stack.callback(end, panel)
        yield TrayDesktop(display, environment, PATIENCE_S if is_told_over_the_bus else START_LIMIT_S)


@contextlib.contextmanager
def session_bus(environment: Mapping[str, str]) -> Iterator[str]:
    """Its address."""
    reader, writer = os.pipe()
    command = ("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--print-address={writer}")
    daemon = subprocess.Popen(command, env=environment, pass_fds=(writer,), stdin=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as answer:
            yield first_line(answer.fileno())
    finally:
        end(daemon)
