"""From the rate and channels that a device happens to have to those of every track."""

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from capture.audio.base import RATE_HZ, Samples

CHANNELS = 2
SURROUND = {3: "2.1", 4: "quad", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}
"""What so many loudspeakers are for, as a rule: a device does not say. libswresample mixes them down."""


class Resampler:
    """To 48 kHz stereo, unbroken from call to call. One per stream, one thread at a time."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._rate_hz = rate_hz
        self._layout = SURROUND.get(channels, "stereo")
        self._is_native = rate_hz == RATE_HZ and self._layout == "stereo"
        self._resampler = AudioResampler("flt", "stereo", RATE_HZ)

    def push(self, samples: Samples) -> Samples:
        """What is ready by now: less than a block is held back for the filter. The first two of unknown channels."""
        if self._layout == "stereo":
            samples = _as_stereo(samples)
        if self._is_native or not len(samples):
            return samples
        frame = AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout=self._layout)
        frame.sample_rate = self._rate_hz
        ready = [out.to_ndarray().reshape(-1, CHANNELS) for out in self._resampler.resample(frame)]
        return np.concatenate([np.zeros((0, CHANNELS), np.float32), *ready])


def _as_stereo(samples: Samples) -> Samples:
    return (
        np.repeat(samples, CHANNELS, axis=1) if samples.shape[1] == 1 else np.ascontiguousarray(samples[:, :CHANNELS])
    )
