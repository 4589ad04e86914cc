"""What a recorded file holds, decoded by other code than that which wrote it where a program is at hand."""

import json
import subprocess
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000
PIECE = RATE_HZ // 5


def streams(path: Path) -> dict[str, Any]:
    """Each stream by its kind, as ffprobe describes it: codec, duration, size."""
    command = ("ffprobe", "-v", "error", "-show_streams", "-of", "json", str(path))
    found = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)
    return {stream["codec_type"]: stream for stream in found["streams"]}


def decodes(path: Path) -> str:
    """What ffmpeg complains of when it decodes everything; empty where nothing is wrong."""
    ticks = ("-enc_time_base", "1:90000")  # not a frame rate: ours varies
    command = ("ffmpeg", "-v", "error", "-xerror", "-i", str(path), *ticks, "-f", "null", "-")
    return subprocess.run(command, capture_output=True, check=False, timeout=60).stderr.decode()


def sound(path: Path) -> NDArray[np.float32]:
    """All of it, mono at 48 kHz, from the file's own time zero."""
    command = ("ffmpeg", "-v", "error", "-i", str(path), "-vn", "-ac", "1", "-ar", str(RATE_HZ), "-f", "f32le", "-")
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout, np.float32)


def pictures(path: Path) -> list[tuple[float, NDArray[np.uint8]]]:
    """Each picture with its time in seconds; RGB, shape ``(height, width, 3)``."""
    with av.open(str(path)) as container:
        frames = container.decode(video=0)
        return [(float(frame.time or 0), frame.to_ndarray(format="rgb24").astype(np.uint8)) for frame in frames]


def likeness(heard: NDArray[np.float32], played: NDArray[np.float32]) -> float:
    """How surely ``played`` is somewhere within ``heard``: 1 for an exact copy.

    Piece by piece, for a recorder's clock correction shifts the end of a sentence against its beginning.
    """
    pieces = [played[at : at + PIECE] for at in range(0, len(played) - PIECE, PIECE)]
    loudest = max(float(np.linalg.norm(piece)) for piece in pieces)
    return float(np.median([_match(heard, piece) for piece in pieces if np.linalg.norm(piece) > loudest / 4]))


def _match(heard: NDArray[np.float32], piece: NDArray[np.float32]) -> float:
    """The highest correlation of a piece with any stretch of its length."""
    size = 1 << (len(heard) + len(piece)).bit_length()
    correlation = np.abs(np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(piece, size)), size))
    at = int(np.argmax(correlation[: len(heard) - len(piece)]))
    scale = float(np.linalg.norm(heard[at : at + len(piece)]) * np.linalg.norm(piece))
    return float(correlation[at]) / scale if scale else 0.0
