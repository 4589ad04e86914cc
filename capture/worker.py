"""The worker: commands on standard input, events on standard output, one JSON object a line.

It alone owns the files. The end of its input, a signal and a failure all mean: finish the recording, lose nothing.
"""

import logging
import queue
import signal
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TextIO

from capture.armed import Armed
from capture.clock import Clock
from capture.commands import Announce, Arm, Command, Discard, Mark, Mute, Pause, Resume, Shutdown, Start, Stop
from capture.errors import (
    CaptureError,
    DiskFull,
    EncoderError,
    PowerUnwatched,
    ProtocolError,
    SourceError,
    StorageError,
    WindowClosed,
)
from capture.events import Armed as ArmedNow
from capture.events import Discarded, Error, Event, Frames, Level, LivePicture, LiveSound, Ready
from capture.manifest import storage_error
from capture.power import watch_power
from capture.power.base import PowerWatch
from capture.recorder import Recorder
from capture.recording import NS_PER_S, EndReason, PowerChange, RecordingId, RecordingSpec
from capture.wire import decode_command, encode_event

logger = logging.getLogger(__name__)

REPORT_S = 1.0
LONGEST_BACKLOG = 1_000
"""Events that nobody reads. Beyond this the ones that only show the moment (levels, frame counts) are left out."""

LONGEST_MEDIA_BACKLOG = 20
"""The same for live sound and pictures, which are large."""

LOG_NAME = "worker.log"
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


@dataclass(frozen=True, slots=True)
class EndOfInput:
    """Whoever started the worker is gone, or says that nothing more will come."""


@dataclass(frozen=True, slots=True)
class Signalled:
    number: int


@dataclass(frozen=True, slots=True)
class Failed:
    recording_id: RecordingId
    error: CaptureError


Message = Command | EndOfInput | Signalled | Failed | PowerChange


