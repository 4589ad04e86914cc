"""What is made of what was found."""

from importlib.resources import files
from pathlib import Path

import pytest

from app.checkup import (
    Check,
    State,
    check_backend,
    check_destination,
    check_disk,
    check_sleep,
    check_speech,
    check_transcripts,
    failure,
    judge_sound,
)
from app.paths import Paths
from app.settings import Settings
from app.transcripts import engine_trouble
from capture.audio.levels import SILENCE_DBFS, Loudness
from capture.audio.sound_check import Hearing, SoundCheck
from capture.errors import SourceUnavailable
from capture.recording import Side
from capture.transcription.choice import EngineChoice, EngineName
from tests.rig.logind import private_logind
from tests.uploader.rig import served

QUIET = Loudness(-50, -62)
ZEROS = Loudness(SILENCE_DBFS, SILENCE_DBFS)


def paths(base: Path) -> Paths:
    return Paths(base / "config", base / "data", base / "logs")


def judged(microphone: Hearing, system: Hearing, error: SourceUnavailable | None = None) -> dict[str, Check]:
    found = SoundCheck({Side.MICROPHONE: microphone, Side.SYSTEM: system}, error)
    return {check.name: check for check in judge_sound(found)}


def states(checks: dict[str, Check]) -> dict[str, str]:
    return {name: str(check.state) for name, check in checks.items()}


def test_all_is_well() -> None:
    checks = judged(Hearing("Mic", QUIET, heard_tone=False), Hearing("Speaker", ZEROS, heard_tone=True))
    assert states(checks) == {"microphone": "ok", "system_audio": "ok", "tone": "ok", "leak": "ok"}
    assert not any(check.hint for check in checks.values())
    assert "-62 dBFS" in checks["microphone"].message


@pytest.mark.parametrize(
    ("microphone", "system", "expected"),
    [
        (Hearing("Mic", ZEROS, heard_tone=False), Hearing("Speaker", ZEROS, heard_tone=True), {"microphone": "warn"}),
        (Hearing("Mic", None, heard_tone=False), Hearing("Speaker", ZEROS, heard_tone=True), {"microphone": "fail"}),
        (Hearing("Mic", QUIET, heard_tone=True), Hearing("Speaker", QUIET, heard_tone=True), {"leak": "warn"}),
        (Hearing("Mic", QUIET, heard_tone=False), Hearing("Speaker", QUIET, heard_tone=False), {"tone": "fail"}),
        (
            Hearing("Mic", QUIET, heard_tone=False),
            Hearing("Speaker", None, heard_tone=False),
            {"system_audio": "fail", "tone": "fail"},
        ),
    ],
)
def test_what_is_wrong_has_a_hint(microphone: Hearing, system: Hearing, expected: dict[str, str]) -> None:
    checks = judged(microphone, system)
    assert {name: state for name, state in states(checks).items() if state != "ok"} == expected
    assert all(checks[name].hint for name in expected)


def test_a_tone_that_cannot_be_played_proves_nothing() -> None:
    error = SourceUnavailable("no sink")
    checks = judged(Hearing("Mic", QUIET, heard_tone=False), Hearing("Speaker", ZEROS, heard_tone=False), error)
    assert checks["tone"].state is State.WARN
    assert "no sink" in checks["tone"].message
    assert "leak" not in checks


def test_a_side_that_cannot_be_opened_fails_with_the_words_of_its_error() -> None:
    error = SourceUnavailable("no server", side="system")
    found = SoundCheck({Side.MICROPHONE: error, Side.SYSTEM: error}, error)
    assert {check.name: check.state for check in judge_sound(found)} == {
        "microphone": State.FAIL,
        "system_audio": State.FAIL,
        "tone": State.WARN,
    }
    assert "no server" in failure("system_audio", error).message


def test_room_on_the_disk_and_a_backend_to_be(tmp_path: Path) -> None:
    base = tmp_path / "not" / "yet"
    disk, backend = check_disk(paths(base)), check_backend(paths(base))
    assert disk.state in {State.OK, State.WARN}
    assert str(tmp_path) in disk.message
    assert backend.state is State.OK
    assert not base.exists()


def test_a_backend_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "data" / "backend").mkdir(parents=True)
    (tmp_path / "data" / "backend" / "backend.sqlite").write_bytes(b"no database" * 100)
    check = check_backend(paths(tmp_path))
    assert check.state is State.FAIL
    assert check.hint


def test_a_server_is_asked_whether_it_would_take_recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(tmp_path / "server") as service:
        settings = Settings(destination=service.url)
        monkeypatch.setenv("AFTERWORD_API_KEY", "wrong")
        assert "does not accept" in check_destination(paths(tmp_path), settings).message
        monkeypatch.setenv("AFTERWORD_API_KEY", service.new_key())
        assert check_destination(paths(tmp_path), settings).state is State.OK
    assert check_destination(paths(tmp_path), settings).state is State.WARN


def test_sleep_is_watched_where_there_is_a_logind(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_sleep().state is State.WARN
    assert "no system bus" in check_sleep().message
    with private_logind() as logind:
        for name, value in logind.variables.items():
            monkeypatch.setenv(name, value)
        assert check_sleep().state is State.OK
        assert {logind.wait_for("released")["what"] for _ in range(2)} == {"sleep", "idle"}, "it holds nothing"


def test_a_speech_model_that_is_missing_is_named(tmp_path: Path) -> None:
    assert check_speech(files("resources")) == Check("speech", State.OK, "Speech is told from music and noise.")
    found = check_speech(tmp_path)
    assert found.state is State.WARN
    assert "silero_vad.npz" in found.hint


@pytest.mark.parametrize(
    ("command", "limit_s", "told"),
    [
        (("sh", "-c", "kill -SEGV $$"), 60.0, "it makes its program crash"),
        (("sleep", "60"), 0.1, "it does not open in time"),
    ],
)
def test_an_engine_that_crashes_or_hangs_is_an_answer(command: tuple[str, ...], limit_s: float, told: str) -> None:
    trouble = engine_trouble(EngineChoice(EngineName.VOSK), command, limit_s)
    assert trouble is not None
    assert (trouble.code, trouble.message) == (
        "engine_unusable",
        f"The transcription engine vosk cannot work: {told}.",
    )


@pytest.mark.parametrize(
    ("engine", "model", "state", "told"),
    [
        ("none", "", State.OK, "no engine is chosen"),
        ("pocketsphinx", "", State.OK, "by pocketsphinx"),
        ("vosk", "/nowhere", State.WARN, ""),
        ("deepgram", "", State.WARN, "key"),
    ],
)
def test_the_engine_for_transcripts_is_opened(tmp_path: Path, engine: str, model: str, state: State, told: str) -> None:
    check = check_transcripts(paths(tmp_path), Settings(transcription_engine=engine, transcription_model=model))
    assert (check.name, check.state) == ("transcripts", state)
    assert told in check.message + check.hint
    assert bool(check.hint) is (state is State.WARN)
