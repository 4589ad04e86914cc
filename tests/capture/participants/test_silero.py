"""The network against its authors' own form of it, by onnxruntime (``python -m tests.benchmarks.speech``)."""

import os
import shutil
import subprocess
import sys
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from capture.errors import SpeechModelUnusable
from capture.participants.decimator import Mono
from capture.participants.silero import WEIGHTS, WINDOW, Array, Listener, load_network

REFERENCE = Path(__file__).parents[2] / "data" / "speech" / "onnxruntime.npz"
SAME = 1e-3

COUNT_THREADS = """
import os
from importlib.resources import files
from capture.participants.silero import Listener, WINDOW, load_network
import numpy
Listener(load_network(files("resources"))).hear(numpy.zeros(8 * WINDOW, numpy.float32))
print(len(os.listdir("/proc/self/task")))
"""


@pytest.fixture(scope="module")
def reference() -> tuple[Mono, Array]:
    with np.load(REFERENCE) as kept:
        return kept["sound"].astype(np.float32) / np.float32(2**15), kept["probabilities"]


def test_it_finds_what_onnxruntime_finds(reference: tuple[Mono, Array]) -> None:
    sound, expected = reference
    found = Listener(load_network(files("resources"))).hear(sound)
    assert np.abs(found - expected).max() < SAME
    assert expected.max() > 0.9
    assert expected.min() < 0.1


@pytest.mark.parametrize("windows", [1, 3, 8, 50])
def test_it_remembers_what_it_heard(windows: int, reference: tuple[Mono, Array]) -> None:
    sound, expected = reference
    listener = Listener(load_network(files("resources")))
    cuts = [*range(0, len(sound), windows * WINDOW), len(sound)]
    found = np.concatenate([listener.hear(sound[begin:end]) for begin, end in pairwise(cuts)])
    assert np.abs(found - expected).max() < SAME


def test_two_listeners_do_not_hear_each_other(reference: tuple[Mono, Array]) -> None:
    sound, expected = reference
    network = load_network(files("resources"))
    one, other = Listener(network), Listener(network)
    half = len(expected) // 2
    found = [one.hear(sound[: half * WINDOW])]
    other.hear(sound[::-1][: half * WINDOW])
    found.append(one.hear(sound[half * WINDOW :]))
    assert np.abs(np.concatenate(found) - expected).max() < SAME


def test_it_takes_no_threads() -> None:
    """Started by whomever: with two, each second of sound costs ten times as much."""
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run((sys.executable, "-c", COUNT_THREADS), env=environment, capture_output=True, check=True)
    assert int(done.stdout) == 1


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SpeechModelUnusable, match=WEIGHTS):
        load_network(tmp_path)


@pytest.mark.parametrize("at", [0.0, 0.001, 0.5, 0.999])
def test_one_bit_is_damage(at: float, tmp_path: Path) -> None:
    weights = bytearray((files("resources") / WEIGHTS).read_bytes())
    weights[int(at * len(weights))] ^= 1
    (tmp_path / WEIGHTS).write_bytes(weights)
    with pytest.raises(SpeechModelUnusable, match="damaged"):
        load_network(tmp_path)


def test_a_file_that_was_cut_off_is_damaged(tmp_path: Path) -> None:
    path = shutil.copy(str(files("resources") / WEIGHTS), tmp_path)
    with Path(path).open("r+b") as file:
        file.truncate(1000)
    with pytest.raises(SpeechModelUnusable, match="damaged"):
        load_network(tmp_path)


def test_its_licence_lies_beside_it() -> None:
    text = (files("resources") / "silero_vad.LICENSE").read_text("utf-8")
    assert "MIT License" in text
    assert "Silero Team" in text
