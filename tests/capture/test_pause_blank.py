"""A pause that stays in the files: black and silent, to the sample, whatever was to be seen and heard meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.audio.base import RATE_HZ, AudioBlock, AudioFormat
from capture.encoding.profiles import load_profile
from capture.pipeline import Inputs, Pipeline
from capture.recording import NS_PER_S, DeviceId, PauseMode, Side
from capture.screen.base import Unchanged, VideoFormat
from capture.timeline import Timeline
from tests.capture.decoding import sound
from tests.capture.encoding.pictures import Shown, watch
from tests.capture.test_pipeline import Listener
from tests.fakes.clock import FakeClock
from tests.fakes.sources import bars, frame, tone

MS = 1_000_000
STEP_NS = 20 * MS
SIZE = VideoFormat(160, 96)
SIDES = {
    Side.MICROPHONE: AudioFormat(DeviceId("mic"), "Microphone", 1),
    Side.SYSTEM: AudioFormat(DeviceId("out"), "Speakers", 2),
}
PAUSE_S = (1.003, 2.517)
END_S = 3.5


class Meeting:
    """Both sides sound all the time, and the picture is bright; it changes once more in the midst of the pause."""

    def __init__(self, directory: Path, mode: PauseMode) -> None:
        (directory / "audio_separate").mkdir()
        self.clock = FakeClock()
        self.timeline = Timeline(self.clock)
        self.mode = mode
        self.pipeline = Pipeline(
            directory, Inputs(SIZE, SIDES, 30), load_profile("balanced"), self.timeline, Listener()
        )

    def hold(self) -> None:
        self.timeline.begin()
        began_ns = self.clock.now_ns()
        self.pipeline.put_look(frame(bars([(200, 200, 200)], SIZE.width_px, SIZE.height_px), began_ns))
        for now_s, act in self._acts():
            self._until(began_ns + round(now_s * NS_PER_S))
            if act == "pause":
                self.pipeline.pause(self.mode)
            elif act == "resume":
                self.pipeline.resume()
            elif act == "change":
                now_ns = self.clock.now_ns()
                self.pipeline.put_look(frame(bars([(100, 100, 100)], SIZE.width_px, SIZE.height_px), now_ns))
        self.timeline.end()
        self.pipeline.start()
        assert self.pipeline.finish() is None

    def _acts(self) -> Iterator[tuple[float, str]]:
        yield from ((PAUSE_S[0], "pause"), (1.7, "change"), (PAUSE_S[1], "resume"), (END_S, "end"))

    def _until(self, end_ns: int) -> None:
        """Blocks of 20 ms, each given when it is over, as devices do; the last may reach into what comes next."""
        while self.clock.now_ns() < end_ns:
            now_ns = self.clock.now_ns()
            length_ns = min(STEP_NS, end_ns - now_ns)
            for side, device in SIDES.items():
                self.pipeline.put_block(side, AudioBlock(tone(length_ns / NS_PER_S, channels=device.channels), now_ns))
            self.clock.advance(length_ns)
            self.pipeline.put_look(Unchanged(self.clock.now_ns()))


@pytest.fixture(scope="module")
def blanked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("blank")
    Meeting(directory, PauseMode.BLANK).hold()
    return directory


def brightness(shown: Shown) -> float:
    return float(shown.rgb.mean())


def at(pictures: list[Shown], second: float) -> float:
    """How bright what stands then is."""
    return [brightness(shown) for shown in pictures if shown.at_s <= second][-1]


@pytest.mark.parametrize("name", ["audio_separate/microphone.ogg", "audio_separate/system.ogg", "audio_mixed.mp3"])
def test_nothing_of_the_pause_is_heard(blanked: Path, name: str) -> None:
    """10 ms beside the seam, 30 in an MP3: encoders smear that much."""
    heard = np.abs(sound(blanked / name)).max(axis=1)
    late_s = 0.03 if name.endswith("mp3") else 0.01
    first, last = (round((edge + shift) * RATE_HZ) for edge, shift in zip(PAUSE_S, (late_s, -0.01), strict=True))
    assert heard[first:last].max() < 0.01
    assert heard[round(0.5 * RATE_HZ) : round(0.98 * RATE_HZ)].max() > 0.2
    assert heard[round(2.6 * RATE_HZ) : round(3.3 * RATE_HZ)].max() > 0.2


def test_tracks_are_as_long_as_with_the_pause(blanked: Path) -> None:
    for name in ("microphone", "system"):
        assert len(sound(blanked / "audio_separate" / f"{name}.ogg")) == pytest.approx(END_S * RATE_HZ, abs=1)


def test_nothing_of_the_pause_is_seen(blanked: Path) -> None:
    film = watch(blanked / "video_mixed.mp4")
    assert film.duration_s == pytest.approx(END_S, abs=0.07)
    assert at(film.pictures, 0.9) == pytest.approx(200, abs=3)
    assert all(at(film.pictures, second) < 3 for second in (1.06, 1.5, 1.75, 2.0, 2.5))
    assert at(film.pictures, 2.62) == pytest.approx(100, abs=3), "what the screen shows by then"


@given(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(["blank", "cut", "resume"])), max_size=12))
def test_only_what_is_cut_out_is_missing_from_the_timeline(acts: list[tuple[int, str]]) -> None:
    clock = FakeClock()
    timeline = Timeline(clock)
    timeline.begin()
    recorded_ns = blank_ns = 0
    for length_ns, act in acts:
        clock.advance(length_ns)
        recorded_ns += length_ns if timeline.is_running else 0
        blank_ns += length_ns if timeline.is_blank else 0
        if act == "resume" and (timeline.is_blank or not timeline.is_running):
            timeline.begin()
        elif act == "blank" and timeline.is_running and not timeline.is_blank:
            assert timeline.at(timeline.blank()) == recorded_ns
        elif act == "cut" and timeline.is_running:
            timeline.end()
    assert timeline.now_ns() == recorded_ns
    lasting = [(start_ns, recorded_ns if end_ns is None else end_ns) for start_ns, end_ns in timeline.blanks()]
    assert sum(end_ns - start_ns for start_ns, end_ns in lasting) == blank_ns


def test_cut_leaves_nothing_of_it(tmp_path: Path) -> None:
    Meeting(tmp_path, PauseMode.CUT).hold()
    length_s = END_S - (PAUSE_S[1] - PAUSE_S[0])
    heard = sound(tmp_path / "audio_separate" / "microphone.ogg")
    assert len(heard) == pytest.approx(length_s * RATE_HZ, abs=1)
    windows = np.abs(heard[: len(heard) // 480 * 480]).reshape(-1, 480).max(axis=1)
    assert windows[2:-2].min() > 0.2, "no silence where the pause was"
    film = watch(tmp_path / "video_mixed.mp4")
    assert film.duration_s == pytest.approx(length_s, abs=0.07)
    assert all(brightness(shown) > 90 for shown in film.pictures)
