"""Notifications, as the desktop's own server gets them over a private bus."""

import os
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from jeepney import MessageType, message_bus, new_method_return
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

from app.notices import Notice
from app.notifications import notify
from tests.rig.tray import session_bus

LIMIT_S = 15.0
NOTICE = Notice("The disk is full", "Free <some> room & go on.")


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[DBusConnection]:
    with session_bus(os.environ) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with open_dbus_connection() as connection:
            yield connection


def serve(bus: DBusConnection, told: list[Any]) -> None:
    """One notification."""
    while True:
        message = bus.receive(timeout=LIMIT_S)
        if message.header.message_type is MessageType.method_call:
            told.append(message.body)
            bus.send(new_method_return(message, "u", (1,)))
            return


def test_the_desktop_is_told_in_words_that_are_no_markup(bus: DBusConnection) -> None:
    Proxy(message_bus, bus).RequestName("org.freedesktop.Notifications")
    told: list[Any] = []
    server = threading.Thread(target=serve, args=(bus, told))
    server.start()
    assert notify(NOTICE)
    server.join(LIMIT_S)
    ((program, _, icon, title, text, *_),) = told
    assert (program, icon, title) == ("Afterword", "afterword", "The disk is full")
    assert text == "Free &lt;some&gt; room &amp; go on."


@pytest.mark.usefixtures("bus")
def test_where_nobody_shows_them_that_is_said() -> None:
    assert not notify(NOTICE)


def test_where_there_is_no_bus_that_is_said() -> None:
    assert not notify(NOTICE)
