"""Sends a recording while it is made, if the settings want it and its destination can take it so."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from app.delivery_ledger import open_ledger
from app.paths import Paths
from app.settings import Settings, Switch
from capture.events import Discarded, Event, FilesSynced

if TYPE_CHECKING:
    from uploader.live import LiveDelivery

logger = logging.getLogger(__name__)

Tell = Callable[[Event], None]


class LiveUpload:
    """A context that ends when the recording has; ``tell`` it every event before. One thread at a time.

    It begins when the first files are safe on the disk, and is put together only then: nothing delays a recording.
    """

    def __init__(self, directory: Path, destination: str | None, paths: Paths, settings: Settings) -> None:
        """``destination`` is the name that the ledger knows; ``None`` where nothing is to be delivered."""
        self._directory = directory
        self._destination = destination if settings.upload_while_recording is Switch.ON else None
        self._paths = paths
        self._settings = settings
        self._open = ExitStack()
        self._delivery: LiveDelivery | None = None

    def tell(self, event: Event) -> None:
        match event:
            case FilesSynced(durable_bytes=durable_bytes) if self._destination is not None:
                if self._delivery is None:
                    self._delivery = self._begun(self._destination)
                if self._delivery is not None:
                    self._delivery.grew(durable_bytes)
            case Discarded() if self._delivery is not None:
                self._delivery.discard()

    def _begun(self, destination: str) -> "LiveDelivery | None":
        from app import delivery  # noqa: PLC0415 - half a second of imports, not before the recording
        from app.delivery_rules import gate_of  # noqa: PLC0415 - half a second of imports, not before the recording
        from uploader.errors import UploaderError  # noqa: PLC0415 - half a second of imports, not before the recording
        from uploader.live import LiveDelivery, LivePolicy  # noqa: PLC0415 - half a second of imports, not before the recording

        self._destination = None if not delivery.takes_growing(destination) else destination
        if self._destination is None:
            return None
        try:
            ledger = self._open.enter_context(open_ledger(self._paths))
        except UploaderError as error:
            logger.warning("recording=%s: nothing is sent before its end: %s", self._directory.name, error.code)
            self._destination = None
            return None
        route = delivery.usual_route(self._settings)
        opened = partial(delivery.open_growing, destination, self._paths, ledger, route)
        return LiveDelivery(self._directory, ledger, destination, opened, LivePolicy(gate=gate_of(self._paths)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._open:
            if self._delivery is not None:
                self._delivery.finish()
