"""Linux: logind over the system bus for sleep and lock, and the desktop's own screen saver over the session bus."""

import contextlib
import logging
import select
import socket
import threading
from collections import deque
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final

from jeepney import DBusErrorResponse, HeaderFields, MatchRule, Message, message_bus, new_method_call
from jeepney.fds import FileDescriptor
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from jeepney.wrappers import DBusAddress, unwrap_msg

from capture.errors import PowerUnwatched
from capture.power.base import OnPower
from capture.recording import PowerChange

logger = logging.getLogger(__name__)

LOGIN: Final = "org.freedesktop.login1"
MANAGER: Final = DBusAddress("/org/freedesktop/login1", LOGIN, f"{LOGIN}.Manager")
SESSION: Final = f"{LOGIN}.Session"
SCREEN_SAVER: Final = DBusAddress(
    "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "org.freedesktop.ScreenSaver"
)

WHO: Final = "Afterword"
WHY: Final = "A meeting is being recorded"

CALL_LIMIT_S: Final = 2.0
"""logind answers within milliseconds; a recording does not wait for one that does not."""

LOCK_SIGNALS: Final = {"Lock": PowerChange.LOCKED, "Unlock": PowerChange.UNLOCKED}


class Inhibitor(StrEnum):
    """``what`` and ``mode`` of logind's ``Inhibit``."""

    SLEEP = "delay"
    IDLE = "block"


class Logind:
    """A ``PowerWatch``. Signals are heard on a thread of its own, which alone uses the connection once it runs."""

    def __init__(self) -> None:
        self._bus: DBusConnection | None = None
        self._desktop: DBusConnection | None = None
        self._heard: deque[Message] = deque()
        self._hands = threading.Lock()
        self._holding: dict[Inhibitor, FileDescriptor] = {}
        self._lock = PowerChange.UNLOCKED
        self._ear, self._mouth = socket.socketpair()
        self._thread: threading.Thread | None = None

    def open(self, on_change: OnPower) -> None:
        try:
            self._connect()
        except PowerUnwatched:
            self.close()
            raise
        self._thread = threading.Thread(target=self._run, args=(on_change,), name="power", daemon=True)
        self._thread.start()

    def release(self) -> None:
        self._let_go(Inhibitor.SLEEP)

    def close(self) -> None:
        with contextlib.suppress(OSError):  # closed before
            self._mouth.send(b"\0")
        if self._thread is not None:
            self._thread.join()
        for inhibitor in Inhibitor:
            self._let_go(inhibitor)
        for bus in (self._bus, self._desktop):
            if bus is not None:
                bus.close()
        self._bus = self._desktop = None
        self._ear.close()
        self._mouth.close()

    def _connect(self) -> None:
        with _translated("there is no system bus"):
            self._bus = open_dbus_connection("SYSTEM", enable_fds=True)
        self._listen_to(MatchRule(type="signal", interface=MANAGER.interface, member="PrepareForSleep"))
        for inhibitor in Inhibitor:
            self._hold(inhibitor)
        self._watch_the_lock()
        self._keep_the_screen_on()

    def _listen_to(self, rule: MatchRule) -> None:
        bus = self._connection()
        with _translated("the system bus does not answer"):
            Proxy(message_bus, bus, timeout=CALL_LIMIT_S).AddMatch(rule)
        bus.filter(rule, queue=self._heard)

    def _watch_the_lock(self) -> None:
        """Of the session that this program belongs to. A machine that has none goes unlocked."""
        try:
            (path,) = self._call(MANAGER, "GetSession", "s", "auto")
        except PowerUnwatched as error:
            logger.info("the lock of the screen is not noted: %s", error)
            return
        for member in LOCK_SIGNALS:
            self._listen_to(MatchRule(type="signal", interface=SESSION, member=member, path=path))
        properties = "org.freedesktop.DBus.Properties"
        self._listen_to(MatchRule(type="signal", interface=properties, member="PropertiesChanged", path=path))

    def _keep_the_screen_on(self) -> None:
        """Desktops look after their idle time themselves, and not all of them ask logind. Ends with the connection."""
        try:
            self._desktop = open_dbus_connection("SESSION")
            call = new_method_call(SCREEN_SAVER, "Inhibit", "ss", (WHO, WHY))
            unwrap_msg(self._desktop.send_and_get_reply(call, timeout=CALL_LIMIT_S))
        except (OSError, KeyError, ValueError, RuntimeError, DBusErrorResponse) as error:  # no bus, or no screen saver
            logger.info("no screen saver to be held off: %s", type(error).__name__)

    def _hold(self, inhibitor: Inhibitor) -> None:
        (descriptor,) = self._call(MANAGER, "Inhibit", "ssss", inhibitor.name.lower(), WHO, WHY, inhibitor)
        with self._hands:
            self._holding[inhibitor] = descriptor

    def _let_go(self, inhibitor: Inhibitor) -> None:
        with self._hands:
            descriptor = self._holding.pop(inhibitor, None)
        if descriptor is not None:
            descriptor.close()

    def _call(self, address: DBusAddress, method: str, signature: str, *arguments: object) -> tuple[Any, ...]:
        with _translated("logind does not answer"):
            call = new_method_call(address, method, signature, arguments)
            answer: tuple[Any, ...] = unwrap_msg(self._connection().send_and_get_reply(call, timeout=CALL_LIMIT_S))
        return answer

    def _connection(self) -> DBusConnection:
        if self._bus is None:
            message = "there is no system bus"
            raise PowerUnwatched(message)
        return self._bus

    def _run(self, on_change: OnPower) -> None:
        """Until ``close``, or the end of the bus."""
        bus = self._connection()
        try:
            while True:
                while self._heard:
                    for change in self._changes(self._heard.popleft()):
                        on_change(change)
                ready, _, _ = select.select([bus.sock, self._ear], [], [])
                if self._ear in ready:
                    return
                with contextlib.suppress(TimeoutError):  # a part of a message: the rest comes later
                    bus.recv_messages(timeout=0)
        except (OSError, PowerUnwatched) as error:
            logger.warning("sleep is not watched any more: %s", error)
            on_change(PowerChange.UNWATCHED)

    def _changes(self, message: Message) -> Iterator[PowerChange]:
        member = message.header.fields[HeaderFields.member]
        if member == "PrepareForSleep":
            if message.body[0]:
                yield PowerChange.SLEPT
                return
            yield PowerChange.WOKE
            self._let_go(Inhibitor.SLEEP)  # held still, where the machine did not wait for it
            self._hold(Inhibitor.SLEEP)
            return
        change = LOCK_SIGNALS[member] if member in LOCK_SIGNALS else _hint(message)
        if change is not None and change is not self._lock:  # some desktops tell it twice
            self._lock = change
            yield change


def _hint(message: Message) -> PowerChange | None:
    """A desktop's word on whether its screen is locked, where that changed."""
    _, changed, _ = message.body
    if "LockedHint" not in changed:
        return None
    return PowerChange.LOCKED if changed["LockedHint"][1] else PowerChange.UNLOCKED


@contextlib.contextmanager
def _translated(what: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, RuntimeError, DBusErrorResponse) as error:
        raise PowerUnwatched(what) from error
