"""A machine that is far too slow, for real: the slowest that the encoder can be, noise for pictures, the real clock."""

import threading
from pathlib import Path

import numpy as np

from capture.audio.base import RATE_HZ, AudioBlock, AudioFormat, Samples
from capture.clock import MonotonicClock
from capture.encoding.profiles import Profile
from capture.pipeline import Inputs, Pipeline
from capture.recording import NS_PER_S, DeviceId, Quality, Side
from capture.screen.base import VideoFormat
from capture.timeline import Timeline
from tests.capture.decoding import sound
from tests.capture.encoding.pictures import watch
from tests.capture.test_pipeline import Listener
from tests.fakes.sources import frame

LENGTH_S = 6
BLOCK_FRAMES = RATE_HZ // 50
SIZE = VideoFormat(1024, 576)
"""A quarter to three quarters of a second a picture: a quarter of the frame rate allows an eighth."""
SLOW = Profile(
    description="as slow as can be",
    video_codec="libx264",
    video_options={"preset": "placebo", "x264-params": "bframes=0:rc-lookahead=0:sync-lookahead=0:me=tesa:merange=32"},
    keyframe_interval_s=4,
    sound_bit_rate=128_000,
)
CLICK_EVERY_S = 0.1


def clicks(length_s: float) -> Samples:
    """1 ms of noise each 100 ms."""
    track = np.zeros((round(length_s * RATE_HZ), 1), np.float32)
    for first in range(RATE_HZ // 20, len(track), round(CLICK_EVERY_S * RATE_HZ)):
        track[first : first + 48] = 0.8
    return track


def test_sound_loses_nothing_when_the_picture_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "audio_separate").mkdir()
    clock, listener = MonotonicClock(), Listener()
    timeline = Timeline(clock)
    sides = {Side.MICROPHONE: AudioFormat(DeviceId("mic"), "Microphone", 1)}
    pipeline = Pipeline(tmp_path, Inputs(SIZE, sides, 30), SLOW, timeline, listener)
    began_ns = timeline.begin()
    pipeline.start()
    _deliver(pipeline, began_ns, clock)
    timeline.end()
    length_ns = timeline.now_ns()
    assert pipeline.finish() is None
    assert Quality.AUDIO_ONLY in {change.quality for change, _ in listener.changes}
    assert pipeline.frames().dropped > LENGTH_S * 30 / 2
    (receipt,) = pipeline.receipts()
    assert all(gap.start_s >= LENGTH_S for gap in receipt.gaps), "what nobody delivered any more"
    for name in ("audio_separate/microphone.ogg", "audio_mixed.mp3", "video_mixed.mp4"):
        _assert_whole(sound(tmp_path / name), length_ns / NS_PER_S)
    film = watch(tmp_path / "video_mixed.mp4")
    assert film.duration_s * NS_PER_S > length_ns - NS_PER_S // 10
    assert max(shown.at_s for shown in film.pictures) > LENGTH_S - 0.6, "the picture stands, and the file goes on"


def _deliver(pipeline: Pipeline, began_ns: int, clock: MonotonicClock) -> None:
    """30 pictures and 50 blocks a second, each when it is due."""
    track, random = clicks(LENGTH_S), np.random.default_rng(1)
    due = threading.Event()  # never set: it waits
    for number in range(LENGTH_S * 50):
        over_ns = began_ns + (number + 1) * NS_PER_S // 50
        due.wait(max(0, over_ns - clock.now_ns()) / NS_PER_S)
        samples = track[number * BLOCK_FRAMES : (number + 1) * BLOCK_FRAMES]
        pipeline.put_block(Side.MICROPHONE, AudioBlock(samples, began_ns + number * NS_PER_S // 50))
        if number % 5 < 3:
            noise = random.integers(0, 255, (SIZE.height_px, SIZE.width_px, 4), np.uint8)
            pipeline.put_look(frame(noise, clock.now_ns()))


def _assert_whole(heard: Samples, length_s: float) -> None:
    """Every click is there, and no silence was put in between."""
    assert len(heard) / RATE_HZ >= LENGTH_S - 0.01
    assert len(heard) / RATE_HZ <= length_s + 0.1
    mono = np.abs(heard).max(axis=1)
    loud = np.flatnonzero(mono > 0.15)
    firsts = loud[np.diff(loud, prepend=-RATE_HZ) > RATE_HZ // 50]
    expected = np.arange(RATE_HZ // 20, LENGTH_S * RATE_HZ, round(CLICK_EVERY_S * RATE_HZ))
    late = firsts[: len(expected)] - expected
    assert len(firsts) == len(expected)
    assert np.ptp(late) < RATE_HZ * 0.01
