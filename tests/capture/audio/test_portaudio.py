import importlib
from collections.abc import Callable

import pytest

from capture.audio import portaudio
from capture.audio.base import AudioDevice, AudioSource, DeviceLost, DeviceRecovered
from capture.audio.portaudio import BLOCK_FRAMES, PortAudio, PortAudioSource
from capture.audio.repair import LossReason
from capture.audio.sound_check import tone
from capture.clock import MonotonicClock
from capture.errors import SourceUnavailable, UnknownDevice
from capture.recording import DEFAULT_DEVICE, DeviceId
from tests.capture.audio.fakes import HUM_HZ, MICROPHONE_NAME, FakeSoundDevice
from tests.capture.audio.listening import Listener, amplitude

Start = Callable[[AudioSource], Listener]
MS = 1_000_000


@pytest.fixture
def module() -> FakeSoundDevice:
    return FakeSoundDevice()


@pytest.fixture
def library(module: FakeSoundDevice) -> PortAudio:
    return PortAudio(module)


def microphone(library: PortAudio, device: str = DEFAULT_DEVICE) -> PortAudioSource:
    return PortAudioSource(DeviceId(device), MonotonicClock(), library)


def test_each_microphone_is_listed_once(library: PortAudio) -> None:
    assert portaudio.list_devices(library) == (
        AudioDevice(DeviceId(MICROPHONE_NAME), MICROPHONE_NAME, is_default=True),
    )


@pytest.mark.parametrize("device", [DEFAULT_DEVICE, MICROPHONE_NAME])
def test_blocks_are_copies_with_the_time_of_their_first_sample(start: Start, library: PortAudio, device: str) -> None:
    listener = start(microphone(library, device))
    listener.wait_for(lambda: len(listener.blocks) >= 3)
    block, now_ns = listener.blocks[-1], MonotonicClock().now_ns()
    assert block.samples.shape == (BLOCK_FRAMES, 1)
    assert amplitude(block.samples, HUM_HZ) == pytest.approx(0.5, abs=0.05)
    assert 20 * MS <= now_ns - block.captured_ns < 200 * MS


def test_the_rate_is_asked_for_and_windows_converts(start: Start, library: PortAudio, module: FakeSoundDevice) -> None:
    start(microphone(library))
    assert module.options[0]["samplerate"] == 48_000
    assert module.options[0]["extra_settings"] == ("wasapi", True)


def test_a_pulled_cable_is_told_and_the_device_found_again(
    start: Start, library: PortAudio, module: FakeSoundDevice
) -> None:
    listener = start(microphone(library, MICROPHONE_NAME))
    listener.wait_for(lambda: bool(listener.blocks))
    module.plugged = False
    module.streams[0].fail()
    lost = listener.wait_for_event(DeviceLost)
    assert lost.reason == LossReason.FAILED
    module.plugged = True
    recovered = listener.wait_for_event(DeviceRecovered)
    assert recovered.device == MICROPHONE_NAME
    assert module.restarts_while_open == 0


def test_a_stream_that_falls_silent_is_opened_anew(start: Start, library: PortAudio, module: FakeSoundDevice) -> None:
    listener = start(microphone(library))
    listener.wait_for(lambda: bool(listener.blocks))
    module.streams[0].fall_silent()
    assert listener.wait_for_event(DeviceLost).reason == LossReason.NO_DATA
    listener.wait_for_event(DeviceRecovered)
    assert len(module.streams) == 2


def test_the_list_is_not_renewed_while_a_stream_is_open(
    start: Start, library: PortAudio, module: FakeSoundDevice
) -> None:
    start(microphone(library))
    portaudio.list_devices(library)
    assert module.restarts_while_open == 0


def test_another_device_is_not_taken(library: PortAudio, listener: Listener) -> None:
    with pytest.raises(UnknownDevice) as caught:
        microphone(library, "Loudspeaker").start(listener.on_block, listener.on_event)
    assert caught.value.data == {"device": "Loudspeaker", "side": "microphone"}


def test_no_microphone_at_all(library: PortAudio, module: FakeSoundDevice, listener: Listener) -> None:
    module.plugged = False
    with pytest.raises(SourceUnavailable):
        microphone(library).start(listener.on_block, listener.on_event)


def test_a_device_that_cannot_be_opened(library: PortAudio, module: FakeSoundDevice, listener: Listener) -> None:
    module.broken = True
    with pytest.raises(SourceUnavailable) as caught:
        microphone(library).start(listener.on_block, listener.on_event)
    assert caught.value.data == {"device": MICROPHONE_NAME}


def test_a_tone_is_played_to_its_end(library: PortAudio, module: FakeSoundDevice) -> None:
    portaudio.play(tone(), library)
    (rate_hz, heard), *rest = module.played
    assert not rest
    assert rate_hz == 48_000
    assert (heard == tone()).all()
    assert module.outputs[0].closed


def test_a_loudspeaker_that_cannot_be_opened(library: PortAudio, module: FakeSoundDevice) -> None:
    module.broken = True
    with pytest.raises(SourceUnavailable, match="Device unavailable"):
        portaudio.play(tone(), library)
    assert not module.played


def test_a_machine_without_portaudio(monkeypatch: pytest.MonkeyPatch, listener: Listener) -> None:
    def refuse(_: str) -> None:
        message = "PortAudio library not found"
        raise OSError(message)

    portaudio.library.cache_clear()
    monkeypatch.setattr(importlib, "import_module", refuse)
    with pytest.raises(SourceUnavailable) as caught:
        PortAudioSource(DEFAULT_DEVICE).start(listener.on_block, listener.on_event)
    assert caught.value.data == {"library": "portaudio"}
    assert not portaudio.has_devices()
