"""Who speaks when: both sides' voice activity, and none for a microphone that only hears the loudspeaker."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np

from capture.audio.base import Samples
from capture.errors import SpeechModelUnusable
from capture.participants.energy import EnergyDetector
from capture.participants.leak import LeakGate
from capture.participants.silero import load_network
from capture.participants.speech_detector import SpeechDetector
from capture.participants.voice_activity import Turn, VoiceActivityDetector
from capture.recording import Side

SideTurn = tuple[Side, Turn]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Voices:
    """A detector for each side. ``trouble``: why they go by loudness alone, where they do."""

    local: VoiceActivityDetector
    remote: VoiceActivityDetector
    trouble: SpeechModelUnusable | None = None


def open_voices(resources: Traversable) -> Voices:
    """The best that there are: no recording suffers from a model that cannot be used."""
    try:
        network = load_network(resources)
    except SpeechModelUnusable as error:
        logger.warning("who speaks is told by loudness alone: %s", error)
        return Voices(EnergyDetector(), EnergyDetector(), error)
    return Voices(SpeechDetector(network), SpeechDetector(network))


class Conversation:
    """Wants both sides in step, unbroken from instant zero; blocks of any size. One thread at a time."""

    def __init__(self, voices: Voices | None = None) -> None:
        self._gate = LeakGate()
        self._voices = voices or open_voices(files("resources"))

    @property
    def trouble(self) -> SpeechModelUnusable | None:
        """Why speech is told by loudness alone, where it is."""
        return self._voices.trouble

    def push(self, microphone: Samples, system: Samples) -> Iterator[SideTurn]:
        for turn in self._voices.remote.push(system):
            yield Side.SYSTEM, turn
        yield from self._hear_local([*self._gate.push(microphone, system)])

    def finish(self) -> Iterator[SideTurn]:
        """Nothing more comes: who still speaks stops."""
        yield from self._hear_local([*self._gate.finish()])
        for turn in self._voices.local.finish():
            yield Side.MICROPHONE, turn
        for turn in self._voices.remote.finish():
            yield Side.SYSTEM, turn

    def _hear_local(self, passed: list[Samples]) -> Iterator[SideTurn]:
        """In one piece: each costs."""
        if passed:
            for turn in self._voices.local.push(np.concatenate(passed)):
                yield Side.MICROPHONE, turn
