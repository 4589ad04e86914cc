"""What is kept before a recording is asked for: bounded, in its place in the files, and gone when nobody asks."""

import shutil
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from capture.audio.base import RATE_HZ, AudioBlock, DeviceLost, DeviceRecovered
from capture.commands import Arm, Discard, Stop
from capture.encoding.profiles import load_profile
from capture.events import Armed, Discarded, Error, Ready
from capture.manifest import read_manifest
from capture.notes import ASKED_FOR
from capture.pipeline import Inputs, Pipeline
from capture.preroll import PICTURES_BYTES, Past, Preroll, Sound
from capture.recording import NS_PER_S, DeviceId, RecordingSpec, Side
from capture.screen.base import Frame
from capture.timeline import Timeline
from tests.capture.decoding import loudness_at, onsets_s, sound
from tests.capture.encoding.pictures import watch
from tests.capture.test_pipeline import AAC_PRIMING_S, GREEN, MICROPHONE, RED, SIZE, SPEAKERS, Listener, both
from tests.capture.worker_process import running_worker, spec_of
from tests.fakes.clock import FakeClock
from tests.fakes.sources import RGB, bars, blocks, frame, silence, tone

BEGAN_NS = 100 * NS_PER_S
LENGTH_NS = 30 * NS_PER_S
KEPT_S = 2


def noise(seed: int, at_ns: int) -> Frame:
    pixels = np.random.default_rng(seed).integers(0, 255, (720, 1280, 4), np.uint8)
    return frame(pixels, at_ns)


