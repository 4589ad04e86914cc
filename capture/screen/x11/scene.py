"""What is done to a picture of the desktop or of a window before anyone sees it."""

from typing import Protocol

from capture.screen.base import Pixels
from capture.screen.geometry import Rectangle
from capture.screen.rows import Rows


class Scene(Protocol):
    """``seen`` is always the part of the desktop that the picture shows."""

    @property
    def is_doubtful(self) -> bool:
        """Whether something has happened since ``look`` that makes what was drawn since wrong."""
        ...

    @property
    def is_stirred(self) -> bool:
        """Whether the next ``look`` will find something."""
        ...

    @property
    def limit(self) -> str | None:
        """What of the desktop cannot be seen because of it, for people who ask."""
        ...

    def notice(self, event: bytes) -> None: ...

    def look(self, seen: Rectangle) -> Rows | None:
        """Takes in what has happened. The rows that are to be drawn anew for it."""
        ...

    def hides(self, part: Rectangle, /) -> bool:
        """Whether nothing of that part of the desktop is seen as it is."""
        ...

    def holds(self, toplevel: int) -> bool:
        """Whether that window is drawn in."""
        ...

    def draw(self, pixels: Pixels, seen: Rectangle, rows: Rows) -> None:
        """Raises ``Refused``."""
        ...
