"""One program of a kind at a time below a base folder, and the socket at which it takes orders from others."""

import hashlib
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from app.paths import Paths
from capture.manifest import storage_error
from uploader.file_lock import FileLock

logger = logging.getLogger(__name__)

LONGEST_ADDRESS_BYTES = 100
"""Of a Unix socket: 108 under Linux, 104 elsewhere."""

ANSWER_LIMIT_S = 60.0
"""For an order that takes its time: a recording that is finished."""

FAREWELL_S = 1.0

Answer = Callable[[bytes], bytes]
"""Called on a thread of its own for each request; may take its time."""


class Kind(StrEnum):
    FACE = "face"
    """Watches meetings: the tray, or ``watch``."""
    RECORDER = "recorder"
    """``record``: one recording, and then it ends."""


class Instance:
    """``claim`` it, then ``listen``. The system takes the claim back however its holder ends."""

    def __init__(self, paths: Paths, kind: Kind) -> None:
        self._folder, self._kind = paths.sockets, kind
        self._lock = FileLock(self._folder / f"{kind}.lock")
        self._listener: Listener | None = None
        self._thread: threading.Thread | None = None
        self._is_closing = False
        self._orders: list[threading.Thread] = []

    def claim(self) -> bool:
        """False where another one runs. Raises ``StorageError``."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)  # nobody else gets at the socket, not even before it has its mode
            return self._lock.try_take()
        except OSError as error:
            raise storage_error(error, self._folder) from error

    def listen(self, answer: Answer) -> None:
        """Once claimed. Raises ``StorageError``."""
        path = self._folder / self._kind
        path.unlink(missing_ok=True)  # of one that was killed: we hold the lock
        try:
            with _address(path) as address:
                self._listener = Listener(address, _family())
                if sys.platform != "win32":
                    path.chmod(0o600)
        except OSError as error:
            raise storage_error(error, path) from error
        self._thread = threading.Thread(target=self._serve, args=(self._listener, answer), name="orders", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Idempotent. What was carried out is still said; orders that wait for something are left."""
        if self._listener is not None and self._thread is not None:
            self._is_closing = True
            with suppress(OSError), _address(self._folder / self._kind) as address:
                Client(address, _family()).close()  # a listener that waits hears of nothing else
            self._thread.join()
            for order in self._orders:
                order.join(FAREWELL_S)
            with suppress(FileNotFoundError):  # it removes the socket, but does not find it in a deep folder
                self._listener.close()
            (self._folder / self._kind).unlink(missing_ok=True)
            self._listener = None
        self._lock.release()

    def _serve(self, listener: Listener, answer: Answer) -> None:
        while True:
            try:
                connection = listener.accept()
            except OSError as error:  # one that hung up at once
                logger.info("nobody was there to be answered: %s", error)
                continue
            if self._is_closing:
                connection.close()
                return
            self._orders = [order for order in self._orders if order.is_alive()]
            self._orders.append(threading.Thread(target=_converse, args=(connection, answer), daemon=True))
            self._orders[-1].start()


def ask(paths: Paths, kind: Kind, request: bytes) -> bytes | None:
    """Its answer; ``None`` where none runs, or it ended before it had answered."""
    try:
        with _address(paths.sockets / kind) as address, Client(address, _family()) as connection:
            connection.send_bytes(request)
            return connection.recv_bytes() if connection.poll(ANSWER_LIMIT_S) else None
    except (OSError, EOFError):
        return None


def _converse(connection: "Connection[bytes, bytes]", answer: Answer) -> None:
    with connection, suppress(OSError, EOFError):  # who asked has gone
        connection.send_bytes(answer(connection.recv_bytes()))


def _family() -> str:
    return "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"


@contextmanager
def _address(path: Path) -> Iterator[str]:
    """As the system wants it. Raises ``OSError``."""
    if sys.platform == "win32":
        yield rf"\\.\pipe\afterword-{hashlib.sha256(str(path).encode()).hexdigest()[:32]}"
    elif sys.platform == "linux" and len(os.fsencode(path)) > LONGEST_ADDRESS_BYTES:
        folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{folder}/{path.name}"
        finally:
            os.close(folder)
    else:
        yield str(path)
