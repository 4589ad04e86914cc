"""A small window above the others that never takes the focus, in a corner of the screen where the pointer is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.look import SPACE_PX

FLAGS = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
    | Qt.WindowType.BypassWindowManagerHint
)
"""No window manager gives it the focus, nor hides it behind a window that fills the screen."""


class Floating(QWidget):
    """What is in it goes into ``frame``."""

    def __init__(self) -> None:
        super().__init__(None, FLAGS)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.frame = QFrame(self)
        self.frame.setProperty("class", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.frame)

    def appear(self) -> None:
        """In the upper right corner: most desktops show what is new there."""
        self.adjustSize()
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        free = screen.availableGeometry()
        margin = 2 * SPACE_PX
        self.move(free.right() - self.width() - margin, free.top() + margin)
        self.show()
