"""The half of a destination that is the same wherever bytes go by tus: files that are closed, and files that grow."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from capture.recording import MediaObject
from uploader.destinations.base import Addresses, OnSent, RemoteUpload
from uploader.destinations.growing import Growing, GrowingUploads, Site
from uploader.destinations.pieces import Stretch
from uploader.destinations.transport import Transport
from uploader.destinations.tus_client import TusClient, TusUpload
from uploader.errors import UploadMoved


class TusFiles(ABC):
    """A context manager, or ``close`` it. Used by one thread at a time."""

    def __init__(self, transport: Transport, tus: TusClient, addresses: Addresses, site: Site) -> None:
        """``transport`` is closed with it."""
        self._transport = transport
        self._tus = tus
        self._growing = GrowingUploads(tus, addresses, site)

    @abstractmethod
    def _placed(self, upload: RemoteUpload, media: MediaObject) -> AbstractContextManager[TusUpload]:
        """Where ``media`` is sent to; made, if it is not known. What ``UploadMoved`` disproves is forgotten."""

    def close(self) -> None:
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def offset(self, upload: RemoteUpload, media: MediaObject) -> int:
        """As of a ``Destination``, like ``append``."""
        try:
            return self._offset(upload, media)
        except UploadMoved:  # what was there is gone, which is an answer too: begin anew
            return self._offset(upload, media)

    def _offset(self, upload: RemoteUpload, media: MediaObject) -> int:
        if self._growing.is_settled(upload, media):
            return self._growing.offset(upload, media)
        with self._placed(upload, media) as placed:
            return self._tus.offset(placed, media.bytes)

    def append(self, upload: RemoteUpload, media: MediaObject, source: Path, offset: int, on_sent: OnSent) -> int:
        if self._growing.is_settled(upload, media):
            return self._growing.append(upload, media, source, offset, on_sent)
        with self._placed(upload, media) as placed:
            return self._tus.append(placed, Stretch(source, offset, media.bytes - offset), on_sent)

    def takes(self, upload: RemoteUpload, growing: Growing) -> bool:
        """As of a ``GrowingDestination``, like those below."""
        return self._growing.takes(upload, growing)

    def grown(self, upload: RemoteUpload, growing: Growing) -> int:
        return self._growing.grown(upload, growing)

    def grow(self, upload: RemoteUpload, growing: Growing, rest: Stretch, on_sent: OnSent) -> int:
        return self._growing.grow(upload, growing, rest, on_sent)

    def settle(self, upload: RemoteUpload, growing: Growing) -> None:
        self._growing.settle(upload, growing)

    def drop(self, upload: RemoteUpload, growing: Growing) -> None:
        self._growing.drop(upload, growing.path)
