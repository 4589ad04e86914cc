"""Private Wayland desktops without a real screen: sway, PipeWire and the portal, for tests.

``with private_wayland() as desktop:`` then give ``desktop.environment`` to whatever shall draw or record there.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from jeepney import DBusAddress, HeaderFields, Introspectable, message_bus, new_signal
from jeepney.io.blocking import DBusConnection, Proxy
from jeepney.wrappers import unwrap_msg
from numpy.typing import NDArray

from tests.rig.programs import Program, Programs
from tests.rig.shims import build
from tests.rig.sound import START_LIMIT_S, RigFailed

OUTPUT = "HEADLESS-1"
NOBODY = 65_534
"""Sway does not run as root."""

GROUNDS = ("#203040", "#402030")
SESSIONS = "/org/freedesktop/portal/desktop/session"
LIBEXEC = Path("/usr/libexec")

SWAY_CONFIG = """\
output {output} mode {width_px}x{height_px}@60Hz position 0 0
output * bg {ground} solid_color
default_border none
focus_follows_mouse no
xwayland disable
"""


class BusName:
    PORTAL = "org.freedesktop.portal.Desktop"
    BACKEND = "org.freedesktop.impl.portal.desktop.wlr"
    PERMISSIONS = "org.freedesktop.impl.portal.PermissionStore"


class WaylandDesktop(Programs):
    """One output, whose size is ``resize``'s to change.

    The user is played by a file: ``choice`` holds the output to be shared, or nothing, which stands for *cancel*;
    ``questions`` counts how often the user was asked.
    """

    def __init__(self, folder: Path, sway_folder: Path, width_px: int, height_px: int) -> None:
        super().__init__(folder, _variables(sway_folder))
        self._sway_folder = sway_folder
        self._size_px = (width_px, height_px)
        self._grounds = list(GROUNDS)

    def start(self) -> None:
        """Idempotent: what runs already is left alone."""
        self.run(self._programs())
        self._start_services()

    def stop(self) -> None:
        """Idempotent."""
        services: list[int | None] = []
        try:
            if self.runs("dbus-daemon"):
                services = [self.owner(name) for name in (BusName.PORTAL, BusName.BACKEND, BusName.PERMISSIONS)]
        finally:
            self.end()
            for pid in services:
                if pid is not None:
                    with contextlib.suppress(ProcessLookupError):  # most end with the bus
                        os.kill(pid, signal.SIGKILL)

    def kill(self, name: str) -> None:
        """``sway`` or ``pipewire``: at once and without a word to anyone. ``start`` starts it again.

        What cannot live without it has ended when this returns.
        """
        super().kill(name)
        if name == "sway":
            (self._sway_folder / "ipc").unlink()  # else the next one would listen elsewhere
        if name == "pipewire":
            self.await_end("wireplumber")
            self.kill_owner(BusName.BACKEND)  # it would stay, but never find another PipeWire
        self.wait(lambda: self.owner(BusName.BACKEND) is None, "the portal's backend does not end")

    def sway(self, command: str) -> None:
        _run(("swaymsg", command), self.environment)

    def resize(self, width_px: int, height_px: int) -> None:
        self.sway(f"output {OUTPUT} mode --custom {width_px}x{height_px}@60Hz")

    def end_sharing(self) -> None:
        """As the user does it in the desktop's panel: every session of the portal hears that it is closed."""
        with self.bus() as bus:
            for peer in _children(bus, SESSIONS):
                for name in _children(bus, f"{SESSIONS}/{peer}"):
                    session = DBusAddress(f"{SESSIONS}/{peer}/{name}", interface="org.freedesktop.portal.Session")
                    closed = new_signal(session, "Closed", "a{sv}", ({},))
                    closed.header.fields[HeaderFields.destination] = ":" + peer.replace("_", ".")
                    bus.send(closed)

    def stir(self) -> None:
        """Something changes: this portal sends no first picture of a screen at rest."""
        self._grounds.reverse()
        self.sway(f"output * bg {self._grounds[0]} solid_color")

    def picture(self) -> NDArray[np.uint8]:
        """What the compositor shows, by its own screenshot program: ``(height, width, 3)``, red, green, blue."""
        ppm = _run(("grim", "-t", "ppm", "-"), self.environment)
        header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", ppm)
        if header is None:
            message = "grim wrote no picture"
            raise RigFailed(message)
        width_px, height_px = int(header[1]), int(header[2])
        return np.frombuffer(ppm, np.uint8, offset=header.end()).reshape(height_px, width_px, 3)

    @property
    def choice(self) -> Path:
        return self.folder / "choice"

    @property
    def questions(self) -> int:
        asked = self.folder / "asked"
        return len(asked.read_text().splitlines()) if asked.exists() else 0

    def _programs(self) -> tuple[Program, ...]:
        sway_folder = self._sway_folder
        sway = {**self.environment, **dict.fromkeys(("HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME"), str(sway_folder))}
        sway.pop("WAYLAND_DISPLAY")  # else it would draw into a window of itself
        user = NOBODY if os.geteuid() == 0 else None
        return (
            self.bus_program(),
            Program(("sway", "-c", str(sway_folder / "config")), sway_folder / "wayland-1", sway, user),
            *self.pipewire_programs(),
        )

    def _start_services(self) -> None:
        """The backend first: one that is asked something while it starts forgets to answer."""
        with self.bus() as bus:
            bus_itself = Proxy(message_bus, bus, timeout=START_LIMIT_S)
            for name in (BusName.BACKEND, BusName.PORTAL):
                bus_itself.StartServiceByName(name)

    def prepare(self) -> None:
        """The files that the programs read."""
        width_px, height_px = self._size_px
        config = SWAY_CONFIG.format(output=OUTPUT, width_px=width_px, height_px=height_px, ground=GROUNDS[0])
        (self._sway_folder / "config").write_text(config)
        if os.geteuid() == 0:
            os.chown(self._sway_folder, NOBODY, NOBODY)
        services = self.folder / "services"
        services.mkdir()
        preload = f"env LD_PRELOAD={build('portal_shim', self.folder)}"
        for name, command in (
            (BusName.PORTAL, LIBEXEC / "xdg-desktop-portal"),
            (BusName.BACKEND, f"/usr/bin/{preload} {LIBEXEC}/xdg-desktop-portal-wlr"),
            (BusName.PERMISSIONS, LIBEXEC / "xdg-permission-store"),
        ):
            (services / f"{name}.service").write_text(f"[D-BUS Service]\nName={name}\nExec={command}\n")
        self._play_user()

    def _play_user(self) -> None:
        self.choice.write_text(OUTPUT)
        user = self.folder / "user"
        user.write_text(f"#!/bin/sh\necho >>{self.folder}/asked\ncat {self.choice}\n")
        user.chmod(0o700)
        portal = self.folder / "config" / "xdg-desktop-portal"
        backend = self.folder / "config" / "xdg-desktop-portal-wlr"
        for folder, name, text in (
            (portal, "portals.conf", "[preferred]\ndefault=wlr\n"),
            (backend, "config", f"[screencast]\nmax_fps=60\nchooser_type=simple\nchooser_cmd={user}\n"),
        ):
            folder.mkdir(parents=True)
            (folder / name).write_text(text)


