"""The portal session against a portal whose every answer is chosen."""

import os
import queue
from collections.abc import Iterator

import pytest

from capture.errors import PermissionDenied, SourceUnavailable
from capture.screen import portal as portal_module
from capture.screen.portal import Grant, PortalSession, SourceKind
from capture.screen.trouble import Trouble
from tests.capture.screen.fake_portal import (
    CANCELLED,
    FAILED,
    NODE,
    SESSION_PATH,
    Ending,
    FakePortal,
    fake_portal,
    private_bus,
)

LEAVE = "a-token-that-opens-the-screen"


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePortal]:
    with fake_portal() as portal:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", portal.address)
        yield portal


@pytest.fixture
def ends() -> "queue.SimpleQueue[Trouble]":
    return queue.SimpleQueue()


@pytest.fixture
def session(portal: FakePortal, ends: "queue.SimpleQueue[Trouble]") -> Iterator[PortalSession]:
    assert portal.address
    session = PortalSession(ends.put)
    yield session
    session.close()


def opened(session: PortalSession, kind: SourceKind = SourceKind.MONITOR, kept: str | None = None) -> Grant:
    grant = session.open(kind, kept)
    os.close(grant.remote_fd)
    return grant


def test_what_is_asked_for(portal: FakePortal, session: PortalSession) -> None:
    portal.results = {**portal.results, "restore_token": ("s", LEAVE)}
    grant = opened(session, kept="the-one-before")
    assert (grant.node, grant.restore_token) == (NODE, LEAVE)
    assert (grant.position, grant.size) == ((7, 8), (9, 10))
    assert LEAVE not in repr(grant)
    options = dict(portal.asked["SelectSources"])
    options.pop("handle_token")
    assert options == {
        "types": ("u", 1),
        "multiple": ("b", False),
        "cursor_mode": ("u", 2),
        "persist_mode": ("u", 2),
        "restore_token": ("s", "the-one-before"),
    }


def test_old_portal_is_given_no_token(portal: FakePortal, session: PortalSession) -> None:
    portal.version, portal.cursor_modes = 3, 1
    assert opened(session, kept="kept").restore_token is None
    asked = portal.asked["SelectSources"]
    assert not {"persist_mode", "restore_token"} & set(asked)
    assert asked["cursor_mode"] == ("u", 1)


def test_window_where_the_desktop_can(portal: FakePortal, session: PortalSession) -> None:
    portal.source_types = 3
    opened(session, SourceKind.WINDOW)
    assert portal.asked["SelectSources"]["types"] == ("u", 2)


@pytest.mark.parametrize(
    ("kind", "types", "trouble"),
    [(SourceKind.WINDOW, 1, Trouble.NO_WINDOWS), (SourceKind.MONITOR, 2, Trouble.NO_MONITORS)],
)
def test_kind_that_is_not_offered_is_not_asked_for(
    portal: FakePortal, session: PortalSession, kind: SourceKind, types: int, trouble: Trouble
) -> None:
    portal.source_types = types
    with pytest.raises(SourceUnavailable, match=trouble):
        session.open(kind, None)
    assert portal.asked == {}


@pytest.mark.parametrize(
    ("start", "error", "trouble"),
    [
        (CANCELLED, PermissionDenied, Trouble.DECLINED),
        (FAILED, SourceUnavailable, Trouble.PORTAL_FAILED),
        (Ending.DIES, SourceUnavailable, Trouble.PORTAL_ENDED),
    ],
)
def test_no_grant(
    portal: FakePortal, session: PortalSession, start: int | Ending, error: type[Exception], trouble: Trouble
) -> None:
    portal.start = start
    with pytest.raises(error, match=trouble):
        session.open(SourceKind.MONITOR, None)


def test_question_that_nobody_answers_is_taken_back(
    portal: FakePortal, session: PortalSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal_module, "ANSWER_LIMIT_S", 0.1)
    portal.start = Ending.SILENT
    with pytest.raises(PermissionDenied, match=Trouble.UNANSWERED):
        session.open(SourceKind.MONITOR, None)
    assert "/request/" in portal.closed.get(timeout=5)


def test_answer_without_a_stream(portal: FakePortal, session: PortalSession) -> None:
    portal.results = {"streams": ("a(ua{sv})", [])}
    with pytest.raises(SourceUnavailable, match=Trouble.PORTAL_INCOMPLETE):
        session.open(SourceKind.MONITOR, None)


def test_user_ends_the_sharing(portal: FakePortal, session: PortalSession, ends: "queue.SimpleQueue[Trouble]") -> None:
    opened(session)
    portal.end_session()
    assert ends.get(timeout=5) is Trouble.ENDED_BY_DESKTOP
    session.close()
    assert portal.closed.empty()


def test_closing_tells_the_portal_and_not_us(
    portal: FakePortal, session: PortalSession, ends: "queue.SimpleQueue[Trouble]"
) -> None:
    opened(session)
    session.close()
    assert portal.closed.get(timeout=5) == SESSION_PATH
    assert ends.empty()


def test_bus_ends(monkeypatch: pytest.MonkeyPatch, ends: "queue.SimpleQueue[Trouble]") -> None:
    with fake_portal() as portal:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", portal.address)
        session = PortalSession(ends.put)
        opened(session)
    assert ends.get(timeout=5) is Trouble.BUS_ENDED
    session.close()


def test_desktop_without_a_portal(monkeypatch: pytest.MonkeyPatch) -> None:
    with private_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        session = PortalSession(lambda _: None)
        with pytest.raises(SourceUnavailable, match=Trouble.NO_PORTAL):
            session.open(SourceKind.MONITOR, None)
        session.close()