def test_memory_is_bounded() -> None:
    """A minute of a microphone, and pictures that no encoder makes small."""
    preroll = Preroll(LENGTH_NS, BEGAN_NS)
    for number in range(3000):
        at_ns = BEGAN_NS + number * NS_PER_S // 50
        preroll.hear(Sound(at_ns, Side.MICROPHONE, AudioBlock(silence(0.02), at_ns)))
    for number in range(60):
        preroll.see(noise(number, BEGAN_NS + NS_PER_S * (30 + number // 2)))
    assert PICTURES_BYTES / 3 < preroll.stills_bytes <= PICTURES_BYTES
    past = preroll.past(BEGAN_NS + 60 * NS_PER_S)
    assert past.length_ns == LENGTH_NS
    assert len(past.sounds) * 0.02 == pytest.approx(30, abs=0.2)
    assert past.stills[0].at_ns == BEGAN_NS + 30 * NS_PER_S
    assert past.latest is not None
    assert past.stills[-1].at_ns == past.latest.captured_ns


def test_a_screen_that_stands_still_is_not_forgotten() -> None:
    preroll = Preroll(LENGTH_NS, BEGAN_NS)
    preroll.see(frame(bars([RED], 64, 36), BEGAN_NS))
    past = preroll.past(BEGAN_NS + 90 * NS_PER_S)
    (first, *rest) = past.pieces()
    assert [picture.captured_ns for picture in first.pictures] == [past.began_ns] == [BEGAN_NS + 60 * NS_PER_S]
    assert not any(piece.pictures for piece in rest)
    assert rest[-1].end_ns == past.end_ns


def make(directory: Path, past: Past, clock: FakeClock) -> Pipeline:
    """One second is recorded behind what was kept."""
    (directory / "audio_separate").mkdir()
    timeline = Timeline(clock)
    inputs = Inputs(SIZE, {Side.MICROPHONE: MICROPHONE, Side.SYSTEM: SPEAKERS}, 30)
    pipeline = Pipeline(directory, inputs, load_profile("balanced"), timeline, Listener())
    timeline.begin(past.began_ns)
    for side in Side:
        for block in blocks(both(side, np.concatenate([silence(0.5), tone(0.1), silence(0.4)])), past.end_ns):
            pipeline.put_block(side, block)
    clock.advance(NS_PER_S)
    timeline.end()
    pipeline.start(past)
    assert pipeline.finish() is None
    return pipeline


def picture(colour: RGB, at_ns: int) -> Frame:
    return frame(bars([colour], SIZE.width_px, SIZE.height_px), at_ns)


def test_sound_and_picture_are_in_step(tmp_path: Path) -> None:
    """A beep and a change of colour 1.3 s before the click, and a beep half a second after it."""
    clock = FakeClock(BEGAN_NS + 2 * NS_PER_S)
    preroll = Preroll(LENGTH_NS, BEGAN_NS)
    beep = np.concatenate([silence(0.7), tone(0.1), silence(1.2)])
    for side in Side:
        for block in blocks(both(side, beep), BEGAN_NS):
            preroll.hear(Sound(block.captured_ns, side, block))
    preroll.see(picture(RED, BEGAN_NS))
    preroll.see(picture(GREEN, BEGAN_NS + 7 * NS_PER_S // 10))
    make(tmp_path, preroll.past(clock.now_ns()), clock)
    for name in ("video_mixed.mp4", "audio_mixed.mp3", "audio_separate/microphone.ogg", "audio_separate/system.ogg"):
        heard = sound(tmp_path / name)
        assert onsets_s(heard) == pytest.approx([0.7, 2.5], abs=AAC_PRIMING_S + 0.01)
        assert len(heard) == pytest.approx(3 * RATE_HZ, abs=RATE_HZ // 10)
    shown = watch(tmp_path / "video_mixed.mp4").pictures
    red, green = ([each for each in shown if (each.at_s > 0.65) is is_later] for is_later in (False, True))
    assert all(each.rgb[90, 160] == pytest.approx(RED, abs=8) for each in red)
    assert all(each.rgb[90, 160] == pytest.approx(GREEN, abs=6) for each in green)
    assert green[0].at_s == pytest.approx(0.7, abs=AAC_PRIMING_S + 0.02)


def test_a_device_that_was_lost_meanwhile(tmp_path: Path) -> None:
    clock = FakeClock(BEGAN_NS + 2 * NS_PER_S)
    preroll = Preroll(LENGTH_NS, BEGAN_NS)
    for block in blocks(tone(0.5), BEGAN_NS):
        preroll.hear(Sound(block.captured_ns, Side.MICROPHONE, block))
    lost_ns, back_ns = BEGAN_NS + NS_PER_S // 2, BEGAN_NS + 3 * NS_PER_S // 2
    preroll.hear(Sound(lost_ns, Side.MICROPHONE, DeviceLost(DeviceId("mic"), "unplugged", lost_ns)))
    preroll.hear(Sound(back_ns, Side.MICROPHONE, DeviceRecovered(DeviceId("headset"), back_ns)))
    for block in blocks(tone(0.5), back_ns):
        preroll.hear(Sound(block.captured_ns, Side.MICROPHONE, block))
    past = preroll.past(clock.now_ns())
    assert past.devices() == {Side.MICROPHONE: DeviceId("headset")}
    microphone, _ = make(tmp_path, past, clock).receipts()
    assert (microphone.gaps[0].start_s, microphone.gaps[0].duration_s) == pytest.approx((0.5, 1.0), abs=0.02)
    assert microphone.gaps[0].reason == "unplugged"
    assert loudness_at(sound(tmp_path / "audio_separate" / "microphone.ogg"), 0.6, 1.4) < 0.001


@pytest.fixture
def spec(tmp_path: Path) -> RecordingSpec:
    return spec_of(tmp_path / "recordings" / "one")


def test_armed_then_started(spec: RecordingSpec) -> None:
    """Armed for two seconds, recorded for one: the beeps, one a second, go through without a seam."""
    with running_worker() as worker:
        worker.send(Arm(spec, LENGTH_NS))
        assert worker.wait_for(Armed) == Armed(spec.id, LENGTH_NS)
        time.sleep(KEPT_S)  # this is the length that is measured
        assert not spec.directory.parent.exists()
        started = worker.start(spec)
        worker.record_until((started.preroll_ns + NS_PER_S) / NS_PER_S)
        ended = worker.end_of_input()
        assert worker.close() == 0
    assert started.preroll_ns >= KEPT_S * NS_PER_S
    manifest = read_manifest(spec.directory)
    assert manifest.duration_ns == ended.duration_ns >= (KEPT_S + 1) * NS_PER_S
    assert [mark.text for mark in manifest.marks] == [ASKED_FOR]
    assert manifest.marks[0].at_s >= KEPT_S
    for side in Side:
        beeps = np.diff(onsets_s(sound(spec.directory / "audio_separate" / f"{side}.ogg")))
        assert len(beeps) >= 2
        assert beeps == pytest.approx(1.0, abs=0.01)
    for audio in manifest.receipt.audio:
        assert audio.gaps == ()


def test_forgotten_it_leaves_nothing(spec: RecordingSpec) -> None:
    """By the user's word, by a stop, or because whoever armed is gone."""
    with running_worker() as worker:
        for command in (Discard(), Stop()):
            worker.send(Arm(spec, LENGTH_NS), command)
            assert worker.wait_for(Discarded) == Discarded(spec.id)
        worker.send(Arm(spec, LENGTH_NS))
        assert worker.close() == 0
    assert [type(event) for event in worker.events] == [Ready, *3 * [Armed, Discarded]]
    assert not spec.directory.parent.exists()


def test_trouble_of_one_that_was_discarded_does_not_forget_the_next(spec: RecordingSpec, tmp_path: Path) -> None:
    """It is heard of when the next one is armed already."""
    doomed = spec_of(tmp_path / "recordings" / "doomed")
    with running_worker() as worker:
        worker.start(doomed)
        worker.record_until(0.2)
        shutil.rmtree(doomed.directory)
        worker.send(Discard(), Arm(spec, LENGTH_NS))
        worker.wait_for(Armed)
        assert worker.start(spec).preroll_ns > 0
        worker.close()
    assert Discarded(spec.id) not in worker.events


def test_other_sources_begin_with_nothing(spec: RecordingSpec) -> None:
    """Nor can what is no length of time be kept, nor anything beside a recording."""
    with running_worker() as worker:
        worker.send(Arm(spec, 0))
        assert worker.wait_for(Error).code == "invalid_spec"
        worker.send(Arm(spec, LENGTH_NS))
        worker.wait_for(Armed)
        started = worker.start(replace(spec, microphone=None, system_audio=None))
        worker.send(Arm(spec, LENGTH_NS))
        assert worker.wait_for(Error).code == "protocol_error"
        worker.close()
    assert started.preroll_ns == 0
    assert Discarded(spec.id) in worker.events
    assert [media.path for media in read_manifest(spec.directory).media if "audio" in media.path] == []
