"""What is remembered is what is recorded; what is said for once is not remembered; and nothing stands in for it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.afterword import Answer, afterword
from tests.rig.desktop import Desktop

HEADSET, SECOND_SPEAKER = "headset", "second"
RECORD = ("record", "--duration", "1", "--no-video", "--no-deliver")


@pytest.fixture
def devices(desktop: Desktop) -> Iterator[Desktop]:
    """Another microphone and another loudspeaker, neither of them the default."""
    desktop.sound.add_microphone(HEADSET)
    desktop.sound.add_sink(SECOND_SPEAKER)
    yield desktop
    for name in (HEADSET, SECOND_SPEAKER):
        desktop.sound.remove(name)


def run(desktop: Desktop, basedir: Path, *words: str) -> Answer:
    return afterword(desktop.environment, "--basedir", basedir, *words)


def spec(found: Answer) -> dict[str, Any]:
    assert found.exit_status == 0, found.words
    manifest = json.loads((Path(found.document["directory"]) / "recording.json").read_text(encoding="utf-8"))
    recorded: dict[str, Any] = manifest["spec"]
    return recorded


def test_what_is_remembered_is_recorded_and_an_option_is_for_once(devices: Desktop, basedir: Path) -> None:
    remembered = {
        "microphone": HEADSET,
        "system_audio": f"{SECOND_SPEAKER}.monitor",
        "profile": "small",
        "fps": "7",
        "name": "Ada",
        "pause_mode": "blank",
    }
    for key, value in remembered.items():
        assert run(devices, basedir, "config", "set", key, value).words == ""
    recorded = spec(run(devices, basedir, *RECORD))
    assert (recorded["microphone"], recorded["system_audio"]) == (HEADSET, f"{SECOND_SPEAKER}.monitor")
    assert (recorded["profile"], recorded["frame_rate_fps"], recorded["pause_mode"]) == ("small", 7, "blank")
    assert recorded["participant_name"] == "Ada"

    options = ("--microphone", "default", "--fps", "9", "--pauses", "cut", "--profile", "balanced")
    once = spec(run(devices, basedir, *RECORD, *options))
    assert (once["microphone"], once["frame_rate_fps"], once["pause_mode"]) == ("default", 9, "cut")
    assert (once["profile"], once["system_audio"]) == ("balanced", f"{SECOND_SPEAKER}.monitor")
    kept = run(devices, basedir, "config", "get").document
    assert {key: str(kept[key]) for key in remembered} == remembered


@pytest.mark.parametrize(
    ("key", "option", "there_is"),
    [("microphone", "--microphone", "mic (Mic)"), ("system_audio", "--system-audio", "speaker.monitor (")],
)
def test_a_remembered_device_that_is_absent_is_an_error(
    devices: Desktop, basedir: Path, key: str, option: str, there_is: str
) -> None:
    run(devices, basedir, "config", "set", key, "in-the-bag")
    found = run(devices, basedir, *RECORD)
    error = found.document["error"]
    assert (found.exit_status, error["code"]) == (4, "unknown_device")
    assert "in-the-bag" in error["message"]
    for word in (there_is, option, f"afterword config set {key} ID", "`default`"):
        assert word in error["hint"]
    assert not list(basedir.glob("data/recordings/*"))
    assert spec(run(devices, basedir, *RECORD, option, "default"))[key] == "default"


def test_a_bad_value_is_said_and_its_default_taken(devices: Desktop, basedir: Path) -> None:
    path = Path(run(devices, basedir, "config", "path").document["path"])
    path.parent.mkdir(parents=True)
    path.write_text('fps = "fast"\ndestination = "nowhere"\n', encoding="utf-8")
    found = run(devices, basedir, *RECORD)
    assert spec(found)["frame_rate_fps"] == 30
    assert f"`fps` in {path}" in found.words
    assert f"`destination` in {path}" in found.words


def test_a_remembered_destination_is_delivered_to_and_local_is_said_for_once(devices: Desktop, basedir: Path) -> None:
    run(devices, basedir, "config", "set", "destination", "http://127.0.0.1:9/")
    owed = run(devices, basedir, *RECORD[:-1]).document
    assert owed["delivery"]["destination"] == "http://127.0.0.1:9"
    assert owed["delivery"]["status"] != "complete"
    answer = run(devices, basedir, *RECORD[:-1], "--destination", "local")
    assert answer.exit_status == 0, answer.words
    at_home = answer.document
    assert (at_home["delivery"]["destination"], at_home["delivery"]["status"]) == ("local", "complete")
