"""The package on a bare machine: ``python -m tests.packaging.proof PACKAGE [--suite NAME]``, as root.

In a fresh ``debootstrap`` root it is installed by apt alone, and everything after is what its user does: starts the
tray from the menu, records, looks, upgrades, and removes it. Screen, sound and panel are the rig's, outside of it.
"""

import argparse
import contextlib
import hashlib
import json
import os
import platform
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from configparser import ConfigParser
from pathlib import Path
from typing import Any

from tests.packaging.debian_root import APT, USER, DebianRoot, debian_root
from tests.rig.desktop import Desktop, private_desktop
from tests.rig.sound import LATENCY, RigFailed, end
from tests.rig.tray import TRAYER

INSIDE = "AFTERWORD_PROOF_INSIDE"
SOUND = "/run/sound"
PATIENCE_S = 30
RECORDED_S = 5
VERSION = re.compile(r"^Version: .*$", re.MULTILINE)
WARNINGS = {"sleep", "screen", "microphone", "encoder", "transcripts"}
"""Of a machine without a login service, on a black screen, in silence, without a graphics card or a model of speech."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.packaging.proof", description=__doc__)
    parser.add_argument("package", help="or -: then standard input names it, once it is made")
    parser.add_argument("--suite", default=platform.freedesktop_os_release()["VERSION_CODENAME"])
    options = parser.parse_args()
    enter("tests.packaging.proof")
    with contextlib.ExitStack() as stack:
        with step(f"a bare {options.suite}"):
            root = stack.enter_context(debian_root(options.suite, in_memory=True))
        package = Path(sys.stdin.readline().strip() if options.package == "-" else options.package)
        if not package.is_file():
            sys.exit("There is no package to prove.")
        desktop = stack.enter_context(private_desktop(800, 480, managed=True))
        prove(package, root, Seat(root, desktop))


def enter(module: str) -> None:
    """Begins it once more, with mounts and processes that end with it, whatever ends it."""
    if INSIDE in os.environ:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # the first process of a namespace has no default
        return
    if os.geteuid() != 0:
        sys.exit("This needs root: it makes a Debian of its own and enters it.")
    own = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
    command = (*own, sys.executable, "-m", module, *sys.argv[1:])
    os.execvpe("unshare", command, os.environ | {INSIDE: "1"})  # noqa: S606 - there is no shell to want


class Seat:
    """Where its user sits: ``afterword`` runs in the root, on the rig's screen and sound server."""

    def __init__(self, root: DebianRoot, desktop: Desktop) -> None:
        self._root = root
        self._desktop = desktop
        desktop.sound.folder.chmod(0o755)
        root.share(desktop.sound.folder, SOUND)
        runtime = root.path / "run" / "user"
        runtime.mkdir()
        root.run("chown", f"{USER}:{USER}", "/run/user")
        self.environment: Mapping[str, str] = {
            "DISPLAY": desktop.display.name,
            "PULSE_SERVER": f"unix:{SOUND}/native",
            "XDG_RUNTIME_DIR": "/run/user",
            "XDG_SESSION_TYPE": "x11",
        }

    def afterword(self, *arguments: str) -> Any:  # noqa: ANN401 - a JSON document
        return json.loads(self._root.run("afterword", *arguments, "--json", user=USER, environment=self.environment))

    @contextlib.contextmanager
    def panel(self) -> Iterator[None]:
        log = self._desktop.sound.folder / "panel.log"
        with log.open("wb") as lines:
            panel = subprocess.Popen(TRAYER, env=self._desktop.environment, stdout=lines, stderr=lines)
        try:
            yield
        finally:
            end(panel)

    @contextlib.contextmanager
    def chosen_from_menu(self) -> Iterator["subprocess.Popen[bytes]"]:
        """What the desktop does with its entry."""
        entry = ConfigParser(interpolation=None, strict=False)
        entry.read(self._root.path / "usr/share/applications/afterword.desktop", "utf-8")
        command = self._root.entered(*shlex.split(entry["Desktop Entry"]["Exec"]), user=USER)
        tray = subprocess.Popen(command, env=self._root.environment(self.environment))
        try:
            yield tray
        finally:
            end(tray)

    def icons(self) -> int:
        """That programs have put into the panel."""
        command = ("xdotool", "search", "--onlyvisible", "--class", "afterword")
        done = subprocess.run(command, env=self._desktop.environment, capture_output=True, text=True, check=False)
        return len(done.stdout.split())

    @contextlib.contextmanager
    def tone(self) -> Iterator[None]:
        """Both sides are heard."""
        noise = ("pacat", "--raw", LATENCY, "--rate=48000", "--volume=6000", "/dev/urandom")
        players = [
            subprocess.Popen((*noise, f"--device={device}"), env=self._desktop.sound.environment)
            for device in ("speaker", "feed")
        ]
        try:
            yield
        finally:
            for player in players:
                end(player)


