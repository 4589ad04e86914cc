"""What can be missing, wrong or full: each has its words, its exit status, and leaves nothing half-made behind."""

import os
import signal
import socket
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from tests.end_to_end.afterword import AFTERWORD, Answer, Running, afterword, answer, serving
from tests.end_to_end.media import RATE_HZ, decodes, sound
from tests.rig.content import Mode, showing
from tests.rig.desktop import Desktop
from tests.rig.screen import Display, private_xvfb

RECORD = ("record", "--duration", "1")


def assert_trouble(found: Answer, code: str, exit_status: int) -> None:
    error = found.document["error"]
    assert (error["code"], found.exit_status) == (code, exit_status), found
    assert error["message"]
    assert error["hint"]
    assert error["message"] in found.words
    assert "Traceback" not in found.words


def assert_nothing_recorded(basedir: Path) -> None:
    assert list(basedir.glob("data/recordings/*")) == []


def test_no_screen(desktop: Desktop, basedir: Path) -> None:
    environment = {name: value for name, value in desktop.environment.items() if name != "DISPLAY"}
    assert_trouble(afterword(environment, "--basedir", basedir, *RECORD), "source_unavailable", 4)
    assert_nothing_recorded(basedir)


def test_a_screen_that_does_not_answer(desktop: Desktop, basedir: Path) -> None:
    environment = {**desktop.environment, "DISPLAY": ":9999"}
    assert_trouble(afterword(environment, "--basedir", basedir, *RECORD), "source_unavailable", 4)
    assert_nothing_recorded(basedir)


