"""Voices of espeak-ng in a simulated room: who is said to speak, and who does."""

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capture.audio.base import RATE_HZ, Samples
from capture.participants.conversation import Conversation
from capture.participants.leak import LeakGate
from capture.recording import NS_PER_S, Side
from tests.capture.decoding import sound
from tests.capture.participants.hearing import BLOCK_FRAMES, heard, rightly_attributed, spoken_by, within
from tests.capture.participants.room import Line, Room, Scene, spans
from tests.fakes.sources import silence, tone
from tests.rig.speech import speak

RIGHT = 0.95
SPEECH_PEAK = 0.4

LOCAL = (
    "Good morning. Can you hear me well today?",
    "That is on the next page, two customers asked for it.",
    "I would rather wait until all of the numbers are in.",
)
REMOTE = (
    "Yes we can, please go ahead with your presentation.",
    "Who is going to write the documentation for that?",
    "Let us write that down and come back to it next week.",
)


@dataclass(frozen=True, slots=True)
class Voices:
    local: Sequence[Samples]
    remote: Sequence[Samples]


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> Voices:
    folder = tmp_path_factory.mktemp("voices")

    def spoken(text: str, voice: str) -> Samples:
        """Without the silence around it."""
        path = folder / "sentence.wav"
        speak(text, path, voice)
        samples = sound(path)
        loud = np.flatnonzero(np.abs(samples) > 0.02)
        samples = samples[loud[0] : loud[-1] + 1]
        return samples * np.float32(SPEECH_PEAK / np.abs(samples).max())

    return Voices([spoken(text, "en-us") for text in LOCAL], [spoken(text, "en-gb+f3") for text in REMOTE])


def in_turns(voices: Voices) -> Scene:
    """One after the other, a second apart."""
    lines: dict[Side, list[Line]] = {side: [] for side in Side}
    at_s = 1.0
    for local, remote in zip(voices.local, voices.remote, strict=True):
        for side, voice in ((Side.SYSTEM, remote), (Side.MICROPHONE, local)):
            lines[side].append(Line(at_s, voice))
            at_s = lines[side][-1].end_s + 1.0
    return Scene(lines[Side.MICROPHONE], lines[Side.SYSTEM], at_s)


def at_once(voices: Voices) -> Scene:
    """The remote side speaks without end; the local one into it, twice."""
    first, second, third = voices.remote
    remote = [Line(1, first), Line(1 + len(first) / RATE_HZ, second)]
    remote.append(Line(remote[-1].end_s, third))
    return Scene([Line(3, voices.local[0]), Line(7, voices.local[2])], remote, remote[-1].end_s + 2)


ROOMS = {
    "desk": Room(),
    "loud": Room(gain_db=-10),
    "soft": Room(gain_db=-25),
    "noisy": Room(noise_dbfs=-50),
    "echoing": Room(reverberation_s=0.6),
    "wireless": Room(delay_s=0.2),
    "headphones": Room(gain_db=-90),
}


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
def test_each_turn_is_the_right_sides(voices: Voices, room: Room) -> None:
    scene = in_turns(voices)
    assert rightly_attributed(scene, heard(scene, room)) >= RIGHT


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
def test_who_speaks_over_the_leak_is_heard(voices: Voices, room: Room) -> None:
    scene = at_once(voices)
    assert rightly_attributed(scene, heard(scene, room)) >= RIGHT


def test_without_the_gate_the_leak_would_be_the_local_user(voices: Voices) -> None:
    """What is measured above is the gate's doing: a microphone that is compared with nothing hears the leak."""
    scene = in_turns(voices)
    microphone, system = scene.sounds(Room())
    conversation = Conversation()
    turns = [*conversation.push(microphone, np.zeros_like(system)), *conversation.finish()]
    leaks = within(spoken_by(Side.MICROPHONE, turns), scene.length_s) & within(spans(scene.remote), scene.length_s)
    assert leaks.sum() > 0.8 * within(spans(scene.remote), scene.length_s).sum()


def test_a_remote_side_alone_is_never_the_local_user(voices: Voices) -> None:
    scene = Scene([], in_turns(voices).remote, in_turns(voices).length_s)
    assert {side for side, _ in heard(scene, Room())} == {Side.SYSTEM}


