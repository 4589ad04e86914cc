"""What was found out about encoders is asked again, not found out again, as long as it can be trusted."""

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest

from capture.clock import MonotonicClock
from capture.encoding import known_encoders
from capture.encoding.encoders import Refusal
from capture.encoding.known_encoders import RememberedTrial, machine
from capture.encoding.profiles import Profile, load_profile
from capture.errors import EncoderError
from capture.recorder import Recorder
from capture.recording import RecordingId, RecordingSpec, TestPattern
from capture.screen.base import VideoFormat

PROFILE = load_profile("balanced")
SIZE = VideoFormat(640, 360)


@dataclass
class Trials:
    """Counts them."""

    answer: Refusal | None
    tried: list[tuple[str, VideoFormat, int]] = field(default_factory=list)

    def __call__(self, profile: Profile, video: VideoFormat, rate_fps: int) -> Refusal | None:
        self.tried.append((profile.video_codec, video, rate_fps))
        return self.answer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "not" / "yet" / "trials.json"


@pytest.mark.parametrize("answer", [None, Refusal("no such card")])
def test_tried_once(answer: Refusal | None, path: Path) -> None:
    trials = Trials(answer)
    for _ in range(3):
        assert RememberedTrial(trials, path)(PROFILE, SIZE, 30) == answer
    assert len(trials.tried) == 1


def test_what_may_pass_is_tried_again(path: Path) -> None:
    trials = Trials(Refusal("busy", is_lasting=False))
    for _ in range(2):
        assert RememberedTrial(trials, path)(PROFILE, SIZE, 30) == trials.answer
    assert len(trials.tried) == 2


def test_each_task_has_its_own_answer(path: Path) -> None:
    trials = Trials(None)
    remembered = RememberedTrial(trials, path)
    tasks = [
        (PROFILE, SIZE, 30),
        (replace(PROFILE, video_codec="h264_nvenc"), SIZE, 30),
        (replace(PROFILE, video_options={"preset": "slow"}), SIZE, 30),
        (PROFILE, VideoFormat(640, 362), 30),
        (PROFILE, SIZE, 60),
    ]
    for task in (*tasks, *tasks):
        remembered(*task)
    assert len(trials.tried) == len(tasks)


def test_another_machine_than_before_is_asked_anew(path: Path) -> None:
    """Started again, or with another driver."""
    trials = Trials(None)
    for state in ("monday", "monday", "tuesday", "tuesday"):
        RememberedTrial(trials, path, partial(str, state))(PROFILE, SIZE, 30)
    assert len(trials.tried) == 2


@pytest.mark.parametrize("content", ["", "[]", '{"machine": 3}', '{"machine": "x", "answers": {"a": 7}}'])
def test_a_file_that_says_nothing_costs_a_trial(content: str, path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(content)
    trials = Trials(None)
    for _ in range(2):
        RememberedTrial(trials, path)(PROFILE, SIZE, 30)
    assert len(trials.tried) == 1


def test_a_place_that_cannot_be_written_costs_a_trial(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    trials = Trials(None)
    for _ in range(2):
        RememberedTrial(trials, tmp_path / "file" / "trials.json")(PROFILE, SIZE, 30)
    assert len(trials.tried) == 2


def test_nothing_is_kept_where_a_new_start_would_not_be_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_encoders, "BOOT_ID", Path("/nonexistent"))
    assert machine() is None
    trials = Trials(None)
    for _ in range(2):
        RememberedTrial(trials, path)(PROFILE, SIZE, 30)
    assert (len(trials.tried), path.exists()) == (2, False)


@pytest.mark.parametrize("part", ["BOOT_ID", "INSTALLED_LIBRARIES", "NVIDIA_VERSION", "CARDS"])
def test_the_machine_is_another_when_a_part_of_it_is(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = machine()
    assert machine() == before
    if part == "CARDS":
        (tmp_path / "card0").touch()
        (tmp_path / "card1").touch()
        monkeypatch.setattr(known_encoders, part, tmp_path)
    else:
        (tmp_path / "other").write_text("other")
        monkeypatch.setattr(known_encoders, part, tmp_path / "other")
    assert machine() != before


def test_an_encoder_that_fails_while_it_records_is_tried_anew(path: Path, tmp_path: Path) -> None:
    trials = Trials(None)
    RememberedTrial(trials, path)(PROFILE, SIZE, 30)
    spec = RecordingSpec(RecordingId("one"), tmp_path / "one", TestPattern(), None, None, encoder_trials=path)
    recorder = Recorder(spec, MonotonicClock(), lambda _: None, lambda _: None)
    recorder.start()
    recorder.on_encoding_failure(EncoderError("the driver is gone"))
    recorder.discard()
    RememberedTrial(trials, path)(PROFILE, SIZE, 30)
    assert len(trials.tried) == 2
