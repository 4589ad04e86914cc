"""Vosk: Kaldi's models, which stream. The only door to ``vosk``."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from capture.errors import EngineMissing, EngineUnusable
from capture.transcription.base import SPEECH_RATE_HZ, Heard, Speech, Word, heard_at_once
from capture.transcription.choice import EngineChoice
from capture.transcription.openai_api import in_ns

try:
    import vosk
except ImportError as error:
    raise EngineMissing(str(error), engine="vosk", extra="vosk") from error


class VoskEngine:
    """``model`` is a folder: by name this library would download it unasked. It knows one language."""

    def __init__(self, choice: EngineChoice) -> None:
        """Raises ``EngineUnusable``."""
        self._language = choice.language
        if choice.model is None or not Path(choice.model).is_dir():
            message = f"its model is a folder, and {choice.model} is none"
            raise EngineUnusable(message, engine=choice.engine)
        vosk.SetLogLevel(-1)
        try:
            self._model = vosk.Model(choice.model)
        except Exception as error:  # it raises no less than this
            raise EngineUnusable(str(error), engine=choice.engine) from error

    def transcribe(self, speech: Speech) -> Heard:
        return heard_at_once(self.stream(), speech)

    def stream(self) -> "Utterance":
        return Utterance(self._model, self._language)

    def close(self) -> None:
        """Nothing is open."""


class Utterance:
    """It decides by itself where a sentence ends: those that have ended are kept."""

    def __init__(self, model: "vosk.Model", language: str | None) -> None:
        self._language = language
        self._recognizer = vosk.KaldiRecognizer(model, SPEECH_RATE_HZ)
        self._recognizer.SetWords(True)  # noqa: FBT003 - the library's own call
        self._recognizer.SetPartialWords(True)  # noqa: FBT003 - the library's own call
        self._ended: list[Mapping[str, Any]] = []

    def feed(self, speech: Speech) -> None:
        if self._recognizer.AcceptWaveform(speech.tobytes()):
            self._ended.append(json.loads(self._recognizer.Result()))

    def partial(self) -> Sequence[Word]:
        under_way = json.loads(self._recognizer.PartialResult()).get("partial_result", ())
        return [*self._words(), *map(_word, under_way)]

    def finish(self) -> Heard:
        self._ended.append(json.loads(self._recognizer.FinalResult()))
        return Heard(list(self._words()), self._language, {"results": self._ended})

    def _words(self) -> Sequence[Word]:
        return [_word(each) for result in self._ended for each in result.get("result", ())]


def _word(told: Mapping[str, Any]) -> Word:
    return Word(told["word"], in_ns(told["start"]), in_ns(told["end"]))
