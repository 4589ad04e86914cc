"""Services that speak Deepgram's API for recorded sound."""

from typing import Any

from capture.transcription.base import Heard, Speech, Word
from capture.transcription.choice import EngineChoice
from capture.transcription.openai_api import in_ns
from capture.transcription.requests import Line, Persistence, wav

URL = "https://api.deepgram.com"
MODEL = "nova-3"


class DeepgramEngine:
    def __init__(self, choice: EngineChoice, persistence: Persistence | None = None) -> None:
        """Raises ``EngineUnusable``."""
        headers = {} if choice.key is None else {"Authorization": f"Token {choice.key}"}
        self._choice = choice
        self._line = Line(choice, choice.url or URL, headers, persistence)

    def transcribe(self, speech: Speech) -> Heard:
        language = self._choice.language
        params: dict[str, Any] = {"model": self._choice.model or MODEL, "smart_format": "true"}
        params |= {"detect_language": "true"} if language is None else {"language": language}
        if self._choice.key_terms:
            params["keyterm"] = list(self._choice.key_terms)
        headers = {"Content-Type": "audio/wav"}
        answer = self._line.ask("POST", "v1/listen", params=params, headers=headers, content=wav(speech))
        try:
            channel = answer["results"]["channels"][0]
            told = channel["alternatives"][0]["words"]
            words = [
                Word(str(each.get("punctuated_word") or each["word"]), in_ns(each["start"]), in_ns(each["end"]))
                for each in told
            ]
            return Heard(words, channel.get("detected_language") or language, answer)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            raise self._line.unreadable(error) from error

    def close(self) -> None:
        self._line.close()
