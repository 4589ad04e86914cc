"""A sound server as one thread sees it: PulseAudio, or PipeWire through its PulseAudio protocol.

Nothing blocks, and nothing calls back from a foreign thread: the owner turns the library's loop and looks at states.
"""

import functools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from capture.audio.libpulse import (
    Address,
    ContextState,
    DeviceInfo,
    LibPulse,
    ListCallback,
    OperationState,
    PlayerInfo,
    ServerInfo,
    ServerInfoCallback,
    SubscribeCallback,
    SubscriptionMask,
)
from capture.audio.repair import CaptureLost, LossReason, Stopped
from capture.errors import SourceUnavailable

CLIENT_NAME = b"Afterword"
REST_S = 0.05
"""Between two looks while sound comes in: each costs a little, but a lost device is to be told within 100 ms."""

ANSWER_REST_S = 0.002
"""The same while an answer is awaited."""

ANSWER_LIMIT_S = 3.0
"""A server that is asked something and stays silent for so long is frozen."""


@dataclass(frozen=True, slots=True)
class PulseDevice:
    """``monitor``: of a sink, the name of its monitor; of a source, the sink that it monitors, if it does."""

    name: str
    description: str
    monitor: str | None
    index: int


@dataclass(frozen=True, slots=True)
class Defaults:
    """``server`` is what the sound server calls itself."""

    sink: str | None
    source: str | None
    server: str


@functools.cache
def library() -> LibPulse:
    """Raises ``SourceUnavailable`` where libpulse is not installed."""
    try:
        return LibPulse()
    except (OSError, AttributeError) as error:
        message = "libpulse cannot be loaded"
        raise SourceUnavailable(message, library="libpulse.so.0") from error


class PulseConnection:
    """Used by one thread at a time. Each call may raise ``Stopped`` once ``stopping`` is set."""

    def __init__(self, stopping: threading.Event) -> None:
        self.pulse = library()
        self._stopping = stopping
        self._mainloop: Address = None
        self.context: Address = None
        self.defaults_may_have_changed = False
        self._on_change = SubscribeCallback(self._note_change)

    def open(self) -> None:
        """Raises ``SourceUnavailable``, and then holds nothing."""
        self._mainloop = self.pulse.mainloop.new()
        self.context = self.pulse.context.new(self.pulse.mainloop.get_api(self._mainloop), CLIENT_NAME)
        self.pulse.context.connect(self.context, None, 0, None)  # a refusal shows in the state, like a later failure
        try:
            self.wait_until(lambda: self.pulse.context.get_state(self.context) == ContextState.READY)
        except CaptureLost as lost:
            reason = self.pulse.strerror(self.pulse.context.errno(self.context)).decode(errors="replace")
            self.close()
            message = f"no sound server: {reason}"
            raise SourceUnavailable(message, server="pulse") from lost
        except Stopped:
            self.close()
            raise

    def close(self) -> None:
        """Idempotent."""
        if self._mainloop is None:
            return
        self.pulse.context.disconnect(self.context)
        self.pulse.context.unref(self.context)
        self.pulse.mainloop.free(self._mainloop)
        self._mainloop = self.context = None

    def turn(self, rest_s: float = REST_S) -> None:
        """Rests, then does all that is pending, and that also if it was stopped meanwhile."""
        time.sleep(rest_s)  # half the price of waiting for ``stopping``
        while self.pulse.mainloop.iterate_at_once(self._mainloop, 0, None) > 0:
            pass
        if self._stopping.is_set():
            raise Stopped

    def check(self) -> None:
        """Raises ``CaptureLost`` when the server is gone."""
        if self.pulse.context.get_state(self.context) >= ContextState.FAILED:
            raise CaptureLost(LossReason.SERVER_GONE)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Raises ``CaptureLost`` when the server is gone or frozen."""
        deadline_s = time.monotonic() + ANSWER_LIMIT_S
        while not condition():
            if time.monotonic() > deadline_s:
                raise CaptureLost(LossReason.NO_DATA)
            self.turn(ANSWER_REST_S)
            self.check()

    def watch_defaults(self) -> None:
        """From now on ``defaults_may_have_changed`` is set by the server; who has looked clears it."""
        self.pulse.context.set_subscribe_callback(self.context, self._on_change, None)
        self.finish(self.pulse.context.subscribe(self.context, SubscriptionMask.SERVER, None, None))

    def defaults(self) -> Defaults:
        answers: list[Defaults] = []

        def take(_context: Address, info: Address, _data: Address) -> None:
            if info is not None:
                server = ServerInfo.from_address(info)
                names = (server.default_sink_name, server.default_source_name, server.server_name)
                sink, source, name = map(_text, names)
                answers.append(Defaults(sink, source, name or "unknown"))

        callback = ServerInfoCallback(take)
        self.finish(self.pulse.introspect.get_server_info(self.context, callback, None))
        if not answers:
            raise CaptureLost(LossReason.SERVER_GONE)
        return answers[0]

    def sources(self) -> tuple[PulseDevice, ...]:
        return self._devices(self.pulse.introspect.get_source_info_list)

    def sinks(self) -> tuple[PulseDevice, ...]:
        return self._devices(self.pulse.introspect.get_sink_info_list)

    def playing(self) -> frozenset[int]:
        """The indices of the sinks that somebody plays to: neither paused nor muted."""
        sinks: set[int] = set()

        def take(_context: Address, info: Address, _end: int, _data: Address) -> None:
            if info is not None:
                player = PlayerInfo.from_address(info)
                if not player.corked and not player.mute:
                    sinks.add(player.sink)

        callback = ListCallback(take)
        self.finish(self.pulse.introspect.get_sink_input_info_list(self.context, callback, None))
        return frozenset(sinks)

    def _devices(self, ask: Callable[[Address, object, None], Address]) -> tuple[PulseDevice, ...]:
        devices: list[PulseDevice] = []

        def take(_context: Address, info: Address, _end: int, _data: Address) -> None:
            if info is not None:
                device = DeviceInfo.from_address(info)
                name = _text(device.name) or ""
                description = _text(device.description) or name
                devices.append(PulseDevice(name, description, _text(device.monitor_name), device.index))

        callback = ListCallback(take)
        self.finish(ask(self.context, callback, None))
        return tuple(devices)

    def finish(self, operation: Address) -> None:
        """Waits for the answer; what has been asked no longer calls back afterwards. Raises ``CaptureLost``."""
        if operation is None:
            raise CaptureLost(LossReason.SERVER_GONE)
        try:
            self.wait_until(lambda: self.pulse.operation.get_state(operation) != OperationState.RUNNING)
        finally:
            self.pulse.operation.cancel(operation)
            self.pulse.operation.unref(operation)

    def _note_change(self, *_: object) -> None:
        self.defaults_may_have_changed = True


def _text(value: bytes | None) -> str | None:
    return value.decode(errors="replace") if value else None
