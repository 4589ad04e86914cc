"""What every audio source keeps to, whoever made it."""

import threading
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
import pytest

from capture.audio.base import RATE_HZ, AudioBlock, AudioSource
from capture.audio.coreaudio_tap import EVERYTHING, CoreAudioTapSource
from capture.audio.portaudio import PortAudio, PortAudioSource
from capture.audio.pulse import PulseSource
from capture.audio.synthetic import SyntheticSource
from capture.audio.wasapi_loopback import WasapiLoopbackSource
from capture.clock import MonotonicClock
from capture.errors import SourceError
from capture.recording import DEFAULT_DEVICE, NS_PER_S, SYNTHETIC_DEVICE, DeviceId, Side
from tests.capture.audio.conftest import SERVERS
from tests.capture.audio.fake_catap import FakeCatap
from tests.capture.audio.fake_soundcard import SPEAKERS_ID, FakeSoundCard
from tests.capture.audio.fakes import MICROPHONE_NAME, FakeSoundDevice
from tests.capture.audio.listening import Listener
from tests.rig.sound import MICROPHONE, MONITOR, SoundServer

MS = 1_000_000


@dataclass(frozen=True, slots=True)
class Implementation:
    """``device`` is what the default is really called."""

    open: Callable[[DeviceId], AudioSource]
    device: str
    channels: int

    @property
    def has_devices(self) -> bool:
        """One that has none cannot be asked for one that is absent."""
        return self.device != SYNTHETIC_DEVICE

    def default(self) -> AudioSource:
        return self.open(DEFAULT_DEVICE)


def pulse(side: Side) -> Implementation:
    device, channels = (MICROPHONE, 1) if side is Side.MICROPHONE else (MONITOR, 2)
    return Implementation(lambda wanted: PulseSource(wanted, side), device, channels)


def portaudio() -> Implementation:
    library = PortAudio(FakeSoundDevice())
    return Implementation(lambda wanted: PortAudioSource(wanted, portaudio=library), MICROPHONE_NAME, 1)


def wasapi_loopback() -> Implementation:
    library = FakeSoundCard()
    return Implementation(lambda wanted: WasapiLoopbackSource(wanted, soundcard=library), SPEAKERS_ID, 2)


def coreaudio_tap() -> Implementation:
    library = FakeCatap()
    return Implementation(lambda wanted: CoreAudioTapSource(wanted, catap=library), EVERYTHING.id, 2)


def synthetic(side: Side) -> Implementation:
    channels = 1 if side is Side.MICROPHONE else 2
    return Implementation(lambda _: SyntheticSource(side), SYNTHETIC_DEVICE, channels)


@pytest.fixture(
    params=[
        *((pulse, side, name) for name in SERVERS for side in Side),
        *((fake, None, None) for fake in (portaudio, wasapi_loopback, coreaudio_tap)),
        *((synthetic, side, None) for side in Side),
    ],
    ids=lambda param: " ".join([param[0].__name__, *(part for part in param[1:] if part)]),
)
def implementation(
    request: pytest.FixtureRequest, server_named: Callable[[str], SoundServer], monkeypatch: pytest.MonkeyPatch
) -> Implementation:
    make, side, server = request.param
    if server is not None:
        for name, value in server_named(server).variables.items():
            monkeypatch.setenv(name, value)
    made: Implementation = make() if side is None else make(side)
    return made


def test_it_says_what_it_delivers_and_delivers_that(implementation: Implementation, listener: Listener) -> None:
    source = implementation.default()
    delivered = source.start(listener.on_block, listener.on_event)
    blocks = listener.wait_for_seconds(0.3)
    source.stop()
    assert (delivered.device, delivered.channels, delivered.rate_hz) == (
        implementation.device,
        implementation.channels,
        RATE_HZ,
    )
    assert delivered.name
    assert {block.samples.shape[1] for block in blocks} == {implementation.channels}
    assert {block.samples.dtype for block in blocks} == {np.dtype(np.float32)}
    assert all(15 * MS < len(block.samples) * NS_PER_S / RATE_HZ < 200 * MS for block in blocks)
    assert not listener.events


def test_times_are_monotonic_time_and_never_go_back(implementation: Implementation, listener: Listener) -> None:
    source, begin_ns = implementation.default(), MonotonicClock().now_ns()
    source.start(listener.on_block, listener.on_event)
    blocks = listener.wait_for_seconds(0.3)
    source.stop()
    times_ns = [block.captured_ns for block in blocks]
    assert times_ns == sorted(times_ns)
    assert begin_ns - 100 * MS < times_ns[0]
    assert times_ns[-1] < MonotonicClock().now_ns() + 100 * MS


def test_a_block_belongs_to_who_gets_it(implementation: Implementation, listener: Listener) -> None:
    source = implementation.default()
    source.start(listener.on_block, listener.on_event)
    blocks = listener.wait_for_seconds(0.2)
    for block in blocks:
        block.samples[:] = 1.0
    listener.wait_for_seconds(0.1)
    source.stop()
    assert all((block.samples == 1.0).all() for block in blocks)
    assert not any((block.samples == 1.0).all() for block in listener.blocks[len(blocks) + 1 :])


def test_after_stop_nothing_is_called_and_no_thread_is_left(implementation: Implementation, listener: Listener) -> None:
    before = threading.active_count()
    source, after_stop = implementation.default(), list[AudioBlock]()
    is_stopped = threading.Event()

    def watch(block: AudioBlock) -> None:
        listener.on_block(block)
        if is_stopped.is_set():
            after_stop.append(block)

    source.start(watch, listener.on_event)
    listener.wait_for_seconds(0.05)
    source.stop()
    is_stopped.set()
    assert threading.active_count() == before
    source.stop()
    assert not after_stop


def test_a_listener_may_stop_it(implementation: Implementation) -> None:
    source, blocks, stopped = implementation.default(), list[AudioBlock](), threading.Event()

    def stop_at_once(block: AudioBlock) -> None:
        blocks.append(block)
        source.stop()
        stopped.set()

    source.start(stop_at_once, lambda _: None)
    assert stopped.wait(5)
    source.stop()
    assert len(blocks) == 1


def test_it_may_be_stopped_before_it_starts(implementation: Implementation) -> None:
    before = threading.active_count()
    implementation.default().stop()
    assert threading.active_count() == before


def test_a_failed_start_holds_nothing(implementation: Implementation, listener: Listener) -> None:
    before = threading.active_count()
    source = implementation.open(DeviceId("absent"))
    with pytest.raises(SourceError) if implementation.has_devices else nullcontext():
        source.start(listener.on_block, listener.on_event)
    assert implementation.has_devices == (threading.active_count() == before)
    source.stop()
    assert threading.active_count() == before
