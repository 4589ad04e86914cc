"""Talking with the desktop's portal over D-Bus: calls, requests that a human answers, and what it says by itself."""

import contextlib
import logging
import secrets
import select
import socket
import time
from collections import deque
from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Any

from jeepney import DBusErrorResponse, HeaderFields, MatchRule, Message, Properties, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from jeepney.wrappers import DBusAddress, unwrap_msg

from capture.errors import SourceError
from capture.screen.trouble import Trouble, denied, unavailable

logger = logging.getLogger(__name__)

PORTAL = "org.freedesktop.portal.Desktop"
DESKTOP = "/org/freedesktop/portal/desktop"
REQUEST = "org.freedesktop.portal.Request"

CALL_LIMIT_S = 10.0
"""For what needs no human; the portal may have to be started first."""

ERROR = "org.freedesktop.DBus.Error"
FORBIDDEN = {f"{ERROR}.AccessDenied", "org.freedesktop.portal.Error.NotAllowed"}
ABSENT = {f"{ERROR}.ServiceUnknown", f"{ERROR}.InvalidArgs", f"{ERROR}.UnknownInterface", f"{ERROR}.UnknownMethod"}
"""The portal itself, or its part for screen casts."""

Variants = Mapping[str, tuple[str, Any]]
"""D-Bus's ``a{sv}``: each value with its signature."""


class Response(IntEnum):
    SUCCESS = 0
    CANCELLED = 1


class Interrupted(Exception):
    """``interrupt`` was called while there was something to wait for."""


class PortalBus:
    """One connection to the session bus, used by one thread at a time, but for ``interrupt``.

    What is asked raises ``SourceUnavailable``, ``PermissionDenied`` or ``Interrupted``. ``close`` it in any case.
    """

    def __init__(self) -> None:
        self._bus: DBusConnection | None = None
        self._ear, self._mouth = socket.socketpair()

    def connect(self) -> None:
        try:
            self._bus = open_dbus_connection("SESSION", enable_fds=True)
        except (OSError, KeyError, ValueError, RuntimeError) as error:  # no address, or none that jeepney understands
            raise unavailable(Trouble.NO_BUS) from error
        with _translated():
            bus_itself = Proxy(message_bus, self._bus, timeout=CALL_LIMIT_S)
            bus_itself.AddMatch(MatchRule(type="signal", sender=PORTAL))
            bus_itself.AddMatch(_end_of_portal())

    def properties(self, interface: str) -> Variants:
        with _translated():
            message = Properties(DBusAddress(DESKTOP, PORTAL, interface)).get_all()
            (values,) = unwrap_msg(self._connection().send_and_get_reply(message, timeout=CALL_LIMIT_S))
        found: Variants = values
        return found

    def call(self, interface: str, method: str, signature: str, *arguments: object) -> tuple[Any, ...]:
        with _translated():
            message = new_method_call(DBusAddress(DESKTOP, PORTAL, interface), method, signature, arguments)
            body: tuple[Any, ...] = unwrap_msg(self._connection().send_and_get_reply(message, timeout=CALL_LIMIT_S))
        return body

    def request(
        self, interface: str, method: str, signature: str, *before: object, options: Variants, limit_s: float
    ) -> Variants:
        """The portal answers such a call twice: that it has begun, and later, by a signal, what came of it.

        ``options`` are its last argument. ``TimeoutError`` when the second answer takes longer than ``limit_s``.
        """
        name = f"afterword_{secrets.token_hex(8)}"
        path = f"{DESKTOP}/request/{self._own_name()}/{name}"
        answer = MatchRule(type="signal", interface=REQUEST, member="Response", path=path)
        heard: deque[Message] = deque()
        bus = self._connection()
        with bus.filter(answer, queue=heard), bus.filter(_end_of_portal(), queue=heard):
            self.call(interface, method, signature, *before, {**options, "handle_token": ("s", name)})
            try:
                self._listen(heard, limit_s)
            except (Interrupted, TimeoutError):
                self.tell_to_close(REQUEST, path)  # takes the question off the screen
                raise
        return _result(heard.popleft())

    def wait_for(self, interface: str, member: str, path: str) -> tuple[Any, ...]:
        """What the portal says then, however long that takes. Nothing is missed between two calls."""
        heard: deque[Message] = deque()
        rule = MatchRule(type="signal", interface=interface, member=member, path=path)
        with self._connection().filter(rule, queue=heard):
            self._listen(heard, None)
        body: tuple[Any, ...] = heard.popleft().body
        return body

    def tell_to_close(self, interface: str, path: str) -> None:
        """No answer is waited for. What is gone already cannot be closed; nor need it be."""
        try:
            self._connection().send(new_method_call(DBusAddress(path, PORTAL, interface), "Close"))
        except OSError as error:
            logger.info("the session bus was gone before the portal was told: %s", error)

    def interrupt(self) -> None:
        """Thread-safe: who waits gives up, now and from now on."""
        with contextlib.suppress(OSError):  # closed already: nobody waits
            self._mouth.send(b"\0")

    def close(self) -> None:
        """Idempotent."""
        if self._bus is not None:
            self._bus.close()
            self._bus = None
        self._ear.close()
        self._mouth.close()

    def _connection(self) -> DBusConnection:
        if self._bus is None:
            raise unavailable(Trouble.NO_BUS)
        return self._bus

    def _own_name(self) -> str:
        name: str = self._connection().unique_name
        return name.removeprefix(":").replace(".", "_")

    def _listen(self, heard: deque[Message], limit_s: float | None) -> None:
        bus = self._connection()
        deadline_s = None if limit_s is None else time.monotonic() + limit_s
        while not heard:
            left_s = None if deadline_s is None else max(0.0, deadline_s - time.monotonic())
            ready, _, _ = select.select([bus.sock, self._ear], [], [], left_s)
            if self._ear in ready:
                raise Interrupted
            if not ready:
                raise TimeoutError
            try:
                bus.recv_messages(timeout=0)
            except TimeoutError:
                continue  # a part of a message: the rest comes later
            except OSError as error:
                raise unavailable(Trouble.BUS_ENDED) from error


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except DBusErrorResponse as error:
        raise _refusal(error) from error
    except TimeoutError as error:
        raise unavailable(Trouble.PORTAL_SILENT) from error
    except OSError as error:
        raise unavailable(Trouble.BUS_ENDED) from error


def _refusal(error: DBusErrorResponse) -> SourceError:
    if error.name in FORBIDDEN:
        return denied(Trouble.FORBIDDEN)
    if error.name in ABSENT:
        return unavailable(Trouble.NO_PORTAL)
    return unavailable(f"{Trouble.PORTAL_FAILED} ({error.name})")


def _end_of_portal() -> MatchRule:
    rule = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
    rule.add_arg_condition(0, PORTAL)
    return rule


def _result(answer: Message) -> Variants:
    if answer.header.fields[HeaderFields.member] != "Response":
        raise unavailable(Trouble.PORTAL_ENDED)
    code, results = answer.body
    if code == Response.CANCELLED:
        raise denied(Trouble.DECLINED)
    if code != Response.SUCCESS:
        raise unavailable(Trouble.PORTAL_FAILED)
    found: Variants = results
    return found