def test_no_sound_server(desktop: Desktop, basedir: Path, tmp_path: Path) -> None:
    environment = {**desktop.environment, "PULSE_SERVER": f"unix:{tmp_path}/none", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert_trouble(afterword(environment, "--basedir", basedir, *RECORD), "source_unavailable", 4)
    assert_nothing_recorded(basedir)


@pytest.mark.parametrize(
    "choice",
    [
        ("--microphone", "nowhere"),
        ("--system-audio", "nowhere"),
        ("--microphone", "speaker.monitor"),
        ("--screen", "7"),
        ("--region", "5000,5000,100,100"),
    ],
)
def test_an_unknown_device(desktop: Desktop, basedir: Path, choice: tuple[str, str]) -> None:
    found = afterword(desktop.environment, "--basedir", basedir, *RECORD, *choice)
    assert_trouble(found, "unknown_device", 4)
    assert_nothing_recorded(basedir)


@pytest.mark.parametrize(
    "usage",
    [
        ("record", "--duration", "-3"),
        ("record", "--duration", "soon"),
        ("record", "--fps", "500", "--no-video"),
        ("record", "--profile", "nonesuch"),
        ("record", "--no-video", "--no-microphone", "--no-system-audio"),
        ("record", "--region", "1,2,3"),
        ("record", "--destination", "ftp://nowhere"),
        ("record", "--duration", "1e300"),
        ("dance",),
    ],
)
def test_wrong_usage(desktop: Desktop, basedir: Path, usage: tuple[str, ...]) -> None:
    found = afterword(desktop.environment, "--basedir", basedir, *usage)
    assert found.exit_status == 2
    assert found.document["error"]["hint"]
    assert_nothing_recorded(basedir)


@pytest.mark.parametrize(("options", "code"), [("size=8m", "disk_full"), ("size=80m,ro", "folder_not_writable")])
def test_a_folder_that_is_full_or_read_only(desktop: Desktop, tmp_path: Path, options: str, code: str) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    verb = " ".join([*AFTERWORD, "--basedir", str(folder), *RECORD, "--json"])
    script = (
        f"mount -t tmpfs -o {options} none {folder} && {verb}; s=$?; find {folder} -path '*recordings/*' >&2; exit $s"
    )
    found = in_own_mounts(desktop.environment, script)
    assert_trouble(found, code, 1)
    assert "/recordings/" not in found.words


def test_a_disk_that_fills_up_while_recording(desktop: Desktop, tmp_path: Path) -> None:
    """What was recorded until then is kept, closed and listed; the user is told."""
    folder, saved = tmp_path / "small", tmp_path / "saved"
    folder.mkdir()
    saved.mkdir()
    base = " ".join([*AFTERWORD, "--basedir", str(folder)])
    begun = f"until ls {folder}/data/recordings/*/video_mixed.mp4; do sleep 0.1; done"
    fill = f"({begun}; sleep 4; dd if=/dev/zero of={folder}/filling bs=64k) >/dev/null 2>&1 &"
    script = (
        f"mount -t tmpfs -o size=80m none {folder}; {fill} {base} record --no-deliver --duration 20 --json;"
        f" s=$?; cp -r {folder}/data {saved}; exit $s"
    )
    with showing(Mode.SLIDES, desktop.environment):
        found = in_own_mounts(desktop.environment, script)
    assert_trouble(found, "disk_full", 1)
    assert found.document["status"] == {"code": "interrupted", "sub_code": "disk_full"}
    assert found.document["receipt"]["ended_by"] == "disk_full"
    assert 2 <= found.document["duration_s"] < 20
    movie = next(saved.glob("data/recordings/*/video_mixed.mp4"))
    assert len(sound(movie)) / RATE_HZ >= 2
    for name in ("video_mixed.mp4", "audio_mixed.mp3", "audio_separate/microphone.ogg", "audio_separate/system.ogg"):
        assert decodes(movie.parent / name) == "", name
    assert movie.read_bytes()[48:52] == b"mdat", "it is still in fragments"


def test_a_busy_port(desktop: Desktop, basedir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        found = afterword(desktop.environment, "--basedir", basedir, "serve", "--port", port)
    assert_trouble(found, "port_in_use", 1)
    assert port in found.document["error"]["message"]
    assert not basedir.exists()


@pytest.mark.parametrize("keys", [{"AFTERWORD_API_KEY": "wrong"}, {}])
def test_a_wrong_key_and_none(desktop: Desktop, basedir: Path, tmp_path: Path, keys: Mapping[str, str]) -> None:
    """The recording is safe here, nothing is begun there, and it is sent once the key is right."""
    with serving(desktop.environment, tmp_path / "server") as backend:
        base = ("--basedir", basedir)
        to_it = ("--destination", backend.url)
        environment = {**desktop.environment, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
        found = afterword({**environment, **keys}, *base, *RECORD, *to_it)
        assert_trouble(found, "authentication_failed" if keys else "key_missing", 1)
        assert found.document["status"]["code"] == "complete"
        assert "wrong" not in found.words
        with httpx.Client(base_url=backend.url, headers={"Authorization": f"Token {backend.api_key}"}) as client:
            assert client.get("/api/v1/sdk_upload/").json()["results"] == []
            assert client.get("/api/v1/recording/").json()["results"] == []
            right = {**environment, "AFTERWORD_API_KEY": backend.api_key}
            sent = afterword(right, *base, "deliver")
            assert sent.exit_status == 0, sent.words
            recording = client.get(f"/api/v1/recording/{found.document['id']}/").json()
            assert recording["status"]["code"] == "done"


def test_no_such_recording(desktop: Desktop, basedir: Path) -> None:
    for verb in ("show", "delete", "verify", "deliver"):
        assert_trouble(afterword(desktop.environment, "--basedir", basedir, verb, "../secret"), "unknown_recording", 3)


def test_the_screen_vanishes_while_recording(desktop: Desktop, basedir: Path) -> None:
    """Sound is never given up for a picture."""
    with private_xvfb(640, 360) as display:
        found = _outliving(display, desktop, basedir)
    assert found.exit_status == 0, found.words
    assert found.document["duration_s"] == pytest.approx(4, abs=0.3)


def _outliving(display: Display, desktop: Desktop, basedir: Path) -> Answer:
    environment = {**desktop.environment, **display.variables}
    with Running(environment, "--basedir", basedir, "record", "--duration", "4") as running:
        os.kill(display.server_pid, signal.SIGKILL)
        return running.finish()


def in_own_mounts(environment: Mapping[str, str], script: str) -> Answer:
    """A shell that may mount, whoever runs the tests."""
    become_root = () if os.geteuid() == 0 else ("--user", "--map-root-user")
    return answer(environment, "unshare", *become_root, "--mount", "sh", "-c", script)
