"""What leaves this machine of a recording while it is made: its live events, and its files as they grow."""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.console import Console
from app.live_upload import LiveUpload, Tell
from app.paths import Paths
from app.settings import LOCAL, Settings, listed
from capture.events import Event
from capture.recording import LiveMedia, RecordingSpec

if TYPE_CHECKING:
    from app.live_events import LiveEvents


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The same for each recording. ``destination`` is the name that the ledger knows; ``None`` for nowhere."""

    destination: str | None
    events: "LiveEvents | None"
    paths: Paths
    settings: Settings
    console: Console

    @property
    def live_media(self) -> tuple[LiveMedia, ...]:
        """What the recorder has to be asked for."""
        return () if self.events is None else self.events.media

    @contextmanager
    def of(self, spec: RecordingSpec) -> Iterator[Tell]:
        """Who is to be told of each event of one recording. One thread at a time.

        It is left when nothing of the recording will be changed any more, and before it is delivered: only then is
        what was sent of it compared with its files. That may take some seconds.
        """
        with ExitStack() as stack:
            tells = [] if self.events is None else [stack.enter_context(self.events.of(spec, self.console))]
            upload = LiveUpload(spec.directory, self.destination, self.paths, self.settings)
            tells.append(stack.enter_context(upload).tell)

            def tell(event: Event) -> None:
                for each in tells:
                    each(event)

            yield tell


def outgoing_of(options: argparse.Namespace, settings: Settings, paths: Paths, console: Console) -> Outgoing:
    """An option is for this once. Raises ``UploaderError``, and ``Failure`` as ``live_events``."""
    destination = _destination(options.destination or settings.destination)
    events = _live_events(options, settings, paths)
    return Outgoing(None if options.no_deliver else destination, events, paths, settings, console)


def _live_events(options: argparse.Namespace, settings: Settings, paths: Paths) -> "LiveEvents | None":
    urls = options.realtime or listed(settings.realtime)
    if not urls:
        return None
    from app.live_events import live_events  # noqa: PLC0415 - half a second of imports, for who asks for it

    names = listed(settings.realtime_events) if options.realtime_events is None else options.realtime_events
    return live_events(urls, names, paths)


def _destination(named: str) -> str:
    """By the name that the ledger knows it by. Raises ``UnknownDestination``."""
    if named == LOCAL:
        return LOCAL
    from uploader.destinations.addresses import normalised  # noqa: PLC0415 - a quarter of a second of imports

    return normalised(named)
