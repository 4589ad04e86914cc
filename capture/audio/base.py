"""What an audio source is. The device paces us: blocks are pushed, each with its capture time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from capture.recording import NS_PER_S, DeviceId

RATE_HZ = 48_000
"""One rate from end to end, so that nothing is resampled twice."""

Samples = NDArray[np.float32]
"""Shape ``(frames, channels)``, nominally within ±1.0."""


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """What a started source delivers, and from which device by its real name."""

    device: DeviceId
    name: str
    channels: int
    rate_hz: int = RATE_HZ


@dataclass(frozen=True, slots=True)
class AudioBlock:
    """``captured_ns``: when the block's first sample was captured, on the monotonic clock. Owned by the receiver."""

    samples: Samples
    captured_ns: int

    @property
    def end_ns(self) -> int:
        """When the sample after its last one is captured."""
        return self.captured_ns + len(self.samples) * NS_PER_S // RATE_HZ


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """The source delivers nothing any more, until a ``DeviceRecovered``."""

    device: DeviceId
    reason: str
    at_ns: int


@dataclass(frozen=True, slots=True)
class DeviceRecovered:
    """The source delivers again, perhaps from another device (the default may have changed)."""

    device: DeviceId
    at_ns: int


AudioEvent = DeviceLost | DeviceRecovered


@dataclass(frozen=True, slots=True)
class AudioDevice:
    """One line of ``devices``."""

    id: DeviceId
    name: str
    is_default: bool


class AudioSource(Protocol):
    """One side of a meeting."""

    def start(self, on_block: Callable[[AudioBlock], None], on_event: Callable[[AudioEvent], None]) -> AudioFormat:
        """Both callbacks run on a thread of the source and must not block.

        Raises ``SourceUnavailable``, ``UnknownDevice`` or ``PermissionDenied``, and then holds nothing.
        """
        ...

    def stop(self) -> None:
        """Idempotent. Once it returns, neither callback is called again."""
        ...
