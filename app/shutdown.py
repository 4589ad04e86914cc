"""Linux: the machine is about to be switched off. logind tells, and waits for who has asked it to (5 s)."""

import contextlib
import logging
import select
import socket
import threading
from collections import deque
from collections.abc import Callable
from typing import Final

from jeepney import DBusErrorResponse, MatchRule, Message, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from jeepney.wrappers import DBusAddress, unwrap_msg

logger = logging.getLogger(__name__)

MANAGER: Final = DBusAddress("/org/freedesktop/login1", "org.freedesktop.login1", "org.freedesktop.login1.Manager")
PREPARE: Final = MatchRule(type="signal", interface=MANAGER.interface, member="PrepareForShutdown")
INHIBITION: Final = ("shutdown", "Afterword", "A recording is finished", "delay")
CALL_LIMIT_S: Final = 2.0


class ShutdownWatch:
    """Until it is closed, or the process has ended, the machine waits.

    ``tell`` is called on a thread of its own.
    """

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._ear, self._mouth = socket.socketpair()
        self._thread = threading.Thread(target=self._watch, name="shutdown", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Once."""
        self._mouth.send(b"\0")
        self._thread.join()
        self._ear.close()
        self._mouth.close()

    def _watch(self) -> None:
        try:
            with open_dbus_connection("SYSTEM", enable_fds=True) as bus:
                self._listen(bus)
        except (OSError, ValueError, RuntimeError, DBusErrorResponse) as error:
            logger.info("nobody tells when the machine is switched off: %s", type(error).__name__)

    def _listen(self, bus: DBusConnection) -> None:
        heard: deque[Message] = deque()
        Proxy(message_bus, bus, timeout=CALL_LIMIT_S).AddMatch(PREPARE)
        with bus.filter(PREPARE, queue=heard):
            call = new_method_call(MANAGER, "Inhibit", "ssss", INHIBITION)
            (lock,) = unwrap_msg(bus.send_and_get_reply(call, timeout=CALL_LIMIT_S))
            with lock:
                while self._ear not in select.select([bus.sock, self._ear], [], [])[0]:
                    with contextlib.suppress(TimeoutError):  # a part of a message: the rest comes later
                        bus.recv_messages(timeout=0)
                    while heard:
                        (is_beginning,) = heard.popleft().body
                        if is_beginning:
                            self._tell()
