"""Streaming transducers by sherpa-onnx. The only door to ``sherpa_onnx``."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from capture.errors import EngineMissing, EngineUnusable
from capture.transcription.base import SPEECH_RATE_HZ, Heard, Speech, Word, heard_at_once
from capture.transcription.choice import EngineChoice
from capture.transcription.openai_api import in_ns

try:
    import sherpa_onnx
except ImportError as error:
    raise EngineMissing(str(error), engine="sherpa_onnx", extra="sherpa-onnx") from error

FULL_SCALE = np.float32(2**15)
TAIL_S = 0.66
"""Of silence, that the last frames are looked at, too."""

WORD_BEGINS = ("▁", " ")
SHORTEST_TOKEN_S = 0.08


class SherpaEngine:
    """``model`` is a folder with ``tokens.txt`` and the three networks of a transducer, as they are published."""

    def __init__(self, choice: EngineChoice) -> None:
        """Raises ``EngineUnusable``."""
        self._language = choice.language
        folder = Path(choice.model or "")
        if choice.model is None or not (folder / "tokens.txt").is_file():
            message = f"its model is a folder with tokens.txt, and {choice.model} is none"
            raise EngineUnusable(message, engine=choice.engine)
        parts = {part: _network(folder, part) for part in ("encoder", "decoder", "joiner")}
        try:
            self._recognizer = sherpa_onnx.OnlineRecognizer.from_transducer(
                tokens=str(folder / "tokens.txt"), num_threads=1, sample_rate=SPEECH_RATE_HZ, **parts
            )
        except (RuntimeError, ValueError) as error:
            raise EngineUnusable(str(error), engine=choice.engine) from error

    def transcribe(self, speech: Speech) -> Heard:
        return heard_at_once(self.stream(), speech)

    def stream(self) -> "Utterance":
        return Utterance(self._recognizer, self._language)

    def close(self) -> None:
        """Nothing is open."""


class Utterance:
    def __init__(self, recognizer: "sherpa_onnx.OnlineRecognizer", language: str | None) -> None:
        self._recognizer = recognizer
        self._language = language
        self._stream = recognizer.create_stream()

    def feed(self, speech: Speech) -> None:
        self._stream.accept_waveform(SPEECH_RATE_HZ, speech.astype(np.float32) / FULL_SCALE)
        while self._recognizer.is_ready(self._stream):
            self._recognizer.decode_stream(self._stream)

    def partial(self) -> Sequence[Word]:
        tokens = self._recognizer.tokens(self._stream)
        times_s = self._recognizer.timestamps(self._stream)
        return list(words_of(tokens, times_s))

    def finish(self) -> Heard:
        self.feed(np.zeros(round(TAIL_S * SPEECH_RATE_HZ), np.int16))
        self._stream.input_finished()
        while self._recognizer.is_ready(self._stream):
            self._recognizer.decode_stream(self._stream)
        return Heard(self.partial(), self._language)


def words_of(tokens: Sequence[str], times_s: Sequence[float]) -> Iterator[Word]:
    """A token that begins with a space begins a word. Only beginnings are told; a word ends where the next begins."""
    begins = [number for number, token in enumerate(tokens) if number == 0 or token.startswith(WORD_BEGINS)]
    for first, end in pairwise((*begins, len(tokens))):
        text = "".join(tokens[first:end]).replace("▁", " ").strip()
        last_s = times_s[end - 1] + SHORTEST_TOKEN_S
        end_s = min(last_s, times_s[end]) if end < len(tokens) else last_s
        if text:
            yield Word(text, in_ns(float(times_s[first])), in_ns(float(end_s)))


def _network(folder: Path, part: str) -> str:
    """The smallest, where there are several: those are quantised. Raises ``EngineUnusable``."""
    found = sorted(folder.glob(f"*{part}*.onnx"), key=lambda path: path.stat().st_size)
    if not found:
        message = f"there is no {part} in {folder}"
        raise EngineUnusable(message, engine="sherpa_onnx")
    return str(found[0])
