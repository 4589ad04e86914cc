"""Who records and who plays, as the sound server tells: at once, and without asking while nothing happens."""

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TypeVar

from capture.audio.libpulse import (
    EVENT_REMOVE,
    EVENT_TYPE_MASK,
    FACILITY_MASK,
    INVALID_INDEX,
    Address,
    ClientInfo,
    ContextState,
    DeviceInfo,
    Facility,
    ListCallback,
    PlayerInfo,
    RecorderInfo,
    SubscribeCallback,
    SubscriptionMask,
)
from capture.audio.pulse_connection import CLIENT_NAME, PulseConnection
from capture.audio.repair import CaptureLost, LossReason, Stopped

T = TypeVar("T")
Question = Callable[[Address, object, None], Address]
IndexedQuestion = Callable[[Address, int, object, None], Address]

ID, NAME, BINARY, PID = "application.id", "application.name", "application.process.binary", "application.process.id"
SANDBOX = "pipewire.access.portal.app_id"
CAPTURES_SINK, IS_METER = "stream.capture.sink", "stream.monitor"
PROPERTIES = (ID, NAME, BINARY, PID, SANDBOX, CAPTURES_SINK, IS_METER)

FOREVER_S = -1.0
US_PER_S = 1_000_000

METER_RATE_HZ = 1000
"""Volume controls draw levels from 25 to 144 values a second; a voice has at least 8000."""


class Direction(StrEnum):
    RECORDS = "records"
    PLAYS = "plays"


class Flow(StrEnum):
    RUNNING = "running"
    MUTED = "muted"
    CORKED = "corked"
    """Or not connected to a device yet."""


@dataclass(frozen=True, slots=True)
class StreamUser:
    """``id`` is the program's id in the manner of a desktop file, ``application`` what it calls itself.

    ``is_monitor``: it records what the machine plays. ``is_meter``: only to draw a level. ``is_own``: this program.
    ``sandbox`` is the id that the desktop's portal knows the program by. ``pid`` is what the program says of itself:
    inside a sandbox that is no number of this machine.
    """

    direction: Direction
    index: int
    flow: Flow
    id: str
    binary: str
    application: str
    sandbox: str
    pid: int | None
    is_monitor: bool = False
    is_meter: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class StreamGone:
    direction: Direction
    index: int


class BlockingConnection(PulseConnection):
    """Sleeps until the server says something. ``wake`` may be called by any thread, at any time."""

    def __init__(self, stopping: threading.Event) -> None:
        super().__init__(stopping)
        self._lock = threading.Lock()

    def turn(self, rest_s: float = FOREVER_S) -> None:
        """Returns once something was done, or after ``rest_s``."""
        self._check()
        self.pulse.mainloop.prepare(self._mainloop, -1 if rest_s == FOREVER_S else round(rest_s * US_PER_S))
        if self._stopping.is_set():  # only now: to prepare forgets who has woken it before
            raise Stopped
        self.pulse.mainloop.poll(self._mainloop)
        self.pulse.mainloop.dispatch(self._mainloop)
        self._check()

    def _check(self) -> None:
        if self.pulse.context.get_state(self.context) in {ContextState.FAILED, ContextState.TERMINATED}:
            raise CaptureLost(LossReason.SERVER_GONE)

    def wake(self) -> None:
        with self._lock:
            if self._mainloop is not None:
                self.pulse.mainloop.wakeup(self._mainloop)

    def close(self) -> None:
        with self._lock:
            super().close()


