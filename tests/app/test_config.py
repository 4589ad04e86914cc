"""``afterword config``, as a script has it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import cli
from capture.audio.base import AudioDevice
from capture.recording import DeviceId

Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Exit status, document, words."""

    def run_it(*words: str) -> tuple[int, Any, str]:
        status = cli.run(["--basedir", str(tmp_path), *words, "--json"])
        printed = capsys.readouterr()
        return status, json.loads(printed.out), printed.err

    return run_it


@pytest.fixture(autouse=True)
def devices(monkeypatch: pytest.MonkeyPatch) -> None:
    usb = (AudioDevice(DeviceId("usb-mic"), "USB microphone", is_default=True),)
    monkeypatch.setattr("capture.audio.list_microphones", lambda: usb)
    monkeypatch.setattr("capture.audio.list_system_audio", tuple)


def test_what_is_set_is_there_the_next_time(run: Run) -> None:
    assert run("config", "set", "microphone", "usb-mic") == (0, {"microphone": "usb-mic"}, "")
    assert run("config", "set", "fps", "12") == (0, {"fps": 12}, "")
    assert run("config", "get", "fps") == (0, {"fps": 12}, "")
    assert run("config", "get") == (
        0,
        {
            "microphone": "usb-mic",
            "system_audio": "default",
            "profile": "balanced",
            "fps": 12,
            "destination": "local",
            "name": "",
            "pause_mode": "cut",
            "echo": "keep",
            "deliveries": "on",
            "upload_while_recording": "on",
            "metered_network": "wait",
            "battery": "send",
            "delivery_hours": "",
            "upload_limit": 0,
            "release_after_days": "never",
            "realtime": "",
            "realtime_events": "",
            "auto_record": "off",
            "auto_record_apps": "",
            "preroll_s": 30,
            "end_countdown_s": 15,
            "consent_notice": "",
            "transcription_engine": "none",
            "transcription_model": "",
            "transcription_url": "",
            "transcription_language": "",
            "transcription_terms": "",
            "live_transcript": "off",
            "screen": "1",
            "pill": "off",
            "hotkeys": "on",
            "look": "system",
            "language": "system",
            "recordings": "",
        },
        "",
    )


def test_one_key_alone_is_for_scripts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["get", "profile"], ["path"]):
        assert cli.run(["--basedir", str(tmp_path), "config", *words]) == 0
    assert capsys.readouterr().out == f"balanced\n{tmp_path}/config/config.toml\n"


def test_path_is_below_the_base_folder_and_makes_nothing(run: Run, tmp_path: Path) -> None:
    assert run("config", "path")[1] == {"path": str(tmp_path / "config" / "config.toml")}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("fps", "many"), ("fps", "-3"), ("fps", "0"), ("profile", "nonesuch"), ("destination", "x"), ("microphone", "")],
)
def test_what_is_no_value_is_wrong_usage_and_changes_nothing(run: Run, tmp_path: Path, key: str, value: str) -> None:
    status, document, words = run("config", "set", key, value)
    assert (status, document["error"]["code"]) == (2, "bad_value")
    assert f"`{key}`" in words
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("get", "colour"), ("set", "colour", "blue"), ()])
def test_an_unknown_key_is_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run("config", *words)


@pytest.mark.parametrize(("key", "there_is"), [("microphone", "usb-mic (USB microphone)"), ("system_audio", "none")])
def test_a_device_that_is_not_there_is_remembered_and_said(run: Run, key: str, there_is: str) -> None:
    status, document, words = run("config", "set", key, "in-the-bag")
    assert (status, document) == (0, {key: "in-the-bag"})
    assert "in-the-bag" in words
    assert there_is in words
    assert f"config set {key}" in words


def test_what_is_wrong_with_the_file_is_said_aside(run: Run, tmp_path: Path) -> None:
    run("config", "set", "fps", "12")
    path = tmp_path / "config" / "config.toml"
    path.write_text('fps = "12"\nmicrohpone = "usb-mic"\n', encoding="utf-8")
    status, document, words = run("config", "get", "fps")
    assert (status, document) == (0, {"fps": 30})
    assert f"`fps` in {path}" in words
    assert "microhpone" in words


def test_devices_tell_which_is_recorded(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.verbs.devices.list_screens", tuple)
    for chosen, is_chosen in (("default", True), ("usb-mic", True), ("in-the-bag", False)):
        run("config", "set", "microphone", chosen)
        status, document, words = run("devices")
        assert status == 0
        assert [device["is_chosen"] for device in document["microphones"]] == [is_chosen]
        assert ("in-the-bag" in words) != is_chosen
