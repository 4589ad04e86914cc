"""From frames and blocks to files, on one thread: every encoder and every file of a recording belongs to it.

Pictures wait in a ring that drops the oldest, and fewer are encoded where that takes too long; blocks wait in a queue
that never drops.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from capture.audio.base import RATE_HZ, AudioBlock, AudioFormat, Samples
from capture.audio.echo import EchoCanceller
from capture.audio.mixer import Mixer
from capture.encoding.converter import Picture
from capture.encoding.movie import MOVIE_NAME, Movie
from capture.encoding.muxer import Muxer
from capture.encoding.profiles import Profile
from capture.encoding.sound_file import SoundFile
from capture.encoding.synchronizer import Hole
from capture.errors import CaptureError, EncoderError
from capture.ladder import Change
from capture.manifest import AudioReceipt, FrameCount
from capture.participants.conversation import Conversation, SideTurn
from capture.participants.voice_activity import Turn
from capture.picture_lane import PictureLane
from capture.preroll import NOTHING, Past
from capture.recording import NS_PER_S, EchoMode, PauseMode, Quality, Side
from capture.screen.base import Frame, Unchanged, VideoFormat
from capture.timeline import Timeline
from capture.track import Track, TrackListener

T = TypeVar("T")

logger = logging.getLogger(__name__)

STEP_S = 0.1
"""How often the thread looks after its queues; nothing waits longer than this."""

TOGETHER_NS = 300_000_000
"""So much sound is encoded at once, for it costs by the piece and not by the second; beside pictures as much as a step
brings, since the film waits for it. Levels are told at once."""

SEAM_NS = 2_000_000
"""Blocks whose times fit together as well as this are one: devices stamp them to a millisecond."""

MP3_BIT_RATE = 128_000

REST_NS = NS_PER_S
"""So much black and silence, where the machine sleeps, pushes all that comes before it out of encoders and muxers to
the disk: none of them can be told to let go and then go on. Most hold back 0.4 s, a graphics card's encoder more."""

ASLEEP = "asleep"
TRAILING_STEP_S, TRAILING_STEPS = 0.02, 25
"""Half a second: most of what comes at all comes sooner, and the machine waits to fall asleep."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the opened sources deliver. ``video`` is ``None`` and a side is absent where it is not recorded."""

    video: VideoFormat | None
    sides: Mapping[Side, AudioFormat]
    rate_fps: int
    echo_mode: EchoMode = EchoMode.KEEP


class PipelineListener(TrackListener, Protocol):
    """Called on the encoding thread; must not block."""

    def on_turn(self, side: Side, turn: Turn) -> None: ...

    def on_quality_changed(self, change: Change, at_ns: int) -> None: ...

    def on_encoding_failure(self, error: CaptureError) -> None: ...


