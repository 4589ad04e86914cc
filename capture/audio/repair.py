"""What every real device needs: a thread that pulls its blocks, notices when it falls silent, and opens it again."""

import logging
import math
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, NoReturn, Protocol

from capture.audio.base import RATE_HZ, AudioBlock, AudioEvent, AudioFormat, DeviceLost, DeviceRecovered
from capture.audio.timestamps import Dating
from capture.clock import Clock
from capture.errors import SourceError, SourceUnavailable
from capture.recording import NS_PER_S

LOG = logging.getLogger(__name__)

OnBlock = Callable[[AudioBlock], None]
OnEvent = Callable[[AudioEvent], None]

SILENCE_LIMIT_NS = 900_000_000
"""A device that delivers delivers many times a second; even a muted one delivers zeros. Noticed within a second."""

FIRST_BLOCK_LIMIT_NS = 3 * NS_PER_S
"""A sound server's idle virtual device may take 2 s to wake."""

LONGEST_LATENCY_NS = 100_000_000
"""Of a device whose first stamp may be wrong: what comes now was not captured longer ago."""

SHORTEST_DELAY_S = 0.1
LONGEST_DELAY_S = 1.0


class LossReason(StrEnum):
    """The ``reason`` of a ``DeviceLost``."""

    FAILED = "failed"
    MOVED = "moved"
    SUSPENDED = "suspended"
    SERVER_GONE = "server_gone"
    NO_DATA = "no_data"
    DEFAULT_CHANGED = "default_changed"
    GAP = "gap"
    FAULT = "fault"
    """Not the device: this program, or who listens to it. It is logged, and the source delivers no more."""


class CaptureLost(Exception):
    def __init__(self, reason: LossReason) -> None:
        super().__init__(reason)
        self.reason = reason


class Stopped(Exception):
    """``stop`` was called while there was something to wait for."""


class Capture(Protocol):
    """An open device. One thread at a time."""

    @property
    def format(self) -> AudioFormat: ...

    @property
    def suspended(self) -> bool:
        """The device is there, but the system has put it to rest: there is nothing to repair."""
        ...

    def read(self) -> Sequence[AudioBlock]:
        """Rests for some milliseconds, then takes what is there. Raises ``CaptureLost``, ``Stopped``."""
        ...

    def close(self) -> None: ...


class RepairingSource(ABC):
    """An ``AudioSource`` over ``Capture``s: when one is lost it opens the next, until it is stopped."""

    hold_ns: ClassVar[int] = 0
    """For how long a capture's first blocks are held back, so that their times can be trusted."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._stopping = threading.Event()
        self._starting = threading.Lock()
        self._delivery: Delivery | None = None
        self._thread: threading.Thread | None = None

    @abstractmethod
    def _open(self) -> Capture:
        """Called on the caller's thread at first, then on the source's. Raises ``SourceError``, ``Stopped``."""

    def start(self, on_block: OnBlock, on_event: OnEvent) -> AudioFormat:
        """Both callbacks run on the source's own thread and must not block."""
        with self._starting:
            try:
                capture = self._open()
            except Stopped as error:
                message = "stopped before it started"
                raise SourceUnavailable(message) from error
            self._delivery = Delivery(
                self._open, self._clock, self._stopping, Callbacks(on_block, on_event), self.hold_ns
            )
            name = type(self).__name__
            self._thread = threading.Thread(target=self._delivery.run, args=(capture,), name=name, daemon=True)
            self._thread.start()
            return capture.format

    def stop(self) -> None:
        """Idempotent; may be called by a callback. Final: a source starts once."""
        self._stopping.set()
        with self._starting:
            thread, delivery = self._thread, self._delivery
        if thread is None or delivery is None:
            return
        if thread is threading.current_thread():
            delivery.hush()
        else:
            thread.join()


@dataclass(frozen=True, slots=True)
class Callbacks:
    """Both run on the source's own thread and must not block."""

    on_block: OnBlock
    on_event: OnEvent


