"""Qt's icon in an embedding tray takes the second of two quick clicks for a double click, and then does nothing."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

EMBEDDED = "QSystemTrayIconSys"
"""Qt's private widget; where the desktop itself draws the icon there is none."""


class EachClick(QObject):
    """A filter that makes two clicks of a double click. Main thread only."""

    def watch(self) -> None:
        """Once the icon is shown."""
        for widget in QApplication.topLevelWidgets():
            if widget.metaObject().className() == EMBEDDED:
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not isinstance(event, QMouseEvent) or event.type() is not QEvent.Type.MouseButtonDblClick:
            return False
        press = QMouseEvent(
            QEvent.Type.MouseButtonPress,
            event.position(),
            event.scenePosition(),
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
        )
        QCoreApplication.sendEvent(watched, press)
        return True
