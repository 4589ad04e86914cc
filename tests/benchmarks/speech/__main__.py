"""``python -m tests.benchmarks.speech``: how well it is told when somebody speaks, and what that costs.

With ``--peer PYTHON`` also what onnxruntime makes of the same network: see ``peer.py``. ``--reference FILE`` keeps that
for the tests.
"""

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from statistics import fmean

import numpy as np

from capture.audio.base import RATE_HZ, Samples
from capture.participants.conversation import Conversation
from capture.participants.decimator import SPEECH_RATE_HZ, Decimator, Mono
from capture.participants.energy import EnergyDetector
from capture.participants.silero import WINDOW, Listener, load_network
from capture.participants.speech_detector import BATCH, SpeechDetector
from capture.participants.voice_activity import VoiceActivityDetector
from tests.benchmarks.capture.report import say, this_machine
from tests.capture.participants.sound_set import NOISES, Noise, score, sentences, speech, turns, white, with_noise

RESULTS = Path(__file__).parents[1] / "results"
PEER = Path(__file__).with_name("peer.py")
LEGEND = """\
Of frames of 32 ms, as the turns tell them, against eight synthetic voices in four languages; half of the time somebody
speaks. Means over three arrangements. Noises are so much softer than the voices while these speak; *babble* is sixteen
other voices at once."""
SNRS_DB = (10.0, 5.0, 0.0)
SEEDS = (1, 2, 3)
HISS_DB = 60.0
REFERENCE_S = 4
FULL_SCALE = np.float32(2**15)
"""Of 16 bits, as the tests read the reference."""


def main() -> None:
    plan = _plan()
    with tempfile.TemporaryDirectory(prefix="speech-") as name:
        spoken = sentences(Path(name))
    lines = []
    for line in _report(plan, spoken):
        say(line)
        lines.append(line)
    plan.results.mkdir(parents=True, exist_ok=True)
    (plan.results / "speech.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _report(plan: argparse.Namespace, spoken: Sequence[Samples]) -> Iterator[str]:
    machine = this_machine()
    yield "# Speech"
    yield ""
    yield f"{machine.processor}, Python {machine.python}; revision {machine.revision}, {machine.started_at}."
    yield ""
    yield LEGEND
    yield ""
    yield "| sound | precision | recall | by loudness: precision | recall |"
    yield "| --- | --: | --: | --: | --: |"
    yield from _accuracy(spoken)
    yield ""
    yield "CPU in ms for a second of sound, the best of five:"
    yield ""
    yield from _costs(np.concatenate(spoken))
    if plan.peer is not None:
        yield from _compared(plan.peer, np.concatenate(spoken), plan.reference)


def _accuracy(spoken: Sequence[Samples]) -> Iterator[str]:
    """Means over the same sentences with other pauses."""
    network = load_network(files("resources"))
    detectors: Mapping[str, Callable[[], VoiceActivityDetector]] = {
        "model": lambda: SpeechDetector(network),
        "loudness": EnergyDetector,
    }
    noises: dict[str, tuple[Noise, float]] = {"clean": (white, HISS_DB)}
    noises |= {f"{name}, {snr_db:g} dB": (noise, snr_db) for name, noise in NOISES.items() for snr_db in SNRS_DB}
    for name, (noise, snr_db) in noises.items():
        found: dict[str, list[float]] = {f"{each} {what}": [] for each in detectors for what in ("precision", "recall")}
        for seed in SEEDS:
            said = speech(spoken, seed)
            samples = with_noise(said, noise(len(said.samples), spoken), snr_db)
            for each, make in detectors.items():
                result = score(turns(make(), samples), said.truth)
                found[f"{each} precision"].append(result.precision)
                found[f"{each} recall"].append(result.recall)
        yield f"| {name} | " + " | ".join(f"{fmean(values):.1%}" for values in found.values()) + " |"


def _conversation_ms(spoken: Samples) -> float:
    """While both speak at once, in the blocks of a recording."""
    system = np.repeat(np.roll(spoken, RATE_HZ, axis=0), 2, axis=1)
    conversation = Conversation()

    def pass_through() -> None:
        for first in range(0, len(spoken), RATE_HZ // 10):
            part = slice(first, first + RATE_HZ // 10)
            list(conversation.push(spoken[part], system[part]))

    return _cpu_ms(pass_through)


def _costs(spoken: Samples) -> Iterator[str]:
    length_s = len(spoken) / RATE_HZ
    began_s = time.perf_counter()
    network = load_network(files("resources"))
    yield f"- start, once: {(time.perf_counter() - began_s) * 1000:.1f} ms"
    decimator, listener = Decimator(), Listener(network)
    blocks = np.split(spoken, range(RATE_HZ // 10, len(spoken), RATE_HZ // 10))
    yield f"- one side to 16 kHz: {_cpu_ms(lambda: [decimator.push(block) for block in blocks]) / length_s:.2f}"
    sound = _at_speech_rate(spoken)
    batches = [sound[first : first + BATCH] for first in range(0, len(sound) - BATCH + 1, BATCH)]
    network_ms = _cpu_ms(lambda: [listener.hear(batch) for batch in batches]) / length_s
    yield f"- one side through the network: {network_ms:.2f}"
    yield f"- both sides, leak gate and all: {_conversation_ms(spoken) / length_s:.2f}"


def _cpu_ms(act: Callable[[], object]) -> float:
    """The best of five: other programs only make it slower."""
    costs = []
    for _ in range(5):
        began_s = time.thread_time()
        act()
        costs.append((time.thread_time() - began_s) * 1000)
    return min(costs)


def _at_speech_rate(samples: Samples) -> Mono:
    decimator = Decimator()
    sound = np.concatenate([decimator.push(samples), decimator.finish()])
    return sound[: len(sound) // WINDOW * WINDOW]


def _compared(python: Path, spoken: Samples, reference: Path | None) -> Iterator[str]:
    """The first seconds, as the other runtime hears them in 16 bits."""
    quiet = spoken + white(len(spoken), ()) * np.float32(0.003)
    sound = (_at_speech_rate(quiet) * FULL_SCALE).round().astype(np.int16)
    heard = sound.astype(np.float32) / FULL_SCALE
    with tempfile.TemporaryDirectory(prefix="peer-") as name:
        given, taken = Path(name) / "sound.npy", Path(name) / "found.npy"
        np.save(given, heard)
        done = subprocess.run((python, PEER, given, taken), capture_output=True, text=True, check=True)
        theirs = np.load(taken)
    ours = Listener(load_network(files("resources"))).hear(heard)
    cost = json.loads(done.stdout)
    yield f"- one side by onnxruntime: {cost['cpu_ms_per_s']:.2f}; start, once: {cost['start_ms']:.0f} ms"
    yield f"- largest difference of {len(ours)} probabilities from onnxruntime's: {np.abs(ours - theirs).max():.1e}"
    if reference is not None:
        windows = REFERENCE_S * SPEECH_RATE_HZ // WINDOW
        np.savez_compressed(reference, sound=sound[: windows * WINDOW], probabilities=theirs[:windows])


def _plan() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.speech", description=__doc__)
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder of speech.md")
    parser.add_argument("--peer", type=Path, help="a Python that has onnxruntime and silero-vad")
    parser.add_argument("--reference", type=Path, help="where to keep what onnxruntime finds")
    return parser.parse_args()


if __name__ == "__main__":
    main()
