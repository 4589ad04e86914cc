"""Linux: NetworkManager tells whether the network is metered, see ``Metered`` in its D-Bus interface."""

from jeepney import DBusAddress, MessageType, Properties
from jeepney.io.blocking import open_dbus_connection

from uploader.rules import Metered

MANAGER = DBusAddress(
    "/org/freedesktop/NetworkManager", "org.freedesktop.NetworkManager", "org.freedesktop.NetworkManager"
)
LIMIT_S = 1.0

MEANINGS = {1: Metered.YES, 2: Metered.NO, 3: Metered.YES, 4: Metered.NO}
"""``NM_METERED_…``: 3 and 4 are its guesses, as of a telephone that lends its network."""


def metered_by_networkmanager(bus: str = "SYSTEM") -> Metered:
    """Unknown on a machine without it."""
    try:
        connection = open_dbus_connection(bus=bus)
    except (OSError, KeyError, ValueError):  # no such bus here, or one whose address says nothing
        return Metered.UNKNOWN
    with connection:
        try:
            answer = connection.send_and_get_reply(Properties(MANAGER).get("Metered"), timeout=LIMIT_S)
        except (OSError, TimeoutError):
            return Metered.UNKNOWN
    if answer.header.message_type is not MessageType.method_return:
        return Metered.UNKNOWN
    ((_, value),) = answer.body
    return MEANINGS.get(value, Metered.UNKNOWN)