class StreamWatch:
    """One thread, but for ``wake``. Raises ``CaptureLost`` once the server is gone, ``Stopped`` after ``stopping``."""

    def __init__(self, stopping: threading.Event) -> None:
        self._connection = BlockingConnection(stopping)
        self._changed: dict[tuple[Direction, int], bool] = {}
        self._on_change = SubscribeCallback(self._note)

    def open(self) -> None:
        """Raises ``SourceUnavailable``, and then holds nothing."""
        self._connection.open()

    def close(self) -> None:
        """Idempotent."""
        self._connection.close()

    def wake(self) -> None:
        """Any thread: makes ``changes`` look at ``stopping``."""
        self._connection.wake()

    def changes(self) -> Iterator[StreamUser | StreamGone]:
        """All streams that there are, then each that comes, changes or goes. Never ends by itself."""
        pulse, context = self._connection.pulse, self._connection.context
        pulse.context.set_subscribe_callback(context, self._on_change, None)
        mask = SubscriptionMask.SINK_INPUT | SubscriptionMask.SOURCE_OUTPUT
        self._connection.finish(pulse.context.subscribe(context, mask, None, None))
        streams = self._ask(pulse.introspect.get_source_output_info_list, self._recorder)
        streams += self._ask(pulse.introspect.get_sink_input_info_list, self._player)
        yield from map(self._user, streams)
        while True:
            while self._changed:
                (direction, index), is_gone = self._changed.popitem()
                if is_gone:
                    yield StreamGone(direction, index)
                else:
                    yield from map(self._user, self._look(direction, index))
            self._connection.turn()

    def _note(self, _context: Address, event: int, index: int, _data: Address) -> None:
        """Called by the library; questions wait until it has returned."""
        match event & FACILITY_MASK:
            case Facility.SOURCE_OUTPUT:
                subject = Direction.RECORDS, index
            case Facility.SINK_INPUT:
                subject = Direction.PLAYS, index
            case _:
                return
        self._changed[subject] = event & EVENT_TYPE_MASK == EVENT_REMOVE

    def _look(self, direction: Direction, index: int) -> "list[_Stream]":
        """Empty when it is gone again; the server tells that too."""
        pulse = self._connection.pulse
        if direction is Direction.RECORDS:
            return self._ask(partial(_at, pulse.introspect.get_source_output_info, index), self._recorder)
        return self._ask(partial(_at, pulse.introspect.get_sink_input_info, index), self._player)

    def _ask(self, call: Question, read: Callable[[int], T]) -> list[T]:
        """``read`` gets the address of each answer, which is gone when it returns."""
        answers: list[T] = []

        def take(_context: Address, info: Address, _end: int, _data: Address) -> None:
            if info is not None:
                answers.append(read(info))

        callback = ListCallback(take)
        self._connection.finish(call(self._connection.context, callback, None))
        return answers

    def _recorder(self, address: int) -> "_Stream":
        info = RecorderInfo.from_address(address)
        is_meter = info.sample_spec.rate < METER_RATE_HZ or info.resample_method == b"peaks"
        flow = _flow(corked=info.corked or info.source == INVALID_INDEX, muted=info.mute)
        told = self._told(info.properties)
        return _Stream(Direction.RECORDS, info.index, flow, info.client, info.source, info.driver, told, is_meter)

    def _player(self, address: int) -> "_Stream":
        info = PlayerInfo.from_address(address)
        flow = _flow(corked=info.corked, muted=info.mute)
        told = self._told(info.properties)
        return _Stream(Direction.PLAYS, info.index, flow, info.client, INVALID_INDEX, info.driver, told)

    def _told(self, properties: Address) -> dict[str, str]:
        read = self._connection.pulse.proplist_gets
        values = {name: read(properties, name.encode()) for name in PROPERTIES}
        return {name: value.decode(errors="replace") for name, value in values.items() if value}

    def _user(self, stream: "_Stream") -> StreamUser:
        told = {**self._client(stream.client), **stream.told}
        pid = told.get(PID, "")
        application = told.get(NAME, "")
        return StreamUser(
            direction=stream.direction,
            index=stream.index,
            flow=stream.flow,
            id=told.get(ID, ""),
            binary=told.get(BINARY, ""),
            application=application or _module(stream.driver),
            sandbox=told.get(SANDBOX, ""),
            pid=int(pid) if pid.isdecimal() else None,
            is_monitor=told.get(CAPTURES_SINK) == "true" or self._is_monitor(stream.device),
            is_meter=stream.is_meter or told.get(IS_METER) == "true",
            is_own=pid == str(os.getpid()) or application == CLIENT_NAME.decode(),
        )

    def _client(self, index: int) -> dict[str, str]:
        """What the program says of itself; PipeWire's own streams say less."""
        if index == INVALID_INDEX:
            return {}
        pulse = self._connection.pulse
        question = partial(_at, pulse.introspect.get_client_info, index)
        return next(
            iter(self._ask(question, lambda address: self._told(ClientInfo.from_address(address).properties))), {}
        )

    def _is_monitor(self, source: int) -> bool:
        if source == INVALID_INDEX:
            return False
        question = partial(_at, self._connection.pulse.introspect.get_source_info_by_index, source)
        return any(self._ask(question, lambda address: DeviceInfo.from_address(address).monitor_name is not None))


@dataclass(frozen=True, slots=True)
class _Stream:
    """As the server describes it, its client and its device by number."""

    direction: Direction
    index: int
    flow: Flow
    client: int
    device: int
    driver: bytes | None
    told: Mapping[str, str]
    is_meter: bool = False


def _at(call: IndexedQuestion, index: int, context: Address, callback: object, data: None) -> Address:
    return call(context, index, callback, data)


def _flow(*, corked: bool, muted: bool) -> Flow:
    if corked:
        return Flow.CORKED
    return Flow.MUTED if muted else Flow.RUNNING


def _module(driver: bytes | None) -> str:
    """Where no program tells its name: a module of the server, which has a driver of its own, or PipeWire itself."""
    name = (driver or b"").decode(errors="replace").removesuffix(".c")
    return "" if name.startswith("protocol-") else name
