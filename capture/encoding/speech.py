"""What was said, from a file of any rate to what speech engines take, in pieces and in order."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from numpy.typing import NDArray

from capture.errors import NothingToTranscribe
from capture.recording import NS_PER_S

SPEECH_RATE_HZ = 16_000

Speech = NDArray[np.int16]


class SpeechFile:
    """Holds no more than what was asked for last. One thread at a time."""

    def __init__(self, path: Path) -> None:
        """Raises ``NothingToTranscribe``."""
        try:
            self._container = av.open(str(path))
        except (FFmpegError, OSError) as error:
            message = f"{path.name} cannot be read"
            raise NothingToTranscribe(message, path=str(path)) from error
        self._name = path.name
        self._pieces = self._decoded()
        self._held: Speech = np.zeros(0, np.int16)
        self._held_from = 0

    def between(self, start_ns: int, end_ns: int) -> Speech:
        """Never before what was asked for last. Shorter where the file ends. Raises ``NothingToTranscribe``."""
        first, last = (at_ns * SPEECH_RATE_HZ // NS_PER_S for at_ns in (start_ns, end_ns))
        while self._held_from + len(self._held) < last:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._held = np.concatenate([self._held, piece])
            self._forget(first)
        self._forget(first)
        return self._held[: max(0, last - self._held_from)]

    def close(self) -> None:
        self._container.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _forget(self, before: int) -> None:
        gone = min(max(0, before - self._held_from), len(self._held))
        self._held = self._held[gone:]
        self._held_from += gone

    def _decoded(self) -> Iterator[Speech]:
        resampler = AudioResampler("s16", "mono", SPEECH_RATE_HZ)
        try:
            for frame in self._container.decode(audio=0):
                yield from map(_samples, resampler.resample(frame))
            yield from map(_samples, resampler.resample(None))
        except (FFmpegError, ValueError, IndexError) as error:
            message = f"{self._name} cannot be decoded"
            raise NothingToTranscribe(message) from error


def _samples(frame: AudioFrame) -> Speech:
    return frame.to_ndarray().reshape(-1).astype(np.int16, copy=False)
