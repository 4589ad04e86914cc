"""Whether the microphone is muted in the sound server, where desktops' mute keys and volume controls do it."""

import logging
import threading
from collections.abc import Callable, Iterator
from functools import partial

from capture.audio.libpulse import (
    FACILITY_MASK,
    Address,
    DeviceInfo,
    Facility,
    ListCallback,
    SubscribeCallback,
    SubscriptionMask,
)
from capture.audio.repair import CaptureLost, Stopped
from capture.audio.stream_watch import BlockingConnection
from capture.errors import SourceUnavailable
from capture.recording import DEFAULT_DEVICE, DeviceId

logger = logging.getLogger(__name__)

DEFAULT_SOURCE = b"@DEFAULT_SOURCE@"
"""The server knows what that is at the moment."""

RETRY_S = 2.0
"""A sound server that has gone is mostly back by then."""


class MuteWatch:
    """``on_mute`` is called on the watch's thread: at first, and when it changes."""

    def __init__(self, device: DeviceId, on_mute: Callable[[bool], None]) -> None:
        self._name = DEFAULT_SOURCE if device == DEFAULT_DEVICE else device.encode()
        self._on_mute = on_mute
        self._stopping = threading.Event()
        self._connection: BlockingConnection | None = None
        self._may_have_changed = True
        self._thread: threading.Thread | None = None
        self._on_change = SubscribeCallback(self._note)

    def start(self) -> None:
        """Raises ``SourceUnavailable`` where there is no such server."""
        connection = self._open()
        self._thread = threading.Thread(target=self._run, args=(connection,), name="microphone mute", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Idempotent. Once it returns ``on_mute`` is not called any more."""
        self._stopping.set()
        if self._connection is not None:
            self._connection.wake()
        if self._thread is not None:
            self._thread.join()

    def _open(self) -> BlockingConnection:
        self._connection = connection = BlockingConnection(self._stopping)
        connection.open()
        return connection

    def _run(self, connection: BlockingConnection) -> None:
        try:
            self._listen(connection)
            while not self._stopping.wait(RETRY_S):
                try:
                    self._listen(self._open())
                except SourceUnavailable:  # not yet
                    continue
        except Stopped:
            return

    def _listen(self, connection: BlockingConnection) -> None:
        """Until the server is gone. Raises ``Stopped``."""
        told: bool | None = None
        try:
            for is_muted in self._states(connection):
                if is_muted is not told:
                    told = is_muted
                    self._on_mute(is_muted)
        except CaptureLost as lost:
            logger.info("nobody tells whether the microphone is muted: %s", lost.reason)
        finally:
            connection.close()

    def _states(self, connection: BlockingConnection) -> Iterator[bool]:
        pulse, context = connection.pulse, connection.context
        pulse.context.set_subscribe_callback(context, self._on_change, None)
        mask = SubscriptionMask.SOURCE | SubscriptionMask.SERVER
        connection.finish(pulse.context.subscribe(context, mask, None, None))
        self._may_have_changed = True
        while True:
            if self._may_have_changed:
                self._may_have_changed = False
                yield from self._look(connection)
            else:
                connection.turn()

    def _look(self, connection: BlockingConnection) -> list[bool]:
        """Empty where the source is not there at present."""
        answers: list[bool] = []

        def take(_context: Address, info: Address, _end: int, _data: Address) -> None:
            if info is not None:
                answers.append(bool(DeviceInfo.from_address(info).mute))

        callback = ListCallback(take)
        ask = partial(connection.pulse.introspect.get_source_info_by_name, connection.context, self._name)
        connection.finish(ask(callback, None))
        return answers

    def _note(self, _context: Address, event: int, _index: int, _data: Address) -> None:
        """Called by the library; the question waits until it has returned."""
        if event & FACILITY_MASK in {Facility.SOURCE, Facility.SERVER}:
            self._may_have_changed = True
