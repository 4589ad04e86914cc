"""By which means the screen is looked at, and why not by better ones: to be read before the meeting and after it."""

import ctypes
import queue
from pathlib import Path

import pytest

from app.checkup import Check, State, check_picture
from app.paths import Paths
from app.settings import Settings
from capture.clock import MonotonicClock
from capture.encoding.encoders import Refusal, choose_encoder
from capture.encoding.known_encoders import RememberedTrial
from capture.encoding.profiles import Profile, load_profile
from capture.errors import CaptureError
from capture.events import Event, Frames
from capture.manifest import ScreenReceipt
from capture.recorder import Recorder
from capture.recording import EndReason, Monitor, RecordingId, RecordingSpec
from capture.screen.base import VideoFormat
from capture.screen.x11 import libxcb
from tests.capture.screen.conftest import xvfb_without
from tests.capture.screen.painter import painter
from tests.rig.screen import private_xvfb

CHAIN = [
    ((), ScreenReceipt("x11-damage", None)),
    (("DAMAGE",), ScreenReceipt("x11-compare", "the X server lacks DAMAGE")),
    (("MIT-SHM",), ScreenReceipt("grabber", "the X server lacks MIT-SHM")),
]
LIMIT_S = 20.0


def paths(base: Path) -> Paths:
    return Paths(base / "config", base / "data", base / "logs")


def check_screen(base: Path) -> Check:
    (check,) = check_picture(paths(base), Settings())
    return check


def never(error: CaptureError) -> None:
    raise error


def receipt_of_a_recording(directory: Path) -> ScreenReceipt | None:
    """Of the whole screen; ended after the first picture."""
    events: queue.Queue[Event] = queue.Queue()
    spec = RecordingSpec(RecordingId("one"), directory, Monitor("1"), None, None)
    recorder = Recorder(spec, MonotonicClock(), events.put, never)
    recorder.start()
    while True:
        recorder.report()
        while not isinstance(event := events.get(timeout=LIMIT_S), Frames):
            pass
        if event.captured:
            return recorder.stop(EndReason.STOP).receipt.screen


@pytest.mark.parametrize(("lacking", "expected"), CHAIN)
def test_each_step_down_is_told_before_and_after(
    lacking: tuple[str, ...], expected: ScreenReceipt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with xvfb_without(*lacking) as server, painter(server.name) as hand:
        monkeypatch.setenv("DISPLAY", server.name)
        hand.paper(320, 240, 0x204060)
        check = check_screen(tmp_path)
        assert receipt_of_a_recording(tmp_path / "recording") == expected
    assert check.state is State.OK
    assert check.message.startswith(f"The screen can be recorded: 320x240 pixels through {expected.source}")
    assert (expected.reason or "") in check.message
    assert ("Not by the best means: " in check.message) == (expected.reason is not None)


def test_without_the_library_of_x_it_is_said_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot_be_loaded(name: str) -> object:
        message = f"{name}: cannot open shared object file"
        raise OSError(message)

    libxcb.load.cache_clear()
    monkeypatch.setattr(ctypes, "CDLL", cannot_be_loaded)
    with private_xvfb(320, 240) as display:
        monkeypatch.setenv("DISPLAY", display.name)
        check = check_screen(tmp_path)
    libxcb.load.cache_clear()
    assert "libxcb.so.1" in check.message


def test_no_screen_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    check = check_screen(tmp_path)
    assert (check.name, check.state) == ("screen", State.FAIL)
    assert check.hint


def test_a_black_screen_is_worth_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with xvfb_without() as server, painter(server.name) as hand:
        monkeypatch.setenv("DISPLAY", server.name)
        hand.warp_pointer(319, 239)
        hand.paper(320, 240, 0)
        check = check_screen(tmp_path)
    assert check.state is State.WARN
    assert "x11-damage" in check.message


def test_the_encoder_of_the_graphics_card_is_tried_before_the_meeting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what came of it is kept for the recording."""
    with private_xvfb(320, 240) as display:
        monkeypatch.setenv("DISPLAY", display.name)
        _, encoder = check_picture(paths(tmp_path), Settings(profile="hardware"))
    profile = load_profile("hardware")
    works = " the graphics card, " in encoder.message
    assert (encoder.name, encoder.state) == ("encoder", State.OK if works else State.WARN)
    assert bool(encoder.hint) != works
    spec = RecordingSpec(
        RecordingId("one"), tmp_path / "recording", None, encoder_trials=paths(tmp_path).encoder_trials
    )
    kept = RememberedTrial(untried, spec.encoder_trials)
    again = choose_encoder(profile, VideoFormat(320, 240), Settings().fps, kept)
    assert again.profile.video_codec in encoder.message


def untried(profile: Profile, video: VideoFormat, rate_fps: int) -> Refusal | None:
    raise AssertionError((profile, video, rate_fps))
