"""Requests to a transcription service. The only door to ``httpx`` here."""

import io
import logging
import ssl
import time
import wave
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

from capture.errors import (
    EngineUnusable,
    ProviderBroken,
    ProviderBusy,
    ProviderFailed,
    ProviderRefused,
    ProviderTimedOut,
    ProviderTrouble,
    ProviderUnreachable,
    ProviderUnreadable,
)
from capture.transcription.base import SPEECH_RATE_HZ, Speech
from capture.transcription.choice import EngineChoice

CONNECT_S = 10.0
ANSWER_S = 120.0
"""For half a minute of speech, from a server without a graphics card."""

WAITS_S = (1.0, 3.0, 10.0)
"""Before it is tried again. What fails after that is the transcript's failure, and can be gone on with later."""

LONGEST_WAIT_S = 60.0
"""Of what a server may ask for with ``Retry-After``."""

Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Persistence:
    answer_s: float = ANSWER_S
    waits_s: tuple[float, ...] = WAITS_S
    sleep: Sleep = time.sleep


class Line:
    """To one service. One thread at a time."""

    def __init__(
        self, choice: EngineChoice, url: str, headers: Mapping[str, str], persistence: Persistence | None = None
    ) -> None:
        """Raises ``EngineUnusable``."""
        self._engine = choice.engine
        self._persistence = persistence or Persistence()
        logging.getLogger("httpx").setLevel(logging.WARNING)  # below it tells whole addresses, key terms and all
        try:
            self._client = httpx.Client(
                base_url=url,
                headers=headers,
                timeout=httpx.Timeout(self._persistence.answer_s, connect=CONNECT_S),
                verify=_trust(url),
            )
        except (httpx.InvalidURL, ValueError) as error:
            message = "its address is none"
            raise EngineUnusable(message, engine=self._engine) from error

    def ask(self, method: str, path: str, **content: Any) -> dict[str, Any]:  # noqa: ANN401 - as httpx takes it
        """The JSON object that it answers with, tried again where that may help. Raises ``ProviderFailed``."""
        for wait_s in self._persistence.waits_s:
            try:
                return self._ask(method, path, content)
            except ProviderTrouble as failure:
                asked_s = float(failure.data.get("retry_after_s", 0))
                self._persistence.sleep(max(wait_s, min(asked_s, LONGEST_WAIT_S)))
        return self._ask(method, path, content)

    def close(self) -> None:
        self._client.close()

    def _ask(self, method: str, path: str, content: Mapping[str, Any]) -> dict[str, Any]:
        try:
            answer = self._client.request(method, path, **content)
        except httpx.TimeoutException as error:
            raise ProviderTimedOut(engine=self._engine) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ProviderUnreachable(type(error).__name__, engine=self._engine) from error  # its words hold the URL
        self._check(answer)
        return self._read(answer)

    def _check(self, answer: httpx.Response) -> None:
        if answer.is_success:
            return
        reason, data = f"HTTP {answer.status_code}", {"engine": str(self._engine)}
        if answer.status_code in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
            after = answer.headers.get("retry-after", "")
            raise ProviderBusy(reason, **data, retry_after_s=after if after.isdigit() else "0")
        if answer.is_server_error:
            raise ProviderBroken(reason, **data)
        raise ProviderRefused(reason, **data)

    def _read(self, answer: httpx.Response) -> dict[str, Any]:
        try:
            document = answer.json()
        except (ValueError, RecursionError) as error:
            message = "it is no JSON"
            raise ProviderUnreadable(message, engine=self._engine) from error
        if not isinstance(document, dict):
            message = "it is no object"
            raise ProviderUnreadable(message, engine=self._engine)
        return document

    def unreadable(self, error: Exception) -> ProviderFailed:
        """For what its answer lacks."""
        message = f"{type(error).__name__}: {error}"
        return ProviderUnreadable(message, engine=self._engine)


def _trust(url: str) -> ssl.SSLContext | bool:
    """The system's certificates take 30 ms to read: a server on this machine that speaks plain HTTP needs none."""
    return ssl.create_default_context() if url.startswith("https") else False


def wav(speech: Speech) -> bytes:
    """A whole file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(SPEECH_RATE_HZ)
        writer.writeframes(speech.astype("<i2").tobytes())
    return file.getvalue()
