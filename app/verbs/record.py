"""``afterword record``: from now until the duration, Ctrl-C or SIGTERM; then delivered."""

import argparse
import uuid
from dataclasses import dataclass, replace
from pathlib import Path

from app.capture_process import LOG_NAME, recover
from app.console import Console, error_document
from app.continued_capture import WORKER, ContinuedCapture
from app.delivery_ledger import look_into_ledger, open_ledger
from app.library import recording_document, recording_text
from app.live_upload import Tell
from app.messages import ExitStatus, Failure, Message, describe
from app.outgoing import outgoing_of
from app.paths import Paths
from app.recorder_orders import taking_orders
from app.recording_plan import chosen
from app.recovery import recover_dead
from app.room import ROOMS, warning
from app.settings import Settings, load
from app.signals import stopped_by_signals
from app.sound_devices import explain
from app.troubles import QUALITIES
from capture.commands import Shutdown, Stop
from capture.events import (
    Disk,
    Ended,
    Error,
    Event,
    Level,
    LivePicture,
    LiveSound,
    QualityChanged,
    RoomChanged,
    SourceLost,
    SourceRecovered,
    Started,
    Warned,
)
from capture.manifest import read_manifest, storage_error
from capture.recording import (
    NS_PER_S,
    SYNTHETIC_DEVICE,
    AllMonitors,
    DeviceId,
    Meeting,
    Monitor,
    RecordingId,
    RecordingSpec,
    RecordingStatus,
    Region,
    ScreenTarget,
    Side,
    TestPattern,
    Window,
)
from capture.room import ROOM_ON_DISK
from capture.wire import encode_event
from uploader.errors import UploaderError

METER_FLOOR_DBFS = -60.0
METER_CELLS = 10


