"""Who is said to speak in a scene, and how much of that is right."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from capture.audio.base import RATE_HZ
from capture.participants.conversation import Conversation, SideTurn
from capture.recording import NS_PER_S, Side
from tests.capture.participants.room import Room, Scene, Spans, spans

BLOCK_FRAMES = RATE_HZ // 10
WINDOW_NS = 20_000_000


def heard(scene: Scene, room: Room, conversation: Conversation | None = None) -> list[SideTurn]:
    conversation = conversation or Conversation()
    microphone, system = scene.sounds(room)
    found: list[SideTurn] = []
    for first in range(0, len(microphone), BLOCK_FRAMES):
        part = slice(first, first + BLOCK_FRAMES)
        found += conversation.push(microphone[part], system[part])
    return [*found, *conversation.finish()]


def spoken_by(side: Side, turns: Sequence[SideTurn]) -> Spans:
    times_s = [turn.at_ns / NS_PER_S for of, turn in turns if of is side]
    return list(zip(times_s[::2], times_s[1::2], strict=True))


def within(covered: Spans, length_s: float) -> NDArray[np.bool_]:
    """Window by window."""
    middles = (np.arange(round(length_s * NS_PER_S / WINDOW_NS)) + 0.5) * WINDOW_NS / NS_PER_S
    found = np.zeros(len(middles), np.bool_)
    for begin_s, end_s in covered:
        found |= (begin_s <= middles) & (middles < end_s)
    return found


def rightly_attributed(scene: Scene, turns: Sequence[SideTurn]) -> float:
    """The share of the time in which somebody speaks that exactly those who do are said to."""
    true = {Side.MICROPHONE: within(spans(scene.local), scene.length_s)}
    true[Side.SYSTEM] = within(spans(scene.remote), scene.length_s)
    said = {side: within(spoken_by(side, turns), scene.length_s) for side in Side}
    anybody = true[Side.MICROPHONE] | true[Side.SYSTEM]
    right = np.logical_and(*(said[side] == true[side] for side in Side))
    return float(right[anybody].mean())