class Outbox:
    """Writes events on a thread of its own: a reader that hangs must not hold up the recording. Thread-safe."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._waiting: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="events", daemon=True)
        self._thread.start()

    def put(self, event: Event) -> None:
        backlog = self._waiting.qsize()
        if isinstance(event, Level | Frames) and backlog > LONGEST_BACKLOG:
            return
        if isinstance(event, LiveSound | LivePicture) and backlog > LONGEST_MEDIA_BACKLOG:
            return
        self._waiting.put(event)

    def close(self) -> None:
        """Returns when everything is written, or nobody is there to read it."""
        self._waiting.put(None)
        self._thread.join()

    def _write(self) -> None:
        try:
            while (event := self._waiting.get()) is not None:
                self._stream.write(encode_event(event) + "\n")
                self._stream.flush()
        except (OSError, ValueError) as error:  # the reader is gone; its end of input ends us
            logger.warning("nobody reads the events: %s", error)


class Worker:
    """One recording at a time, any number in turn. Everything but reading and writing runs on the main thread."""

    def __init__(self, inbox: Iterable[str], outbox: Outbox, clock: Clock) -> None:
        self._inbox = inbox
        self._outbox = outbox
        self._clock = clock
        self._messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._armed: Armed | None = None
        self._recorder: Recorder | None = None
        self._spec: RecordingSpec | None = None
        self._closing: RecordingId | None = None
        self._log: logging.Handler | None = None
        self._power: PowerWatch | None = None

    def run(self) -> None:
        """Until ``shutdown``, the end of input or a signal; a recording that runs then is finished first."""
        for number in (signal.SIGTERM, signal.SIGINT, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])):
            signal.signal(number, lambda received, _: self._messages.put(Signalled(received)))
        self._outbox.put(Ready())  # before anything that a command may bring about
        threading.Thread(target=self._read, name="commands", daemon=True).start()
        while self._take_next():
            pass

    def _take_next(self) -> bool:
        """One message, or a look at the clock. False at the end."""
        try:
            message = self._messages.get(timeout=self._patience_s())
        except queue.Empty:
            self._look_at_the_clock()
            return True
        match message:
            case Arm(spec=spec, preroll_ns=preroll_ns):
                self._arm(spec, preroll_ns)
            case Start(spec=spec):
                self._start(spec)
            case Stop():
                self._stop(EndReason.STOP)
            case Failed(recording_id=recording_id, error=error):
                self._fail(recording_id, error)
            case EndOfInput() | Shutdown():
                self._stop(EndReason.END_OF_INPUT)
                return False
            case Signalled():
                self._stop(EndReason.SIGNAL)
                return False
            case _:
                self._act(message)
        return True

    def _act(self, message: Message) -> None:
        """What needs a recording; without one there is nothing to do, but to forget what was kept for one."""
        if self._recorder is None:
            if isinstance(message, Discard):
                self._disarm()
            return
        match message:
            case Pause():
                self._recorder.pause()
            case Resume():
                self._recorder.resume()
            case Mute(side=side, muted=muted):
                self._recorder.mute(side, muted=muted)
            case Mark(text=text):
                self._recorder.notes.mark(text)
            case Announce(by=by, text=text):
                self._recorder.notes.announce(by, text)
            case PowerChange():
                self._follow(message, self._recorder)
            case Discard():
                self._discard(self._recorder)

    def _arm(self, spec: RecordingSpec, preroll_ns: int) -> None:
        if self._recorder is not None:
            self._say(ProtocolError("a recording is running already"))
            return
        self._disarm()
        try:
            self._armed = Armed(spec, preroll_ns, self._clock, partial(self._heed, spec.id))
        except CaptureError as error:
            logger.warning("not armed: %s", error)
            self._say(error)
            return
        self._outbox.put(ArmedNow(spec.id, preroll_ns))

    def _disarm(self) -> None:
        """Forgets what was kept, unseen. Idempotent."""
        if self._armed is not None:
            self._armed.close()
            self._outbox.put(Discarded(self._armed.recording_id))
        self._armed = None

    def _take_armed(self, spec: RecordingSpec) -> Armed | None:
        """What was kept, if it is of the same sources."""
        if self._armed is not None and not self._armed.fits(spec):
            self._disarm()
        armed, self._armed = self._armed, None
        return armed

    def _start(self, spec: RecordingSpec) -> None:
        if self._recorder is not None:
            self._say(ProtocolError("a recording is running already"))
            return
        armed = self._take_armed(spec)
        recorder = Recorder(spec, self._clock, self._outbox.put, partial(self._heed, spec.id), armed)
        try:
            recorder.start()
        except CaptureError as error:
            logger.warning("not started: %s", error)
            self._say(error)
            return
        self._recorder, self._spec = recorder, spec
        self._watch_power(recorder)
        try:
            self._keep_log(spec.directory)
        except OSError as error:
            self._fail(spec.id, storage_error(error, spec.directory / LOG_NAME))

    def _stop(self, ended_by: EndReason) -> None:
        self._disarm()
        if self._recorder is None:
            return
        recorder, self._recorder = self._recorder, None
        self._closing = self._spec.id if self._spec else None
        self._forget_log()
        recorder.stop(ended_by)
        self._forget_power()

    def _discard(self, recorder: Recorder) -> None:
        self._recorder = None
        self._closing = self._spec.id if self._spec else None
        self._forget_log()
        try:
            recorder.discard()
        except StorageError as error:
            self._say(error)
        self._forget_power()

    def _watch_power(self, recorder: Recorder) -> None:
        """While it is recorded. Without that it is recorded too."""
        try:
            self._power = watch_power(self._messages.put)
        except PowerUnwatched as error:
            logger.warning("sleep is not watched: %s", error)
            recorder.note_power(PowerChange.UNWATCHED, error.reason)

    def _forget_power(self) -> None:
        if self._power is not None:
            self._power.close()
            self._power = None

    def _follow(self, change: PowerChange, recorder: Recorder) -> None:
        match change:
            case PowerChange.SLEPT:
                self._save_for_sleep(recorder)
            case PowerChange.WOKE:
                recorder.wake()
            case PowerChange.UNWATCHED:
                recorder.wake()
                recorder.note_power(change)
            case PowerChange.LOCKED | PowerChange.UNLOCKED:
                recorder.note_power(change)

    def _save_for_sleep(self, recorder: Recorder) -> None:
        try:
            recorder.sleep()
        except StorageError as error:
            if self._spec is not None:
                self._fail(self._spec.id, error)
        finally:
            if self._power is not None:
                self._power.release()

    def _heed(self, recording_id: RecordingId, error: CaptureError) -> None:
        """Any thread. What fails while a recording ends is said at once, before its last word."""
        if recording_id == self._closing:
            self._say(error)
        else:
            self._messages.put(Failed(recording_id, error))

    def _fail(self, recording_id: RecordingId, error: CaptureError) -> None:
        """The recording cannot go on: say why, keep what there is. It may have ended, and another may run by now."""
        if not isinstance(error, WindowClosed):  # that end was asked for
            self._say(error)
        if self._armed is not None and self._armed.recording_id == recording_id:
            self._disarm()
        elif self._recorder is not None and self._spec is not None and self._spec.id == recording_id:
            self._stop(_reason(error))

    def _look_at_the_clock(self) -> None:
        if self._recorder is None or self._spec is None:
            return
        if self._left_s(self._recorder) <= 0:
            self._stop(EndReason.DURATION)
            return
        try:
            self._recorder.report()
        except StorageError as error:
            self._fail(self._spec.id, error)

    def _patience_s(self) -> float | None:
        if self._recorder is None:
            return None
        return max(0.0, min(self._left_s(self._recorder), REPORT_S))

    def _left_s(self, recorder: Recorder) -> float:
        if self._spec is None or self._spec.duration_ns is None:
            return REPORT_S
        return (self._spec.duration_ns - recorder.timeline.now_ns()) / NS_PER_S

    def _read(self) -> None:
        """Whatever ends it, the recording must not go on without anybody who could end that."""
        try:
            for line in self._inbox:
                self._hear(line)
        except OSError as error:  # a terminal that is gone, for one
            logger.warning("the input broke: %s", error)
        finally:
            self._messages.put(EndOfInput())

    def _hear(self, line: str) -> None:
        try:
            command = decode_command(line)
        except ProtocolError as error:
            self._say(error)
            return
        if command is not None:
            self._messages.put(command)

    def _say(self, error: CaptureError) -> None:
        self._outbox.put(Error(error.code, error.reason, error.data))

    def _keep_log(self, directory: Path) -> None:
        self._log = logging.FileHandler(directory / LOG_NAME, encoding="utf-8")
        self._log.setFormatter(logging.Formatter(LOG_FORMAT))
        logging.getLogger().addHandler(self._log)
        logger.info("recording=%s started", self._spec.id if self._spec else None)

    def _forget_log(self) -> None:
        if self._log is not None:
            logging.getLogger().removeHandler(self._log)
            self._log.close()
            self._log = None


def _reason(error: CaptureError) -> EndReason:
    for kind, reason in (
        (DiskFull, EndReason.DISK_FULL),
        (StorageError, EndReason.STORAGE),
        (WindowClosed, EndReason.WINDOW_CLOSED),
        (SourceError, EndReason.SOURCE_LOST),
        (EncoderError, EndReason.ENCODER),
    ):
        if isinstance(error, kind):
            return reason
    return EndReason.ENCODER
