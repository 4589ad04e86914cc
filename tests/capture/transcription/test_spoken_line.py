"""What is just being spoken, told to services: the servers are the tests', and talk as theirs do."""

import logging
import threading
from collections.abc import Mapping, Sequence
from http import HTTPStatus

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
from capture.transcription import open_streaming_engine, spoken_line
from capture.transcription.base import SPEECH_RATE_HZ, Stream, Word
from capture.transcription.choice import EngineChoice, EngineName
from tests.capture.transcription.streaming import KEY, Manners, assembly_ai, deepgram, live_service

SPEECH = np.full(round(SPEECH_RATE_HZ * 2.23), 1000, np.int16)
MS = 1_000_000
PAUSE = threading.Event()
NAMES: dict[Manners, EngineName] = {deepgram: EngineName.DEEPGRAM, assembly_ai: EngineName.ASSEMBLY_AI}


def stream(url: str, manners: Manners, key: str = KEY) -> Stream:
    choice = EngineChoice(NAMES[manners], url=url, key=key, language="en", key_terms=("Ada", "Bob"))
    return open_streaming_engine(choice).stream()


def some_words(line: Stream) -> Sequence[Word]:
    """Asked for as a listener does, again and again."""
    while not (words := line.partial()):
        PAUSE.wait(0.01)
    return words


def outlive(line: Stream) -> None:
    """Until it says what is wrong."""
    while line.partial() is not None:
        PAUSE.wait(0.01)


def times(words: Sequence[Word]) -> list[tuple[str, int, int]]:
    return [(word.text, word.start_ns // MS, word.end_ns // MS) for word in words]


def test_deepgram_tells_words_before_the_end(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with live_service(deepgram) as service:
        line = stream(service.url, deepgram)
        line.feed(SPEECH)
        assert times(some_words(line))[0] == ("Second1.", 0, 1000)
        heard = line.finish()
    assert times(heard.words) == [("Second1.", 0, 1000), ("Second2.", 1000, 2000), ("Second3.", 2000, 3000)]
    (query,) = service.queries
    assert (query["encoding"], query["sample_rate"], query["keyterm"]) == (["linear16"], ["16000"], ["Ada", "Bob"])
    assert KEY not in caplog.text
    assert KEY not in str(query)


def test_assembly_ai_tells_turns(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with live_service(assembly_ai) as service:
        line = stream(service.url, assembly_ai)
        line.feed(SPEECH)
        assert some_words(line)[0].text == "heard"
        heard = line.finish()
    assert times(heard.words) == [("Heard.", 100, 2300)], "the last piece was not filled up"
    (query,) = service.queries
    assert (query["speech_model"], query["keyterms_prompt"]) == (["universal-streaming-english"], ["Ada", "Bob"])
    assert 0.05 <= service.longest_s <= 1
    assert KEY not in caplog.text


REFUSALS = {
    HTTPStatus.FORBIDDEN: ProviderRefused,
    HTTPStatus.TOO_MANY_REQUESTS: ProviderBusy,
    HTTPStatus.BAD_GATEWAY: ProviderBroken,
}


@pytest.mark.parametrize("status", REFUSALS)
def test_who_is_not_let_in(status: HTTPStatus) -> None:
    with live_service(deepgram) as service:
        service.refusal = status
        line = stream(service.url, deepgram)
        line.feed(SPEECH)
        with pytest.raises(REFUSALS[status]):
            line.finish()


@pytest.mark.parametrize("manners", NAMES)
def test_a_wrong_key_and_a_server_that_is_away(manners: Manners) -> None:
    with live_service(manners) as service:
        with pytest.raises(ProviderRefused):
            stream(service.url, manners, key="another").finish()
        url = service.url
    with pytest.raises(ProviderUnreachable):
        stream(url, manners).finish()


def test_a_connection_that_breaks_is_known_while_it_is_spoken() -> None:
    with live_service(assembly_ai) as service:
        service.breaks_after_s = 1.0
        line = stream(service.url, assembly_ai)
        line.feed(SPEECH)
        with pytest.raises(ProviderUnreachable):
            outlive(line)


ODD: Mapping[str, type[ProviderFailed]] = {
    '{"type": "Error", "code": "NET-0001"}': ProviderBroken,
    '{"type": "Results"}': ProviderUnreadable,
    "[]": ProviderUnreadable,
    "no JSON": ProviderUnreadable,
}


@pytest.mark.parametrize("message", ODD)
def test_an_answer_that_is_none(message: str) -> None:
    with live_service(deepgram) as service:
        service.opening = message
        with pytest.raises(ODD[message]):
            stream(service.url, deepgram).finish()


def test_the_last_words_are_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spoken_line, "LAST_S", 0.1)
    with live_service(deepgram) as service:
        service.tells.clear()
        with pytest.raises(ProviderTimedOut):
            stream(service.url, deepgram).finish()
