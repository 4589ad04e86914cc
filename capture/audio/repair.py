"""What every real device needs: a thread that pulls its blocks, notices when it falls silent, and opens it again."""

import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import closing
from enum import StrEnum
from typing import Protocol

from capture.audio.base import AudioBlock, AudioEvent, AudioFormat, DeviceLost, DeviceRecovered
from capture.audio.timestamps import TimestampSmoother
from capture.clock import Clock
from capture.errors import SourceError, SourceUnavailable
from capture.recording import NS_PER_S

LOG = logging.getLogger(__name__)

OnBlock = Callable[[AudioBlock], None]
OnEvent = Callable[[AudioEvent], None]

SILENCE_LIMIT_NS = NS_PER_S
"""A device that delivers delivers many times a second; even a muted one delivers zeros."""

FIRST_BLOCK_LIMIT_NS = 3 * NS_PER_S
"""A sound server's idle virtual device may take 2 s to wake."""

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

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._stopping = threading.Event()
        self._starting = threading.Lock()
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
            delivery = Delivery(self._open, self._clock, self._stopping, on_block, on_event)
            self._thread = threading.Thread(target=delivery.run, args=(capture,), name=type(self).__name__, daemon=True)
            self._thread.start()
            return capture.format

    def stop(self) -> None:
        """Idempotent; may be called by a callback. Final: a source starts once."""
        self._stopping.set()
        with self._starting:
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join()


class Delivery:
    """The life of a started source, on its own thread."""

    def __init__(
        self,
        reopen: Callable[[], Capture],
        clock: Clock,
        stopping: threading.Event,
        on_block: OnBlock,
        on_event: OnEvent,
    ) -> None:
        self._reopen = reopen
        self._clock = clock
        self._stopping = stopping
        self._on_block = on_block
        self._on_event = on_event
        self._lost = False
        self._attempts = 0

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
        smoother = TimestampSmoother(capture.format.rate_hz)
        heard_ns, limit_ns = self._clock.now_ns(), FIRST_BLOCK_LIMIT_NS
        try:
            while True:
                blocks = capture.read()
                if blocks:
                    heard_ns, limit_ns = self._clock.now_ns(), SILENCE_LIMIT_NS
                    self._pass_on(capture, blocks, smoother)
                elif capture.suspended:
                    heard_ns = self._clock.now_ns()
                    self._report_loss(capture, LossReason.SUSPENDED)
                elif self._clock.now_ns() - heard_ns >= limit_ns:
                    return LossReason.NO_DATA
        except CaptureLost as lost:
            return lost.reason

    def _pass_on(self, capture: Capture, blocks: Sequence[AudioBlock], smoother: TimestampSmoother) -> None:
        for block in blocks:
            captured_ns = smoother.smooth(block.captured_ns, len(block.samples))
            if self._lost:
                self._lost = False
                self._tell(DeviceRecovered(capture.format.device, captured_ns))
            self._check_stopping()
            self._on_block(AudioBlock(block.samples, captured_ns))
        self._attempts = 0

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
        self._check_stopping()
        self._on_event(event)

    def _check_stopping(self) -> None:
        if self._stopping.is_set():
            raise Stopped
