"""An utterance that goes to a service while it is spoken, and comes back as words.

The only door to ``websockets`` here.

A connection for each: a service counts the time that one is open, and most of a meeting one side is silent.
"""

import json
import logging
import queue
import ssl
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final, Protocol
from urllib.parse import urlencode

import numpy as np
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException
from websockets.sync.client import ClientConnection, connect

from capture.errors import (
    ProviderBroken,
    ProviderBusy,
    ProviderFailed,
    ProviderRefused,
    ProviderTimedOut,
    ProviderUnreachable,
    ProviderUnreadable,
)
from capture.transcription.base import SPEECH_RATE_HZ, Heard, Json, Speech, Word
from capture.transcription.choice import EngineChoice

PIECE: Final = SPEECH_RATE_HZ // 10
"""Samples in a message: AssemblyAI takes 50 ms to 1 s."""

CONNECT_S: Final = 8.0
LAST_S: Final = 4.0
"""For the last words: beyond five seconds the sound that comes meanwhile is lost."""

POLICY_VIOLATION: Final = 1008
"""With which a connection ends whose key is none."""

logger = logging.getLogger(__name__)
logger.setLevel(logging.WARNING)  # below it the library writes down all headers, and so the key


class Dialect(Protocol):
    """Of one connection. ``farewell``: the message that asks for the last words."""

    farewell: str

    @property
    def words(self) -> Sequence[Word]: ...

    def take(self, message: Json) -> str | None:
        """What is wrong, if that is what it says.

        Raises ``AttributeError``, ``LookupError``, ``TypeError``, ``ValueError`` where it makes no sense.
        """
        ...


class SpokenLine:
    """One utterance. ``feed`` never waits: it is connected meanwhile."""

    def __init__(self, choice: EngineChoice, address: str, headers: Mapping[str, str], dialect: Dialect) -> None:
        self._choice = choice
        self._address = address
        self._headers = headers
        self._dialect = dialect
        self._hands = threading.Lock()
        self._failure: ProviderFailed | None = None
        self._is_over = threading.Event()
        self._rest: Speech = np.zeros(0, np.int16)
        self._outgoing: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="spoken-line", daemon=True)
        self._thread.start()

    def feed(self, speech: Speech) -> None:
        self._rest = np.concatenate([self._rest, speech])
        while len(self._rest) >= PIECE:
            self._outgoing.put(self._rest[:PIECE].astype("<i2").tobytes())
            self._rest = self._rest[PIECE:]

    def partial(self) -> Sequence[Word]:
        """Raises ``ProviderFailed``."""
        with self._hands:
            if self._failure is not None:
                raise self._failure
            return self._dialect.words

    def finish(self) -> Heard:
        """Waits for the last words. Raises ``ProviderFailed``."""
        self.feed(np.zeros(-len(self._rest) % PIECE, np.int16))
        self._is_over.set()
        self._outgoing.put(None)
        self._thread.join(LAST_S)
        if self._thread.is_alive():
            raise ProviderTimedOut(engine=self._choice.engine)
        return Heard(self.partial(), self._choice.language)

    def _run(self) -> None:
        try:
            self._talk()
        except (
            ProviderFailed,
            WebSocketException,
            OSError,
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
        ) as error:
            with self._hands:
                self._failure = self._translated(error)

    def _talk(self) -> None:
        with connect(
            self._address,
            ssl=ssl.create_default_context() if self._address.startswith("wss:") else None,
            additional_headers=self._headers,
            compression=None,
            open_timeout=CONNECT_S,
            close_timeout=1.0,
            logger=logger,
        ) as connection:
            sender = threading.Thread(target=self._send, args=(connection,), name="spoken-line-out", daemon=True)
            sender.start()
            try:
                for message in connection:
                    self._take(message)
            finally:
                self._outgoing.put(None)
                sender.join()
        if not self._is_over.is_set():
            message = "it ended the connection"
            raise ProviderUnreachable(message, engine=self._choice.engine)

    def _send(self, connection: ClientConnection) -> None:
        with suppress(ConnectionClosed):  # who reads is told why
            while (piece := self._outgoing.get()) is not None:
                connection.send(piece)
            connection.send(self._dialect.farewell)

    def _take(self, message: str | bytes) -> None:
        document = json.loads(message)
        with self._hands:
            wrong = self._dialect.take(document)
        if wrong is not None:
            raise ProviderBroken(wrong, engine=self._choice.engine)

    def _translated(self, error: Exception) -> ProviderFailed:
        """A library's words may hold the address; what an answer lacks names no word that was said."""
        engine = str(self._choice.engine)
        match error:
            case ProviderFailed():
                return error
            case InvalidStatus():
                return _refusal(error.response.status_code, engine)
            case ConnectionClosed() if error.rcvd is not None and error.rcvd.code == POLICY_VIOLATION:
                return ProviderRefused("it ended the connection", engine=engine)
            case TimeoutError():
                return ProviderTimedOut(engine=engine)
            case WebSocketException() | OSError():
                return ProviderUnreachable(type(error).__name__, engine=engine)
        return ProviderUnreadable(type(error).__name__, engine=engine)


def _refusal(status: int, engine: str) -> ProviderFailed:
    reason = f"HTTP {status}"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return ProviderBusy(reason, engine=engine)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ProviderBroken(reason, engine=engine)
    return ProviderRefused(reason, engine=engine)


def websocket_address(url: str, path: str, params: Mapping[str, Any]) -> str:
    """Of a service whose other address is ``url``."""
    return f"{url.replace('http', 'ws', 1).rstrip('/')}/{path}?{urlencode(params, doseq=True)}"
