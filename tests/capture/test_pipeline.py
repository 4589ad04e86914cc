"""The whole of it, at a clock that stands still: what was put in is what is in the files."""

import threading
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from capture.audio.base import RATE_HZ, AudioBlock, AudioFormat, Samples
from capture.encoding.profiles import load_profile
from capture.encoding.ring import CAPACITY
from capture.errors import CaptureError, EncoderError
from capture.events import Level
from capture.ladder import Change
from capture.participants.voice_activity import Turn
from capture.pipeline import Inputs, Pipeline
from capture.recording import NS_PER_S, DeviceId, Side
from capture.screen.base import Unchanged, VideoFormat
from capture.timeline import Timeline
from tests.capture.decoding import loudness_at, onsets_s, sound
from tests.capture.encoding.pictures import Film, Shown, watch
from tests.fakes.clock import FakeClock
from tests.fakes.sources import RGB, bars, blocks, frame, silence, tone
from tests.rig.speech import speak

MS = 1_000_000
RED: RGB = (200, 30, 30)
GREEN: RGB = (30, 200, 30)
SIZE = VideoFormat(320, 180)
AAC_PRIMING_S = 1024 / RATE_HZ
"""By so much the MP4 begins earlier than the recording, sound and picture alike."""

MICROPHONE = AudioFormat(DeviceId("mic"), "Microphone", 1)
SPEAKERS = AudioFormat(DeviceId("out"), "Speakers", 2)


@dataclass(slots=True)
class Listener:
    """Told on the encoding thread, read when that has ended."""

    levels: list[Level] = field(default_factory=list)
    turns: list[tuple[Side, Turn]] = field(default_factory=list)
    failures: list[CaptureError] = field(default_factory=list)
    changes: list[tuple[Change, int]] = field(default_factory=list)
    measured: threading.Event = field(default_factory=threading.Event)

    def on_level(self, level: Level) -> None:
        self.levels.append(level)
        self.measured.set()

    def on_turn(self, side: Side, turn: Turn) -> None:
        self.turns.append((side, turn))

    def on_quality_changed(self, change: Change, at_ns: int) -> None:
        self.changes.append((change, at_ns))

    def on_encoding_failure(self, error: CaptureError) -> None:
        self.failures.append(error)


class Bench:
    """A pipeline, and the time it sees."""

    def __init__(self, directory: Path, inputs: Inputs) -> None:
        (directory / "audio_separate").mkdir()
        self.directory = directory
        self.clock = FakeClock()
        self.timeline = Timeline(self.clock)
        self.listener = Listener()
        self.pipeline = Pipeline(directory, inputs, load_profile("balanced"), self.timeline, self.listener)
        self.timeline.begin()

    def show(self, colour: RGB) -> None:
        self.pipeline.put_look(frame(bars([colour], SIZE.width_px, SIZE.height_px), self.clock.now_ns()))

    def look(self) -> None:
        self.pipeline.put_look(Unchanged(self.clock.now_ns()))

    def finish(self) -> CaptureError | None:
        self.timeline.end()
        self.pipeline.start()
        return self.pipeline.finish()

    def film(self) -> Film:
        return watch(self.directory / "video_mixed.mp4")

    def side(self, side: Side) -> Samples:
        return sound(self.directory / "audio_separate" / f"{side}.ogg")


def both(side: Side, samples: Samples) -> Samples:
    """The same on each side, in as many channels as it has."""
    return samples if side is Side.MICROPHONE else np.repeat(samples, 2, axis=1)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path, Inputs(SIZE, {Side.MICROPHONE: MICROPHONE, Side.SYSTEM: SPEAKERS}, 30))


