import socket

import numpy as np
import pytest

from capture.errors import (
    ProviderBroken,
    ProviderBusy,
    ProviderFailed,
    ProviderRefused,
    ProviderTimedOut,
    ProviderUnreachable,
    ProviderUnreadable,
)
from capture.transcription.base import SPEECH_RATE_HZ, Heard
from capture.transcription.choice import EngineChoice, EngineName
from capture.transcription.openai_api import OpenAIEngine
from capture.transcription.requests import Persistence
from tests.capture.transcription.provider import Answer, Service, document, serving

SPEECH = np.zeros(2 * SPEECH_RATE_HZ, np.int16)
WORDS = {
    "text": "Good morning",
    "words": [{"word": " Good", "start": 0.1, "end": 0.4}, {"word": "morning", "start": 0.5, "end": 1}],
}
KEY = "sk-very-secret"


def heard(service: Service, *, waits_s: tuple[float, ...] = (), answer_s: float = 30.0, **choice: object) -> Heard:
    chosen = EngineChoice(EngineName.OPENAI, url=f"{service.url}/v1", key=KEY, **choice)  # type: ignore[arg-type] # fields of it
    engine = OpenAIEngine(chosen, Persistence(answer_s, waits_s, lambda _: None))
    try:
        return engine.transcribe(SPEECH)
    finally:
        engine.close()


def test_what_is_sent_and_what_becomes_of_the_answer() -> None:
    with serving(document(WORDS)) as service:
        said = heard(service, language="en-US", model="large", key_terms=("Afterword", "Ada"))
    (request,) = service.requests
    assert (request.path, request.headers["Authorization"]) == ("/v1/audio/transcriptions", f"Bearer {KEY}")
    assert [request.field(name) for name in ("model", "language", "prompt")] == ["large", "en", "Afterword, Ada"]
    assert request.speech_s == 2
    assert [(word.text, word.start_ns, word.end_ns) for word in said.words] == [
        ("Good", 100_000_000, 400_000_000),
        ("morning", 500_000_000, 1_000_000_000),
    ]
    assert said.provider == WORDS


def test_a_server_that_tells_no_times_of_words() -> None:
    segments = {"text": "a bc", "segments": [{"text": " a bc", "start": 0.5, "end": 1.0}]}
    with serving(document(segments), document({"text": "one two"}), document({"text": ""})) as service:
        first, second, third = heard(service), heard(service), heard(service)
    assert [(word.text, word.start_ns, word.end_ns) for word in first.words] == [
        ("a", 500_000_000, 700_000_000),
        ("bc", 700_000_000, 1_000_000_000),
    ]
    assert [(word.text, word.end_ns) for word in second.words] == [("one", 1_000_000_000), ("two", 2_000_000_000)]
    assert not third.words


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (Answer(429, headers={"retry-after": "7"}), ProviderBusy),
        (Answer(500), ProviderBroken),
        (Answer(401), ProviderRefused),
        (Answer(body=b"<html>"), ProviderUnreadable),
        (Answer(body=b"[]"), ProviderUnreadable),
        (Answer(body=b"{}"), ProviderUnreadable),
        (document({"words": [{"word": "a", "start": "soon", "end": None}]}), ProviderUnreadable),
        (Answer(body=b'{"words":[{"word":"a","start":NaN,"end":1}]}'), ProviderUnreadable),
        (Answer(body=b'{"text": "half', is_cut=True), ProviderUnreachable),
    ],
)
def test_what_goes_wrong_has_a_code(answer: Answer, failure: type[ProviderFailed]) -> None:
    with serving(answer) as service, pytest.raises(failure) as caught:
        heard(service)
    assert KEY not in f"{caught.value!r}{caught.value.data}"


def test_what_passes_is_tried_again() -> None:
    waits: list[float] = []
    with serving(Answer(429, headers={"retry-after": "7"}), Answer(500), document(WORDS)) as service:
        choice = EngineChoice(EngineName.OPENAI, url=service.url)
        engine = OpenAIEngine(choice, Persistence(waits_s=(1, 2), sleep=waits.append))
        assert len(engine.transcribe(SPEECH).words) == 2
        engine.close()
    assert waits == [7, 2]


def test_nobody_answers() -> None:
    with serving() as service:
        service.hanging.clear()
        with pytest.raises(ProviderTimedOut):
            heard(service, answer_s=0.2)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = Service(url=f"http://127.0.0.1:{closed.getsockname()[1]}")
        with pytest.raises(ProviderUnreachable):
            heard(nobody)


def test_the_key_is_in_no_repr() -> None:
    assert KEY not in repr(EngineChoice(EngineName.OPENAI, key=KEY))
