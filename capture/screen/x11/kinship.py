"""Which windows belong to another: its dialogs, menus and tooltips, as programs declare them (ICCCM)."""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import unpack_from

from capture.screen.x11.connection import Connection, Refused
from capture.screen.x11.properties import read_numbers
from capture.screen.x11.stack import DESTROY_NOTIFY, MAP_NOTIFY, REPARENT_NOTIFY, Pane, ancestry, children

WM_HINTS, WM_TRANSIENT_FOR = 35, 68
"""Names that every server knows by number."""

GROUP_FLAG, GROUP_AT = 1 << 6, 8
"""Of ``WM_HINTS``: whether it names a group, and where."""

DEEPEST_FRAME = 3
"""How far inside a window manager's frame the program's own window is looked for."""


@dataclass(frozen=True, slots=True)
class Kin:
    """``owner``: the window that this one is a dialog or menu of; the root window where it belongs to all its group."""

    owner: int | None = None
    groups: frozenset[int] = frozenset()


class Kinship:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._root = connection.root.window
        self._state, self._leader = connection.atom("WM_STATE"), connection.atom("WM_CLIENT_LEADER")
        self._known: dict[int, Kin] = {}

    def notice(self, event: bytes) -> None:
        """What was said of a window counts until it is shown anew."""
        if event[0] & 0x7F in {MAP_NOTIFY, REPARENT_NOTIFY, DESTROY_NOTIFY}:
            self._known.pop(unpack_from("=I", event, 8)[0], None)

    def belongs(self, pane: Pane, head: int, toplevel: int) -> bool:
        """Whether ``pane`` is there for the sake of window ``head``, which stands in ``toplevel``."""
        kin = self._kin(pane)
        if kin.owner in {None, 0, self._root}:
            is_for_all = pane.is_free or kin.owner is not None
            return is_for_all and not kin.groups.isdisjoint(self._said_by(head).groups)
        return any(owner == head or self._toplevel(owner) == toplevel for owner in self._owners(kin.owner))

    def _owners(self, owner: int | None) -> Iterator[int]:
        """A menu's dialog, that dialog's window and so on; none twice."""
        seen: set[int] = set()
        while owner is not None and owner not in {0, self._root, *seen}:
            yield owner
            seen.add(owner)
            owner = self._said_by(owner).owner

    def _kin(self, pane: Pane) -> Kin:
        if pane.window not in self._known:
            self._known[pane.window] = self._said_by(pane.window if pane.is_free else self._client(pane.window))
        return self._known[pane.window]

    def _said_by(self, window: int) -> Kin:
        try:
            owner = read_numbers(self._connection, window, WM_TRANSIENT_FOR)
            hints = read_numbers(self._connection, window, WM_HINTS)
            leader = read_numbers(self._connection, window, self._leader)
        except Refused:  # closed meanwhile
            return Kin()
        in_group = len(hints) > GROUP_AT and hints[0] & GROUP_FLAG
        groups = {*leader[:1], *(hints[GROUP_AT : GROUP_AT + 1] if in_group else ())}
        return Kin(owner[0] if owner else None, frozenset(groups - {0}))

    def _toplevel(self, window: int) -> int | None:
        try:
            return ancestry(self._connection, window)[-1]
        except Refused:  # closed meanwhile
            return None

    def _client(self, frame: int) -> int:
        """The program's own window in the frame that the window manager has put around it."""
        generation = [frame]
        try:
            for _ in range(DEEPEST_FRAME):
                for window in generation:
                    if read_numbers(self._connection, window, self._state):
                        return window
                generation = [child for window in generation for child in children(self._connection, window)]
        except Refused:  # closed meanwhile
            return frame
        return frame
