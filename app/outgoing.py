"""What comes of a recording while it is made: its live events and words, and its files as they grow."""

import argparse
import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.console import Console
from app.live_upload import LiveUpload, Tell
from app.messages import describe
from app.paths import Paths
from app.settings import LOCAL, Settings, Switch, listed
from capture.events import Event
from capture.recording import LiveMedia, RecordingSpec
from capture.transcription.choice import STREAMING

if TYPE_CHECKING:
    from app.live_events import LiveEvents
    from app.live_transcript import LiveTranscript
    from uploader.realtime.envelopes import Utterance


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The same for each recording. ``destination`` is the name that the ledger knows; ``None`` for nowhere."""

    destination: str | None
    events: "LiveEvents | None"
    paths: Paths
    settings: Settings
    console: Console
    words: "LiveTranscript | None" = None

    @property
    def live_media(self) -> tuple[LiveMedia, ...]:
        """What the recorder has to be asked for."""
        sides = () if self.words is None else (LiveMedia.SIDES,)
        return (*sides, *(() if self.events is None else self.events.media))

    @contextmanager
    def of(self, spec: RecordingSpec) -> Iterator[Tell]:
        """Who is to be told of each event of one recording. One thread at a time.

        It is left when nothing of the recording will be changed any more, and before it is delivered: only then is
        what was sent of it compared with its files. That may take some seconds.
        """
        with ExitStack() as stack:
            tells: list[Tell] = []
            says = [self._print]
            if self.events is not None:
                broadcast = stack.enter_context(self.events.broadcast(spec, self.console))
                tells.append(broadcast.tell)
                says.append(broadcast.say)
            if self.words is not None:  # closed first: what was said last is still told
                tells.append(stack.enter_context(self.words.of(spec, partial(_say_to, says))))
            upload = LiveUpload(spec.directory, self.destination, self.paths, self.settings)
            tells.append(stack.enter_context(upload).tell)

            def tell(event: Event) -> None:
                for each in tells:
                    each(event)

            yield tell

    def _print(self, said: "Utterance") -> None:
        self.console.event(json.dumps({"type": "transcript", **dataclasses.asdict(said)}, separators=(",", ":")))


def _say_to(all_of_them: Iterable[Callable[["Utterance"], None]], said: "Utterance") -> None:
    for each in all_of_them:
        each(said)


def outgoing_of(options: argparse.Namespace, settings: Settings, paths: Paths, console: Console) -> Outgoing:
    """An option is for this once. Raises ``UploaderError``, and ``Failure`` as ``live_events``."""
    destination = destination_name(options.destination or settings.destination)
    events = _live_events(options, settings, paths)
    words = _live_transcript(settings, paths, console)
    return Outgoing(None if options.no_deliver else destination, events, paths, settings, console, words)


def _live_transcript(settings: Settings, paths: Paths, console: Console) -> "LiveTranscript | None":
    """What is wrong with it is said aside. Raises ``Failure`` where the file of keys cannot be read."""
    if settings.live_transcript is Switch.OFF:
        return None
    from app.live_transcript import LiveTranscript  # noqa: PLC0415 - for who asks for it
    from app.transcripts import chosen_engine  # noqa: PLC0415 - for who asks for it

    choice = chosen_engine(settings, paths)
    if choice is None or choice.engine not in STREAMING:
        console.complain_aside(describe("no_live_engine", data={"known": ", ".join(sorted(STREAMING))}))
        return None
    return LiveTranscript(choice, paths, console.complain_aside)


def _live_events(options: argparse.Namespace, settings: Settings, paths: Paths) -> "LiveEvents | None":
    urls = options.realtime or listed(settings.realtime)
    if not urls:
        return None
    from app.live_events import live_events  # noqa: PLC0415 - half a second of imports, for who asks for it

    names = listed(settings.realtime_events) if options.realtime_events is None else options.realtime_events
    return live_events(urls, names, paths)


def destination_name(named: str) -> str:
    """By the name that the ledger knows it by. Raises ``UnknownDestination``."""
    if named == LOCAL:
        return LOCAL
    from uploader.destinations.addresses import normalised  # noqa: PLC0415 - a quarter of a second of imports

    return normalised(named)
