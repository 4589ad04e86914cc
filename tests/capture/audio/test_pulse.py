"""What is heard through real sound servers, and what is refused."""

import ctypes
import itertools
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from capture.audio import list_microphones, list_system_audio, pulse_connection
from capture.audio.base import AudioDevice, AudioSource
from capture.audio.pulse import PulseSource
from capture.audio.pulse_stream import FRAGMENT_FRAMES
from capture.errors import SourceUnavailable, UnknownDevice
from capture.recording import DEFAULT_DEVICE, NS_PER_S, DeviceId, Side
from tests.capture.audio.conftest import Sounds
from tests.capture.audio.listening import Listener, amplitude, loudest, onsets_ns
from tests.capture.audio.sounds import AMPLITUDE, BEACON_HZ, TONE_HZ
from tests.rig.sound import FEED, MICROPHONE, MONITOR, SPEAKER, SoundServer

Start = Callable[[AudioSource], Listener]
MS = 1_000_000
NOTHING = 0.01
"""34 dB below what is played: more than a tone that is cut off leaks, less than ten samples of the other side."""


@pytest.mark.parametrize(("microphone", "system"), [(MICROPHONE, MONITOR), (DEFAULT_DEVICE, DEFAULT_DEVICE)])
def test_each_side_hears_its_own_and_nothing_of_the_other(
    meeting: SoundServer, start: Start, microphone: str, system: str
) -> None:
    mine = start(PulseSource(DeviceId(microphone), Side.MICROPHONE))
    theirs = start(PulseSource(DeviceId(system), Side.SYSTEM))
    theirs.wait_for_tone(TONE_HZ)
    heard = theirs.wait_for_seconds(0.5)
    assert np.median([amplitude(block.samples, TONE_HZ) for block in heard]) == pytest.approx(AMPLITUDE, abs=0.02)
    assert loudest(theirs.blocks, BEACON_HZ) < NOTHING
    assert loudest(mine.blocks, BEACON_HZ) == pytest.approx(AMPLITUDE, abs=0.02)
    assert loudest(mine.blocks, TONE_HZ) < NOTHING
    assert meeting.answers()


@pytest.mark.parametrize(("side", "channels"), [(Side.MICROPHONE, 1), (Side.SYSTEM, 2)])
def test_blocks_follow_each_other_without_a_seam(meeting: SoundServer, start: Start, side: Side, channels: int) -> None:
    listener = start(PulseSource(DEFAULT_DEVICE, side))
    blocks = listener.wait_for_seconds(2)
    assert {block.samples.dtype for block in blocks} == {np.dtype(np.float32)}
    assert {block.samples.shape[1] for block in blocks} == {channels}
    # At first they are smaller, and PipeWire may hand on its own cycles.
    assert np.median([len(block.samples) for block in blocks[-8:]]) >= FRAGMENT_FRAMES
    for block, following in itertools.pairwise(blocks):
        length_ns = len(block.samples) * NS_PER_S // 48_000
        assert abs(following.captured_ns - block.captured_ns - length_ns) < 5 * MS, meeting.name


@pytest.mark.parametrize(("side", "device"), [(Side.MICROPHONE, FEED), (Side.SYSTEM, SPEAKER)])
def test_a_sound_is_dated_when_it_was_played(
    sound_server: SoundServer, sounds: Sounds, start: Start, side: Side, device: str
) -> None:
    """The server plays a sound that it holds already as soon as it is told to."""
    sound_server.control("upload-sample", str(sounds.click), "click")
    listener = start(PulseSource(DEFAULT_DEVICE, side))
    listener.wait_for_seconds(0.3)
    told_ns = []
    for _ in range(3):
        told_ns.append(time.monotonic_ns())
        sound_server.control("play-sample", "click", device)
        listener.wait_for_seconds(0.3)
    _, *told_ns = told_ns
    onsets = onsets_ns(listener.blocks)
    assert len(onsets) == len(told_ns)
    delays_ns = onsets - np.array(told_ns)
    assert min(delays_ns) > -5 * MS
    assert min(delays_ns) < 60 * MS  # the others may have met a busy machine


def test_devices_are_listed_by_side(sound_server: SoundServer) -> None:
    microphone = AudioDevice(DeviceId(MICROPHONE), "Mic", is_default=True)
    speaker = AudioDevice(DeviceId(MONITOR), "Speaker", is_default=True)
    feed = AudioDevice(DeviceId(f"{FEED}.monitor"), "Feed", is_default=False)
    assert list_microphones() == (microphone,), sound_server.name
    assert set(list_system_audio()) == {speaker, feed}


@pytest.mark.parametrize(
    ("device", "side"),
    [("absent", Side.MICROPHONE), ("absent", Side.SYSTEM), (MONITOR, Side.MICROPHONE), (MICROPHONE, Side.SYSTEM)],
)
def test_a_device_that_is_not_there_or_on_the_other_side_is_unknown(
    sound_server: SoundServer, listener: Listener, device: str, side: Side
) -> None:
    with pytest.raises(UnknownDevice) as caught:
        PulseSource(DeviceId(device), side).start(listener.on_block, listener.on_event)
    assert caught.value.data == {"device": device, "side": side}, sound_server.name
    assert not listener.events


def test_nothing_is_left_behind(sound_server: SoundServer, listener: Listener) -> None:
    def used() -> tuple[int, int]:
        return threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))

    def use() -> None:
        source = PulseSource(DEFAULT_DEVICE, Side.MICROPHONE)
        source.start(listener.on_block, listener.on_event)
        listener.wait_for_seconds(0.05)
        source.stop()
        with pytest.raises(UnknownDevice):
            PulseSource(DeviceId("absent"), Side.SYSTEM).start(listener.on_block, listener.on_event)

    use()
    before = used()
    for _ in range(3):
        use()
    assert used() == before, sound_server.name


@pytest.mark.parametrize("side", Side)
def test_a_machine_without_a_sound_server(monkeypatch: pytest.MonkeyPatch, listener: Listener, side: Side) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent/native")
    with pytest.raises(SourceUnavailable) as caught:
        PulseSource(DEFAULT_DEVICE, side).start(listener.on_block, listener.on_event)
    assert caught.value.data == {"server": "pulse"}


def test_a_machine_without_libpulse(monkeypatch: pytest.MonkeyPatch, listener: Listener) -> None:
    def refuse(name: str) -> None:
        message = f"{name}: cannot open shared object file"
        raise OSError(message)

    pulse_connection.library.cache_clear()
    monkeypatch.setattr(ctypes, "CDLL", refuse)
    with pytest.raises(SourceUnavailable) as caught:
        PulseSource(DEFAULT_DEVICE, Side.SYSTEM).start(listener.on_block, listener.on_event)
    assert caught.value.data == {"library": "libpulse.so.0"}
