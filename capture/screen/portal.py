"""The desktop's portal for screen casts: it asks the user which screen may be seen, and hands out a way to see it."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Any

from capture.errors import SourceUnavailable
from capture.screen.portal_bus import CALL_LIMIT_S, Interrupted, PortalBus, Variants
from capture.screen.trouble import Trouble, denied, unavailable

SCREEN_CAST = "org.freedesktop.portal.ScreenCast"
SESSION = "org.freedesktop.portal.Session"

ANSWER_LIMIT_S = 120.0
"""For the user to find the question, read it and choose."""

UNTIL_REVOKED = 2
FIRST_VERSION_WITH_TOKENS = 4


class SourceKind(IntFlag):
    MONITOR = 1
    WINDOW = 2


class CursorMode(IntFlag):
    HIDDEN = 1
    EMBEDDED = 2


@dataclass(frozen=True, slots=True)
class Grant:
    """What the user has allowed. ``remote_fd`` leads to PipeWire and belongs to the receiver.

    ``restore_token`` allows the same once more without a question. Position and size are in logical pixels of the
    whole desktop, where the portal tells them.
    """

    remote_fd: int
    node: int
    restore_token: str | None = field(repr=False)
    position: tuple[int, int] | None
    size: tuple[int, int] | None


class PortalSession:
    """From ``open`` to ``close``; both belong to one thread at a time, ``interrupt`` is thread-safe.

    ``on_closed`` is called once, on a thread of the session, when somebody else ends it: the desktop with
    ``ENDED_BY_DESKTOP``, which is the user's word, or the bus by its own end.
    """

    def __init__(self, on_closed: Callable[[Trouble], None]) -> None:
        self._on_closed = on_closed
        self._bus = PortalBus()
        self._path: str | None = None
        self._watch: threading.Thread | None = None

    def open(self, kind: SourceKind, restore_token: str | None) -> Grant:
        """May ask the user and then waits for the answer. Close it, whatever comes.

        Raises ``PermissionDenied``, ``SourceUnavailable``, ``Interrupted``.
        """
        self._bus.connect()
        try:
            sources = _sources(kind, restore_token, self._bus.properties(SCREEN_CAST))
            token = f"afterword_{secrets.token_hex(8)}"
            created = self._request("CreateSession", "a{sv}", options={"session_handle_token": ("s", token)})
            path = self._path = created["session_handle"][1]
            self._request("SelectSources", "oa{sv}", path, options=sources)
            grant = self._grant(self._start(path), path)
        except (KeyError, IndexError, ValueError) as error:
            raise unavailable(Trouble.PORTAL_INCOMPLETE) from error
        self._watch = threading.Thread(target=self._wait_for_end, args=(path,), name="portal", daemon=True)
        self._watch.start()
        return grant

    def interrupt(self) -> None:
        """``open`` gives up. Only ``close`` may follow."""
        self._bus.interrupt()

    def close(self) -> None:
        """Idempotent."""
        if self._watch is not None:
            self._bus.interrupt()
            self._watch.join()
            self._watch = None
        if self._path is not None:
            self._bus.tell_to_close(SESSION, self._path)
            self._path = None
        self._bus.close()

    def _request(self, method: str, signature: str, *before: object, options: Variants) -> Variants:
        try:
            return self._bus.request(SCREEN_CAST, method, signature, *before, options=options, limit_s=CALL_LIMIT_S)
        except TimeoutError as error:
            raise unavailable(Trouble.PORTAL_SILENT) from error

    def _start(self, path: str) -> Variants:
        try:
            return self._bus.request(SCREEN_CAST, "Start", "osa{sv}", path, "", options={}, limit_s=ANSWER_LIMIT_S)
        except TimeoutError as error:
            raise denied(Trouble.UNANSWERED) from error

    def _grant(self, started: Variants, path: str) -> Grant:
        node, about = started["streams"][1][0]
        _, restore_token = started.get("restore_token", ("s", None))
        (remote,) = self._bus.call(SCREEN_CAST, "OpenPipeWireRemote", "oa{sv}", path, {})
        return Grant(remote.to_raw_fd(), node, restore_token, _pair(about, "position"), _pair(about, "size"))

    def _wait_for_end(self, path: str) -> None:
        try:
            self._bus.wait_for(SESSION, "Closed", path)
        except Interrupted:
            return
        except SourceUnavailable:
            self._end(Trouble.BUS_ENDED)
        else:
            self._end(Trouble.ENDED_BY_DESKTOP)

    def _end(self, trouble: Trouble) -> None:
        self._path = None
        self._on_closed(trouble)


def _sources(kind: SourceKind, restore_token: str | None, offers: Variants) -> Variants:
    """The options of ``SelectSources``. A kind that is not offered must not be asked for: some show another then."""
    if not offers["AvailableSourceTypes"][1] & kind:
        raise unavailable(Trouble.NO_WINDOWS if kind is SourceKind.WINDOW else Trouble.NO_MONITORS)
    embeds = offers.get("AvailableCursorModes", ("u", 0))[1] & CursorMode.EMBEDDED
    options: dict[str, tuple[str, Any]] = {
        "types": ("u", int(kind)),
        "multiple": ("b", False),
        "cursor_mode": ("u", int(CursorMode.EMBEDDED if embeds else CursorMode.HIDDEN)),
    }
    if offers["version"][1] >= FIRST_VERSION_WITH_TOKENS:
        options["persist_mode"] = ("u", UNTIL_REVOKED)
        if restore_token is not None:
            options["restore_token"] = ("s", restore_token)
    return options


def _pair(about: Variants, name: str) -> tuple[int, int] | None:
    return about[name][1] if name in about else None
