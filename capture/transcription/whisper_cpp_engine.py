"""Whisper by whisper.cpp. The only door to ``pywhispercpp``."""

from pathlib import Path

import numpy as np

from capture.errors import EngineMissing, EngineUnusable
from capture.transcription.base import NS_PER_MS, Heard, Speech, Word
from capture.transcription.choice import EngineChoice

try:
    from pywhispercpp.model import Model
except ImportError as error:
    raise EngineMissing(str(error), engine="whisper_cpp", extra="whisper-cpp") from error

FULL_SCALE = np.float32(2**15)
TICK_NS = 10 * NS_PER_MS


class WhisperCppEngine:
    """``model`` is a file in whisper.cpp's own format: by name this library would download it unasked."""

    def __init__(self, choice: EngineChoice) -> None:
        """Raises ``EngineUnusable``."""
        self._choice = choice
        if choice.model is None or not Path(choice.model).is_file():
            message = f"its model is a file, and {choice.model} is none"
            raise EngineUnusable(message, engine=choice.engine)
        try:
            self._model = Model(choice.model, redirect_whispercpp_logs_to=None, print_progress=False)
        except (RuntimeError, ValueError, OSError) as error:
            raise EngineUnusable(str(error), engine=choice.engine) from error

    def transcribe(self, speech: Speech) -> Heard:
        options = {"language": (self._choice.language or "auto").partition("-")[0]}
        if self._choice.key_terms:
            options["initial_prompt"] = ", ".join(self._choice.key_terms)
        try:
            # One word in each segment: its times are the words' then.
            told = self._model.transcribe(
                speech.astype(np.float32) / FULL_SCALE, token_timestamps=True, max_len=1, split_on_word=True, **options
            )
        except (RuntimeError, ValueError) as error:
            raise EngineUnusable(str(error), engine=self._choice.engine) from error
        words = [Word(each.text.strip(), each.t0 * TICK_NS, each.t1 * TICK_NS) for each in told]
        return Heard([word for word in words if word.text and word.text[0] not in "[("], self._choice.language)

    def close(self) -> None:
        """Nothing is open."""
