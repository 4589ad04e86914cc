"""The way from other threads to the windows: one queued signal that carries frozen dataclasses."""

from PySide6.QtCore import QObject, Qt, Signal


class Bridge(QObject):
    """``post`` is thread-safe. Whoever connects to ``arrived`` is called on the main thread, in the order of posts."""

    arrived = Signal(object)
    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._posted.connect(self.arrived, Qt.ConnectionType.QueuedConnection)

    def post(self, news: object) -> None:
        self._posted.emit(news)