def prove(package: Path, root: DebianRoot, seat: Seat) -> None:
    with step("apt installs it and what it depends on"):
        root.install(package)
    with step("it starts"):
        version = root.run("afterword", "--version", user=USER).split()[1]
        check(package.name.split("_")[1] == version, f"it calls itself {version}")
    with step("the menu entry starts the tray, which records"):
        prove_tray(seat)
    with step(f"afterword record --duration {RECORDED_S} records and delivers"):
        seat.afterword("config", "set", "name", "Somebody")
        with seat.tone():
            recording = seat.afterword("record", "--duration", str(RECORDED_S))
        check_recording(recording)
        kept = digests(root, recording)
    with step("afterword doctor finds nothing that fails, and an engine for transcripts"):
        seat.afterword("config", "set", "transcription_engine", "whisper_cpp")
        checks = {each["name"]: each for each in seat.afterword("doctor")["checks"]}
        states = {name: each["state"] for name, each in checks.items()}
        bad = {name for name, state in states.items() if state != "ok"} - WARNINGS
        check(not bad and "fail" not in states.values(), f"doctor says {states}")
        said = checks["transcripts"]["message"]
        check("its model" in said, said)
    with step("an upgrade keeps settings and recordings"), tempfile.TemporaryDirectory() as folder:
        root.install(newer(package, Path(folder)))
        check(seat.afterword("config", "get", "name")["name"] == "Somebody", "the setting is gone")
        check(len(seat.afterword("recordings")["recordings"]) == 2, "recordings are gone")
    with step("removal leaves recordings, and nothing of itself"):
        files = root.run("dpkg", "--listfiles", "afterword").splitlines()
        root.run(*APT, "purge", "afterword")
        left = [each for each in files if "afterword" in each.lower() and os.path.lexists(root.path / each.lstrip("/"))]
        check(not left, f"left behind: {left}")
        check(digests(root, recording) == kept, "the recording is not what it was")


def prove_tray(seat: Seat) -> None:
    with seat.panel(), seat.chosen_from_menu() as tray:
        wait(lambda: state(seat) == "idle", "it does not answer")
        wait(lambda: seat.icons() > 0, "no icon is in the panel")
        with seat.tone():
            seat.afterword("start")
            wait(lambda: state(seat) == "recording", "it does not record")
            seat.afterword("stop")
            wait(lambda: state(seat) == "idle", "it does not stop")
        tray.terminate()
        check(tray.wait(PATIENCE_S) == 0, "it did not end well")


def state(seat: Seat) -> str | None:
    """``None`` while nothing runs."""
    try:
        found = seat.afterword("status")
    except RigFailed:
        return None
    return str(found["state"])


def check_recording(recording: Mapping[str, Any]) -> None:
    check(recording["status"]["code"] == "complete", f"its status is {recording['status']}")
    check(recording["delivery"]["status"] == "complete", f"its delivery is {recording['delivery']}")
    check(recording["duration_s"] >= RECORDED_S - 1, f"it has {recording['duration_s']} s")
    kinds = {each["kind"] for each in recording["media"] if each["bytes"]}
    check({"video_mixed", "audio_mixed", "audio_separate"} <= kinds, f"its media are {sorted(kinds)}")


def digests(root: DebianRoot, recording: Mapping[str, Any]) -> dict[str, str]:
    """Of what is on the disk; as the manifest says, or the proof ends here."""
    folder = root.path / str(recording["directory"]).lstrip("/")
    found = {}
    for each in recording["media"]:
        found[each["path"]] = hashlib.sha256((folder / each["path"]).read_bytes()).hexdigest()
        check(found[each["path"]] == each["sha256"], f"{each['path']} is not what its manifest says")
    return found


def newer(package: Path, folder: Path) -> Path:
    """The same files as a later version: only what is said of them is packed anew."""
    said, empty, made = folder / "said", folder / "empty.deb", folder / "newer.deb"
    said.mkdir()
    subprocess.run(("dpkg-deb", "--control", str(package), str(said / "DEBIAN")), check=True)
    control = said / "DEBIAN" / "control"
    control.write_text(VERSION.sub(r"\g<0>+later", control.read_text("utf-8")), "utf-8")
    command = ("dpkg-deb", "--root-owner-group", "-Znone", "--build", str(said), str(empty))
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shutil.copyfile(package, made)
    parts = subprocess.run(("ar", "t", str(package)), capture_output=True, text=True, check=True).stdout.split()
    subprocess.run(("ar", "x", str(empty), "control.tar"), cwd=folder, check=True)
    subprocess.run(("ar", "rb", parts[1], str(made), "control.tar"), cwd=folder, check=True)
    subprocess.run(("ar", "d", str(made), parts[1]), check=True)
    return made


def wait(condition: Callable[[], bool], complaint: str) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while not condition():
        check(time.monotonic() < deadline_s, complaint)
        time.sleep(0.1)


def check(is_so: bool, complaint: str) -> None:  # noqa: FBT001 - an assertion that no option takes away
    if not is_so:
        raise RigFailed(complaint)


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    began_s = time.monotonic()
    yield
    print(f"{time.monotonic() - began_s:5.1f} s  {name}", flush=True)  # noqa: T201 - its report


if __name__ == "__main__":
    main()
