"""Silero VAD 6, by numpy: a small neural network that tells speech from all other sound (MIT, Silero Team).

Each window of 32 ms passes, with the last 4 ms before it, through a Fourier transform and four convolutions, and then
through an LSTM, which remembers what was heard before. All but the LSTM is done for several windows at once.
"""

import hashlib
import io
from collections.abc import Mapping
from importlib.resources.abc import Traversable

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from capture.errors import SpeechModelUnusable
from capture.participants.decimator import Mono

WEIGHTS = "silero_vad.npz"
"""The network for 16 kHz of the PyPI package ``silero-vad`` 6.2.3, as float32."""

SHA256 = "a5d083c6e4e6c4e6499f1bc741a17de1902dc47d820f7145f0c4901b0e314233"

WINDOW = 512
"""Samples at 16 kHz: 32 ms."""

CONTEXT = 64
SPECTRUM = 256
HOP = 128
FRAMES = 4
"""Spectra of each window."""

BINS = SPECTRUM // 2 + 1
UNITS = 128
"""Of the LSTM."""

Array = NDArray[np.float32]

HANN: Array = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(SPECTRUM) / SPECTRUM)).astype(np.float32)


class Network:
    """The weights, laid out for multiplying rows. Immutable; any number of listeners may share it."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        kernels = [weights[f"encoder.{layer}.weight"].transpose(2, 1, 0) for layer in range(4)]
        self._biases = [weights[f"encoder.{layer}.bias"] for layer in range(4)]
        self._first = kernels[0].reshape(-1, 128)
        self._second = kernels[1].reshape(-1, 64)
        self._third = kernels[2][1:].reshape(-1, 64)  # what would lie before the first of two frames is padding
        self._fourth = kernels[3][1]  # one frame is left, between two of padding
        halved = np.repeat(np.array([0.5, 0.5, 1, 0.5], np.float32), UNITS)  # sigmoid(x) = (1 + tanh(x / 2)) / 2
        self._inward = np.ascontiguousarray((weights["lstm.weight_ih"] * halved[:, np.newaxis]).T)
        self._onward = weights["lstm.weight_hh"] * halved[:, np.newaxis]
        self._bias = (weights["lstm.bias_ih"] + weights["lstm.bias_hh"]) * halved
        self._output = weights["output.weight"].reshape(-1)
        self._output_bias = weights["output.bias"][0]

    def gates(self, windows: Array) -> Array:
        """What each window says to the LSTM. Shapes ``(n, CONTEXT + WINDOW)`` and ``(n, 4 * UNITS)``."""
        spectra = np.zeros((len(windows), FRAMES + 2, BINS), np.float32)
        spectra[:, 1:-1] = _spectra(windows)
        found = self._layer(0, _triples(spectra, 1), self._first)
        padded = np.pad(found.reshape(-1, FRAMES, 128), ((0, 0), (1, 0), (0, 0)))
        found = self._layer(1, _triples(padded, 2), self._second)
        found = self._layer(2, found.reshape(len(windows), -1), self._third)
        gates: Array = self._layer(3, found, self._fourth) @ self._inward + self._bias
        return gates

    def remember(self, gates: Array, output: Array, cell: Array) -> tuple[Array, Array]:
        """One step of the LSTM: its new output and cell."""
        activated = np.tanh(gates + self._onward @ output)
        opened = activated * np.float32(0.5) + np.float32(0.5)
        cell = opened[UNITS : 2 * UNITS] * cell + opened[:UNITS] * activated[2 * UNITS : 3 * UNITS]
        return opened[3 * UNITS :] * np.tanh(cell), cell

    def probabilities(self, outputs: Array) -> Array:
        """Of speech. Shape of ``outputs``: ``(n, UNITS)``."""
        found: Array = 1 / (1 + np.exp(-(np.maximum(outputs, 0) @ self._output + self._output_bias)))
        return found

    def _layer(self, number: int, rows: Array, kernel: Array) -> Array:
        activated: Array = np.maximum(rows @ kernel + self._biases[number], 0)
        return activated


class Listener:
    """One stream of sound, and what the network remembers of it."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._context: Mono = np.zeros(CONTEXT, np.float32)
        self._output: Array = np.zeros(UNITS, np.float32)
        self._cell: Array = np.zeros(UNITS, np.float32)

    def hear(self, sound: Mono) -> Array:
        """Whole windows, which follow on those before: how likely each of them is speech, from 0 to 1."""
        joined = np.concatenate([self._context, sound])
        self._context = joined[-CONTEXT:]
        gates = self._network.gates(sliding_window_view(joined, CONTEXT + WINDOW)[::WINDOW])
        outputs = np.empty((len(gates), UNITS), np.float32)
        for number, each in enumerate(gates):
            self._output, self._cell = self._network.remember(each, self._output, self._cell)
            outputs[number] = self._output
        return self._network.probabilities(outputs)


def load_network(resources: Traversable) -> Network:
    """Raises ``SpeechModelUnusable``. Takes 5 ms."""
    try:
        weights = resources.joinpath(WEIGHTS).read_bytes()
    except OSError as error:
        raise SpeechModelUnusable(str(error)) from error
    if hashlib.sha256(weights).hexdigest() != SHA256:
        message = f"{WEIGHTS} is damaged"
        raise SpeechModelUnusable(message)
    with np.load(io.BytesIO(weights), allow_pickle=False) as archive:
        return Network(archive)


def _spectra(windows: Array) -> Array:
    """Magnitudes, shape ``(n, FRAMES, BINS)``. The window's end is mirrored."""
    mirrored = np.concatenate([windows, windows[:, -2 : -2 - CONTEXT : -1]], axis=1)
    frames = sliding_window_view(mirrored, SPECTRUM, axis=1)[:, ::HOP]
    return np.abs(np.fft.rfft(frames * HANN))


def _triples(frames: Array, stride: int) -> Array:
    """Each three neighbours in one row, beginning with every ``stride``-th frame of a window."""
    width = 3 * frames.shape[2]
    flat = frames.reshape(len(frames), -1)
    rows: Array = sliding_window_view(flat, width, axis=1)[:, :: stride * frames.shape[2]].reshape(-1, width)
    return rows
