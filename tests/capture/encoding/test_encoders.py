from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.encoding.encoders import Choice, Refusal, choose_encoder
from capture.encoding.movie import Movie
from capture.encoding.profiles import Hardware, Profile, load_profile
from capture.encoding.trial import ChildTrial
from capture.recording import NS_PER_S
from capture.screen.base import VideoFormat
from tests.capture.encoding.pictures import picture, watch
from tests.fakes.sources import bars

SIZE = VideoFormat(640, 360)
HARDWARE = load_profile("hardware")
CODECS = [hardware.codec for hardware in HARDWARE.hardware]


@dataclass
class FakeTrial:
    """A machine whose graphics card refuses what is listed."""

    refusals: Mapping[str, str]
    tried: list[str] = field(default_factory=list)

    def __call__(self, profile: Profile, video: VideoFormat, rate_fps: int) -> Refusal | None:
        assert (video, rate_fps) == (SIZE, 30)
        self.tried.append(profile.video_codec)
        reason = self.refusals.get(profile.video_codec)
        return None if reason is None else Refusal(reason)


def with_encoder(codec: str, options: Mapping[str, str], pixel_format: str = "yuv420p") -> Profile:
    return replace(HARDWARE, hardware=(Hardware(codec, options, pixel_format),))


@given(st.sets(st.sampled_from(CODECS)))
def test_the_first_that_encodes_is_used(refused: set[str]) -> None:
    trial = FakeTrial({codec: f"no {codec} here" for codec in refused})
    choice = choose_encoder(HARDWARE, SIZE, 30, trial)
    able = [codec for codec in CODECS if codec not in refused]
    assert choice.profile.video_codec == (able[0] if able else "libx264")
    assert trial.tried == (CODECS[: CODECS.index(able[0]) + 1] if able else CODECS)
    assert choice.wanted == CODECS[0]
    before = CODECS[: CODECS.index(able[0])] if able else CODECS
    assert (choice.reason or "") == "; ".join(f"{codec}: no {codec} here" for codec in before)


def test_it_runs_with_its_own_options_alone() -> None:
    chosen = choose_encoder(HARDWARE, SIZE, 30, FakeTrial({"h264_nvenc": "no"})).profile
    qsv = HARDWARE.hardware[1]
    assert (chosen.video_options, chosen.pixel_format) == (qsv.options, qsv.pixel_format)
    assert (chosen.tunings, chosen.hardware) == ({}, ())


def test_a_profile_without_hardware_tries_nothing() -> None:
    trial = FakeTrial({})
    balanced = load_profile("balanced")
    assert choose_encoder(balanced, SIZE, 30, trial) == Choice(balanced, "libx264")
    assert trial.tried == []


def test_the_fallback_is_the_default() -> None:
    chosen = choose_encoder(HARDWARE, SIZE, 30, FakeTrial(dict.fromkeys(CODECS, "no"))).profile
    balanced = load_profile("balanced")
    assert replace(chosen, description="") == replace(balanced, description="")


def test_whatever_this_machine_has_it_records(tmp_path: Path) -> None:
    """Real trials: each answers for itself, and what is chosen makes a file that plays."""
    choice = choose_encoder(HARDWARE, SIZE, 30, ChildTrial())
    before = [codec for codec in CODECS if f"{codec}: " in (choice.reason or "")]
    assert choice.profile.video_codec == [*CODECS, "libx264"][len(before)]
    assert before == CODECS[: len(before)]
    film = Movie(tmp_path / "video.mp4", SIZE, 30, choice.profile, with_sound=False)
    film.show(picture(bars([(90, 90, 90)])), 0)
    film.finish(NS_PER_S)
    film.close()
    shown = watch(tmp_path / "video.mp4").pictures
    assert shown[0].rgb.mean() == pytest.approx(90, abs=4)


def test_an_encoder_that_works_and_takes_another_pixel_format() -> None:
    choice = choose_encoder(with_encoder("libx264", {"preset": "ultrafast"}, "nv12"), SIZE, 30, ChildTrial())
    assert (choice.profile.pixel_format, choice.reason) == ("nv12", None)


@pytest.mark.parametrize(
    ("codec", "video", "reason"),
    [("libx264", VideoFormat(0, 0), "dimensions not set"), ("h264_nothing", SIZE, "this build does not have it")],
)
def test_an_encoder_that_does_not_work_says_why(codec: str, video: VideoFormat, reason: str) -> None:
    refusal = ChildTrial()(replace(HARDWARE, video_codec=codec), video, 30)
    assert refusal is not None
    assert reason in refusal.reason
    assert refusal.is_lasting


@pytest.mark.parametrize(
    ("command", "reason", "is_lasting"),
    [
        (("sh", "-c", "kill -SEGV $$"), "it crashed (signal 11)", True),
        (("sh", "-c", "exit 3"), "it crashed (status 3)", True),
        (("sh", "-c", "exec sleep 60"), "it did not answer within 0.2 s", False),
        (("/nonexistent",), "it could not be tried: No such file or directory", False),
    ],
)
def test_a_trial_that_crashes_or_hangs_is_an_answer(command: tuple[str, ...], reason: str, *, is_lasting: bool) -> None:
    assert ChildTrial(command, patience_s=0.2)(load_profile("balanced"), SIZE, 30) == Refusal(reason, is_lasting)
