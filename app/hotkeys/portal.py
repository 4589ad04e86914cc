"""Keys of the whole desktop under Wayland: the desktop's portal is asked for them, and tells when one is pressed.

KDE, Hyprland and GNOME from 48 on have that part of the portal; the user may choose other keys there.
https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.GlobalShortcuts.html
"""

import contextlib
import logging
import secrets
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Slot

from app.acts import label
from app.bridge import Bridge
from app.hotkeys.base import ACTS, Key
from capture.errors import SourceError
from capture.screen.portal_bus import CALL_LIMIT_S, DESKTOP, Interrupted, PortalBus

logger = logging.getLogger(__name__)

REGISTRY = "org.freedesktop.host.portal.Registry"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
SESSION = "org.freedesktop.portal.Session"
PROGRAM = "afterword"
"""By the name of its desktop file. From 1.21 on portals refuse who has not said it."""

ANSWER_LIMIT_S = 300.0
"""For the user, who is asked the first time."""

KEYS = {key.name.lower(): key for key in Key}


class PortalHotkeys(QObject):
    """``Hotkeys``. Main thread only; the portal is talked with on a thread. It takes the keys back with the session."""

    def __init__(self, pressed: Callable[[Key], None]) -> None:
        super().__init__()
        self._pressed = pressed
        self._refused: tuple[Key, ...] = ()
        self._wishes = [(name, _wish(key)) for name, key in KEYS.items()]
        self._bridge = Bridge()
        self._bridge.arrived.connect(self._press)
        self._bus = PortalBus()
        self._thread = threading.Thread(target=self._run, name="hotkeys", daemon=True)
        self._thread.start()

    @property
    def refused(self) -> tuple[Key, ...]:
        """Those that the user or the desktop did not want, once they were asked."""
        return self._refused

    def close(self) -> None:
        if self._thread.is_alive():
            self._bus.interrupt()
            self._thread.join()
        self._bus.close()

    def _run(self) -> None:
        try:
            self._bus.connect()
            with contextlib.suppress(SourceError):  # portals before 1.20 have no such register, and need none
                self._bus.call(REGISTRY, "Register", "sa{sv}", PROGRAM, {})
            self._listen(self._open())
        except Interrupted:
            return
        except (SourceError, TimeoutError, KeyError) as error:
            self._refused = tuple(Key)
            logger.warning("the desktop's portal gives no hotkeys: %s", type(error).__name__)

    def _open(self) -> str:
        token = {"session_handle_token": ("s", f"afterword_{secrets.token_hex(8)}")}
        created = self._bus.request(SHORTCUTS, "CreateSession", "a{sv}", options=token, limit_s=CALL_LIMIT_S)
        session: str = created["session_handle"][1]
        wanted = ("oa(sa{sv})sa{sv}", session, self._wishes, "")
        bound = self._bus.request(SHORTCUTS, "BindShortcuts", *wanted, options={}, limit_s=ANSWER_LIMIT_S)
        given = {name for name, _ in bound["shortcuts"][1]}
        self._refused = tuple(key for name, key in KEYS.items() if name not in given)
        return session

    def _listen(self, session: str) -> None:
        try:
            while True:
                whose, name, *_ = self._bus.wait_for(SHORTCUTS, "Activated", DESKTOP)
                if whose == session and name in KEYS:
                    self._bridge.post(KEYS[name])
        finally:
            self._bus.tell_to_close(SESSION, session)

    @Slot(object)
    def _press(self, key: Key) -> None:
        self._pressed(key)


def _wish(key: Key) -> dict[str, tuple[str, Any]]:
    """The key is named as in https://specifications.freedesktop.org/shortcuts-spec/latest ."""
    description = " / ".join(label(act) for act in ACTS[key])
    return {"description": ("s", description), "preferred_trigger": ("s", f"CTRL+ALT+{key.value}")}
