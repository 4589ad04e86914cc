"""Who spoke when, where no speaker timeline tells it: by the voices on each side's sound.

Without the recorder's gate: a loudspeaker that the microphone hears is taken for its owner.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np

from capture.encoding.speech import SpeechFile
from capture.errors import SpeechModelUnusable
from capture.participants.silero import WINDOW, Listener, Network, load_network
from capture.participants.turns import TurnTaking
from capture.participants.voice_activity import Turn
from capture.recording import LOCAL_PARTICIPANT_ID, NS_PER_S, Participant, Side
from capture.transcription.turns import REMOTE, SpokenTurn

PIECE_NS: Final = 32 * NS_PER_S // 1000 * 32
"""A second, and whole windows: what is found must not depend on how the sound was cut."""

FULL_SCALE: Final = np.float32(2**15)

logger = logging.getLogger(__name__)


def heard_turns(sound: Mapping[Side, Path], duration_ns: int, local_name: str | None) -> Sequence[SpokenTurn]:
    """Always the same for the same files. Raises ``NothingToTranscribe``."""
    people = {Side.MICROPHONE: Participant(LOCAL_PARTICIPANT_ID, local_name, is_host=True), Side.SYSTEM: REMOTE}
    try:
        network = load_network(files("resources"))
    except SpeechModelUnusable as error:
        logger.warning("all of it is taken for speech: %s", error)
        return [SpokenTurn(people[side], 0, duration_ns) for side in sound]
    with ExitStack() as stack:
        opened = {side: stack.enter_context(SpeechFile(path)) for side, path in sound.items()}
        return [
            SpokenTurn(people[side], start_ns, end_ns)
            for side, file in opened.items()
            for start_ns, end_ns in _spans(_turns(file, network, duration_ns))
        ]


def _turns(file: SpeechFile, network: Network, duration_ns: int) -> Iterator[Turn]:
    listener, taking = Listener(network), TurnTaking()
    for start_ns in range(0, duration_ns, PIECE_NS):
        piece = file.between(start_ns, min(start_ns + PIECE_NS, duration_ns)).astype(np.float32) / FULL_SCALE
        if len(piece):
            for probability in listener.hear(np.pad(piece, (0, -len(piece) % WINDOW))).tolist():
                yield from taking.hear(probability)
    yield from taking.finish(duration_ns)


def _spans(turns: Iterator[Turn]) -> Iterator[tuple[int, int]]:
    """Beginnings and ends alternate."""
    for begin in turns:
        yield begin.at_ns, next(turns).at_ns
