"""Services that speak AssemblyAI's API: recorded sound is sent, asked for, and asked after until it is done.

What is just being spoken goes to another of its servers, over a websocket.
"""

from collections.abc import Sequence
from typing import Any

from capture.errors import ProviderTimedOut, ProviderUnreadable
from capture.transcription.base import SPEECH_RATE_HZ, Heard, Json, Speech, Word
from capture.transcription.choice import EngineChoice, EngineName
from capture.transcription.openai_api import in_ns
from capture.transcription.requests import Line, Persistence, wav
from capture.transcription.spoken_line import SpokenLine, websocket_address

URL = "https://api.assemblyai.com"
RECORDED, SPOKEN = "//api.", "//streaming."
"""How the names of its servers begin; any other server is taken to do both."""

ENGLISH, ANY_LANGUAGE = "universal-streaming-english", "universal-streaming-multilingual"
POLL_S = 1.0
MOST_POLLS = 300
"""Half a minute of speech takes seconds."""

MS_PER_S = 1000


class AssemblyAIEngine:
    def __init__(self, choice: EngineChoice, persistence: Persistence | None = None) -> None:
        """Raises ``EngineUnusable``."""
        self._headers = {} if choice.key is None else {"Authorization": choice.key}
        self._choice = choice
        self._persistence = persistence or Persistence()
        self._line = Line(choice, choice.url or URL, self._headers, self._persistence)

    def transcribe(self, speech: Speech) -> Heard:
        try:
            upload = self._line.ask("POST", "v2/upload", content=wav(speech))["upload_url"]
            asked = self._line.ask("POST", "v2/transcript", json={"audio_url": upload, **self._options()})
            answer = self._finished(str(asked["id"]))
            return Heard(_words(answer), answer.get("language_code") or self._choice.language, answer)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise self._line.unreadable(error) from error

    def stream(self) -> SpokenLine:
        is_english = (self._choice.language or "").partition("-")[0] == "en"
        params: dict[str, Any] = {
            "sample_rate": SPEECH_RATE_HZ,
            "format_turns": "true",
            "speech_model": ENGLISH if is_english else ANY_LANGUAGE,
        }
        if self._choice.key_terms:
            params["keyterms_prompt"] = list(self._choice.key_terms)
        url = (self._choice.url or URL).replace(RECORDED, SPOKEN, 1)
        return SpokenLine(self._choice, websocket_address(url, "v3/ws", params), self._headers, _Turns())

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


class _Turns:
    """Each is told as a whole, again and again, until it is over and has its commas."""

    farewell = '{"type": "Terminate"}'

    def __init__(self) -> None:
        self._turns: dict[int, Sequence[Word]] = {}

    @property
    def words(self) -> Sequence[Word]:
        return [word for _, words in sorted(self._turns.items()) for word in words]

    def take(self, message: Json) -> str | None:
        if message.get("type") == "Turn":
            self._turns[int(message["turn_order"])] = _words(message)
        if message.get("type") == "Error" or "error" in message:
            return str(message.get("error_code") or message.get("error"))
        return None


def _words(told: Json) -> Sequence[Word]:
    return [
        Word(str(each["text"]), in_ns(each["start"] / MS_PER_S), in_ns(each["end"] / MS_PER_S))
        for each in told.get("words") or ()
    ]
