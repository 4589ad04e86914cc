"""What a Mac plays, over a fake of the library that calls back, fails and is closed as its source says."""

import importlib
from collections.abc import Callable
from itertools import pairwise

import pytest

from capture.audio import coreaudio_tap
from capture.audio.base import AudioDevice, AudioSource, DeviceLost, DeviceRecovered
from capture.audio.coreaudio_tap import EVERYTHING, CoreAudioTapSource, list_devices, plays
from capture.audio.repair import LossReason
from capture.clock import MonotonicClock
from capture.errors import ExtraMissing, PermissionDenied, SourceUnavailable, UnknownDevice
from capture.recording import DEFAULT_DEVICE, NS_PER_S, DeviceId
from tests.capture.audio.fake_catap import HUM_HZ, FakeCatap, FakeFormat
from tests.capture.audio.listening import Listener, amplitude

Start = Callable[[AudioSource], Listener]


@pytest.fixture
def module() -> FakeCatap:
    return FakeCatap()


def tap(module: FakeCatap, device: str = DEFAULT_DEVICE) -> CoreAudioTapSource:
    return CoreAudioTapSource(DeviceId(device), MonotonicClock(), module)


def test_everything_is_listed_first_and_then_each_loudspeaker(module: FakeCatap) -> None:
    assert list_devices(module) == (
        EVERYTHING,
        AudioDevice(DeviceId("BuiltInSpeakerDevice"), "MacBook Speakers", is_default=False),
        AudioDevice(DeviceId("00-11:output"), "Headset", is_default=False),
    )


@pytest.mark.parametrize(
    "kind",
    [
        FakeFormat(),
        FakeFormat(sample_rate=44_100.0),
        FakeFormat(sample_rate=24_000.0, num_channels=1),
        FakeFormat(sample_rate=96_000.0, bits_per_sample=24, is_float=False),
        FakeFormat(bits_per_sample=16, is_float=False),
        FakeFormat(bits_per_sample=32, is_float=False, num_channels=3),
    ],
    ids=str,
)
def test_whatever_the_device_has_becomes_48_khz_stereo(start: Start, module: FakeCatap, kind: FakeFormat) -> None:
    module.format = kind
    listener = start(tap(module))
    listener.wait_for_tone(HUM_HZ)
    blocks = listener.wait_for_seconds(0.3)
    assert {block.samples.shape for block in blocks} == {(960, 2)}
    assert amplitude(blocks[-1].samples, HUM_HZ) == pytest.approx(0.5, abs=0.05)


def test_a_chosen_loudspeaker_is_tapped_by_itself(start: Start, module: FakeCatap) -> None:
    start(tap(module, "00-11:output")).wait_for_tone(HUM_HZ)
    start(tap(module, EVERYTHING.id)).wait_for_tone(HUM_HZ)
    assert [session.device for session in module.sessions] == [module.headset, None]


def test_where_nothing_plays_there_is_silence_and_no_loss(start: Start, module: FakeCatap) -> None:
    listener = start(tap(module))
    listener.wait_for_tone(HUM_HZ)
    module.sessions[0].tap.audible = False
    listener.wait_for_seconds(3)
    module.sessions[0].tap.audible = True
    listener.wait_for_tone(HUM_HZ)
    holes_ns = [later.captured_ns - earlier.end_ns for earlier, later in pairwise(list(listener.blocks))]
    assert max(map(abs, holes_ns)) < NS_PER_S // 40
    assert not listener.events
    assert len(module.sessions) == 1


def test_a_tap_that_is_deaf_while_something_plays_is_made_anew(start: Start, module: FakeCatap) -> None:
    listener = start(tap(module))
    listener.wait_for_tone(HUM_HZ)
    module.processes[1].is_outputting = True
    module.sessions[0].tap.audible = False
    assert listener.wait_for_event(DeviceLost).reason == LossReason.NO_DATA
    listener.wait_for_event(DeviceRecovered)
    listener.wait_for_tone(HUM_HZ)
    assert (len(module.sessions), module.open) == (2, 1)


def test_a_tap_whose_format_changed_is_made_anew(start: Start, module: FakeCatap) -> None:
    listener = start(tap(module))
    listener.wait_for_tone(HUM_HZ)
    module.format = FakeFormat(sample_rate=16_000.0, num_channels=1)
    module.sessions[0].tap.failed = True
    assert listener.wait_for_event(DeviceLost).reason == LossReason.FAILED
    listener.wait_for_event(DeviceRecovered)
    listener.wait_for_tone(HUM_HZ)
    assert module.open == 1


@pytest.mark.parametrize(("errors", "warns"), [(1, False), (2, True)])
def test_a_tap_that_cannot_be_given_back_is_tried_twice(
    module: FakeCatap, listener: Listener, caplog: pytest.LogCaptureFixture, errors: int, *, warns: bool
) -> None:
    module.close_errors = errors
    source = tap(module)
    source.start(listener.on_block, listener.on_event)
    source.stop()
    assert bool(caplog.records) == warns
    assert (module.open == 0) != warns
    module.sessions[0].close()


def test_another_device_is_not_taken(module: FakeCatap, listener: Listener) -> None:
    for absent in ("gone", "Headset", "BuiltInMicrophoneDevice"):
        with pytest.raises(UnknownDevice) as caught:
            tap(module, absent).start(listener.on_block, listener.on_event)
        assert caught.value.data == {"device": absent, "side": "system"}
    assert not module.sessions


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (PermissionError("not allowed"), PermissionDenied),
        (OSError("status 560947818"), SourceUnavailable),
        (ValueError("Unsupported tap layout"), SourceUnavailable),
    ],
)
def test_what_the_library_says_is_translated(
    module: FakeCatap, listener: Listener, error: Exception, kind: type[Exception]
) -> None:
    module.start_error = error
    with pytest.raises(kind, match=str(error)):
        tap(module).start(listener.on_block, listener.on_event)
    module.error = error
    with pytest.raises(kind, match=str(error)):
        list_devices(module)
    assert not plays(module)


def test_who_plays_is_another_program(module: FakeCatap) -> None:
    assert not plays(module)
    module.processes[1].is_outputting = True
    assert plays(module)


@pytest.mark.parametrize(("error", "kind"), [(ModuleNotFoundError, ExtraMissing), (ImportError, SourceUnavailable)])
def test_without_the_library_the_extra_is_named_and_an_old_system_by_its_own_words(
    monkeypatch: pytest.MonkeyPatch, error: type[ImportError], kind: type[SourceUnavailable]
) -> None:
    def refuse(name: str) -> None:
        raise error(name)

    coreaudio_tap.library.cache_clear()
    monkeypatch.setattr(importlib, "import_module", refuse)
    with pytest.raises(kind) as caught:
        list_devices()
    assert type(caught.value) is kind
    assert caught.value.data.get("extra") == ("macos" if kind is ExtraMissing else None)
    assert not plays()