class Pipeline:
    """``put_*`` are thread-safe and do not block."""

    def __init__(
        self, directory: Path, inputs: Inputs, profile: Profile, timeline: Timeline, listener: PipelineListener
    ) -> None:
        self._timeline = timeline
        self._listener = listener
        self._blocks: queue.SimpleQueue[tuple[Side, AudioBlock]] = queue.SimpleQueue()
        self._acts: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._past = NOTHING
        self._then: Callable[[], None] = lambda: None
        self._together_ns = TOGETHER_NS if inputs.video is None else 0
        self._encoded_ns = 0
        self._ending = threading.Event()
        self._failure: CaptureError | None = None
        self._hear: Callable[[Samples], None] | None = None
        self._hear_sides: dict[Side, Callable[[Samples], None]] = {}
        self._thread = threading.Thread(target=self._run, name="encoding", daemon=True)
        self._mixer = Mixer()
        cancels = inputs.echo_mode is EchoMode.CANCEL and len(inputs.sides) == len(Side)
        self._echo = EchoCanceller() if cancels else None
        self._conversation = Conversation()
        self._tracks = {
            side: Track(side, device, timeline, directory / "audio_separate" / f"{side}.ogg", listener)
            for side, device in inputs.sides.items()
        }
        self._mixed = SoundFile(Muxer(directory / "audio_mixed.mp3"), 2, MP3_BIT_RATE) if inputs.sides else None
        self._movie = self._pictures = None
        if inputs.video is not None:
            path = directory / MOVIE_NAME
            self._movie = Movie(path, inputs.video, inputs.rate_fps, profile, with_sound=bool(inputs.sides))
            self._pictures = PictureLane(
                self._movie, inputs.video, inputs.rate_fps, timeline, listener.on_quality_changed
            )

    def listen(self, hear: Callable[[Samples], None]) -> None:
        """Before the start: ``hear`` gets the mix, on the encoding thread."""
        self._hear = hear

    def listen_to(self, side: Side, hear: Callable[[Samples], None]) -> None:
        """As ``listen``, for one side."""
        self._hear_sides[side] = hear

    def seen(self) -> Picture | None:
        """The last picture; ``None`` while none is recorded, or the machine is too busy. Any thread."""
        return None if self._pictures is None else self._pictures.seen()

    def now_ns(self) -> int:
        """On the timeline. Any thread."""
        return self._timeline.now_ns()

    def start(self, past: Past = NOTHING, then: Callable[[], None] = lambda: None) -> None:
        """``past`` comes before all that is put; the timeline must have begun with it.

        ``then`` is called on the encoding thread once that has been encoded.
        """
        self._past, self._then = past, then
        self._thread.start()

    def put_look(self, look: Frame | Unchanged) -> None:
        if self._pictures is not None:
            self._pictures.put_look(look)

    def put_block(self, side: Side, block: AudioBlock) -> None:
        self._blocks.put((side, block))

    def pause(self, mode: PauseMode) -> None:
        """Ends what is recorded of the timeline, or goes on black and silent."""
        if mode is PauseMode.CUT:
            self._timeline.end()
        elif self._pictures is not None:
            self._pictures.blank()
        else:
            self._timeline.blank()

    def resume(self) -> None:
        if self._pictures is not None:
            self._pictures.resume()
        else:
            self._timeline.begin()

    def rest(self, limit_s: float) -> bool:
        """The machine goes to sleep: all up to now is in the files, and the timeline stands until ``wake``.

        False where that took longer.
        """
        return self._do(self._rest, limit_s)

    def wake(self, mode: PauseMode | None, limit_s: float) -> bool:
        """``mode`` is that of the pause in which it fell asleep, if it was one. False where that took longer."""
        return self._do(lambda: self._wake(mode), limit_s)

    def limit_picture(self, quality: Quality, reason: str) -> None:
        """No better than that, until it is said again."""
        if self._pictures is not None:
            self._pictures.limit(quality, reason)

    def lose_screen(self) -> None:
        """The last picture stands, and the sound goes on."""
        if self._pictures is not None:
            self._pictures.lose_screen()

    def recover_screen(self) -> None:
        if self._pictures is not None:
            self._pictures.recover_screen()

    def lose(self, side: Side, reason: str) -> None:
        self._acts.put(lambda: self._tracks[side].lose(reason))

    def recover(self, side: Side, captured_ns: int) -> None:
        self._acts.put(lambda: self._tracks[side].recover(captured_ns))

    def mute(self, side: Side, *, muted: bool) -> None:
        at_ns = self._timeline.now_ns()
        self._acts.put(lambda: self._tracks[side].mute(at_ns, muted=muted))

    def finish(self) -> CaptureError | None:
        """Drains and closes everything, once, after the sources have stopped. The first failure, if there was one."""
        self._ending.set()
        self._thread.join()
        return self._failure

    def frames(self) -> FrameCount:
        """Thread-safe."""
        return FrameCount() if self._pictures is None else self._pictures.frames()

    def holes(self) -> Mapping[Side, tuple[Hole, ...]]:
        """In each track, as far as it has been made. Thread-safe."""
        return {side: track.holes() for side, track in self._tracks.items()}

    def voice_trouble(self) -> CaptureError | None:
        """Why who speaks is told by loudness alone, where it is."""
        return self._conversation.trouble if self._tracks else None

    def receipts(self) -> tuple[AudioReceipt, ...]:
        """After ``finish`` only."""
        return tuple(track.receipt() for track in self._tracks.values())

    def _run(self) -> None:
        try:
            self._replay()
            rest_s = STEP_S
            while not self._ending.wait(rest_s):
                rest_s = 0.0 if self._step() else STEP_S
            self._end()
        except CaptureError as error:
            self._fail(error)
        except Exception as error:  # the top of a thread
            logger.exception("encoding failed")
            self._fail(EncoderError(str(error)))
        finally:
            self._close()

    def _replay(self) -> None:
        """In small pieces, so that sound and picture lie side by side in the movie."""
        past, self._past = self._past, NOTHING
        for piece in past.pieces():
            end_ns = self._timeline.at(piece.end_ns)
            if self._pictures is not None:
                self._pictures.replay(piece.pictures, end_ns)
            for sound in piece.sounds:
                self._tracks[sound.side].replay(sound.what)
            for track in self._tracks.values():
                track.keep_up(end_ns)
            self._encode_sound()
        self._then()

    def _do(self, act: Callable[[], None], limit_s: float) -> bool:
        """On the encoding thread, while the caller waits."""
        if self._failure is not None:
            return False
        done = threading.Event()

        def do() -> None:
            act()
            done.set()

        self._acts.put(do)
        return done.wait(limit_s)

    def _rest(self) -> None:
        """What was captured before and is still under way is waited for."""
        at_ns = self._timeline.now_ns()
        if self._pictures is not None:
            self._pictures.rest(REST_NS)
        else:
            self._timeline.rest(REST_NS)
        for _ in range(TRAILING_STEPS):
            if all(track.has_heard(at_ns) for track in self._tracks.values()):
                break
            self._ending.wait(TRAILING_STEP_S)
            self._take_blocks()
        for track in self._tracks.values():
            track.rest(self._timeline.now_ns(), ASLEEP)
        self._encode_sound()

    def _wake(self, mode: PauseMode | None) -> None:
        if mode is None and not self._timeline.is_running:
            self.resume()
        elif mode is PauseMode.BLANK and not self._timeline.is_blank:
            self.pause(mode)

    def _fail(self, error: CaptureError) -> None:
        logger.error("encoding stopped: %s", error)
        self._failure = error
        self._listener.on_encoding_failure(error)

    def _step(self) -> bool:
        """Whether there is more to do at once."""
        now_ns = self._timeline.now_ns()
        is_behind = self._pictures is not None and self._pictures.step()
        self._take_sound(now_ns)
        return is_behind

    def _take_sound(self, until_ns: int) -> None:
        self._take_blocks()
        for track in self._tracks.values():
            track.keep_up(until_ns)
        if until_ns - self._encoded_ns >= self._together_ns:
            self._encode_sound()
            self._encoded_ns = until_ns

    def _take_blocks(self) -> None:
        for act in _drained(self._acts):
            act()
        blocks: dict[Side, list[AudioBlock]] = {side: [] for side in self._tracks}
        for side, block in _drained(self._blocks):
            blocks[side].append(block)
        for side, track in self._tracks.items():
            for joined in _joined(blocks[side]):
                track.push(joined)

    def _encode_sound(self) -> None:
        """Each side as far as it has come, and the mix as far as both have."""
        if self._mixed is None:
            return
        for track in self._tracks.values():
            track.write()
        frames = min(track.waiting for track in self._tracks.values())
        if not frames:
            return
        silence = np.zeros((frames, 1), np.float32)
        sides = {side: track.take(frames) for side, track in self._tracks.items()}
        for side in sides.keys() & self._hear_sides.keys():
            self._hear_sides[side](sides[side])
        microphone, system = sides.get(Side.MICROPHONE, silence), sides.get(Side.SYSTEM, silence)
        self._tell(self._conversation.push(microphone, system))
        if self._echo is not None:
            microphone, system = self._echo.push(microphone, system)
        self._write_mix(microphone, system)

    def _write_mix(self, microphone: Samples, system: Samples) -> None:
        if self._mixed is None:
            return
        mixed = self._mixer.mix(microphone, system)
        self._mixed.write(mixed)
        if self._movie is not None:
            self._movie.sound(mixed)
        if self._hear is not None:
            self._hear(mixed)

    def _end(self) -> None:
        end_ns = self._timeline.now_ns()
        if self._pictures is not None:
            self._pictures.drain()
        self._take_sound(end_ns)
        for track in self._tracks.values():
            track.finish(end_ns)
        self._encode_sound()
        if self._echo is not None:
            self._write_mix(*self._echo.finish())
        self._tell(self._conversation.finish())
        if self._movie is not None:
            self._movie.finish(end_ns)

    def _tell(self, turns: Iterable[SideTurn]) -> None:
        for side, turn in turns:
            self._listener.on_turn(side, turn)

    def _close(self) -> None:
        """Every file by itself: one that cannot be closed must not cost the others."""
        for file in (self._movie, self._mixed, *self._tracks.values()):
            if file is None:
                continue
            try:
                file.close()
            except CaptureError as error:
                if self._failure is None:
                    self._fail(error)


def _joined(blocks: list[AudioBlock]) -> Iterator[AudioBlock]:
    """The same sound in as few blocks as there are gaps in it."""
    run: list[AudioBlock] = []
    end_ns = 0
    for block in blocks:
        if run and abs(block.captured_ns - end_ns) > SEAM_NS:
            yield _as_one(run)
            run = []
        run.append(block)
        end_ns = block.captured_ns + len(block.samples) * NS_PER_S // RATE_HZ
    if run:
        yield _as_one(run)


def _as_one(blocks: list[AudioBlock]) -> AudioBlock:
    return AudioBlock(np.concatenate([block.samples for block in blocks]), blocks[0].captured_ns)


def _drained(waiting: queue.SimpleQueue[T]) -> list[T]:
    """What waits now, taken at once: an act may drain the queue it came from. What comes meanwhile waits its turn."""
    return [waiting.get_nowait() for _ in range(waiting.qsize())]
