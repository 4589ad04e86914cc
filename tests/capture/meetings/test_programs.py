"""What processes are called."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from capture.meetings.linux.programs import file_of, launcher_in, name_program, script_of, unit_of
from tests.rig.sound import end

USER = "0::/user.slice/user-1000.slice/user@1000.service/app.slice"


@pytest.mark.parametrize(
    ("group", "name"),
    [
        (f"{USER}/app-gnome-slack-12345.scope", "slack"),
        (f"{USER}/app-flatpak-us.zoom.Zoom-881.scope", "us.zoom.Zoom"),
        (f"{USER}/app-teams\\x2dfor\\x2dlinux-4242.scope", "teams-for-linux"),
        (f"{USER}/app-com.slack.Slack@0f3a.service", "com.slack.Slack"),
        (f"{USER}/app-org.kde.kate-9.scope", "org.kde.kate"),
        (f"{USER}/snap.zoom-client.zoom-client-51f0b0d2-3f1b-4c62-9d0c-8f2f9f1d6f11.scope", "zoom-client"),
        (f"{USER}/app-org.gnome.Terminal.slice/vte-spawn-0f3a.scope", ""),
        ("0::/init.scope", ""),
        ("", ""),
    ],
)
def test_launcher_names_the_group(group: str, name: str) -> None:
    assert launcher_in(group) == name


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[[str, str], int]]:
    """Runs a script below a Python of any name; its process id."""
    running = []

    def run_script(host: str, script: str) -> int:
        program, path = tmp_path / host, tmp_path / script
        shutil.copy(Path(sys.executable).resolve(), program)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("print(flush=True)\ninput()\n", encoding="utf-8")
        environment = {**os.environ, "PYTHONHOME": sys.base_prefix}
        process = subprocess.Popen(
            (program, "-B", path), env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        running.append(process)
        assert process.stdout is not None
        process.stdout.readline()
        return process.pid

    yield run_script
    for process in running:
        end(process)
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()


@pytest.mark.parametrize(
    ("script", "name"),
    [("nerd-dictation.py", "nerd-dictation"), ("teams-for-linux/app.asar", "teams-for-linux"), ("vox/main.py", "vox")],
)
def test_script_of_a_host_names_the_program(run: Callable[[str, str], int], script: str, name: str) -> None:
    pid = run("electron", script)
    assert script_of(pid) == name
    program = name_program(sandbox="", binary="electron", identity="", application="Chromium input", pid=pid)
    assert program.names == (name, "electron", "Chromium input")
    assert program.pid == pid


def test_program_of_its_own_is_not_named_after_its_script(run: Callable[[str, str], int]) -> None:
    pid = run("zoom", "slack.py")
    assert name_program(sandbox="", binary="zoom", identity="", application="", pid=pid).names == ("zoom",)


def test_who_has_ended_has_no_names() -> None:
    process = subprocess.Popen(("true",))
    process.wait()
    assert (file_of(process.pid), unit_of(process.pid), script_of(process.pid)) == ("", "", "")
    gone = name_program(sandbox="", binary="zoom", identity="", application="ZOOM", pid=process.pid)
    assert (gone.names, gone.pid) == (("zoom", "ZOOM"), None)
