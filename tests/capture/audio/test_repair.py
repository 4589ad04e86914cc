"""The life of a source, over captures that follow a script."""

import threading
import time
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from capture.audio.base import AudioBlock, AudioFormat, AudioSource, DeviceLost, DeviceRecovered
from capture.audio.repair import Capture, CaptureLost, LossReason, RepairingSource, Stopped
from capture.errors import SourceUnavailable, UnknownDevice
from capture.recording import DeviceId
from tests.capture.audio.listening import Listener
from tests.fakes.clock import FakeClock

Start = Callable[[AudioSource], Listener]

LONG_NS = 400_000_000
BLOCK_FRAMES = 960
BLOCK_NS = 20_000_000


class ScriptedCapture:
    """One letter for each look: block, nothing for 0.4 s, suspended for 0.4 s, or with a block, failure.

    The stamp of block ``a`` lies 0.4 s ahead. At the end it rests.
    """

    def __init__(self, script: str, clock: FakeClock, stopping: threading.Event, number: int) -> None:
        self.format = AudioFormat(DeviceId(f"device {number}"), "A device", 1)
        self.suspended = False
        self.closed = False
        self.is_through = threading.Event()
        self._letters = iter(script)
        self._clock = clock
        self._stopping = stopping

    def read(self) -> Sequence[AudioBlock]:
        letter = next(self._letters, None)
        self.suspended = letter in {"s", "S"}
        if letter == "f":
            raise CaptureLost(LossReason.FAILED)
        if letter is None:
            self.is_through.set()
            self._stopping.wait()
            raise Stopped
        if letter in {"n", "s"}:
            self._clock.advance(LONG_NS)
            return []
        captured_ns = self._clock.now_ns() + (LONG_NS if letter == "a" else 0)
        self._clock.advance(BLOCK_NS)
        return [AudioBlock(np.zeros((BLOCK_FRAMES, 1), np.float32), captured_ns)]

    def close(self) -> None:
        self.closed = True


class ScriptedSource(RepairingSource):
    """Each opening takes the next script; an empty one means that the device is not there."""

    def __init__(self, *scripts: str) -> None:
        self.clock = FakeClock()
        super().__init__(self.clock)
        self._scripts = iter(scripts)
        self.captures: list[ScriptedCapture] = []
        self.openings_s: list[float] = []
        self.has_tried_often = threading.Event()

    def _open(self) -> Capture:
        self.openings_s.append(time.monotonic())
        if len(self.openings_s) == 4:
            self.has_tried_often.set()
        script = next(self._scripts, "")
        if not script:
            raise UnknownDevice
        self.captures.append(ScriptedCapture(script, self.clock, self._stopping, len(self.captures)))
        return self.captures[-1]


class HoldingSource(ScriptedSource):
    hold_ns = 50_000_000


def told(listener: Listener) -> list[tuple[str, str]]:
    return [(type(event).__name__, event.device) for event in listener.events]


def test_a_loss_is_told_once_and_so_is_the_return(start: Start) -> None:
    source = ScriptedSource("bf", "", "f", "nbb")
    listener = start(source)
    listener.wait_for(lambda: len(listener.blocks) == 3)
    assert told(listener) == [("DeviceLost", "device 0"), ("DeviceRecovered", "device 2")]
    assert listener.events[1].at_ns == listener.blocks[1].captured_ns
    assert [capture.closed for capture in source.captures] == [True, True, False]


@pytest.mark.parametrize(
    ("silence", "is_lost"), [("bnnb", False), ("bnnnb", True), ("nnnnnnnb", False), ("nnnnnnnnb", True)]
)
def test_silence_of_a_second_is_a_loss(start: Start, silence: str, *, is_lost: bool) -> None:
    """At first it may last three: idle devices take their time."""
    listener = start(ScriptedSource(silence, "b"))
    listener.wait_for(lambda: len(listener.blocks) == silence.count("b"))
    reasons = [event.reason for event in listener.events if isinstance(event, DeviceLost)]
    assert reasons == ([LossReason.NO_DATA] if is_lost else [])


