"""Engines whose models are too large for a test: with libraries that are faked, call by call."""

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from capture.errors import EngineMissing, EngineUnusable
from capture.transcription import open_engine, open_streaming_engine
from capture.transcription.base import SPEECH_RATE_HZ
from capture.transcription.choice import EngineChoice, EngineName

SPEECH = np.full(SPEECH_RATE_HZ, 2**14, np.int16)
MS = 1_000_000
MODULES = {
    EngineName.FASTER_WHISPER: "faster_whisper",
    EngineName.WHISPER_CPP: "whisper_cpp",
    EngineName.VOSK: "vosk",
    EngineName.SHERPA_ONNX: "sherpa",
}


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """A door that was opened with a fake is closed again."""
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith("capture.transcription.") and name.endswith("_engine"):
            del sys.modules[name]


def faked(monkeypatch: pytest.MonkeyPatch, name: str, **content: Any) -> None:  # noqa: ANN401 - whatever a module holds
    module = ModuleType(name)
    for key, value in content.items():
        setattr(module, key, value)
    monkeypatch.setitem(sys.modules, name, module)


@pytest.mark.parametrize("engine", MODULES)
def test_one_that_is_not_installed_names_its_extra(monkeypatch: pytest.MonkeyPatch, engine: EngineName) -> None:
    for library in ("faster_whisper", "pywhispercpp", "pywhispercpp.model", "vosk", "sherpa_onnx"):
        monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(EngineMissing) as caught:
        open_engine(EngineChoice(engine))
    assert caught.value.data["engine"] == engine
    extras = Path(__file__).parents[3].joinpath("pyproject.toml").read_text(encoding="utf-8")
    assert f"\n{caught.value.data['extra']} = [" in extras


class Whisper:
    def __init__(self, model: str, **options: object) -> None:
        assert options["local_files_only"] is True
        if model == "missing":
            raise FileNotFoundError(model)

    def transcribe(self, sound: np.ndarray, **options: object) -> tuple[list[Any], Any]:
        assert (str(sound.dtype), float(sound.max())) == ("float32", 0.5)
        assert (options["language"], options["hotwords"], options["word_timestamps"]) == ("en", "Ada Bob", True)
        word = SimpleNamespace(word=" Morning", start=np.float64(0.1), end=np.float64(0.5), probability=0.9)
        return [SimpleNamespace(words=[word])], SimpleNamespace(language="en", language_probability=1)


def test_faster_whisper(monkeypatch: pytest.MonkeyPatch) -> None:
    faked(monkeypatch, "faster_whisper", WhisperModel=Whisper)
    choice = EngineChoice(EngineName.FASTER_WHISPER, language="en-US", key_terms=("Ada", "Bob"))
    heard = open_engine(choice).transcribe(SPEECH)
    assert [(word.text, word.start_ns, word.end_ns) for word in heard.words] == [("Morning", 100 * MS, 500 * MS)]
    with pytest.raises(EngineUnusable, match="no model missing"):
        open_engine(EngineChoice(EngineName.FASTER_WHISPER, model="missing"))


def test_whisper_cpp(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Model:
        def __init__(self, path: str, **_: object) -> None:
            assert path == str(tmp_path / "ggml.bin")

        def transcribe(self, sound: np.ndarray, **options: object) -> list[Any]:
            assert (str(sound.dtype), options["max_len"], options["language"]) == ("float32", 1, "auto")
            told = ((0, 5, ""), (10, 50, " Morning"), (50, 60, "[BLANK_AUDIO]"))
            return [SimpleNamespace(t0=t0, t1=t1, text=text) for t0, t1, text in told]

    faked(monkeypatch, "pywhispercpp")
    faked(monkeypatch, "pywhispercpp.model", Model=Model)
    with pytest.raises(EngineUnusable):
        open_engine(EngineChoice(EngineName.WHISPER_CPP, model="tiny"))
    (tmp_path / "ggml.bin").write_bytes(b"")
    heard = open_engine(EngineChoice(EngineName.WHISPER_CPP, model=str(tmp_path / "ggml.bin"))).transcribe(SPEECH)
    assert [(word.text, word.start_ns, word.end_ns) for word in heard.words] == [("Morning", 100 * MS, 500 * MS)]


def test_vosk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    word = {"word": "morning", "start": 0.1, "end": 0.5, "conf": 1}

    class Recognizer:
        def __init__(self, _: object, rate_hz: int) -> None:
            assert rate_hz == SPEECH_RATE_HZ

        def SetWords(self, _: bool) -> None: ...  # noqa: FBT001, N802 - the library's own names

        SetPartialWords = SetWords

        def AcceptWaveform(self, data: bytes) -> bool:  # noqa: N802 - the library's own name
            return len(data) > SPEECH_RATE_HZ

        def Result(self) -> str:  # noqa: N802 - the library's own name
            return json.dumps({"text": "morning", "result": [word]})

        def PartialResult(self) -> str:  # noqa: N802 - the library's own name
            return json.dumps({"partial": "mor", "partial_result": [{**word, "word": "mor"}]})

        def FinalResult(self) -> str:  # noqa: N802 - the library's own name
            return json.dumps({"text": ""})

    faked(monkeypatch, "vosk", Model=lambda path: path, KaldiRecognizer=Recognizer, SetLogLevel=lambda _: None)
    with pytest.raises(EngineUnusable):
        open_engine(EngineChoice(EngineName.VOSK))
    stream = open_streaming_engine(EngineChoice(EngineName.VOSK, model=str(tmp_path))).stream()
    stream.feed(SPEECH[:100])
    assert [each.text for each in stream.partial()] == ["mor"]
    stream.feed(SPEECH)
    assert [(each.text, each.start_ns) for each in stream.finish().words] == [("morning", 100 * MS)]


def test_sherpa_makes_words_of_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    faked(monkeypatch, "sherpa_onnx", OnlineRecognizer=None)
    words_of = importlib.import_module("capture.transcription.sherpa_engine").words_of
    found = list(words_of(["▁GOOD", "▁MO", "RN", "ING"], [0.1, 0.5, 0.6, 0.9]))
    assert [(word.text, word.start_ns, word.end_ns) for word in found] == [
        ("GOOD", 100 * MS, 180 * MS),
        ("MORNING", 500 * MS, 980 * MS),
    ]
    assert list(words_of([], [])) == []
    with pytest.raises(EngineUnusable):
        open_engine(EngineChoice(EngineName.SHERPA_ONNX, model="/nowhere"))
