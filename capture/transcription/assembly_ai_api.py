"""Services that speak AssemblyAI's API for recorded sound: it is sent, asked for, and asked after until it is done."""

from typing import Any

from capture.errors import ProviderTimedOut, ProviderUnreadable
from capture.transcription.base import Heard, Json, Speech, Word
from capture.transcription.choice import EngineChoice, EngineName
from capture.transcription.openai_api import in_ns
from capture.transcription.requests import Line, Persistence, wav

URL = "https://api.assemblyai.com"
POLL_S = 1.0
MOST_POLLS = 300
"""Half a minute of speech takes seconds."""

MS_PER_S = 1000


class AssemblyAIEngine:
    def __init__(self, choice: EngineChoice, persistence: Persistence | None = None) -> None:
        """Raises ``EngineUnusable``."""
        headers = {} if choice.key is None else {"Authorization": choice.key}
        self._choice = choice
        self._persistence = persistence or Persistence()
        self._line = Line(choice, choice.url or URL, headers, self._persistence)

    def transcribe(self, speech: Speech) -> Heard:
        try:
            upload = self._line.ask("POST", "v2/upload", content=wav(speech))["upload_url"]
            asked = self._line.ask("POST", "v2/transcript", json={"audio_url": upload, **self._options()})
            answer = self._finished(str(asked["id"]))
            words = [
                Word(str(each["text"]), in_ns(each["start"] / MS_PER_S), in_ns(each["end"] / MS_PER_S))
                for each in answer.get("words") or ()
            ]
            return Heard(words, answer.get("language_code") or self._choice.language, answer)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise self._line.unreadable(error) from error

    def close(self) -> None:
        self._line.close()

    def _options(self) -> dict[str, Any]:
        language = self._choice.language
        options: dict[str, Any] = {"language_detection": True} if language is None else {"language_code": language}
        if self._choice.model is not None:
            options["speech_model"] = self._choice.model
        if self._choice.key_terms:
            options["keyterms_prompt"] = list(self._choice.key_terms)
        return options

    def _finished(self, transcript_id: str) -> Json:
        for _ in range(MOST_POLLS):
            answer = self._line.ask("GET", f"v2/transcript/{transcript_id}")
            match answer["status"]:
                case "completed":
                    return answer
                case "error":
                    raise ProviderUnreadable(str(answer.get("error")), engine=EngineName.ASSEMBLY_AI)
            self._persistence.sleep(POLL_S)
        raise ProviderTimedOut(engine=EngineName.ASSEMBLY_AI)
