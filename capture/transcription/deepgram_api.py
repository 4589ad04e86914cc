"""Services that speak Deepgram's API, for recorded sound and for what is just being spoken."""

from collections.abc import Mapping, Sequence
from typing import Any

from capture.transcription.base import SPEECH_RATE_HZ, Heard, Json, Speech, Word
from capture.transcription.choice import EngineChoice
from capture.transcription.openai_api import in_ns
from capture.transcription.requests import Line, Persistence, wav
from capture.transcription.spoken_line import SpokenLine, websocket_address

URL = "https://api.deepgram.com"
MODEL = "nova-3"


class DeepgramEngine:
    def __init__(self, choice: EngineChoice, persistence: Persistence | None = None) -> None:
        """Raises ``EngineUnusable``."""
        self._headers = {} if choice.key is None else {"Authorization": f"Token {choice.key}"}
        self._choice = choice
        self._line = Line(choice, choice.url or URL, self._headers, persistence)

    def transcribe(self, speech: Speech) -> Heard:
        language = self._choice.language
        params = self._params() | ({"detect_language": "true"} if language is None else {"language": language})
        headers = {"Content-Type": "audio/wav"}
        answer = self._line.ask("POST", "v1/listen", params=params, headers=headers, content=wav(speech))
        try:
            channel = answer["results"]["channels"][0]
            words = _words(channel)
            return Heard(words, channel.get("detected_language") or language, answer)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            raise self._line.unreadable(error) from error

    def stream(self) -> SpokenLine:
        """Of several languages it takes one for another, live, unless it is told which: ``multi`` is for all."""
        params = self._params() | {
            "language": self._choice.language or "multi",
            "encoding": "linear16",
            "sample_rate": SPEECH_RATE_HZ,
            "interim_results": "true",
        }
        address = websocket_address(self._choice.url or URL, "v1/listen", params)
        return SpokenLine(self._choice, address, self._headers, _Results())

    def close(self) -> None:
        self._line.close()

    def _params(self) -> dict[str, Any]:
        params: dict[str, Any] = {"model": self._choice.model or MODEL, "smart_format": "true"}
        if self._choice.key_terms:
            params["keyterm"] = list(self._choice.key_terms)
        return params


class _Results:
    """What is final stays; the rest is told again, otherwise."""

    farewell = '{"type": "CloseStream"}'

    def __init__(self) -> None:
        self._final: list[Word] = []
        self._under_way: Sequence[Word] = ()

    @property
    def words(self) -> Sequence[Word]:
        return [*self._final, *self._under_way]

    def take(self, message: Json) -> str | None:
        match message["type"]:
            case "Results":
                words = _words(message["channel"])
                self._under_way = () if message["is_final"] else words
                self._final += words if message["is_final"] else ()
            case "Error":
                return str(message.get("code") or message.get("variant"))
        return None


def _words(channel: Mapping[str, Any]) -> Sequence[Word]:
    """Of the likeliest understanding."""
    return [
        Word(str(each.get("punctuated_word") or each["word"]), in_ns(each["start"]), in_ns(each["end"]))
        for each in channel["alternatives"][0]["words"]
    ]