class Delivery:
    """The life of a started source, on its own thread."""

    def __init__(
        self,
        reopen: Callable[[], Capture],
        clock: Clock,
        stopping: threading.Event,
        callbacks: Callbacks,
        hold_ns: int,
    ) -> None:
        self._reopen = reopen
        self._clock = clock
        self._stopping = stopping
        self._on_block = callbacks.on_block
        self._on_event = callbacks.on_event
        self._hold_ns = hold_ns
        self._lost = False
        self._returned_ns = 0
        self._attempts = 0
        self._hushed = False

    def hush(self) -> None:
        """On the delivery's own thread: neither callback is called again, not even with what has come already."""
        self._hushed = True

    def run(self, capture: Capture) -> None:
        """Takes ``capture`` over and closes it."""
        device = capture.format.device
        try:
            while True:
                device = capture.format.device
                with closing(capture):
                    reason = self._deliver(capture)
                self._report_loss(capture, reason)
                capture = self._repair()
        except Stopped:
            return
        except Exception:
            LOG.exception("audio source failed")
            self._on_event(DeviceLost(device, LossReason.FAULT, self._clock.now_ns()))

    def _deliver(self, capture: Capture) -> LossReason:
        """Until the capture is lost; says why."""
        dating = Dating(capture.format.rate_hz, self._hold_ns)
        try:
            self._listen(capture, dating)
        except CaptureLost as lost:
            self._pass_on(dating.release())
            return lost.reason
        except Stopped:
            self._pass_on(dating.release())
            raise

    def _listen(self, capture: Capture, dating: Dating) -> NoReturn:
        heard_ns, limit_ns = self._clock.now_ns(), FIRST_BLOCK_LIMIT_NS
        while True:
            blocks = capture.read()
            if blocks:
                heard_ns, limit_ns = self._clock.now_ns(), SILENCE_LIMIT_NS
                if not capture.suspended:  # else they came before it was
                    self._report_return(capture, blocks[0])
                for block in blocks:
                    self._pass_on(dating.push(block))
                self._attempts = 0
            if capture.suspended:
                heard_ns = self._clock.now_ns()
                self._pass_on(dating.release())
                self._report_loss(capture, LossReason.SUSPENDED)
            elif not blocks and self._clock.now_ns() - heard_ns >= limit_ns:
                raise CaptureLost(LossReason.NO_DATA)

    def _pass_on(self, blocks: Sequence[AudioBlock]) -> None:
        """What lies before the return that was told is left out; its times were better known afterwards."""
        for block in blocks:
            early = math.ceil((self._returned_ns - block.captured_ns) * RATE_HZ / NS_PER_S)
            if early >= len(block.samples):
                continue
            self._check_hushed()
            if early > 0:
                captured_ns = block.captured_ns + early * NS_PER_S // RATE_HZ
                self._on_block(AudioBlock(block.samples[early:], captured_ns))
            else:
                self._on_block(block)

    def _report_return(self, capture: Capture, block: AudioBlock) -> None:
        """Of the first block, which may still be held back: its time is told as well as it can be known by now.

        Its stamp may be wrong, and what lies before the time that is told is left out: never more than has come.
        """
        if self._lost:
            self._lost = False
            now_ns = self._clock.now_ns()
            begun_ns = now_ns - len(block.samples) * NS_PER_S // RATE_HZ
            self._returned_ns = min(max(block.captured_ns, begun_ns - LONGEST_LATENCY_NS), now_ns)
            self._tell(DeviceRecovered(capture.format.device, self._returned_ns))

    def _report_loss(self, capture: Capture, reason: LossReason) -> None:
        """Once for each loss, whatever else fails on the way back."""
        if not self._lost:
            self._lost = True
            self._tell(DeviceLost(capture.format.device, reason, self._clock.now_ns()))

    def _repair(self) -> Capture:
        """At once after a delivering capture was lost, then with growing pauses until blocks come again."""
        while True:
            if self._attempts and self._stopping.wait(self._delay_s()):
                raise Stopped
            self._attempts += 1
            try:
                return self._reopen()
            except SourceError as error:
                LOG.debug("audio source not back yet: %s", error.code)

    def _delay_s(self) -> float:
        return min(LONGEST_DELAY_S, SHORTEST_DELAY_S * 2.0 ** min(self._attempts - 1, 10))

    def _tell(self, event: AudioEvent) -> None:
        self._check_hushed()
        self._on_event(event)

    def _check_hushed(self) -> None:
        if self._hushed:
            raise Stopped
