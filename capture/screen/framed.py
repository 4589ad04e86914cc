"""A screen's pictures in frames of a size that was given before: a recording that goes on keeps its own."""

from capture.screen.base import Frame, Means, ScreenSource, Unchanged, VideoFormat
from capture.screen.letterbox import Letterbox


class Framed:
    """A ``ScreenSource`` over another, which it owns."""

    def __init__(self, source: ScreenSource, video: VideoFormat) -> None:
        self._source = source
        self._video = video
        self._letterbox: Letterbox | None = None

    @property
    def means(self) -> Means:
        return self._source.means

    def open(self) -> VideoFormat:
        self._letterbox = None if self._source.open() == self._video else Letterbox(self._video)
        return self._video

    def wait(self, limit_s: float) -> None:
        self._source.wait(limit_s)

    def read(self) -> Frame | Unchanged:
        look = self._source.read()
        if self._letterbox is None or isinstance(look, Unchanged):
            return look
        return Frame(self._letterbox.pixels, look.captured_ns, self._letterbox.draw(look.pixels, look.changed_rows))

    def close(self) -> None:
        self._source.close()
