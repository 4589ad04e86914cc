"""SIGTERM and its kin while Qt's loop runs: Python hears of them only when it has its turn."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier

from app.signals import stopped_by_signals


@contextmanager
def heard_by_qt(stop: Callable[[], None]) -> Iterator[None]:
    """``stop`` is called by the event loop. Main thread only."""
    ours, systems = socket.socketpair()
    with ours, systems, stopped_by_signals(stop):
        for end in (ours, systems):
            end.settimeout(0)
        before = signal.set_wakeup_fd(systems.fileno(), warn_on_full_buffer=False)
        notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda: ours.recv(64))  # Python runs, and its handlers with it
        try:
            yield
        finally:
            notifier.setEnabled(False)
            signal.set_wakeup_fd(before)
