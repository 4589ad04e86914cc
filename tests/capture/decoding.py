"""What recorded files hold."""

import contextlib
from pathlib import Path

import av
import numpy as np
from av.error import InvalidDataError
from av.frame import Frame

from capture.audio.base import RATE_HZ, Samples


def sound(path: Path) -> Samples:
    """The first track at 48 kHz, shape ``(frames, channels)``, from the file's own time zero."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler(format="flt", layout=stream.layout, rate=RATE_HZ)
        parts = [part for frame in container.decode(stream) for part in resampler.resample(frame)]
        decoded = [part.to_ndarray().reshape(-1, stream.channels).astype(np.float32) for part in parts]
    first = round((parts[0].time or 0.0) * RATE_HZ)
    before = np.zeros((max(0, first), stream.channels), np.float32)
    return np.concatenate([before, *decoded])[max(0, -first) :]


def played_s(path: Path) -> list[float]:
    """How long each track plays, every frame decoded, up to a last packet that is torn."""
    lengths = []
    with av.open(str(path)) as container:
        for stream in (*container.streams.video, *container.streams.audio):
            ends: list[float] = [0.0]
            with contextlib.suppress(InvalidDataError):
                ends += (frame.time or 0.0 for frame in container.decode(stream) if isinstance(frame, Frame))
            lengths.append(max(ends))
            container.seek(0)
    return lengths


def loudness_at(samples: Samples, from_s: float, to_s: float) -> float:
    """The RMS of that stretch."""
    stretch = samples[round(from_s * RATE_HZ) : round(to_s * RATE_HZ)]
    return float(np.sqrt(np.mean(np.square(stretch))))


def onsets_s(samples: Samples, threshold: float = 0.1) -> list[float]:
    """Where sound begins after a fifth of a second of silence."""
    loud = np.flatnonzero(np.abs(samples).max(axis=1) > threshold)
    return [float(first) / RATE_HZ for first in loud[np.diff(loud, prepend=-RATE_HZ) > RATE_HZ // 5]]
