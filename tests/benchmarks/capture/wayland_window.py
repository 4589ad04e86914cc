"""A window over the whole output of a Wayland desktop, painted by Qt: a copy here, and one by the compositor."""

from PySide6.QtCore import QEventLoop, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent, QRasterWindow

from tests.benchmarks.capture.stamp import Pixels


class _Canvas(QRasterWindow):
    def __init__(self, width_px: int, height_px: int) -> None:
        super().__init__()
        self._image = QImage(width_px, height_px, QImage.Format.Format_RGB32)
        self.is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.drawImage(event.rect(), self._image, event.rect())
        painter.end()
        self.is_painted = True

    def draw(self, picture: QImage, x_px: int, y_px: int) -> None:
        painter = QPainter(self._image)
        painter.drawImage(x_px, y_px, picture)
        painter.end()
        self.is_painted = False
        self.update(QRect(x_px, y_px, picture.width(), picture.height()))


class WaylandWindow:
    """On ``WAYLAND_DISPLAY``. Covers everything. Main thread only."""

    def __init__(self) -> None:
        self._application = QGuiApplication.instance() or QGuiApplication(["player"])
        size = QGuiApplication.primaryScreen().size()
        self.width_px, self.height_px = size.width(), size.height()
        self._canvas = _Canvas(self.width_px, self.height_px)
        self._canvas.setFlags(Qt.WindowType.FramelessWindowHint)
        self._canvas.showFullScreen()

    def share(self, pixels: Pixels) -> Pixels:
        """A Wayland client shares nothing but its whole window."""
        return pixels

    def put(self, pixels: Pixels, x_px: int, y_px: int) -> None:
        """The compositor has it when this returns, and has shown what was put before: Qt waits for its word."""
        height_px, width_px = pixels.shape[:2]
        picture = QImage(pixels.data, width_px, height_px, pixels.strides[0], QImage.Format.Format_RGB32)
        self._canvas.draw(picture, x_px, y_px)
        while not self._canvas.is_painted:
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
