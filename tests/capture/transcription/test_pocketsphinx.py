import pytest

from capture.errors import EngineUnusable
from capture.transcription import open_streaming_engine
from capture.transcription.base import SPEECH_RATE_HZ, Heard, StreamingEngine, duration_ns
from capture.transcription.choice import EngineChoice, EngineName
from tests.capture.transcription.speaking import spoken

WORDS = "Can you hear me?"


@pytest.fixture(scope="module")
def engine() -> StreamingEngine:
    return open_streaming_engine(EngineChoice(EngineName.POCKETSPHINX))


@pytest.fixture(scope="module")
def said(engine: StreamingEngine) -> Heard:
    return engine.transcribe(spoken(WORDS))


def test_words_lie_in_what_was_said(said: Heard) -> None:
    speech = spoken(WORDS)
    assert said.words
    assert said.language_code == "en"
    for word in said.words:
        assert 0 <= word.start_ns < word.end_ns <= duration_ns(speech)
        assert word.text.isascii()
        assert not set(word.text) & set("<>[]()+")
    assert said.provider is not None
    assert len(said.provider["confidences"]) == len(said.words)


def test_while_it_is_spoken_it_tells_what_it_has_understood(engine: StreamingEngine) -> None:
    speech, piece = spoken(WORDS), SPEECH_RATE_HZ // 10
    stream = engine.stream()
    partials = []
    for start in range(0, len(speech), piece):
        stream.feed(speech[start : start + piece])
        partials.append(len(stream.partial()))
    final = stream.finish()
    assert partials[0] == 0
    assert any(partials[: len(partials) * 3 // 4])
    assert final.words


def test_each_utterance_is_by_itself(engine: StreamingEngine, said: Heard) -> None:
    second = engine.transcribe(spoken(WORDS))
    assert abs(said.words[0].start_ns - second.words[0].start_ns) < 1_000_000_000
    assert not engine.transcribe(spoken(WORDS)[:0]).words


def test_another_language_is_refused() -> None:
    with pytest.raises(EngineUnusable):
        open_streaming_engine(EngineChoice(EngineName.POCKETSPHINX, language="de"))
