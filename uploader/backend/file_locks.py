"""Who writes to which file: one at a time, of all threads here and, with PostgreSQL, of all processes."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Protocol

from uploader.backend.refusal import Reason, Refusal
from uploader.backend.tables import StoredFile


class Latches(Protocol):
    """What other processes see of the locks held here; they are free again when this process ends. Thread-safe."""

    def take(self, name: str) -> bool:
        """False, at once, where another process holds it."""
        ...

    def release(self, name: str) -> None: ...

    def close(self) -> None:
        """Releases all."""
        ...


class FileLocks:
    """Thread-safe. Without ``latches`` no other process writes to these files."""

    def __init__(self, latches: Latches | None) -> None:
        self._latches = latches
        self._held: set[str] = set()
        self._guard = threading.Lock()

    @property
    def held(self) -> frozenset[str]:
        """Here."""
        with self._guard:
            return frozenset(self._held)

    @contextmanager
    def hold(self, file_id: str) -> Iterator[None]:
        """Raises ``Refusal`` at once where somebody else writes to this file."""
        if not self._take(file_id):
            raise Refusal(HTTPStatus.LOCKED, Reason.LOCKED, headers={"Retry-After": "1"})
        try:
            yield
        finally:
            self._release(file_id)

    @contextmanager
    def hold_free(self, files: Iterable[StoredFile]) -> Iterator[Sequence[StoredFile]]:
        """Those that nobody writes to."""
        held: list[StoredFile] = []
        try:
            held.extend(file for file in files if self._take(file.id))
            yield held
        finally:
            for file in held:
                self._release(file.id)

    def _take(self, file_id: str) -> bool:
        with self._guard:
            if file_id in self._held:
                return False
            self._held.add(file_id)
        is_taken = False
        try:
            is_taken = self._latches is None or self._latches.take(file_id)
        finally:
            if not is_taken:
                with self._guard:
                    self._held.discard(file_id)
        return is_taken

    def _release(self, file_id: str) -> None:
        try:
            if self._latches is not None:
                self._latches.release(file_id)
        finally:
            with self._guard:
                self._held.discard(file_id)