def test_a_local_user_alone_is_heard_at_once(voices: Voices) -> None:
    """Nothing is waited for while the other side is silent."""
    conversation = Conversation()
    microphone, system = Scene([Line(1, voices.local[0])], [], 4).sounds(Room())
    pushed = round(1.6 * RATE_HZ)
    ((side, turn),) = conversation.push(microphone[:pushed], system[:pushed])
    assert (side, turn.speaking) == (Side.MICROPHONE, True)
    assert turn.at_ns == pytest.approx(NS_PER_S, abs=100_000_000)


def test_the_way_through_the_room_is_learnt(voices: Voices) -> None:
    gate = LeakGate()
    scene = Scene([], in_turns(voices).remote, in_turns(voices).length_s)
    deque(gate.push(*scene.sounds(Room(gain_db=-20, delay_s=0.1))), maxlen=0)
    assert gate.coupling is not None
    assert gate.coupling.lag * 0.02 == pytest.approx(0.1, abs=0.07)
    assert gate.coupling.gain_db == pytest.approx(-20, abs=3)


def test_who_puts_on_headphones_is_heard_as_before(voices: Voices) -> None:
    """The microphone is quieter than what was learnt: a leak that strong is no longer there."""
    before, after = Scene([], in_turns(voices).remote, 20), at_once(voices)
    (loud, played), (quiet, more) = before.sounds(Room(gain_db=-6)), after.sounds(Room(gain_db=-90))
    conversation = Conversation()
    turns = [*conversation.push(np.concatenate([loud, quiet]), np.concatenate([played, more])), *conversation.finish()]
    moved = [
        (begin_s - before.length_s, end_s - before.length_s) for begin_s, end_s in spoken_by(Side.MICROPHONE, turns)
    ]
    said, true = within(moved, after.length_s), within(spans(after.local), after.length_s)
    assert (said & true).sum() >= RIGHT * true.sum()


def test_it_costs_little(voices: Voices) -> None:
    """The best of some runs: other programs only make it slower."""
    scene = at_once(voices)
    microphone, system = scene.sounds(Room())
    costs_ms = []
    for _ in range(5):
        gate, begin_s = LeakGate(), time.thread_time()
        for first in range(0, len(microphone), BLOCK_FRAMES):
            part = slice(first, first + BLOCK_FRAMES)
            deque(gate.push(microphone[part], system[part]), maxlen=0)
        costs_ms.append((time.thread_time() - begin_s) / scene.length_s * 1000)
    assert min(costs_ms) <= 2, costs_ms


@settings(deadline=None, max_examples=40)
@given(
    parts=st.lists(st.tuples(st.integers(1, 1500), st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=6),
    data=st.data(),
)
def test_nothing_is_lost_added_or_made_louder_however_it_is_cut(
    parts: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    loudness = (0.0, 0.01, 0.3)
    microphone = np.concatenate([tone(ms / 1000, amplitude=loudness[loud]) for ms, loud, _ in parts])
    system = np.concatenate([tone(ms / 1000, 700, loudness[loud], 2) for ms, _, loud in parts])
    cuts = data.draw(st.lists(st.integers(0, len(microphone)), max_size=12).map(sorted))
    whole, cut = LeakGate(), LeakGate()
    kept = np.concatenate([silence(0), *whole.push(microphone, system), *whole.finish()])
    pieces = zip(np.split(microphone, cuts), np.split(system, cuts), strict=True)
    same = [*(piece for mine, theirs in pieces for piece in cut.push(mine, theirs)), *cut.finish()]
    assert np.array_equal(np.concatenate([silence(0), *same]), kept)
    assert kept.shape == microphone.shape
    assert (np.abs(kept) <= np.abs(microphone) * 1.0001).all()


@settings(deadline=None, max_examples=25)
@given(st.integers(-100, 0), st.integers(100, 3000))
def test_a_microphone_beside_a_silent_system_is_left_as_it_is(level_dbfs: int, length_ms: int) -> None:
    microphone = tone(length_ms / 1000, amplitude=10 ** (level_dbfs / 20))
    gate = LeakGate()
    kept = np.concatenate([silence(0), *gate.push(microphone, silence(length_ms / 1000, 2)), *gate.finish()])
    assert np.array_equal(kept, microphone)
