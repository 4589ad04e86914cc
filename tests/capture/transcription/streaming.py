"""Deepgram's and AssemblyAI's servers for what is just being spoken, as their documentation has them."""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from capture.transcription.base import SPEECH_RATE_HZ

KEY = "very-secret"
QUIET = logging.getLogger(__name__)
QUIET.setLevel(logging.CRITICAL)  # its own log has the key, which is looked for in ours
BYTES_PER_S = 2 * SPEECH_RATE_HZ


@dataclass(slots=True)
class LiveService:
    """Its words are what it knows of the sound: how many seconds it has heard."""

    authorization: str
    path: str
    url: str = ""
    refusal: HTTPStatus | None = None
    breaks_after_s: float | None = None
    queries: list[dict[str, list[str]]] = field(default_factory=list)
    longest_s: float = 0.0
    """Of all messages with sound."""
    opening: str | None = None
    """What it says first."""
    tells: threading.Event = field(default_factory=threading.Event)
    """Until it is set, the last words are not told."""

    def admit(self, connection: ServerConnection, request: Request) -> Response | None:
        if self.refusal is not None:
            return connection.respond(self.refusal, "")
        if request.headers["Authorization"] != self.authorization:
            return connection.respond(HTTPStatus.UNAUTHORIZED, "")
        address = urlsplit(request.path)
        assert address.path == self.path
        self.queries.append(parse_qs(address.query))
        return None

    def sound(self, connection: ServerConnection) -> Iterator[float]:
        """Seconds that were heard, after each message, until the client says farewell."""
        heard_bytes = 0
        if self.opening is not None:
            connection.send(self.opening)
        for message in connection:
            if isinstance(message, str):
                assert json.loads(message)["type"] in {"CloseStream", "Terminate"}
                self.tells.wait()
                return
            self.longest_s = max(self.longest_s, len(message) / BYTES_PER_S)
            heard_bytes += len(message)
            yield heard_bytes / BYTES_PER_S
            if self.breaks_after_s is not None and heard_bytes / BYTES_PER_S >= self.breaks_after_s:
                connection.socket.close()
                return


def deepgram(service: LiveService, connection: ServerConnection) -> None:
    """Every second is final, and what has come since is not."""

    def tell(second: float, *, is_final: bool) -> None:
        word = {"word": f"second{second:.0f}", "punctuated_word": f"Second{second:.0f}."}
        words = [{**word, "start": second - 1, "end": second, "confidence": 0.9}]
        channel = {"alternatives": [{"transcript": word["punctuated_word"], "confidence": 0.9, "words": words}]}
        document = {"type": "Results", "channel_index": [0, 1], "is_final": is_final, "channel": channel}
        connection.send(json.dumps(document))

    told, heard_s = 0, 0.0
    for heard_s in service.sound(connection):
        if heard_s >= told + 1:
            told += 1
            tell(told, is_final=True)
        elif heard_s >= told + 0.5:
            tell(told + 1, is_final=False)
    if heard_s > told:
        tell(told + 1, is_final=True)
    connection.send(json.dumps({"type": "Metadata", "duration": heard_s, "channels": 1}))


def assembly_ai(service: LiveService, connection: ServerConnection) -> None:
    """All is one turn, in small letters until it is over."""
    connection.send(json.dumps({"type": "Begin", "id": "1", "expires_at": 1}))

    def tell(heard_s: float, *, is_over: bool) -> None:
        text = "Heard." if is_over else "heard"
        words = [{"text": text, "start": 100, "end": round(heard_s * 1000), "confidence": 1, "word_is_final": is_over}]
        turn = {"type": "Turn", "turn_order": 0, "end_of_turn": is_over, "turn_is_formatted": is_over}
        connection.send(json.dumps({**turn, "transcript": text, "words": words}))

    heard_s = 0.0
    for heard_s in service.sound(connection):
        tell(heard_s, is_over=False)
    tell(heard_s, is_over=True)
    connection.send(json.dumps({"type": "Termination", "audio_duration_seconds": heard_s}))


Manners = Callable[[LiveService, ServerConnection], None]
KINDS: dict[Manners, tuple[str, str]] = {deepgram: (f"Token {KEY}", "/v1/listen"), assembly_ai: (KEY, "/v3/ws")}


@contextmanager
def live_service(manners: Manners) -> Iterator[LiveService]:
    service = LiveService(*KINDS[manners])
    service.tells.set()
    with serve(
        lambda connection: manners(service, connection),
        "127.0.0.1",
        0,
        process_request=service.admit,
        logger=QUIET,
    ) as server:
        service.url = f"http://127.0.0.1:{server.socket.getsockname()[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield service
        finally:
            service.tells.set()
            server.shutdown()
            thread.join()
