"""Servers that speak OpenAI's transcription API: its own, and whatever one runs oneself."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from capture.transcription.base import Heard, Speech, Word, duration_ns, spread
from capture.transcription.choice import EngineChoice
from capture.transcription.requests import Line, Persistence, wav

URL = "https://api.openai.com/v1"
MODEL = "whisper-1"
"""The one of its models that tells when each word was said."""

NS_PER_S = 1_000_000_000


class OpenAIEngine:
    def __init__(self, choice: EngineChoice, persistence: Persistence | None = None) -> None:
        """Raises ``EngineUnusable``."""
        headers = {} if choice.key is None else {"Authorization": f"Bearer {choice.key}"}
        self._choice = choice
        self._line = Line(choice, choice.url or URL, headers, persistence)

    def transcribe(self, speech: Speech) -> Heard:
        data: dict[str, Any] = {
            "model": self._choice.model or MODEL,
            "response_format": "verbose_json",
            "timestamp_granularities[]": ["word", "segment"],
        }
        if self._choice.language is not None:
            data["language"] = self._choice.language.partition("-")[0]
        if self._choice.key_terms:
            data["prompt"] = ", ".join(self._choice.key_terms)
        file = {"file": ("speech.wav", wav(speech), "audio/wav")}
        answer = self._line.ask("POST", "audio/transcriptions", data=data, files=file)
        try:
            return Heard(_words(answer, duration_ns(speech)), _language(answer) or self._choice.language, answer)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise self._line.unreadable(error) from error

    def close(self) -> None:
        self._line.close()


def _words(answer: Mapping[str, Any], whole_ns: int) -> Sequence[Word]:
    """By whatever times it tells: of each word, of each sentence, or of none."""
    if answer.get("words"):
        return [Word(str(each["word"]).strip(), in_ns(each["start"]), in_ns(each["end"])) for each in answer["words"]]
    if answer.get("segments"):
        parts = [spread(str(each["text"]), in_ns(each["start"]), in_ns(each["end"])) for each in answer["segments"]]
        return [word for part in parts for word in part]
    text = answer["text"]
    if not isinstance(text, str):
        message = "its text is none"
        raise TypeError(message)
    return spread(text, 0, whole_ns)


def in_ns(seconds: Any) -> int:  # noqa: ANN401 - somebody else's JSON
    """Raises ``ValueError``."""
    if not isinstance(seconds, int | float) or not math.isfinite(seconds):
        message = "a time is no number"
        raise ValueError(message)
    return round(seconds * NS_PER_S)


def _language(answer: Mapping[str, Any]) -> str | None:
    """Some tell its code, others its name in English, which is none."""
    told = answer.get("language")
    is_code = isinstance(told, str) and len(told.partition("-")[0]) in {2, 3}
    return told if is_code else None
