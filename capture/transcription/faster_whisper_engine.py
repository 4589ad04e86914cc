"""Whisper by CTranslate2. The only door to ``faster_whisper``."""

from pathlib import Path

import numpy as np

from capture.errors import EngineMissing, EngineUnusable
from capture.transcription.base import Heard, Speech, Word
from capture.transcription.choice import EngineChoice
from capture.transcription.openai_api import in_ns

try:
    from faster_whisper import WhisperModel
except ImportError as error:
    raise EngineMissing(str(error), engine="faster_whisper", extra="whisper") from error

MODEL = "small"
FULL_SCALE = np.float32(2**15)


class FasterWhisperEngine:
    """``model`` is a folder, or the name of a model that was fetched before: nothing is downloaded here."""

    def __init__(self, choice: EngineChoice) -> None:
        """Raises ``EngineUnusable``. Takes seconds, and as much memory as the model."""
        self._choice = choice
        model = choice.model or MODEL
        try:
            self._model = WhisperModel(model, device="auto", compute_type="default", local_files_only=True)
        except (OSError, RuntimeError, ValueError) as error:
            reason = f"there is no model {model} on this machine" if not Path(model).exists() else str(error)
            raise EngineUnusable(reason, engine=choice.engine) from error

    def transcribe(self, speech: Speech) -> Heard:
        language = None if self._choice.language is None else self._choice.language.partition("-")[0]
        try:
            segments, about = self._model.transcribe(
                speech.astype(np.float32) / FULL_SCALE,
                language=language,
                hotwords=" ".join(self._choice.key_terms) or None,
                word_timestamps=True,
                condition_on_previous_text=False,  # a stretch is by itself, and what was misheard is not repeated
            )
            told = [word for segment in segments for word in segment.words or ()]
        except (RuntimeError, ValueError) as error:
            raise EngineUnusable(str(error), engine=self._choice.engine) from error
        words = [Word(each.word.strip(), in_ns(float(each.start)), in_ns(float(each.end))) for each in told]
        probabilities = [round(float(each.probability), 3) for each in told]
        provider = {"language_probability": round(float(about.language_probability), 3), "probabilities": probabilities}
        return Heard([word for word in words if word.text], about.language, provider)

    def close(self) -> None:
        """Nothing is open."""
