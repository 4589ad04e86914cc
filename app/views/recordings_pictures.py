"""Small pictures of recordings for their list: made and read on another thread, and kept as long as they are near."""

from collections import OrderedDict
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from app.bridge import Bridge
from app.illustrator import MOST_WAITING, Illustrator, thumbnail_of
from app.recording_rows import Row
from capture.illustrations import IllustrationAnswer
from capture.recording import MediaKind, RecordingId

MOST_KEPT: Final = 400
"""At 320 pixels each some 90 MB."""


class Pictures(QObject):
    """Main thread only."""

    came = Signal(str)
    """The id of the recording whose picture is there now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._illustrator = Illustrator()
        self._kept: OrderedDict[RecordingId, QPixmap | None] = OrderedDict()
        self._asked: OrderedDict[RecordingId, None] = OrderedDict()
        """What the illustrator knows of: it forgets those that were asked for first, too."""

        self._bridge = Bridge()
        self._bridge.arrived.connect(self._keep)

    def of(self, row: Row) -> QPixmap | None:
        """``None`` where there is none, or none yet: it is asked for then."""
        recording_id = row.recording_id
        if recording_id in self._kept:
            self._kept.move_to_end(recording_id)
            return self._kept[recording_id]
        path = row.paths.get(MediaKind.VIDEO_MIXED)
        if path is None or recording_id in self._asked:
            return None
        self._asked[recording_id] = None
        if len(self._asked) > MOST_WAITING:
            self._asked.popitem(last=False)
        self._illustrator.ask(thumbnail_of(row.directory / path), self._read)
        return None

    def close(self) -> None:
        self._illustrator.close()

    def _read(self, answer: IllustrationAnswer) -> None:
        """On the illustrator's thread."""
        self._bridge.post((RecordingId(answer.output.parent.name), _image(answer.output)))

    @Slot(object)
    def _keep(self, found: tuple[RecordingId, QImage]) -> None:
        recording_id, image = found
        self._asked.pop(recording_id, None)
        self._kept[recording_id] = None if image.isNull() else QPixmap.fromImage(image)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        if not image.isNull():
            self.came.emit(recording_id)


def _image(path: Path) -> QImage:
    """Null where there is none."""
    return QImage(str(path)) if path.exists() else QImage()
