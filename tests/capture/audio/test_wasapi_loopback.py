"""What Windows plays, over a fake of the library that waits, fills and fails as its source says."""

import importlib
from collections.abc import Callable
from itertools import pairwise

import pytest

from capture.audio import wasapi_loopback
from capture.audio.base import AudioDevice, AudioSource, DeviceLost, DeviceRecovered
from capture.audio.repair import LossReason
from capture.audio.wasapi_loopback import WasapiLoopbackSource, list_devices
from capture.clock import MonotonicClock
from capture.errors import ExtraMissing, PermissionDenied, SourceUnavailable, UnknownDevice
from capture.recording import DEFAULT_DEVICE, NS_PER_S, DeviceId
from tests.capture.audio.fake_soundcard import HEADSET_ID, HUM_HZ, SPEAKERS_ID, FakeSoundCard
from tests.capture.audio.listening import Listener

Start = Callable[[AudioSource], Listener]

INVALIDATED = "Error 0x88890004"


@pytest.fixture
def module() -> FakeSoundCard:
    return FakeSoundCard()


def loopback(module: FakeSoundCard, device: str = DEFAULT_DEVICE) -> WasapiLoopbackSource:
    return WasapiLoopbackSource(DeviceId(device), MonotonicClock(), module)


def test_loudspeakers_are_listed_by_their_lasting_ids(module: FakeSoundCard) -> None:
    module.default = module.headset
    assert list_devices(module) == (
        AudioDevice(DeviceId(SPEAKERS_ID), "Speakers", is_default=False),
        AudioDevice(DeviceId(HEADSET_ID), "Headset", is_default=True),
    )
    module.plugged = []
    assert list_devices(module) == ()


def test_windows_is_asked_to_convert(start: Start, module: FakeSoundCard) -> None:
    listener = start(loopback(module, HEADSET_ID))
    listener.wait_for_tone(HUM_HZ)
    assert module.headset.asked == [(48_000, 2)]


def test_what_it_touches_it_touches_on_threads_of_its_own(start: Start, module: FakeSoundCard) -> None:
    """The caller's may belong to a window, and then serve no other library."""
    start(loopback(module)).wait_for_tone(HUM_HZ)
    list_devices(module)
    assert {name.split("_")[0] for name in module.threads} == {"WasapiLoopback", "WasapiDevices"}


def test_where_nothing_plays_there_is_silence_and_no_loss(start: Start, module: FakeSoundCard) -> None:
    module.speakers.plays.clear()
    listener = start(loopback(module))
    silence = listener.wait_for_seconds(1.2)
    assert not any(block.samples.any() for block in silence)
    module.speakers.plays.set()
    listener.wait_for_tone(HUM_HZ)
    blocks = list(listener.blocks)
    holes_ns = [later.captured_ns - earlier.end_ns for earlier, later in pairwise(blocks)]
    assert max(map(abs, holes_ns)) < NS_PER_S // 40
    assert not listener.events


def test_another_default_is_opened_under_its_own_name(start: Start, module: FakeSoundCard) -> None:
    listener = start(loopback(module))
    listener.wait_for_tone(HUM_HZ)
    module.default = module.headset
    assert listener.wait_for_event(DeviceLost).reason == LossReason.DEFAULT_CHANGED
    assert listener.wait_for_event(DeviceRecovered).device == HEADSET_ID
    assert (module.speakers.open, module.headset.open) == (0, 1)


def test_a_chosen_one_stays_whatever_the_default_is(start: Start, module: FakeSoundCard) -> None:
    listener = start(loopback(module, SPEAKERS_ID))
    module.default = module.headset
    listener.wait_for_seconds(1.3)
    assert not listener.events
    assert module.headset.asked == []


def test_a_device_that_goes_is_told_and_found_again(start: Start, module: FakeSoundCard) -> None:
    listener = start(loopback(module, HEADSET_ID))
    listener.wait_for_tone(HUM_HZ)
    module.plugged = [module.speakers]
    module.headset.error = INVALIDATED
    assert listener.wait_for_event(DeviceLost).reason == LossReason.FAILED
    module.headset.error = ""
    module.plugged.append(module.headset)
    assert listener.wait_for_event(DeviceRecovered).device == HEADSET_ID


@pytest.mark.parametrize("device", ["{0.0.0.00000000}.{gone}", "Speak"])
def test_another_device_is_not_taken(module: FakeSoundCard, listener: Listener, device: str) -> None:
    with pytest.raises(UnknownDevice) as caught:
        loopback(module, device).start(listener.on_block, listener.on_event)
    assert caught.value.data == {"device": device, "side": "system"}


def test_a_machine_without_a_loudspeaker(module: FakeSoundCard, listener: Listener) -> None:
    module.plugged = []
    with pytest.raises(SourceUnavailable):
        loopback(module).start(listener.on_block, listener.on_event)


@pytest.mark.parametrize(("words", "kind"), [("Error 0x80070005", PermissionDenied), (INVALIDATED, SourceUnavailable)])
def test_what_the_library_says_is_translated(
    module: FakeSoundCard, listener: Listener, words: str, kind: type[Exception]
) -> None:
    module.speakers.error = words
    with pytest.raises(kind, match=words):
        loopback(module).start(listener.on_block, listener.on_event)
    module.error = words
    with pytest.raises(kind, match=words):
        list_devices(module)


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, listener: Listener) -> None:
    def refuse(name: str) -> None:
        raise ModuleNotFoundError(name)

    wasapi_loopback.library.cache_clear()
    monkeypatch.setattr(importlib, "import_module", refuse)
    for ask in (list_devices, lambda: WasapiLoopbackSource(DEFAULT_DEVICE).start(listener.on_block, listener.on_event)):
        with pytest.raises(ExtraMissing) as caught:
            ask()
        assert caught.value.data == {"side": "system", "extra": "windows"}
