"""Whole pictures that a system hands out, each compared with the one before: what of a recording's picture changed."""

from capture.screen.base import Frame, Pixels, Unchanged, VideoFormat
from capture.screen.letterbox import Letterbox
from capture.screen.rows import changed_rows


class Canvas:
    """One thread at a time. Pictures of another size than ``video`` are fitted in; widths must be even."""

    def __init__(self, video: VideoFormat) -> None:
        self._letterbox = Letterbox(video)
        self._previous: Pixels | None = None

    def show(self, pixels: Pixels, now_ns: int) -> Frame | Unchanged:
        """Keeps ``pixels`` until the next one: nobody may write to them."""
        before = self._previous
        fits = before is not None and before.shape == pixels.shape
        rows = changed_rows(before if fits else None, pixels)
        if rows is None:
            return Unchanged(now_ns)
        self._previous = pixels
        if pixels.shape == self._letterbox.pixels.shape:
            return Frame(pixels, now_ns, rows)
        return Frame(self._letterbox.pixels, now_ns, self._letterbox.draw(pixels, rows))

    def forget(self) -> None:
        """What was seen counts no more."""
        self._previous = None
