"""One recording, from its sources to its manifest.

Stop order: timeline → sources → encoders and files → artifacts → fsync and hashes → manifest → event.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from capture.armed import Armed
from capture.artifacts import write_artifacts
from capture.audio import plays
from capture.audio.base import AudioBlock, AudioEvent, DeviceLost
from capture.audio.silence import SilenceWatch
from capture.clock import Clock
from capture.dates import Dates
from capture.disk import Headroom, create_folder
from capture.durability import Durability
from capture.encoding.encoders import choose_encoder
from capture.encoding.known_encoders import RememberedTrial
from capture.encoding.live import Live
from capture.encoding.profiles import Profile, load_profile
from capture.encoding.trial import ChildTrial
from capture.errors import CaptureError, DiskFull, EncoderError, StorageError, WindowClosed
from capture.events import (
    Discarded,
    Ended,
    Event,
    FilesClosed,
    FilesSynced,
    Frames,
    Level,
    Log,
    MediaCompleted,
    QualityChanged,
    SourceLost,
    SourceRecovered,
    Speech,
    Started,
    Warned,
)
from capture.events import Status as StatusChanged
from capture.journal import Journal
from capture.ladder import Change
from capture.lock import Lock
from capture.manifest import (
    DeviceChange,
    EncoderReceipt,
    Manifest,
    QualityStep,
    Receipt,
    ScreenReceipt,
    Status,
    WarningReceipt,
    write_manifest,
)
from capture.media import media_objects
from capture.narrator import Narrator
from capture.notes import ASKED_FOR, Notes
from capture.participants.attendance import Attendance
from capture.participants.log import ParticipantLog, wall_clock_text
from capture.participants.voice_activity import Turn
from capture.picture_lane import spacing_frames
from capture.pipeline import Inputs, Pipeline
from capture.preroll import NOTHING
from capture.recording import NS_PER_S, DeviceId, EndReason, PowerChange, RecordingSpec, RecordingStatus, Side
from capture.room import RoomWatch
from capture.screen.base import Frame, Unchanged
from capture.slumber import Slumber
from capture.sources import Sources
from capture.timeline import Timeline

logger = logging.getLogger(__name__)

OF_THE_DISK = {EndReason.DISK_FULL: DiskFull.code, EndReason.STORAGE: StorageError.code}
"""Ends that nobody wanted, though every file is whole."""


class Recorder:
    """Main thread only, but for the ``on_…`` callbacks. ``emit`` and ``on_failure`` must be thread-safe."""

    def __init__(
        self,
        spec: RecordingSpec,
        clock: Clock,
        emit: Callable[[Event], None],
        on_failure: Callable[[CaptureError], None],
        armed: Armed | None = None,
    ) -> None:
        """``armed``: sources that fit the spec and are open already. They are the recorder's then."""
        self._spec = spec
        self._armed = armed
        self._narrator = Narrator(emit)
        self._emit = self._narrator.tell
        self._live = Live(spec.live_media, emit)  # not through the narrator: none of it is for the journal
        self._on_failure = on_failure
        self.timeline = Timeline(clock)
        self._sources = armed.sources if armed is not None else Sources(spec, clock, self)
        self._headroom = Headroom(spec.directory)
        self._participants = ParticipantLog(spec.participant_name, self._emit)
        self._attendance = Attendance(spec, self._participants, self.timeline, clock)
        self._devices: dict[Side, DeviceId] = {}
        self._delivered_ns: dict[Side, int] = {}
        self._screen_lost_ns = 0
        self._changes: list[DeviceChange] = []
        self._trial = RememberedTrial(ChildTrial(), spec.encoder_trials)
        self._encoder: EncoderReceipt | None = None
        self._steps: list[QualityStep] = []
        self._watches = {
            Side.MICROPHONE: SilenceWatch(lambda: True),
            Side.SYSTEM: SilenceWatch(lambda: plays(self._devices[Side.SYSTEM])),
        }
        self._warnings: list[WarningReceipt] = []
        self._pipeline: Pipeline | None = None
        self._lock: Lock | None = None
        self._dates = Dates(self.timeline, clock)
        self.notes = Notes(spec.meeting, self.timeline, self._dates, self._emit)
        self._room = RoomWatch(spec.directory, self.timeline, clock, self._emit)
        self._durability = Durability(spec.directory, on_failure, lambda grown: self._emit(FilesSynced(grown)))
        self._slumber = Slumber(spec.directory, self.timeline, self._dates, self._narrator)

    def start(self) -> None:
        """Raises ``CaptureError``; then nothing runs and nothing is left on the disk."""
        inputs, profile = self._open()
        try:
            create_folder(self._spec.directory)
        except CaptureError:
            self._sources.stop()
            raise
        try:
            self._lock = Lock(self._spec.directory)  # before anything is in there that somebody might want to save
            (self._spec.directory / "audio_separate").mkdir()
            self._headroom.take()
            self._begin(inputs, Pipeline(self._spec.directory, inputs, profile, self.timeline, self))
        except CaptureError:
            self._sources.stop()
            self._attendance.stop(0)
            self._delete()
            raise

    def pause(self) -> None:
        """Nothing is recorded until ``resume``; the pause is cut out or left blank, as the spec says. Idempotent."""
        self.wake()  # whoever asks for this is
        if self._pipeline is not None and self._is_recording:
            self._pipeline.pause(self._spec.pause_mode)
            self._narrator.tell_segments(self._dates.segments())
            self._say_status(RecordingStatus.PAUSED)

    def resume(self) -> None:
        """Idempotent."""
        self.wake()
        if self._pipeline is not None and not self._is_recording:
            self._pipeline.resume()
            self._narrator.tell_segments(self._dates.segments())
            self._say_status(RecordingStatus.RECORDING)

    def sleep(self) -> None:
        """The machine is about to. What was recorded is safe when this returns. Raises ``StorageError``. Idempotent."""
        if self._pipeline is not None:
            self._slumber.fall_asleep(self._pipeline, None if self._is_recording else self._spec.pause_mode)

    def wake(self) -> None:
        """The machine is awake. Idempotent."""
        if self._pipeline is not None:
            self._slumber.wake(self._pipeline)

    def note_power(self, change: PowerChange, reason: str | None = None) -> None:
        """What concerns the machine and leaves the recording as it is."""
        self._slumber.note(change, self.timeline.now_ns(), reason=reason)

    def mute(self, side: Side, *, muted: bool) -> None:
        if self._pipeline is not None and side in self._devices:
            self._pipeline.mute(side, muted=muted)

    def report(self) -> None:
        """Frames, disk, and a side that is suspiciously silent, for the people who watch. About once a second."""
        if self._pipeline is not None:
            self._slumber.look(self._pipeline)
            count = self._pipeline.frames()
            self._emit(Frames(count.captured, count.repeated, count.dropped, self.timeline.now_ns()))
            self._room.look(self._pipeline)
            self._narrator.tell_holes(self._pipeline.holes())
        for side in self._devices:
            silence = self._watches[side].look(self.timeline.now_ns())
            if silence is not None:
                self._warn(silence, side)
        self._narrator.sync()

    def stop(self, ended_by: EndReason) -> Manifest:
        """Ends the recording. Never raises for what can still be said in a status; at worst the manifest is old."""
        if self.timeline.is_running:
            self.timeline.end()
        self._sources.stop()
        self._durability.stop()
        self._live.close()
        self._headroom.give_back()  # first: the files' indices may need it
        failure = self._pipeline.finish() if self._pipeline is not None else None
        self._attendance.stop(self.timeline.now_ns())
        if failure is None:
            self._emit(FilesClosed(ended_by, self.timeline.now_ns()))
        manifest = self._close(ended_by, failure)
        for media in manifest.media:
            self._emit(MediaCompleted(media))
        ended = Ended(self._spec.id, manifest.status.code, ended_by, manifest.duration_ns)
        self._narrator.end(ended)
        if self._lock is not None:
            self._lock.release()
        self._emit(ended)  # whoever hears it may take the directory
        return manifest

    def discard(self) -> None:
        """Stops, and deletes what was recorded. Raises ``StorageError``."""
        self._sources.stop()
        self._durability.stop()
        self._attendance.stop(self.timeline.now_ns())
        self._live.close()
        if self._pipeline is not None:
            self._pipeline.finish()
        self._delete()
        self._emit(Discarded(self._spec.id))

    def on_look(self, look: Frame | Unchanged) -> None:
        if self._pipeline is not None:
            self._pipeline.put_look(look)

    def on_screen_lost(self, error: CaptureError) -> None:
        """Sound goes on; the picture stands."""
        at_ns = self.timeline.now_ns()
        self._screen_lost_ns = at_ns
        if self._pipeline is not None:
            self._pipeline.lose_screen()
        self._emit(SourceLost("screen", error.reason, at_ns))
        if isinstance(error, WindowClosed) and self._spec.ends_with_window:
            self._on_failure(error)

    def on_screen_recovered(self) -> None:
        if self._pipeline is not None:
            self._pipeline.recover_screen()
        at_ns, means = self.timeline.now_ns(), self._sources.screen_means
        self._emit(SourceRecovered("screen", means.source if means else "", at_ns, at_ns - self._screen_lost_ns))

    def on_block(self, side: Side, block: AudioBlock) -> None:
        if self._pipeline is not None:
            self._watches[side].hear(block.samples, self.timeline.now_ns())
            self._delivered_ns[side] = self.timeline.at(block.end_ns)
            self._pipeline.put_block(side, block)

    def on_audio_event(self, side: Side, event: AudioEvent) -> None:
        at_ns = self.timeline.at(event.at_ns)
        if isinstance(event, DeviceLost):
            if self._pipeline is not None:
                self._pipeline.lose(side, event.reason)
            self._emit(SourceLost(side, event.reason, at_ns))
            return
        if self._pipeline is not None:
            self._pipeline.recover(side, event.at_ns)
        before = self._devices.get(side, event.device)
        if before != event.device:
            self._changes.append(DeviceChange(round(at_ns / NS_PER_S, 3), before, event.device))
            self._devices[side] = event.device
        gap_ns = max(0, at_ns - self._delivered_ns.get(side, 0))  # a repaired stream may date its first block back
        self._emit(SourceRecovered(side, event.device, at_ns, gap_ns))

    def on_level(self, level: Level) -> None:
        self._emit(level)

    def on_turn(self, side: Side, turn: Turn) -> None:
        self._participants.speech(side, turn.at_ns, speaking=turn.speaking)
        self._emit(Speech(side, turn.speaking, turn.at_ns))

    def on_quality_changed(self, change: Change, at_ns: int) -> None:
        self._steps.append(QualityStep(round(at_ns / NS_PER_S, 3), change.quality, change.reason))
        self._sources.look_every(spacing_frames(change.quality))
        self._emit(QualityChanged(change.quality, change.reason, at_ns))

    def on_encoding_failure(self, error: CaptureError) -> None:
        """The files are closed next: what was kept back for that is theirs."""
        if isinstance(error, EncoderError):
            self._trial.forget()
        self._on_failure(error)
        self._headroom.give_back()

    @property
    def _is_recording(self) -> bool:
        return self.timeline.is_running and not self.timeline.is_blank

    def _open(self) -> tuple[Inputs, Profile]:
        """The sources, and how to encode them. Raises ``CaptureError``, and then they are closed."""
        try:
            profile = load_profile(self._spec.profile)
            inputs = self._armed.inputs if self._armed is not None else self._sources.open()
            return inputs, self._with_encoder(profile, inputs)
        except CaptureError:
            self._sources.stop()
            raise

    def _with_encoder(self, profile: Profile, inputs: Inputs) -> Profile:
        if inputs.video is None:
            return profile
        choice = choose_encoder(profile, inputs.video, inputs.rate_fps, self._trial)
        self._encoder = EncoderReceipt(choice.wanted, choice.profile.video_codec, choice.reason)
        if choice.reason is not None:
            self._emit(Log("info", f"pictures are encoded by {self._encoder.used}; {choice.reason}"))
        return choice.profile

    def _begin(self, inputs: Inputs, pipeline: Pipeline) -> None:
        self._devices = {side: device.device for side, device in inputs.sides.items()}
        self._pipeline = pipeline
        past = self._armed.hand_over(self) if self._armed is not None else NOTHING
        self._devices |= past.devices()
        self._dates.start(past.length_ns)
        manifest = replace(self._manifest(None, None), completed_at=None, status=Status(RecordingStatus.RECORDING))
        write_manifest(manifest, self._spec.directory)
        journal = Journal(self._spec.directory)
        journal.open(manifest)
        self._narrator.write_into(journal)
        self.timeline.begin(None if past is NOTHING else past.began_ns)
        self._emit(Started(self._spec.id, manifest.started_at, past.length_ns))
        self._narrator.tell_segments(self._dates.segments())
        self._attendance.start()
        if (trouble := pipeline.voice_trouble()) is not None:
            self._warn(trouble.code, "participants")
        self._live.attach(pipeline)
        pipeline.start(past, lambda: self._sources.look_every(1))
        self._durability.start()
        if self._armed is None:
            self._sources.look()
        else:
            self._follow_armed(self._armed)

    def _follow_armed(self, armed: Armed) -> None:
        """What happened while it was armed, and when it was asked for."""
        self.notes.mark(ASKED_FOR)
        if armed.screen_trouble is not None:
            self.on_screen_lost(armed.screen_trouble)

    def _delete(self) -> None:
        self._narrator.end()
        if self._lock is not None:
            self._lock.delete_directory()

    def _close(self, ended_by: EndReason, failure: CaptureError | None) -> Manifest:
        manifest = self._manifest(ended_by, failure)
        try:
            write_artifacts(self._spec.directory, self._participants, self.notes.meeting, self._dates.of)
            manifest = replace(manifest, media=tuple(media_objects(self._spec.directory)))
            write_manifest(manifest, self._spec.directory)
        except CaptureError as error:
            logger.exception("the recording could not be closed")
            self._on_failure(error)
            return replace(manifest, status=Status(RecordingStatus.INTERRUPTED, error.code))
        return manifest

    def _manifest(self, ended_by: EndReason | None, failure: CaptureError | None) -> Manifest:
        status = Status(RecordingStatus.COMPLETE)
        if failure is not None:
            status = Status(RecordingStatus.INTERRUPTED, failure.code)
        elif ended_by in OF_THE_DISK:
            status = Status(RecordingStatus.INTERRUPTED, OF_THE_DISK[ended_by])
        means = self._sources.screen_means
        screen = ScreenReceipt(means.source, means.reason) if means else None
        receipt = Receipt(
            screen=screen,
            encoder=self._encoder,
            quality=tuple(self._steps),
            devices=tuple(self._changes),
            power=tuple(self._slumber.receipts),
            disk=tuple(self._room.receipts),
            warnings=tuple(self._warnings),
            ended_by=ended_by,
        )
        if self._pipeline is not None:
            receipt = replace(receipt, frames=self._pipeline.frames(), audio=self._pipeline.receipts())
        return Manifest(
            replace(self._spec, meeting=self.notes.meeting),
            status,
            started_at=wall_clock_text(self._dates.started_at),
            completed_at=wall_clock_text(datetime.now(UTC)),  # wall clock: the date of the end, for people
            duration_ns=self.timeline.now_ns(),
            timeline=self._dates.segments(),
            marks=tuple(self.notes.marks),
            receipt=receipt,
        )

    def _warn(self, code: str, source: str) -> None:
        at_ns = self.timeline.now_ns()
        self._warnings.append(WarningReceipt(round(at_ns / NS_PER_S, 3), code, source))
        self._emit(Warned(code, source, at_ns))

    def _say_status(self, status: RecordingStatus) -> None:
        self._emit(StatusChanged(self._spec.id, status, self.timeline.now_ns()))