def test_a_suspended_device_is_told_and_left_alone(start: Start) -> None:
    source = ScriptedSource("bssssssb")
    listener = start(source)
    listener.wait_for(lambda: len(listener.blocks) == 2)
    lost, recovered = listener.events
    assert isinstance(lost, DeviceLost)
    assert lost.reason == LossReason.SUSPENDED
    assert isinstance(recovered, DeviceRecovered)
    assert len(source.openings_s) == 1


def test_what_came_before_a_suspension_is_no_return(start: Start) -> None:
    """A last block may still be on its way when the device has been suspended already."""
    listener = start(ScriptedSource("bsSsb"))
    listener.wait_for(lambda: len(listener.blocks) == 3)
    assert [name for name, _ in told(listener)] == ["DeviceLost", "DeviceRecovered"]


def test_the_return_is_told_at_once_though_the_first_blocks_are_held_back(start: Start) -> None:
    listener = start(HoldingSource("bbbf", "b"))
    listener.wait_for_event(DeviceRecovered)
    assert len(listener.blocks) == 3


def test_a_first_stamp_that_lies_ahead_costs_no_more_than_its_block(start: Start) -> None:
    """As of a server that was started just now; what follows is known to lie before it."""
    listener = start(HoldingSource("bf", "abbbbb"))
    listener.wait_for(lambda: len(listener.blocks) == 6)
    recovered = listener.events[1]
    assert recovered.at_ns == listener.blocks[1].captured_ns
    assert sum(len(block.samples) for block in listener.blocks) == 6 * BLOCK_FRAMES


def test_what_is_held_back_when_it_is_stopped_is_passed_on(start: Start, listener: Listener) -> None:
    source = HoldingSource("bb")
    start(source)
    assert source.captures[0].is_through.wait(5)
    source.stop()
    assert len(listener.blocks) == 2


def test_nothing_comes_after_a_listener_that_stops_its_source() -> None:
    source, listener = HoldingSource("bbb"), Listener()

    def stop(block: AudioBlock) -> None:
        listener.on_block(block)
        source.stop()

    source.start(stop, listener.on_event)
    listener.wait_for(lambda: bool(listener.blocks))
    source.stop()
    assert len(listener.blocks) == 1


@pytest.mark.parametrize("script", ["", "f"], ids=["cannot be opened", "opens and fails"])
def test_it_tries_at_once_and_then_with_growing_pauses(start: Start, script: str) -> None:
    source = ScriptedSource("bf", script, script, script, "b")
    listener = start(source)
    listener.wait_for_event(DeviceRecovered)
    pauses_s = np.diff(source.openings_s[1:])
    assert all(pause_s >= least_s for pause_s, least_s in zip(pauses_s, (0.1, 0.2, 0.4), strict=True))
    assert pauses_s.sum() < 1.5


def test_it_stops_at_once_while_it_waits() -> None:
    source, listener = ScriptedSource("bf"), Listener()
    source.start(listener.on_block, listener.on_event)
    assert source.has_tried_often.wait(5)
    begin_s = time.monotonic()
    source.stop()
    assert time.monotonic() - begin_s < 0.2


def test_a_listener_that_raises_ends_the_source_and_is_told(caplog: pytest.LogCaptureFixture) -> None:
    source, listener = ScriptedSource("bb"), Listener()

    def fail(_: AudioBlock) -> None:
        message = "a fault in who listens"
        raise ValueError(message)

    source.start(fail, listener.on_event)
    assert listener.wait_for_event(DeviceLost).reason == LossReason.FAULT
    source.stop()
    assert "a fault in who listens" in caplog.text
    assert source.captures[0].closed


def test_a_source_that_was_stopped_does_not_start() -> None:
    class WaitingSource(ScriptedSource):
        def _open(self) -> Capture:
            if self._stopping.is_set():
                raise Stopped
            return super()._open()

    source, listener = WaitingSource("b"), Listener()
    source.stop()
    with pytest.raises(SourceUnavailable):
        source.start(listener.on_block, listener.on_event)
