"""``python -m tests.rig.logind ADDRESS``: as much of logind, and of a desktop's screen saver, as a recorder asks for.

A process of its own on a private bus, which serves as the system's and as the session's. It acts on words that come
on standard input, and tells on standard output what is asked of it and when an inhibitor is let go.
"""

import contextlib
import json
import os
import queue
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus import get_connectable_addresses
from jeepney.io.blocking import DBusConnection, Proxy, prep_socket

from tests.rig.screen import first_line
from tests.rig.sound import START_LIMIT_S, RigFailed, end

ROOT = Path(__file__).parents[2]
LOGIN = "org.freedesktop.login1"
SCREEN_SAVER = "org.freedesktop.ScreenSaver"
SESSION = "/org/freedesktop/login1/session/_31"
MANAGER = DBusAddress("/org/freedesktop/login1", LOGIN, f"{LOGIN}.Manager")
NEWS_LIMIT_S = 10.0
PIECE = 65_536
READY = "ready"
BUS_CONFIG = """\
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

News = Mapping[str, Any]


class PrivateLogind:
    """The caller's side. ``variables`` lead a program to it."""

    def __init__(self, address: str, process: subprocess.Popen[str], bus: subprocess.Popen[bytes]) -> None:
        self.variables = {"DBUS_SYSTEM_BUS_ADDRESS": address, "DBUS_SESSION_BUS_ADDRESS": address}
        self._process = process
        self._bus = bus
        self._news: queue.SimpleQueue[News] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def act(self, word: str, kill: int | None = None) -> None:
        """``sleep``, ``wake``, ``shutdown``, ``lock``, ``unlock``, ``hint-locked``, ``hint-unlocked``.

        ``kill``: the process that ends, by SIGKILL, in the moment in which it lets the machine sleep.
        """
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"act": word, "kill": kill}) + "\n")
        self._process.stdin.flush()

    def wait_for(self, kind: str, what: str | None = None) -> News:
        """The next such news; the ones before it are passed over."""
        while True:
            news = self._news.get(timeout=NEWS_LIMIT_S)
            if news["type"] == kind and what in {None, news.get("what")}:
                return news

    def end_bus(self) -> None:
        """As if the system's message bus crashed."""
        end(self._bus)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._news.put(json.loads(line))


@contextlib.contextmanager
def private_logind() -> Iterator[PrivateLogind]:
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "bus.conf").write_text(BUS_CONFIG.format(folder=folder))
        command = ("dbus-daemon", f"--config-file={folder}/bus.conf", "--nofork", "--nopidfile", "--print-address")
        bus = stack.enter_context(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE))
        stack.callback(end, bus)
        address = first_line(bus.stdout.fileno()) if bus.stdout else ""
        pipe = subprocess.PIPE
        program = (sys.executable, "-m", "tests.rig.logind", address)
        process = stack.enter_context(subprocess.Popen(program, cwd=ROOT, stdin=pipe, stdout=pipe, text=True))
        stack.callback(process.kill)
        logind = PrivateLogind(address, process, bus)
        try:
            logind.wait_for(READY)
        except queue.Empty as error:
            message = f"the private logind did not start within {START_LIMIT_S} s"
            raise RigFailed(message) from error
        yield logind


@dataclass(slots=True)
class Stand:
    """The process's side."""

    bus: DBusConnection
    held: dict[int, str] = field(default_factory=dict)
    kill: int | None = None

    def run(self) -> None:
        """Until its bus or its input ends."""
        while True:
            ready, _, _ = select.select([self.bus.sock, sys.stdin, *self.held], [], [])
            for descriptor in [each for each in ready if isinstance(each, int)]:
                self._notice_release(descriptor)
            if self.bus.sock in ready:
                self._answer(self.bus.receive())
            if sys.stdin in ready:
                lines = os.read(sys.stdin.fileno(), PIECE).splitlines()
                if not lines:
                    return
                for line in lines:
                    self._act(**json.loads(line))

    def _notice_release(self, descriptor: int) -> None:
        what = self.held.pop(descriptor)
        if what == "sleep" and self.kill is not None:
            os.kill(self.kill, signal.SIGKILL)
        os.close(descriptor)
        tell("released", what=what)

    def _answer(self, message: Message) -> None:
        if message.header.message_type is not MessageType.method_call:
            return
        method = message.header.fields[HeaderFields.member]
        if message.header.fields[HeaderFields.interface] == SCREEN_SAVER:
            self.bus.send(new_method_return(message, "u", (7,)))
            tell("screen_saver")
        elif method == "Inhibit":
            what, _, _, mode = message.body
            read_end, write_end = os.pipe()
            self.held[read_end] = what
            with os.fdopen(write_end, "wb") as theirs:
                self.bus.send(new_method_return(message, "h", (theirs,)))
            tell("inhibited", what=what, mode=mode)
        elif method == "GetSession":
            self.bus.send(new_method_return(message, "o", (SESSION,)))
        else:
            self.bus.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))

    def _act(self, act: str, kill: int | None) -> None:
        session = DBusAddress(SESSION, LOGIN, f"{LOGIN}.Session")
        properties = DBusAddress(SESSION, LOGIN, "org.freedesktop.DBus.Properties")
        match act:
            case "sleep" | "wake":
                self.kill = kill
                tell("signalled", what=act)
                self.bus.send(new_signal(MANAGER, "PrepareForSleep", "b", (act == "sleep",)))
            case "shutdown":
                self.bus.send(new_signal(MANAGER, "PrepareForShutdown", "b", (True,)))
            case "lock" | "unlock":
                self.bus.send(new_signal(session, act.capitalize()))
            case "hint-locked" | "hint-unlocked":
                changed = {"LockedHint": ("b", act == "hint-locked"), "IdleHint": ("b", False)}
                body: tuple[str, dict[str, tuple[str, bool]], list[str]] = (f"{LOGIN}.Session", changed, [])
                self.bus.send(new_signal(properties, "PropertiesChanged", "sa{sv}as", body))


def tell(kind: str, **data: str) -> None:
    sys.stdout.write(json.dumps({"type": kind, "at_ns": time.monotonic_ns(), **data}) + "\n")
    sys.stdout.flush()


def main() -> None:
    address = next(get_connectable_addresses(sys.argv[1]))
    bus = DBusConnection(prep_socket(address, enable_fds=True), enable_fds=True)
    for name in (LOGIN, SCREEN_SAVER):
        Proxy(message_bus, bus, timeout=START_LIMIT_S).RequestName(name)
    tell(READY)
    with contextlib.suppress(ConnectionError), bus:
        Stand(bus).run()


if __name__ == "__main__":
    main()
