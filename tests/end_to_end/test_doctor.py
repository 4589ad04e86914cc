"""The check before a meeting, on a private desktop, in whatever state that is, with each kind of sound server."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.end_to_end.afterword import AFTERWORD, afterword, answer
from tests.rig.desktop import Desktop
from tests.rig.sound import FEED, MONITOR, SPEAKER, private_pipewire


@pytest.fixture(scope="module", params=["PulseAudio", "PipeWire"])
def meeting_desktop(request: pytest.FixtureRequest, desktop: Desktop) -> Iterator[Desktop]:
    if request.param == "PulseAudio":
        yield desktop
        return
    with private_pipewire() as sound:
        yield Desktop(desktop.display, sound)


@contextmanager
def open_loudspeaker(desktop: Desktop) -> Iterator[None]:
    """The microphone hears what is played, as in a room."""
    module = desktop.sound.control("load-module", "module-loopback", f"source={MONITOR}", f"sink={FEED}")
    try:
        yield
    finally:
        desktop.sound.control("unload-module", module)


@contextmanager
def muted_loudspeaker(desktop: Desktop) -> Iterator[None]:
    desktop.sound.control("set-sink-mute", SPEAKER, "1")
    try:
        yield
    finally:
        desktop.sound.control("set-sink-mute", SPEAKER, "0")


def examined(environment: Mapping[str, str], basedir: Path) -> tuple[int, dict[str, str]]:
    found = afterword(environment, "--basedir", basedir, "doctor")
    checks = found.document["checks"]
    for check in checks:
        assert set(check) == {"name", "state", "message", "hint"}
        assert bool(check["hint"]) == (check["state"] != "ok")
    return found.exit_status, {check["name"]: check["state"] for check in checks}


def test_a_meeting_could_be_recorded_and_headphones_would_help(meeting_desktop: Desktop, basedir: Path) -> None:
    """The rig's screen is black and its microphone delivers zeros until it hears something: both are worth a word."""
    with open_loudspeaker(meeting_desktop):
        exit_status, states = examined(meeting_desktop.environment, basedir)
    assert exit_status == 0
    assert states == {
        "screen": "warn",
        "sound_server": "ok",
        "microphone": "warn",
        "system_audio": "ok",
        "tone": "ok",
        "leak": "warn",
        "speech": "ok",
        "disk": states["disk"],
        "sleep": "warn",
        "backend": "ok",
        "transcripts": "ok",
    }


def test_a_muted_loudspeaker_would_be_recorded_as_silence(meeting_desktop: Desktop, basedir: Path) -> None:
    with muted_loudspeaker(meeting_desktop):
        exit_status, states = examined(meeting_desktop.environment, basedir)
    assert exit_status == 1
    assert states["tone"] == "fail"
    assert "leak" not in states


def test_neither_screen_nor_sound(desktop: Desktop, basedir: Path) -> None:
    """In words, for people."""
    environment = {**desktop.environment, "DISPLAY": "", "PULSE_SERVER": f"unix:{basedir}/none"}
    found = answer(environment, "sh", "-c", f"{' '.join(AFTERWORD)} --basedir {basedir} doctor >&2")
    assert found.exit_status == 1
    signs = {line.split()[1]: line[0] for line in found.words.splitlines() if line[:1] in {"✓", "!", "✗"}}
    assert {name for name, sign in signs.items() if sign == "✗"} == {
        "screen",
        "sound_server",
        "microphone",
        "system_audio",
    }
    assert "--no-video" in found.words
