"""Notifications by the desktop's own means: what the Desktop Notifications Specification calls ``Notify``."""

import logging
import os
import sys

from app.notices import Notice

logger = logging.getLogger(__name__)

LIMIT_S = 2.0
NORMAL, CRITICAL = 1, 2
SHOWN_MS = -1
"""As long as the desktop likes."""


def notify(notice: Notice) -> bool:
    """Whether the desktop took it. May block for two seconds; for any thread."""
    if sys.platform != "linux" or not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return False
    from jeepney import DBusAddress, MessageType, new_method_call  # noqa: PLC0415 - each platform loads its own
    from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415 - each platform loads its own

    server = DBusAddress(
        "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications"
    )
    hints = {"urgency": ("y", NORMAL), "desktop-entry": ("s", "afterword")}
    values: tuple[object, ...] = ("Afterword", 0, "afterword", notice.title, _plain(notice.text), [], hints, SHOWN_MS)
    try:
        with open_dbus_connection() as bus:
            message = new_method_call(server, "Notify", "susssasa{sv}i", values)
            reply = bus.send_and_get_reply(message, timeout=LIMIT_S)
    except (OSError, TimeoutError, ValueError) as error:
        logger.info("no notification: %s", error)
        return False
    return bool(reply.header.message_type is MessageType.method_return)


def _plain(text: str) -> str:
    """Servers may read it as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
