"""Deepgram's and AssemblyAI's APIs, by servers that answer as theirs do."""

import json
from collections.abc import Iterator, Mapping

import numpy as np
import pytest

from capture.errors import ProviderTimedOut, ProviderUnreadable
from capture.transcription.assembly_ai_api import AssemblyAIEngine
from capture.transcription.base import SPEECH_RATE_HZ
from capture.transcription.choice import EngineChoice, EngineName
from capture.transcription.deepgram_api import DeepgramEngine
from capture.transcription.requests import Persistence
from tests.capture.transcription.provider import Answer, Request, document, serving

SPEECH = np.zeros(SPEECH_RATE_HZ, np.int16)
ONCE = Persistence(waits_s=(), sleep=lambda _: None)
DEEPGRAM = {
    "results": {
        "channels": [
            {
                "detected_language": "de",
                "alternatives": [
                    {
                        "words": [
                            {"word": "guten", "punctuated_word": "Guten", "start": 0.1, "end": 0.5, "confidence": 1}
                        ]
                    }
                ],
            }
        ]
    }
}


def test_deepgram(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"), serving(document(DEEPGRAM)) as service:
        choice = EngineChoice(EngineName.DEEPGRAM, url=service.url, key="secret", key_terms=("Ada", "Bob"))
        engine = DeepgramEngine(choice, ONCE)
        heard = engine.transcribe(SPEECH)
        engine.close()
    (request,) = service.requests
    assert (request.headers["Authorization"], request.speech_s) == ("Token secret", 1)
    assert "detect_language=true" in request.path
    assert "keyterm=Ada&keyterm=Bob" in request.path
    assert "Ada" not in caplog.text
    assert [(word.text, word.start_ns, word.end_ns) for word in heard.words] == [("Guten", 100_000_000, 500_000_000)]
    assert heard.language_code == "de"


@pytest.mark.parametrize("answer", ['{"results":{"channels":[]}}', '{"results":null}', "{}"])
def test_deepgram_that_makes_no_sense(answer: str) -> None:
    with serving(Answer(body=answer.encode())) as service, pytest.raises(ProviderUnreadable):
        DeepgramEngine(EngineChoice(EngineName.DEEPGRAM, url=service.url), ONCE).transcribe(SPEECH)


def heard(*states: Mapping[str, object]) -> tuple[list[Request], list[tuple[str, int, int]]]:
    answers: Iterator[Mapping[str, object]] = iter(
        [{"upload_url": "https://there"}, {"id": "t1", "status": "queued"}, *states]
    )
    with serving(reply=lambda _: document(next(answers, states[-1]))) as service:
        choice = EngineChoice(EngineName.ASSEMBLY_AI, url=service.url, key="secret", language="en", key_terms=("Ada",))
        said = AssemblyAIEngine(choice, ONCE).transcribe(SPEECH)
    return service.requests, [(word.text, word.start_ns, word.end_ns) for word in said.words]


def test_assembly_ai_is_asked_until_it_is_done() -> None:
    done = {"status": "completed", "words": [{"text": "Morning", "start": 100, "end": 500}], "language_code": "en_us"}
    requests, words = heard({"status": "processing"}, done)
    assert words == [("Morning", 100_000_000, 500_000_000)]
    assert [request.path for request in requests] == [
        "/v2/upload",
        "/v2/transcript",
        "/v2/transcript/t1",
        "/v2/transcript/t1",
    ]
    assert json.loads(requests[1].body) == {
        "audio_url": "https://there",
        "language_code": "en",
        "keyterms_prompt": ["Ada"],
    }
    assert all(request.headers["Authorization"] == "secret" for request in requests)


def test_assembly_ai_fails_or_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ProviderUnreadable):
        heard({"status": "error", "error": "too loud"})
    monkeypatch.setattr("capture.transcription.assembly_ai_api.MOST_POLLS", 2)
    with pytest.raises(ProviderTimedOut):
        heard({"status": "processing"})
