"""``afterword meetings``, with programs that only look like others, on a private desktop."""

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.capture.meetings.pretender import Pretender
from tests.capture.meetings.shop_window import ShopWindow
from tests.end_to_end.afterword import AFTERWORD, LIMIT_S, ROOT, afterword
from tests.rig.desktop import Desktop, private_desktop


@pytest.fixture(scope="module")
def managed() -> Iterator[Desktop]:
    with private_desktop(managed=True) as desktop:
        yield desktop


@pytest.fixture
def pretender(managed: Desktop, tmp_path: Path) -> Iterator[Pretender]:
    folder = tmp_path / "programs"
    folder.mkdir()
    pretender = Pretender(folder, managed.sound)
    yield pretender
    pretender.end_all()


def test_meeting_that_goes_on(managed: Desktop, pretender: Pretender, basedir: Path) -> None:
    process = pretender.record("chrome")
    pretender.record("obs")
    with ShopWindow(managed.display.name) as window:
        window.open("google-chrome", "Meet \u2013 abc-defg-hij - Google Chrome", process.pid)
        answer = afterword(managed.environment, "--basedir", basedir, "meetings")
    assert answer.exit_status == 0
    (meeting,) = answer.document["meetings"]
    assert meeting["platform"] == "google_meet"
    assert meeting["app"] == "Google Chrome"
    assert meeting["url"] == "https://meet.google.com/abc-defg-hij"
    assert meeting["window_id"] == hex(window.id)
    assert meeting["evidence"] == ["microphone", "window"]
    assert meeting["since"].endswith("Z")
    assert ("obs", "not_for_meetings") in {(skip["app"], skip["reason"]) for skip in answer.document["skipped"]}
    assert answer.document["unseen"] == []


def test_no_meeting(managed: Desktop, basedir: Path) -> None:
    answer = afterword(managed.environment, "--basedir", basedir, "meetings")
    assert (answer.exit_status, answer.document["meetings"]) == (0, [])


def test_watch_tells_each_as_it_comes(managed: Desktop, pretender: Pretender, basedir: Path) -> None:
    command = (*AFTERWORD, "--basedir", str(basedir), "meetings", "--watch", "--events")
    with subprocess.Popen(command, cwd=ROOT, env=managed.environment, stdout=subprocess.PIPE, text=True) as watch:
        assert watch.stdout is not None
        try:
            lines = map(json.loads, watch.stdout)
            first(lines, "skipped")  # of the rig's own: it looks now
            process = pretender.record("zoom")
            detected = first(lines, "detected")
            assert (detected["offer"], detected["meeting"]["platform"]) == ("due", "zoom")
            process.terminate()
            closed = first(lines, "closed")
            assert closed["meeting"]["id"] == detected["meeting"]["id"]
            watch.send_signal(signal.SIGINT)
            assert next(lines)["meetings"] == []
            assert watch.wait(LIMIT_S) == 0
        finally:
            watch.kill()


def test_users_own_program(managed: Desktop, pretender: Pretender, basedir: Path) -> None:
    config = basedir / "config"
    config.mkdir(parents=True)
    added = '[apps.frob]\nname = "Frob"\nkind = "call"\nprograms = ["frobnicator"]\n'
    (config / "meeting_apps.toml").write_text(added, encoding="utf-8")
    pretender.record("frobnicator")
    answer = afterword(managed.environment, "--basedir", basedir, "meetings")
    assert [meeting["platform"] for meeting in answer.document["meetings"]] == ["frob"]


def test_mistake_in_the_users_list_costs_only_that(managed: Desktop, pretender: Pretender, basedir: Path) -> None:
    config = basedir / "config"
    config.mkdir(parents=True)
    (config / "meeting_apps.toml").write_text("[apps", encoding="utf-8")
    pretender.record("zoom")
    answer = afterword(managed.environment, "--basedir", basedir, "meetings")
    assert [meeting["platform"] for meeting in answer.document["meetings"]] == ["zoom"]
    assert "meeting_apps.toml" in answer.words


def test_without_a_sound_server(managed: Desktop, basedir: Path) -> None:
    environment = {**managed.environment, "PULSE_SERVER": "unix:/nonexistent"}
    answer = afterword(environment, "--basedir", basedir, "meetings")
    assert [trouble["code"] for trouble in answer.document["unseen"]] == ["source_unavailable"]


def first(lines: Iterator[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(line for line in lines if line.get("type") == kind)
