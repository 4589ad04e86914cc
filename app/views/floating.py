"""A small window above the others that never takes the focus, on the screen where the pointer is."""

from enum import Enum, auto

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


MARGIN_PX = 2 * SPACE_PX


class Place(Enum):
    CORNER = auto()
    """The upper right one: most desktops show there what is new."""
    FOOT = auto()
    """In the middle at the bottom, away from the cards."""


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

    def appear(self, place: Place) -> None:
        self.resize(self.sizeHint())  # ``adjustSize`` stops at two thirds of a screen
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        free = screen.availableGeometry().adjusted(*(MARGIN_PX,) * 2, *(-MARGIN_PX,) * 2)
        if place is Place.CORNER:
            self.move(free.right() - self.width(), free.top())
        else:
            self.move(free.center().x() - self.width() // 2, free.bottom() - self.height())
        self.show()
