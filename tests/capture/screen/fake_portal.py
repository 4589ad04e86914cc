"""A portal that says what a test wants it to say, on a real bus of its own."""

import contextlib
import os
import queue
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, message_bus, new_method_return, new_signal
from jeepney.bus import get_connectable_addresses
from jeepney.io.blocking import DBusConnection, Proxy, prep_socket

from tests.rig.screen import first_line
from tests.rig.sound import end

PORTAL = "org.freedesktop.portal.Desktop"
DESKTOP_PATH = "/org/freedesktop/portal/desktop"
SESSION_PATH = f"{DESKTOP_PATH}/session/fake/1"
NODE = 42
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
SUCCESS, CANCELLED, FAILED = 0, 1, 2


class Ending(Enum):
    """Instead of an answer to ``Start``."""

    DIES = "dies"
    SILENT = "silent"


@dataclass(slots=True)
class FakePortal:
    """Which answers it gives; ``asked`` holds the options of each request by its method, ``called`` all arguments.

    ``pipewire``: the socket to which the way leads that it hands out; without one it leads nowhere.
    """

    address: str
    version: int = 4
    source_types: int = 1
    cursor_modes: int = 3
    start: int | Ending = SUCCESS
    silent_at: str = ""
    pipewire: Path | None = None
    results: Mapping[str, tuple[str, Any]] = field(default_factory=dict)
    asked: dict[str, Mapping[str, tuple[str, Any]]] = field(default_factory=dict)
    called: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    closed: "queue.SimpleQueue[str]" = field(default_factory=queue.SimpleQueue)
    _bus: DBusConnection | None = None
    _peer: str = ""

    def shares(self, node: int, about: Mapping[str, tuple[str, Any]]) -> None:
        self.results = {"streams": ("a(ua{sv})", [(node, about)])}

    def serve(self) -> None:
        """Until its bus ends."""
        address = next(get_connectable_addresses(self.address))
        self._bus = bus = DBusConnection(prep_socket(address, enable_fds=True), enable_fds=True)
        Proxy(message_bus, bus, timeout=10).RequestName(PORTAL)
        with contextlib.suppress(ConnectionError, ValueError), bus:
            while True:
                message = bus.receive()
                if message.header.message_type is MessageType.method_call:
                    self._answer(bus, message)

    def end_session(self) -> None:
        """As a desktop does it when the user stops sharing."""
        assert self._bus is not None
        session = DBusAddress(SESSION_PATH, PORTAL, "org.freedesktop.portal.Session")
        self._send(self._bus, new_signal(session, "Closed", "a{sv}", ({},)))

    def press(self, shortcut: str) -> None:
        """As a desktop does it when one of the keys that it has given is pressed."""
        assert self._bus is not None
        shortcuts = DBusAddress(DESKTOP_PATH, PORTAL, "org.freedesktop.portal.GlobalShortcuts")
        body: tuple[Any, ...] = (SESSION_PATH, shortcut, 0, {})
        self._send(self._bus, new_signal(shortcuts, "Activated", "osta{sv}", body))

    def _answer(self, bus: DBusConnection, message: Message) -> None:
        fields = message.header.fields
        self._peer = fields[HeaderFields.sender]
        self.called[fields[HeaderFields.member]] = message.body
        match fields[HeaderFields.member]:
            case "GetAll":
                values = {
                    "version": ("u", self.version),
                    "AvailableSourceTypes": ("u", self.source_types),
                    "AvailableCursorModes": ("u", self.cursor_modes),
                }
                bus.send(new_method_return(message, "a{sv}", (values,)))
            case "Register":
                bus.send(new_method_return(message))
            case "Close":
                self.closed.put(fields[HeaderFields.path])
            case "OpenPipeWireRemote":
                with self._remote() as remote:
                    bus.send(new_method_return(message, "h", (remote,)))
            case method:
                self._respond(bus, message, method)

    def _respond(self, bus: DBusConnection, message: Message, method: str) -> None:
        *_, options = message.body
        self.asked[method] = options
        own = self._peer.removeprefix(":").replace(".", "_")
        path = f"/org/freedesktop/portal/desktop/request/{own}/{options['handle_token'][1]}"
        bus.send(new_method_return(message, "o", (path,)))
        code, results = SUCCESS, self.results
        if method == "CreateSession":
            results = {"session_handle": ("s", SESSION_PATH)}
        elif method == "Start" and self.start is Ending.DIES:
            Proxy(message_bus, bus, timeout=10).ReleaseName(PORTAL)
            return
        elif method == self.silent_at or (method == "Start" and self.start is Ending.SILENT):
            return
        elif method == "Start" and isinstance(self.start, int):
            code = self.start
        request = DBusAddress(path, PORTAL, "org.freedesktop.portal.Request")
        self._send(bus, new_signal(request, "Response", "ua{sv}", (code, results)))

    @contextlib.contextmanager
    def _remote(self) -> Iterator[socket.socket]:
        ours, theirs = socket.socketpair()
        with ours, theirs, socket.socket(socket.AF_UNIX) as leading:
            if self.pipewire is not None:
                leading.connect(str(self.pipewire))
            yield theirs if self.pipewire is None else leading

    def _send(self, bus: DBusConnection, message: Message) -> None:
        """A signal for its one user, as real portals send theirs."""
        message.header.fields[HeaderFields.destination] = self._peer
        bus.send(message)


@contextlib.contextmanager
def private_bus() -> Iterator[str]:
    """Its address. Nothing is started on it by being asked for."""
    with tempfile.TemporaryDirectory(prefix="bus-") as name:
        config = Path(name) / "bus.conf"
        config.write_text(BUS_CONFIG.format(folder=name))
        reader, writer = os.pipe()
        command = ("dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", f"--print-address={writer}")
        daemon = subprocess.Popen(command, pass_fds=(writer,), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writer)
        try:
            with os.fdopen(reader) as answer:
                assert first_line(answer.fileno())
            yield f"unix:path={name}/bus"
        finally:
            end(daemon)


@contextlib.contextmanager
def fake_portal() -> Iterator[FakePortal]:
    with private_bus() as address:
        portal = FakePortal(address)
        portal.shares(NODE, {"position": ("(ii)", (7, 8)), "size": ("(ii)", (9, 10))})
        thread = served(portal)
        yield portal
    thread.join(10)


def served(portal: FakePortal) -> threading.Thread:
    """Until its bus ends."""
    thread = threading.Thread(target=portal.serve, name="fake portal", daemon=True)
    thread.start()
    with DBusConnection(prep_socket(next(get_connectable_addresses(portal.address)))) as bus:
        while not Proxy(message_bus, bus, timeout=10).NameHasOwner(PORTAL)[0]:
            pass
    return thread
