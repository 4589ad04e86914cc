"""Which keys there are, and what they are for."""

from enum import Enum
from typing import Protocol

from app.tray_state import Act


class Key(Enum):
    """Each with Ctrl and Alt held: of these few programs make use, and no desktop."""

    RECORD = "r"
    """Begins a recording, and ends it."""
    PAUSE = "p"
    MARK = "m"
    MUTE = "u"

    @property
    def words(self) -> str:
        return f"Ctrl+Alt+{self.value.upper()}"


ACTS: dict[Key, tuple[Act, ...]] = {
    Key.RECORD: (Act.STOP, Act.RECORD),
    Key.PAUSE: (Act.PAUSE, Act.RESUME),
    Key.MARK: (Act.MARK,),
    Key.MUTE: (Act.MUTE, Act.UNMUTE),
}
"""The first that makes sense now."""


class Hotkeys(Protocol):
    @property
    def refused(self) -> tuple[Key, ...]:
        """Those that another program has."""
        ...

    def close(self) -> None:
        """Idempotent."""
        ...
