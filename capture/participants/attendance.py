"""Who takes part, beside what the sound tells: read from the meeting's window, and from this side's devices.

All of it happens on a thread of its own. A recording waits for none of it, and goes on without any of it.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial

from capture.audio.mute_watch import MuteWatch
from capture.clock import Clock
from capture.errors import CatalogueInvalid, SourceError
from capture.meetings import open_device_probes
from capture.meetings.accessible import AccessibleTree
from capture.meetings.catalogue import Catalogue, load_catalogue
from capture.meetings.verdicts import UNKNOWN_PLATFORM
from capture.participants import accessible_tree
from capture.participants.log import ParticipantLog
from capture.participants.own_devices import OwnDevices
from capture.participants.rules import Reader, load_readers
from capture.participants.window_reader import WindowReader
from capture.recording import DEFAULT_DEVICE, SYNTHETIC_DEVICE, RecordingSpec, Side
from capture.timeline import Timeline

logger = logging.getLogger(__name__)

INTERVAL_S = 0.5
"""A turn that is marked for less is one that most programs do not mark either."""

SEARCH_INTERVAL_S = 2.0
"""While no meeting's window shows anybody."""

SHARE = 9
"""It rests for so many times as long as it has read: a tenth of its time, and of the program's, at the most."""

RETRY_S = 20.0
"""An accessibility bus that is not there may be switched on later."""

STOP_LIMIT_S = 1.5
"""Longer than a program or a sound server is waited for. The thread holds nothing that a recording needs."""


class Attendance:
    """``start`` and ``stop`` on one thread; neither takes long. The local user comes and goes with the recording."""

    def __init__(
        self,
        spec: RecordingSpec,
        log: ParticipantLog,
        timeline: Timeline,
        clock: Clock,
        make_tree: Callable[[], AccessibleTree | None] = accessible_tree,
    ) -> None:
        self._spec = spec
        self._log = log
        self._timeline = timeline
        self._clock = clock
        self._make_tree = make_tree
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._log.join(Side.MICROPHONE, 0)
        self._thread = threading.Thread(target=self._run, name="participants", daemon=True)
        self._thread.start()

    def stop(self, at_ns: int) -> None:
        """Idempotent. Everybody leaves."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(STOP_LIMIT_S)
        self._log.leave_all(at_ns)

    def _run(self) -> None:
        try:
            with ExitStack() as stack:
                self._watch_devices(stack)
                self._read_windows()
        except Exception as error:  # noqa: BLE001 - the top of a thread; an error's own words may hold a name
            kind = type(error).__name__
            logger.error("participants are not read any more: %s", kind)  # noqa: TRY400 - the trace would hold the error's own words
        finally:
            self._log.stop_looking()

    def _watch_devices(self, stack: ExitStack) -> None:
        """Until ``stack`` is closed."""
        own = OwnDevices(self._log, self._timeline.now_ns)
        starts: list[tuple[Callable[[], None], Callable[[], None]]] = [
            (partial(probe.start, own.learn), probe.stop) for probe in open_device_probes(self._clock)
        ]
        if self._spec.microphone not in {None, SYNTHETIC_DEVICE}:
            mute = MuteWatch(self._spec.microphone or DEFAULT_DEVICE, own.mute)
            starts.append((mute.start, mute.stop))
        for start, stop in starts:
            try:
                start()
            except SourceError as error:
                logger.info("not watched for the participants: %s", error.reason)
            else:
                stack.callback(stop)

    def _read_windows(self) -> None:
        tree = self._make_tree()
        if tree is None:
            return
        catalogue, readers = self._lists()
        platform = self._spec.meeting.platform
        reader = WindowReader(tree, catalogue, readers, None if platform == UNKNOWN_PLATFORM else platform)
        while not self._stopping.is_set():
            try:
                tree.open()
                self._follow(reader)
            except SourceError as error:
                logger.info("nobody tells who takes part: %s", error.reason)
            finally:
                tree.close()
            self._log.stop_looking()
            self._stopping.wait(RETRY_S)

    def _follow(self, reader: WindowReader) -> None:
        """Until ``stop``. Raises ``SourceUnavailable``."""
        rest_s = 0.0
        while not self._stopping.wait(rest_s):
            began_s = time.monotonic()
            roll = reader.look()
            if roll is None:
                self._log.stop_looking()
            else:
                self._log.look(self._timeline.now_ns(), roll)
            took_s = time.monotonic() - began_s
            rest_s = max(INTERVAL_S if roll else SEARCH_INTERVAL_S, SHARE * took_s)

    def _lists(self) -> tuple[Catalogue, Mapping[str, Reader]]:
        """A mistake in the user's own lists costs those only."""
        try:
            return load_catalogue(self._spec.own_lists), load_readers(self._spec.own_lists)
        except CatalogueInvalid as error:
            logger.warning("the user's own list is passed over: %s", error.reason)
            return load_catalogue(), load_readers()