@contextlib.contextmanager
def private_wayland(width_px: int = 1280, height_px: int = 720) -> Iterator[WaylandDesktop]:
    """Needs the programs of Debian's ``sway``, ``xdg-desktop-portal-wlr``, ``wireplumber``, ``grim`` and ``gcc``."""
    with (
        tempfile.TemporaryDirectory(prefix="wayland-", ignore_cleanup_errors=True) as name,
        tempfile.TemporaryDirectory(prefix="sway-", ignore_cleanup_errors=True) as sway_name,
    ):
        desktop = WaylandDesktop(Path(name), Path(sway_name), width_px, height_px)
        desktop.prepare()
        try:
            desktop.start()
            yield desktop
        finally:
            desktop.stop()


def _children(bus: DBusConnection, path: str) -> list[str]:
    introspect = Introspectable(path, BusName.PORTAL).Introspect()
    (xml,) = unwrap_msg(bus.send_and_get_reply(introspect, timeout=START_LIMIT_S))
    return re.findall(r'<node name="([^"]+)"', xml)


def _variables(sway_folder: Path) -> Mapping[str, str]:
    return {
        "XDG_CURRENT_DESKTOP": "sway",
        "WAYLAND_DISPLAY": str(sway_folder / "wayland-1"),
        "SWAYSOCK": str(sway_folder / "ipc"),
        "WLR_BACKENDS": "headless",
        "WLR_RENDERER": "pixman",
        "WLR_LIBINPUT_NO_DEVICES": "1",
        "LIBSEAT_BACKEND": "noop",
    }


def _run(command: tuple[str, ...], environment: Mapping[str, str]) -> bytes:
    if shutil.which(command[0]) is None:
        message = f"{command[0]} is not installed"
        raise RigFailed(message)
    done = subprocess.run(command, env=environment, capture_output=True, timeout=START_LIMIT_S, check=False)
    if done.returncode:
        message = f"{' '.join(command)}: {done.stderr.decode(errors='replace').strip()}"
        raise RigFailed(message)
    return done.stdout