def test_one_quiet_side_does_not_hold_up_the_other(bench: Bench) -> None:
    """The system's sound is a tone; the microphone never delivers a block."""
    bench.show(RED)
    for block in blocks(tone(2, channels=2), bench.clock.now_ns()):
        bench.pipeline.put_block(Side.SYSTEM, block)
    bench.clock.advance(2 * NS_PER_S)
    assert bench.finish() is None
    for name in ("audio_mixed.mp3", "video_mixed.mp4", "audio_separate/system.ogg"):
        heard = sound(bench.directory / name)
        assert len(heard) == pytest.approx(2 * RATE_HZ, abs=RATE_HZ // 10)
        assert loudness_at(heard, 0.1, 1.9) == pytest.approx(0.5 / 2**0.5, rel=0.05)
    assert not bench.side(Side.MICROPHONE).any()
    microphone, system = bench.pipeline.receipts()
    assert [(gap.start_s, gap.duration_s) for gap in microphone.gaps] == [(0, 2)]
    assert system.gaps == ()


def test_both_sides_are_in_the_mix(bench: Bench) -> None:
    bench.show(RED)
    mine, theirs = np.concatenate([tone(1), silence(1)]), np.concatenate([silence(1, 2), tone(1, 880, 0.25, 2)])
    for side, samples in ((Side.MICROPHONE, mine), (Side.SYSTEM, theirs)):
        for block in blocks(samples, bench.clock.now_ns()):
            bench.pipeline.put_block(side, block)
    bench.clock.advance(2 * NS_PER_S)
    assert bench.finish() is None
    mixed = sound(bench.directory / "audio_mixed.mp3")
    assert mixed.shape[1] == 2
    assert loudness_at(mixed, 0.2, 0.8) == pytest.approx(0.35, rel=0.1)
    assert loudness_at(mixed, 1.2, 1.8) == pytest.approx(0.18, rel=0.1)
    assert bench.listener.turns == [], "a tone is no speech"


def test_who_speaks_is_told(bench: Bench, tmp_path: Path) -> None:
    bench.show(RED)
    speak("Good morning. Can you see my screen?", tmp_path / "voice.wav")
    said = np.concatenate([sound(tmp_path / "voice.wav"), silence(0.5)])
    mine, theirs = np.concatenate([said, np.zeros_like(said)]), np.concatenate([np.zeros_like(said), said])
    for side, samples in ((Side.MICROPHONE, mine), (Side.SYSTEM, theirs)):
        for block in blocks(both(side, samples), bench.clock.now_ns()):
            bench.pipeline.put_block(side, block)
    bench.clock.advance(len(mine) * NS_PER_S // RATE_HZ)
    assert bench.finish() is None
    told = [(side, turn.speaking) for side, turn in bench.listener.turns]
    assert sorted(told) == [(side, speaking) for side in sorted(Side) for speaking in (False, True)]


def test_mute_silences_that_side_alone_and_to_the_sample(bench: Bench) -> None:
    samples = tone(3)
    bench.show(RED)
    for side in Side:
        for block in blocks(both(side, samples), bench.clock.now_ns()):
            bench.pipeline.put_block(side, block)
    bench.clock.advance(1 * NS_PER_S)
    bench.pipeline.mute(Side.MICROPHONE, muted=True)
    bench.pipeline.mute(Side.MICROPHONE, muted=True)
    bench.clock.advance(1 * NS_PER_S)
    bench.pipeline.mute(Side.MICROPHONE, muted=False)
    bench.clock.advance(1 * NS_PER_S)
    assert bench.finish() is None
    mine, theirs = bench.side(Side.MICROPHONE), bench.side(Side.SYSTEM)
    assert loudness_at(mine, 0.1, 0.98) == pytest.approx(0.35, rel=0.05)
    assert loudness_at(mine, 1.02, 1.98) < 0.001
    assert loudness_at(mine, 2.02, 2.9) == pytest.approx(0.35, rel=0.05)
    assert loudness_at(theirs, 1.0, 2.0) == pytest.approx(0.35, rel=0.05)
    peaks = {side: [level.peak_dbfs for level in bench.listener.levels if level.side is side] for side in Side}
    assert set(peaks[Side.MICROPHONE][11:19]) == {-120}
    assert peaks[Side.SYSTEM][11:19] == pytest.approx([-6] * 8, abs=0.2)


def test_a_pause_is_cut_out_of_sound_and_picture(bench: Bench) -> None:
    """A second with a tone, a pause of two, a second of silence with a tone at its end."""
    samples = np.concatenate([tone(1), tone(2, 2000), silence(0.5), tone(0.5)])
    for side in Side:
        for block in blocks(both(side, samples), bench.clock.now_ns()):
            bench.pipeline.put_block(side, block)
    bench.show(RED)
    bench.clock.advance(1 * NS_PER_S)
    bench.look()
    bench.timeline.end()
    bench.clock.advance(2 * NS_PER_S)
    bench.timeline.begin()
    bench.look()
    bench.clock.advance(1 * NS_PER_S)
    assert bench.finish() is None
    mine = bench.side(Side.MICROPHONE)
    assert len(mine) == pytest.approx(2 * RATE_HZ, abs=RATE_HZ // 50)
    assert loudness_at(mine, 1.05, 1.45) < 0.01
    assert onsets_s(mine) == pytest.approx([0, 1.5], abs=0.02)
    assert bench.film().duration_s == pytest.approx(2, abs=AAC_PRIMING_S + 0.04)


def test_what_changed_during_a_pause_is_seen_after_it(bench: Bench) -> None:
    bench.show(RED)
    bench.clock.advance(1 * NS_PER_S)
    bench.timeline.end()
    bench.clock.advance(1 * NS_PER_S)
    bench.show(GREEN)
    bench.clock.advance(1 * NS_PER_S)
    bench.timeline.begin()
    bench.clock.advance(100 * MS)
    bench.look()
    bench.clock.advance(900 * MS)
    assert bench.finish() is None
    first, *rest = bench.film().pictures
    assert first.rgb[90, 160] == pytest.approx(RED, abs=6)
    assert rest[0].at_s == pytest.approx(1.1, abs=0.04)
    assert all(shown.rgb[90, 160] == pytest.approx(GREEN, abs=6) for shown in rest)


def test_pictures_and_beeps_keep_their_times(bench: Bench) -> None:
    beep = np.concatenate([silence(0.7), tone(0.1), silence(0.9), tone(0.1), silence(0.2)])
    for side in Side:
        for block in blocks(both(side, beep), bench.clock.now_ns()):
            bench.pipeline.put_block(side, block)
    for colour, pause_ms in ((RED, 700), (GREEN, 100), (RED, 900), (GREEN, 300)):
        bench.show(colour)
        bench.clock.advance(pause_ms * MS)
    assert bench.finish() is None
    shown = bench.film().pictures
    green = [after.at_s for before, after in pairwise(shown) if _is_green(after) > _is_green(before)]
    assert green == pytest.approx([0.7, 1.7], abs=AAC_PRIMING_S + 0.02)
    for name in ("video_mixed.mp4", "audio_mixed.mp3", "audio_separate/system.ogg", "audio_separate/microphone.ogg"):
        assert onsets_s(sound(bench.directory / name)) == pytest.approx([0.7, 1.7], abs=AAC_PRIMING_S + 0.01)


def test_a_short_gap_shifts_nothing_that_comes_after_it(bench: Bench) -> None:
    """Blocks that wait together are joined where they meet, and only there."""
    beep = np.concatenate([silence(0.7), tone(0.1), silence(0.2)])
    held_back = range(NS_PER_S // 2, NS_PER_S * 55 // 100)
    for side in Side:
        for block in blocks(both(side, beep), bench.clock.now_ns()):
            if block.captured_ns - bench.clock.now_ns() not in held_back:
                bench.pipeline.put_block(side, block)
    bench.show(RED)
    bench.clock.advance(NS_PER_S)
    assert bench.finish() is None
    for side in Side:
        assert onsets_s(bench.side(side)) == pytest.approx([0.7], abs=0.002)


def _is_green(shown: Shown) -> bool:
    return bool(shown.rgb[90, 160, 1] > shown.rgb[90, 160, 0])


def test_more_pictures_than_there_is_room_for_are_counted(bench: Bench) -> None:
    for number in range(40):
        bench.show((number, number, number))
        bench.clock.advance(33 * MS)
    assert bench.finish() is None
    count = bench.pipeline.frames()
    assert (count.captured, count.dropped) == (40, 40 - CAPACITY)
    assert bench.film().pictures[-1].rgb.mean() == pytest.approx(39, abs=4)


def test_a_screen_that_is_lost_does_not_hold_up_the_sound(bench: Bench) -> None:
    bench.show(RED)
    for block in blocks(tone(2, channels=2), bench.clock.now_ns()):
        bench.pipeline.put_block(Side.SYSTEM, block)
    bench.pipeline.lose_screen()
    bench.clock.advance(2 * NS_PER_S)
    assert bench.finish() is None
    assert bench.film().duration_s == pytest.approx(2, abs=AAC_PRIMING_S + 0.04)
    assert loudness_at(sound(bench.directory / "video_mixed.mp4"), 0.1, 1.9) > 0.3


def test_a_recording_of_no_length(bench: Bench) -> None:
    assert bench.finish() is None
    assert bench.listener.failures == []


@pytest.mark.parametrize(
    ("inputs", "files"),
    [
        (Inputs(None, {Side.MICROPHONE: MICROPHONE}, 30), {"audio_mixed.mp3", "microphone.ogg"}),
        (Inputs(None, {Side.SYSTEM: SPEAKERS}, 30), {"audio_mixed.mp3", "system.ogg"}),
        (Inputs(SIZE, {}, 30), {"video_mixed.mp4"}),
    ],
)
def test_only_what_is_recorded_has_a_file(inputs: Inputs, files: set[str], tmp_path: Path) -> None:
    bench = Bench(tmp_path, inputs)
    if inputs.video is not None:
        bench.show(RED)
    for side in inputs.sides:
        for block in blocks(tone(1, channels=inputs.sides[side].channels), bench.clock.now_ns()):
            bench.pipeline.put_block(side, block)
    bench.clock.advance(1 * NS_PER_S)
    assert bench.finish() is None
    written = {path.name: path.stat().st_size for path in tmp_path.rglob("*.*")}
    assert set(written) == files
    assert all(written.values())


def test_nothing_runs_once_it_is_finished(bench: Bench) -> None:
    bench.finish()
    assert not [thread for thread in threading.enumerate() if thread.name == "encoding"]


def test_a_failure_is_told_once_and_the_other_files_are_closed(tmp_path: Path) -> None:
    """A block from a side that nobody opened stands for any mistake of ours."""
    bench = Bench(tmp_path, Inputs(SIZE, {Side.MICROPHONE: MICROPHONE}, 30))
    for number in range(20):
        bench.show((number, number, number))
        bench.clock.advance(50 * MS)
    bench.pipeline.put_block(Side.SYSTEM, AudioBlock(tone(1), bench.clock.now_ns()))
    failure = bench.finish()
    assert isinstance(failure, EncoderError)
    assert bench.listener.failures == [failure]
    assert len(bench.film().pictures) >= 19


def test_sound_is_encoded_in_larger_pieces_than_it_is_measured_in(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Inputs(None, {Side.SYSTEM: SPEAKERS}, 30))
    mixed = threading.Event()
    pieces: list[int] = []

    def note(piece: Samples) -> None:
        pieces.append(len(piece))
        mixed.set()

    bench.pipeline.listen(note)
    started_ns = bench.clock.now_ns()
    bench.pipeline.start()
    heard = list(blocks(tone(0.4, channels=2), started_ns))
    for block in heard[: len(heard) // 2]:
        bench.pipeline.put_block(Side.SYSTEM, block)
    bench.clock.advance(200 * MS)
    assert bench.listener.measured.wait(10)
    assert pieces == []
    for block in heard[len(heard) // 2 :]:
        bench.pipeline.put_block(Side.SYSTEM, block)
    bench.clock.advance(200 * MS)
    assert mixed.wait(10)
    assert pieces[0] >= 0.3 * RATE_HZ
    bench.timeline.end()
    assert bench.pipeline.finish() is None
    assert sum(pieces) == 0.4 * RATE_HZ


def test_what_is_asked_for_in_the_moment_in_which_it_falls_asleep_is_done_too(bench: Bench) -> None:
    """Devices go then, and the rest waits for their last blocks."""
    bench.show(RED)
    bench.clock.advance(NS_PER_S)
    assert not bench.pipeline.rest(0), "nobody works yet"
    for side in Side:
        bench.pipeline.lose(side, "suspended")
    bench.pipeline.start()
    assert bench.pipeline.wake(None, 10)
    assert bench.timeline.is_running
    bench.timeline.end()
    assert bench.pipeline.finish() is None
