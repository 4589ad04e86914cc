"""Who speaks when: both sides' voice activity, and none for a microphone that only hears the loudspeaker."""

from collections.abc import Iterator

from capture.audio.base import Samples
from capture.participants.leak import LeakGate
from capture.participants.voice_activity import EnergyDetector, Turn
from capture.recording import Side

SideTurn = tuple[Side, Turn]


class Conversation:
    """Wants both sides in step, unbroken from instant zero; blocks of any size. One thread at a time."""

    def __init__(self) -> None:
        self._gate = LeakGate()
        self._local = EnergyDetector()
        self._remote = EnergyDetector()

    def push(self, microphone: Samples, system: Samples) -> Iterator[SideTurn]:
        for turn in self._remote.push(system):
            yield Side.SYSTEM, turn
        for samples in self._gate.push(microphone, system):
            for turn in self._local.push(samples):
                yield Side.MICROPHONE, turn

    def finish(self) -> Iterator[SideTurn]:
        """Nothing more comes: who still speaks stops."""
        for samples in self._gate.finish():
            for turn in self._local.push(samples):
                yield Side.MICROPHONE, turn
        for turn in self._local.finish():
            yield Side.MICROPHONE, turn
        for turn in self._remote.finish():
            yield Side.SYSTEM, turn
