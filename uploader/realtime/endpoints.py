"""Where live events go to, and which of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import uuid4

from capture.recording import LiveMedia, ParticipantAction
from uploader.errors import InvalidEndpoint

PARTICIPANT_EVENTS = tuple(f"participant_events.{action}" for action in ParticipantAction)
TRANSCRIPT = "transcript.data"
TRANSCRIPT_PARTIAL = "transcript.partial_data"
AUDIO = "audio_mixed_raw.data"
PICTURES = "video_separate_png.data"

TOLD = frozenset({*PARTICIPANT_EVENTS, TRANSCRIPT, TRANSCRIPT_PARTIAL})
"""Of these none is left out."""

MEDIA_OF: Mapping[str, LiveMedia] = {AUDIO: LiveMedia.SOUND, PICTURES: LiveMedia.PICTURES}
"""Of the moment: the oldest is left out where a line is too slow."""

KNOWN = TOLD | MEDIA_OF.keys()

Callback = Callable[[str, Mapping[str, object]], None]
"""Gets the event's name and the envelope's ``data``, on a thread of its own."""


class EndpointKind(StrEnum):
    WEBHOOK = "webhook"
    WEBSOCKET = "websocket"
    CALLBACK = "desktop_sdk_callback"


class EndpointStatus(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


KIND_OF_SCHEME = {
    "http": EndpointKind.WEBHOOK,
    "https": EndpointKind.WEBHOOK,
    "ws": EndpointKind.WEBSOCKET,
    "wss": EndpointKind.WEBSOCKET,
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``url`` may let in whoever knows it, and is used as it was given; a callback has none."""

    kind: EndpointKind
    events: frozenset[str]
    url: str = field(default="", repr=False)
    callback: Callback | None = None
    id: str = field(default_factory=lambda: str(uuid4()))
    metadata: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises ``InvalidEndpoint``."""
        objection = self._objection()
        if objection is not None:
            raise InvalidEndpoint(objection)

    def _objection(self) -> str | None:
        unknown = self.events - KNOWN
        if unknown or not self.events:
            return f"no such event: {', '.join(sorted(unknown))}" if unknown else "no event is named"
        if self.kind is EndpointKind.WEBHOOK and self.events & MEDIA_OF.keys():
            return "a webhook takes no sound and no pictures; a websocket does"
        if self.kind is EndpointKind.CALLBACK:
            return None if self.callback is not None else "there is nothing to call"
        return None if _kind(self.url) is self.kind else "the address is of another kind"


def endpoint_at(url: str, events: Iterable[str] = TOLD) -> Endpoint:
    """A webhook for ``http`` and ``https``, a websocket for ``ws`` and ``wss``. Raises ``InvalidEndpoint``."""
    return Endpoint(_kind(url), frozenset(events), url)


def live_media(endpoints: Iterable[Endpoint]) -> tuple[LiveMedia, ...]:
    """What the recorder has to be asked for, for their sake."""
    wanted = {MEDIA_OF[name] for endpoint in endpoints for name in endpoint.events if name in MEDIA_OF}
    return tuple(sorted(wanted))


def _kind(url: str) -> EndpointKind:
    message = "the address must begin with http://, https://, ws:// or wss:// and name a host"
    try:
        address = urlsplit(url)
        kind = KIND_OF_SCHEME.get(address.scheme)
        is_complete = bool(address.hostname) and address.port != 0
    except ValueError:
        raise InvalidEndpoint(message) from None  # its own words may hold a password
    if kind is None or not is_complete:
        raise InvalidEndpoint(message)
    if address.query and not address.path:
        message = "a / is missing before the ? of the address"
        raise InvalidEndpoint(message)
    return kind
