"""How well speech is told from what else is to be heard. ``python -m tests.benchmarks.speech`` prints all figures."""

from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest

from capture.audio.base import RATE_HZ, Samples
from capture.participants.decimator import FACTOR
from capture.participants.silero import WEIGHTS, WINDOW, Array, Network, load_network
from capture.participants.speech_detector import SpeechDetector
from capture.participants.voice_activity import Turn
from tests.capture.participants.sound_set import (
    NOISES,
    SPEECH_DBFS,
    Speech,
    at_level,
    score,
    sentences,
    speech,
    turns,
    white,
    with_noise,
)

PRECISION, RECALL = 0.90, 0.85
AMONG_VOICES = 0.85
"""Precision where the noise is voices too."""

SNR_DB = 5.0
EDGE_NS = 300_000_000


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Samples]:
    return sentences(tmp_path_factory.mktemp("sentences"))


@pytest.fixture(scope="module")
def said(spoken: Sequence[Samples]) -> Speech:
    return speech(spoken)


def told(samples: Samples) -> list[Turn]:
    return turns(SpeechDetector(load_network(files("resources"))), samples)


@pytest.mark.parametrize("name", NOISES)
def test_speech_is_heard_5_db_above_noise(name: str, spoken: Sequence[Samples], said: Speech) -> None:
    noise = NOISES[name](len(said.samples), spoken)
    found = score(told(with_noise(said, noise, SNR_DB)), said.truth)
    assert found.precision >= (AMONG_VOICES if name == "babble" else PRECISION)
    assert found.recall >= RECALL


@pytest.mark.parametrize("name", sorted(NOISES.keys() - {"babble"}))
def test_noise_alone_is_nobody(name: str) -> None:
    """As loud as a voice."""
    assert told(at_level(NOISES[name](20 * RATE_HZ, ()), SPEECH_DBFS)) == []


@pytest.mark.parametrize("loudness_db", [0, -10, -20])
def test_turns_begin_and_end_where_they_do(loudness_db: float, spoken: Sequence[Samples], said: Speech) -> None:
    """Eight voices in a room whose noise is the same however loud they are."""
    room = at_level(white(len(said.samples), spoken), -80)
    found = told(said.samples * np.float32(10 ** (loudness_db / 20)) + room)
    truth = said.edges_ns()
    assert len(found) == len(truth)
    assert max(abs(turn.at_ns - at_ns) for turn, at_ns in zip(found, truth, strict=True)) <= EDGE_NS
    assert all(before.speaking != after.speaking for before, after in pairwise(found))


def test_a_yes_is_a_turn(spoken: Sequence[Samples]) -> None:
    """A third of a second from the midst of a sentence is heard for itself."""
    word = spoken[1][: RATE_HZ // 3]
    silence = np.zeros((RATE_HZ, 1), np.float32)
    samples = np.concatenate([silence, word, silence])
    begin, end = told(samples + at_level(white(len(samples), spoken), -80))
    assert abs(begin.at_ns - 1_000_000_000) <= EDGE_NS
    assert abs(end.at_ns - 1_333_333_333) <= EDGE_NS


class CountingNetwork(Network):
    """``windows``: how many it was asked about."""

    windows = 0

    def gates(self, windows: Array) -> Array:
        self.windows += len(windows)
        return super().gates(windows)


def test_the_network_is_spared_digital_silence_and_hears_as_before(said: Speech) -> None:
    """Between two sentences, as system sound has it where nobody plays; else the faintest noise, which it does hear."""
    quiet = np.zeros((10 * RATE_HZ, 1), np.float32)
    digital = np.concatenate([quiet, said.samples, quiet, said.samples, quiet])
    faint = digital + at_level(white(len(digital), ()), -75)
    heard = {}
    for samples in (digital, faint):
        with (files("resources") / WEIGHTS).open("rb") as weights, np.load(weights) as archive:
            network = CountingNetwork(archive)
        heard[network] = turns(SpeechDetector(network), samples)
    spared, asked = heard
    assert asked.windows - spared.windows > 25 * RATE_HZ / FACTOR / WINDOW
    assert [turn.speaking for turn in heard[spared]] == [turn.speaking for turn in heard[asked]]
    apart_ns = [abs(one.at_ns - other.at_ns) for one, other in zip(heard[spared], heard[asked], strict=True)]
    assert max(apart_ns) <= EDGE_NS
