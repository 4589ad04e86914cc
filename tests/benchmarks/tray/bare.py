"""The least that a tray in Python can be: an icon and a menu."""

import sys

from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon


def main() -> None:
    qt = QApplication(sys.argv)
    pixmap = QPixmap(22, 22)
    pixmap.fill("#6a7280")
    icon = QSystemTrayIcon(QIcon(pixmap))
    menu = QMenu()
    menu.addAction("Quit").triggered.connect(qt.quit)
    icon.setContextMenu(menu)
    icon.show()
    qt.exec()


if __name__ == "__main__":
    main()
