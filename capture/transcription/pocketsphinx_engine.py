"""CMU PocketSphinx with the model of its own wheel. The only door to ``pocketsphinx``.

It needs nothing and streams, but it is of another age: of every ten words a good half are wrong.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from capture.errors import EngineMissing, EngineUnusable
from capture.transcription.base import NS_PER_MS, SPEECH_RATE_HZ, Heard, Speech, Word
from capture.transcription.choice import EngineChoice

try:
    import pocketsphinx
except ImportError as error:
    raise EngineMissing(str(error), engine="pocketsphinx", extra="pocketsphinx") from error

FRAME_NS: Final = 10 * NS_PER_MS
ENGLISH: Final = "en"
PRUNING: Final = {"maxhmmpf": 3000, "maxwpf": 10}
"""How many guesses are followed at once, a tenth of the default: half the work, and in six sentences the same errors."""

NO_WORDS: Final = ("<", "[", "+")
"""Silence, noises and the ends of sentences begin so."""


class PocketsphinxEngine:
    """Key terms cannot be told: each would need its sounds. ``model`` is a folder with ``en-us`` 's files, or none."""

    def __init__(self, choice: EngineChoice) -> None:
        """Raises ``EngineUnusable``. Takes 0.4 s."""
        if choice.language is not None and not choice.language.lower().startswith(ENGLISH):
            message = f"it knows no {choice.language}, only English"
            raise EngineUnusable(message, engine=choice.engine)
        own = {} if choice.model is None else {"hmm": choice.model}
        try:
            self._decoder = pocketsphinx.Decoder(samprate=SPEECH_RATE_HZ, loglevel="FATAL", **PRUNING, **own)
        except (RuntimeError, ValueError) as error:
            raise EngineUnusable(str(error), engine=choice.engine) from error

    def transcribe(self, speech: Speech) -> Heard:
        utterance = Utterance(self._decoder)
        utterance.feed(speech)
        return utterance.finish()

    def stream(self) -> "Utterance":
        return Utterance(self._decoder)

    def close(self) -> None:
        """Nothing is open."""


class Utterance:
    """Of a decoder that follows one at a time."""

    def __init__(self, decoder: "pocketsphinx.Decoder") -> None:
        self._decoder = decoder
        decoder.start_utt()

    def feed(self, speech: Speech) -> None:
        if len(speech):
            self._decoder.process_raw(speech.tobytes(), no_search=False, full_utt=False)

    def partial(self) -> Sequence[Word]:
        return [Word(text, start_ns, end_ns) for text, start_ns, end_ns, _ in self._told()]

    def finish(self) -> Heard:
        self._decoder.end_utt()
        told = list(self._told())
        words = [Word(text, start_ns, end_ns) for text, start_ns, end_ns, _ in told]
        confidences = [round(confidence, 3) for *_, confidence in told]
        return Heard(words, ENGLISH, {"confidences": confidences})

    def _told(self) -> Iterator[tuple[str, int, int, float]]:
        """Another pronunciation of a word is written ``word(2)``."""
        if self._decoder.hyp() is None:
            return
        for each in self._decoder.seg():
            if not each.word.startswith(NO_WORDS):
                text = each.word.partition("(")[0]
                yield text, each.start_frame * FRAME_NS, (each.end_frame + 1) * FRAME_NS, each.prob
