"""What a screen source is. The recorder paces it: frames are pulled, each with its capture time."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Shape ``(height, width, 4)``, BGRA; the fourth channel means nothing."""


@dataclass(frozen=True, slots=True)
class VideoFormat:
    """Size of every frame until the source is closed: physical pixels, both even, as H.264 4:2:0 needs."""

    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A changed picture. ``pixels`` stay the source's own: they hold until its next ``read`` or ``close``.

    ``changed_rows`` is the half-open band of rows that differ from the frame before.
    """

    pixels: Pixels
    captured_ns: int
    changed_rows: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The screen was looked at and shows what it showed before."""

    captured_ns: int


@dataclass(frozen=True, slots=True)
class Means:
    """By which means the screen is looked at; ``reason`` tells why not by the best there is."""

    source: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ScreenDevice:
    """One line of ``devices``: a monitor in physical pixels of the whole desktop."""

    id: str
    name: str
    x_px: int
    y_px: int
    width_px: int
    height_px: int
    is_primary: bool


@dataclass(frozen=True, slots=True)
class WindowDevice:
    """One line of ``devices``. Titles are other people's words: never logged."""

    id: str
    title: str = field(repr=False)
    app: str


class ScreenSource(Protocol):
    """Used by one thread at a time."""

    @property
    def means(self) -> Means:
        """Known once it is open; may change while it is, and is still known when it is closed. Any thread."""
        ...

    def open(self) -> VideoFormat:
        """Raises ``SourceUnavailable``, ``UnknownDevice`` or ``PermissionDenied``, and then holds nothing."""
        ...

    def wait(self, limit_s: float) -> None:
        """Returns when there may be something new to see, at the latest after ``limit_s`` seconds.

        A source that is not told of changes returns at once.
        """
        ...

    def read(self) -> Frame | Unchanged:
        """Look at the screen now.

        Raises ``SourceUnavailable`` while there is nothing to see; who goes on reading gets a ``Frame`` once there is.
        Raises ``SourceGone`` or ``PermissionDenied`` when there will be nothing any more.
        """
        ...

    def close(self) -> None:
        """Idempotent."""
        ...
