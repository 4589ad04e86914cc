"""CMU PocketSphinx with the model of its own wheel. The only door to ``pocketsphinx``.

It needs nothing and streams, but it is of another age: of every ten words a good half are wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from capture.errors import EngineMissing, EngineUnusable
from capture.transcription.base import NS_PER_MS, SPEECH_RATE_HZ, Heard, Speech, Word, heard_at_once
from capture.transcription.choice import EngineChoice, EngineName

try:
    import pocketsphinx
except ImportError as error:
    raise EngineMissing(str(error), engine="pocketsphinx", extra="pocketsphinx") from error

FRAME_NS: Final = 10 * NS_PER_MS
ENGLISH: Final = "en"
LIVE: Final = {"maxhmmpf": 3000, "maxwpf": 10, "fwdflat": False}
"""A tenth of the guesses that are followed by default, and no second look at the end, when somebody waits for it: a
third of the work, and of a hundred words seven more wrong."""

NO_WORDS: Final = ("<", "[", "+")
"""Silence, noises and the ends of sentences begin so."""


class PocketsphinxEngine:
    """Key terms cannot be told: each would need its sounds. ``model`` is a folder with ``en-us`` 's files, or none."""

    def __init__(self, choice: EngineChoice) -> None:
        """Raises ``EngineUnusable``."""
        if choice.language is not None and not choice.language.lower().startswith(ENGLISH):
            message = f"it knows no {choice.language}, only English"
            raise EngineUnusable(message, engine=choice.engine)
        self._own = {} if choice.model is None else {"hmm": choice.model}

    def transcribe(self, speech: Speech) -> Heard:
        return heard_at_once(Utterance(self._thorough), speech)

    def stream(self) -> "Utterance":
        return Utterance(self._quick)

    @cached_property
    def _thorough(self) -> "pocketsphinx.Decoder":
        return _decoder(self._own)

    @cached_property
    def _quick(self) -> "pocketsphinx.Decoder":
        return _decoder({**LIVE, **self._own})

    def close(self) -> None:
        """Nothing is open."""


def _decoder(options: Mapping[str, str | int | bool]) -> "pocketsphinx.Decoder":
    """Takes 0.4 s. Raises ``EngineUnusable``."""
    try:
        return pocketsphinx.Decoder(samprate=SPEECH_RATE_HZ, loglevel="FATAL", **options)
    except (RuntimeError, ValueError) as error:
        raise EngineUnusable(str(error), engine=EngineName.POCKETSPHINX) from error


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