def run(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    settings = load(paths, console)
    outgoing = outgoing_of(options, settings, paths, console)
    spec = replace(_spec(options, settings, paths), live_media=outgoing.live_media)
    with outgoing.of(spec) as tell:
        finished = _Recording(spec, paths, console, tell).run()
    console.say("Recorded.")
    recover_dead(paths, console)  # what died before waits until now: nothing may delay or disturb a recording
    return _deliver(finished, outgoing.destination, paths, console)


@dataclass(frozen=True, slots=True)
class Finished:
    """``trouble`` ended the recording early; what there is was saved."""

    directory: Path
    trouble: Message | None


class _Recording:
    """One recording, until it is closed."""

    def __init__(self, spec: RecordingSpec, paths: Paths, console: Console, tell: Tell) -> None:
        self._spec = spec
        self._tell = tell
        self._board: Tell = lambda _: None
        self._paths = paths
        self._log = paths.logs / LOG_NAME
        self._console = console
        self._levels: dict[Side, float] = {}
        self._started = False
        self._knows_the_disk = False
        self._trouble: Message | None = None

    def run(self) -> Finished:
        """Raises ``Failure`` or ``StorageError`` where the recording never began."""
        try:
            worker = ContinuedCapture(self._spec, self._log)
        except OSError as error:
            raise storage_error(error, self._log) from error
        ended = None
        try:
            taking = taking_orders(self._paths, worker.send, self._console)
            with stopped_by_signals(lambda: worker.send(Stop())), taking as self._board:
                ended = self._watch(worker)
        finally:
            worker.send(Shutdown())
            worker.close()
        if not self._started:
            raise Failure.of(self._trouble or describe("worker_failed", "it ended at once", {"log": str(self._log)}))
        if ended is None:
            code = "worker_died" if recover(self._spec.directory) else "worker_died_with_all"
            self._trouble = describe(code, data={"log": str(self._log), "folder": str(self._spec.directory)})
        elif self._trouble is None and ended.status is not RecordingStatus.COMPLETE:
            self._trouble = describe(read_manifest(self._spec.directory).status.sub_code or "encoder_failed")
        return Finished(self._spec.directory, self._trouble)

    def _watch(self, worker: ContinuedCapture) -> Ended | None:
        """Until the last word, or until the worker is gone without one."""
        ended = None
        for event in worker.events():
            self._tell(event)
            self._board(event)
            if isinstance(event, LiveSound | LivePicture):  # only for endpoints
                continue
            self._console.event(encode_event(event))
            self._notice(event)
            ended = event if isinstance(event, Ended) else None
        return ended

    def _notice(self, event: Event) -> None:
        match event:
            case Started():
                self._started = True
                until = f"{self._spec.duration_ns / NS_PER_S:g} s" if self._spec.duration_ns else "until Ctrl-C"
                self._console.say(f"Recording, {until}.")
            case Error(code=code, reason=reason, data=data):
                self._trouble = explain(code, reason, data)
            case QualityChanged() | RoomChanged() | Disk():
                self._tell_what_is_scarce(event)
            case SourceLost(source=source) if source == WORKER:
                self._console.say("The recorder died. Another one goes on with the recording.")
            case SourceRecovered(source=source, gap_ns=gap_ns) if source == WORKER:
                self._console.say(f"Recording again after {gap_ns / NS_PER_S:.1f} s.")
            case SourceLost(source=source, reason=reason):
                self._console.say(f"The {source} delivers nothing ({reason}); recording goes on.")
            case SourceRecovered(source=source, device=device):
                self._console.say(f"The {source} is back: {device}.")
            case Warned(code=code, source=source):
                self._console.complain_aside(describe(code, data={"source": source}))
            case Level(side=side, rms_dbfs=rms_dbfs, at_ns=at_ns):
                self._levels[side] = rms_dbfs
                self._console.show(self._status_line(at_ns))

    def _tell_what_is_scarce(self, event: QualityChanged | RoomChanged | Disk) -> None:
        match event:
            case Disk(free_bytes=free):
                self._warn_of_the_disk(free)
            case RoomChanged(room=room):
                self._console.say(ROOMS[room])
            case QualityChanged(step=step, reason=reason) if reason != ROOM_ON_DISK:  # that is said already
                self._console.say(QUALITIES[step])

    def _warn_of_the_disk(self, free: int) -> None:
        """Once, at the beginning."""
        short = None if self._knows_the_disk else warning(self._spec, free)
        self._knows_the_disk = True
        if short is not None:
            self._console.say(short)

    def _status_line(self, at_ns: int) -> str:
        minutes, seconds = divmod(at_ns // NS_PER_S, 60)
        meters = "  ".join(f"{side} {_meter(level)}" for side, level in self._levels.items())
        return f"{minutes:02}:{seconds:02}  {meters}"


def _deliver(finished: Finished, destination: str | None, paths: Paths, console: Console) -> ExitStatus:
    """Then tells what became of it. Trouble with the delivery never hides the recording, nor trouble with that."""
    from app.later_transcripts import make_now  # noqa: PLC0415 - not before the recording

    def follow(directory: Path) -> Message | None:
        from app.transcript_delivery import deliver_again  # noqa: PLC0415 - half a second of imports

        return deliver_again(directory, paths, console)

    undelivered = None if destination is None else _send(finished.directory, destination, paths, console)
    trouble = finished.trouble or undelivered
    make_now(finished.directory, paths, console, follow)
    with look_into_ledger(paths) as ledger:
        document = recording_document(read_manifest(finished.directory), ledger)
    if trouble is None:
        console.document(document, recording_text(document))
        return ExitStatus.DONE
    console.document({**document, "error": error_document(trouble)}, recording_text(document))
    console.complain_aside(trouble)
    return trouble.exit_status


def _send(directory: Path, destination: str, paths: Paths, console: Console) -> Message | None:
    """What stood in its way."""
    from app import delivery  # noqa: PLC0415 - half a second of imports
    from app.release import release_due  # noqa: PLC0415 - half a second of imports

    console.show("Delivering …")
    try:
        with open_ledger(paths) as ledger:
            trouble = delivery.attempt(directory, destination, paths, ledger, console)
            release_due(paths, load(paths, console), ledger, console)
    except UploaderError as error:
        return describe(error.code, error.reason, error.data)
    return trouble


def _spec(options: argparse.Namespace, settings: Settings, paths: Paths) -> RecordingSpec:
    """An option is for this once, and changes no setting."""
    recording_id = RecordingId(str(uuid.uuid4()))
    return RecordingSpec(
        id=recording_id,
        directory=paths.recordings / recording_id,
        screen=_screen(options),
        microphone=None if options.no_microphone else chosen(DeviceId(options.microphone or settings.microphone)),
        system_audio=(
            None if options.no_system_audio else chosen(DeviceId(options.system_audio or settings.system_audio))
        ),
        duration_ns=None if options.duration is None else round(options.duration * NS_PER_S),
        frame_rate_fps=settings.fps if options.fps is None else options.fps,
        profile=options.profile or settings.profile,
        pause_mode=options.pauses or settings.pause_mode,
        echo_mode=options.echo or settings.echo,
        ends_with_window=options.end_with_window,
        excluded_windows=tuple(Window(number) for number in options.exclude_window),
        participant_name=settings.name or None,
        screen_permits=paths.screen_permits,
        encoder_trials=paths.encoder_trials,
        own_lists=paths.config,
        meeting=Meeting(title=None if options.title is None else _clean(options.title)),
    )


def _clean(text: str) -> str:
    """What a terminal with another encoding left over cannot be written as JSON by anyone."""
    return text.encode("utf-8", "replace").decode()


def _screen(options: argparse.Namespace) -> ScreenTarget | None:
    if options.no_video:
        return None
    if options.window is not None:
        return Window(options.window)
    if options.region is not None:
        return Region(*options.region)
    if options.screen == SYNTHETIC_DEVICE:
        return TestPattern()
    return AllMonitors() if options.screen == "all" else Monitor(options.screen)


def _meter(level_dbfs: float) -> str:
    """Ten cells for 60 dB."""
    cells = round((max(level_dbfs, METER_FLOOR_DBFS) - METER_FLOOR_DBFS) / -METER_FLOOR_DBFS * METER_CELLS)
    return "█" * cells + "·" * (METER_CELLS - cells)
