"""The windows that are open: one of each name, made when it is first wanted and forgotten when it is closed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.intents import OpenWindow, WindowName
from app.views.context import ViewContext
from capture.recording import RecordingId

MakeView = Callable[[ViewContext, RecordingId | None], QWidget]


@runtime_checkable
class Paged(Protocol):
    """A window with pages."""

    @property
    def page(self) -> int: ...

    def turn_to(self, page: int) -> None: ...


@runtime_checkable
class Playing(Protocol):
    """A window that plays something."""

    def play_from(self, at_s: float | None) -> None:
        """From there, else from where it is; as soon as it can."""
        ...


def load(name: WindowName) -> None:
    """Its program, which may take longer than one may wait for on the main thread. For any thread."""
    import_module(f"app.views.{name}")


class Windows:
    """Main thread only."""

    def __init__(self, context: ViewContext) -> None:
        self._context = context
        self._open: dict[OpenWindow, QWidget] = {}

    def open(self, wanted: OpenWindow) -> QWidget:
        """In front of the others. It was asked for, so it may take the focus, and what it has to play is heard."""
        window = self._shown(replace(wanted, at_s=None))
        if isinstance(window, Playing):
            window.play_from(wanted.at_s)
        return window

    def reopen_all(self) -> None:
        """Each is made anew where it is, one after the other: the language is another one."""
        for wanted, window in tuple(self._open.items()):
            if window.isVisible():
                QTimer.singleShot(0, window, partial(self._reopen, wanted, window))

    def _shown(self, wanted: OpenWindow) -> QWidget:
        window = self._open.get(wanted)
        if window is None:
            window = self._made(wanted)
        window.show()
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        return window

    def _reopen(self, wanted: OpenWindow, window: QWidget) -> None:
        del self._open[wanted]
        page, geometry = (window.page if isinstance(window, Paged) else 0), window.geometry()
        window.close()
        again = self._shown(wanted)
        again.setGeometry(geometry)
        if isinstance(again, Paged):
            again.turn_to(page)

    def close_all(self) -> None:
        for window in tuple(self._open.values()):
            window.close()

    def _made(self, wanted: OpenWindow) -> QWidget:
        make: MakeView = import_module(f"app.views.{wanted.name}").open_view
        window = make(self._context, wanted.subject)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.destroyed.connect(lambda: self._forget(wanted, window))
        self._open[wanted] = window
        return window

    def _forget(self, wanted: OpenWindow, window: QWidget) -> None:
        if self._open.get(wanted) is window:
            del self._open[wanted]
