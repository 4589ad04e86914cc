"""Private Wayland desktops by GNOME's compositor, without its shell: no portal, but what its portal is made of.

``with private_mutter() as desktop:`` then ``with desktop.cast() as node:`` for pictures of its one monitor.
"""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, Proxy
from jeepney.wrappers import unwrap_msg

from tests.rig.programs import Program, Programs
from tests.rig.sound import START_LIMIT_S

SCREEN_CAST = "org.gnome.Mutter.ScreenCast"
SCREEN_CAST_PATH = "/org/gnome/Mutter/ScreenCast"
SESSION = f"{SCREEN_CAST}.Session"
STREAM = f"{SCREEN_CAST}.Stream"
ONLY_MONITOR = ""
CURSOR_HIDDEN = 0


class MutterDesktop(Programs):
    """One virtual monitor."""

    def __init__(self, folder: Path, width_px: int, height_px: int) -> None:
        own_bus = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder}/bus"}  # the machine's need not know of it
        super().__init__(folder, {**own_bus, "GSETTINGS_BACKEND": "memory", "WAYLAND_DISPLAY": f"{folder}/wayland-1"})
        self._size_px = (width_px, height_px)

    @property
    def pipewire(self) -> Path:
        """The socket."""
        return self.folder / "pipewire-0"

    def start(self) -> None:
        size = "{}x{}".format(*self._size_px)
        screen = ("--headless", "--virtual-monitor", size)
        command = ("mutter", "--wayland", "--no-x11", "--wayland-display", "wayland-1", *screen)
        mutter = Program(command, self.folder / "wayland-1", self.environment)
        self.run((self.bus_program(), *self.pipewire_programs(), mutter))
        self.wait(lambda: self.owner(SCREEN_CAST) is not None, "mutter casts no screen")

    @contextlib.contextmanager
    def cast(self) -> Iterator[int]:
        """PipeWire's number of a new cast, which ends with the context."""
        with self.bus() as bus:
            (session,) = _call(bus, SCREEN_CAST_PATH, SCREEN_CAST, "CreateSession", "a{sv}", {})
            options = {"cursor-mode": ("u", CURSOR_HIDDEN)}
            (stream,) = _call(bus, session, SESSION, "RecordMonitor", "sa{sv}", ONLY_MONITOR, options)
            added = MatchRule(type="signal", interface=STREAM, member="PipeWireStreamAdded", path=stream)
            Proxy(message_bus, bus, timeout=START_LIMIT_S).AddMatch(added)
            with bus.filter(added) as heard:
                _call(bus, session, SESSION, "Start")
                (node,) = bus.recv_until_filtered(heard, timeout=START_LIMIT_S).body
            yield node


def _call(
    bus: DBusConnection, path: str, interface: str, method: str, signature: str | None = None, *arguments: object
) -> tuple[Any, ...]:
    message = new_method_call(DBusAddress(path, SCREEN_CAST, interface), method, signature, arguments)
    body: tuple[Any, ...] = unwrap_msg(bus.send_and_get_reply(message, timeout=START_LIMIT_S))
    return body


@contextlib.contextmanager
def private_mutter(width_px: int = 1280, height_px: int = 720) -> Iterator[MutterDesktop]:
    """Needs the programs of Debian's ``mutter``, ``wireplumber`` and ``dbus``."""
    with tempfile.TemporaryDirectory(prefix="mutter-", ignore_cleanup_errors=True) as name:
        desktop = MutterDesktop(Path(name), width_px, height_px)
        try:
            desktop.start()
            yield desktop
        finally:
            desktop.end()
