"""A transcription service on this machine, whose answers a test decides."""

import contextlib
import io
import json
import re
import threading
import wave
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from capture.transcription.base import SPEECH_RATE_HZ


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    def field(self, name: str) -> str | None:
        """Of a form with files."""
        found = re.search(rb'name="%s"\r\n\r\n(.*?)\r\n--' % re.escape(name.encode()), self.body, re.DOTALL)
        return None if found is None else found[1].decode()

    @property
    def sound(self) -> bytes:
        """The file that was sent, without what a form has around it."""
        file = self.body[self.body.index(b"RIFF") :]
        return file[: 8 + int.from_bytes(file[4:8], "little")]

    @property
    def speech_s(self) -> float:
        """How long the sound is that was sent, once it was read."""
        with wave.open(io.BytesIO(self.sound)) as sound:
            assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (SPEECH_RATE_HZ, 1, 2)
            return float(sound.getnframes() / SPEECH_RATE_HZ)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)
    is_cut: bool = False
    """The connection ends in the middle of it."""


def document(content: object) -> Answer:
    return Answer(body=json.dumps(content).encode())


@dataclass(slots=True)
class Service:
    """``answers`` come one after the other, the last of them for ever; or ``reply`` decides."""

    answers: Sequence[Answer] = (Answer(),)
    reply: Callable[[Request], Answer] | None = None
    url: str = ""
    requests: list[Request] = field(default_factory=list)
    hanging: threading.Event = field(default_factory=threading.Event)
    """Until it is set, nothing is answered."""

    def answer(self, request: Request) -> Answer:
        self.hanging.wait()
        self.requests.append(request)
        if self.reply is not None:
            return self.reply(request)
        return self.answers[min(len(self.requests), len(self.answers)) - 1]


@contextlib.contextmanager
def serving(*answers: Answer, reply: Callable[[Request], Answer] | None = None) -> Iterator[Service]:
    service = Service(answers or (Answer(),), reply)
    service.hanging.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            answer = service.answer(Request(self.command, self.path, dict(self.headers.items()), body))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(answer.body) * (2 if answer.is_cut else 1)))
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(answer.body)

        do_GET = do_POST  # noqa: N815 - the names are the library's

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        service.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield service
        finally:
            service.hanging.set()
            server.shutdown()
            thread.join()
