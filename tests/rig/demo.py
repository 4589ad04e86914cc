"""``make demo``: records this machine for ten seconds, as a user would, and shows what came of it.

Where there is no screen or no sound, private ones are used, with something to see and to hear.
"""

import argparse
import contextlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from capture.recording import LOCAL_PARTICIPANT_ID
from tests.rig import detached
from tests.rig.content import Mode, showing
from tests.rig.downloads import DownloadFailed, try_downloads, url_of
from tests.rig.screen import private_xvfb
from tests.rig.sound import RigFailed, SoundServer, has_pipewire, private_pipewire, private_pulseaudio
from tests.rig.speech import conversation

ROOT = Path(__file__).parents[2]
AFTERWORD = str(Path(sys.executable).parent / "afterword")
SOURCE_MISSING = 4

DURATION_S = 10
SHORTEST_S = 9.0
DEVICES_LIMIT_S = 30
RECORD_LIMIT_S = 120
WIDTH_PX, HEIGHT_PX = 1280, 720


class DemoFailed(Exception):
    """The message says what did not work."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.rig.demo", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / ".demo", help="emptied by each demo")
    folder: Path = parser.parse_args().folder.absolute()
    _exit_on_signals()
    try:
        detached.stop(folder)
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        demonstrate(folder)
    except (DemoFailed, RigFailed, DownloadFailed) as error:
        detached.stop(folder)
        sys.stderr.write(f"\nThe demo failed: {error}\n")
        return 1
    return 0


def _exit_on_signals() -> None:
    """So that what was started is ended, too."""
    numbers = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32":
        numbers.append(signal.SIGHUP)
    for number in numbers:
        signal.signal(number, lambda number, _: sys.exit(128 + number))


def demonstrate(folder: Path) -> None:
    afterword = (AFTERWORD, "--basedir", str(folder))
    with contextlib.ExitStack() as stack:
        devices = _devices((*afterword, "devices", "--json"))
        environment = dict(os.environ)
        environment |= stack.enter_context(_screen(devices))
        environment |= stack.enter_context(_sound(devices))
        _choose_engine(afterword)
        recording = _recorded((*afterword, "record", "--duration", str(DURATION_S), "--json"), environment)
    _check(recording)
    _show(recording, detached.start((*afterword, "serve", "--json"), folder))


@contextlib.contextmanager
def _screen(devices: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Variables that lead to it."""
    if devices["screens"]:
        _say("Screen: {width_px}x{height_px}, of this machine".format_map(devices["screens"][0]))
        yield {}
        return
    _say(f"Screen: there is none here, so a private virtual one of {WIDTH_PX}x{HEIGHT_PX} with moving content")
    with private_xvfb(WIDTH_PX, HEIGHT_PX) as display, showing(Mode.SLIDES, display.environment):
        yield dict(display.variables)


@contextlib.contextmanager
def _sound(devices: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Variables that lead to it."""
    if devices["microphones"] and devices["system_audio"]:
        _say("Sound: microphone and system sound of this machine")
        yield {}
        return
    _say("Sound: no microphone with system sound here, so private virtual ones, with speech on both sides")
    with (
        _private_sound_server() as server,
        tempfile.TemporaryDirectory(prefix="speech-") as sounds,
        conversation(server, Path(sounds)),
    ):
        yield server.variables


def _private_sound_server() -> contextlib.AbstractContextManager[SoundServer]:
    if shutil.which("pulseaudio"):
        return private_pulseaudio()
    if has_pipewire():
        return private_pipewire()
    message = "neither PulseAudio nor PipeWire is installed"
    raise DemoFailed(message)


def _devices(command: tuple[str, ...]) -> dict[str, Any]:
    """What the program itself finds here; what it says to people about the rest is not for this page."""
    done = _run(command, dict(os.environ), DEVICES_LIMIT_S, subprocess.PIPE)
    if done.returncode not in {0, SOURCE_MISSING}:
        message = f"{' '.join(command)} ended with {done.returncode}\n{done.stderr.decode(errors='replace')}"
        raise DemoFailed(message)
    devices: dict[str, Any] = json.loads(done.stdout)
    return devices


def _recorded(command: tuple[str, ...], environment: dict[str, str]) -> dict[str, Any]:
    done = _run(command, environment, RECORD_LIMIT_S, None)
    if done.returncode:
        message = f"{' '.join(command)} ended with {done.returncode}"
        raise DemoFailed(message)
    recording: dict[str, Any] = json.loads(done.stdout)
    return recording


def _run(
    command: tuple[str, ...], environment: dict[str, str], limit_s: float, aside: int | None
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, stderr=aside, timeout=limit_s, check=False
        )
    except subprocess.TimeoutExpired as error:
        message = f"{' '.join(command)} did not end within {limit_s} s"
        raise DemoFailed(message) from error


def _choose_engine(afterword: tuple[str, ...]) -> None:
    """The one that needs nothing, where there is one for this processor."""
    if importlib.util.find_spec("pocketsphinx") is None:
        _say("Transcript: none; pocketsphinx has nothing for this processor")
        return
    _say("Transcript: by pocketsphinx, whose model is small and understands English, roughly")
    _run((*afterword, "config", "set", "transcription_engine", "pocketsphinx"), dict(os.environ), DEVICES_LIMIT_S, None)


def _check(recording: dict[str, Any]) -> None:
    status, delivery = recording["status"]["code"], recording["delivery"]
    if status != "complete" or recording["duration_s"] < SHORTEST_S:
        message = f"the recording is {status} after {recording['duration_s']} s"
        raise DemoFailed(message)
    if delivery["status"] != "complete":
        message = f"the delivery is {delivery['status']}: {delivery['last_error']}"
        raise DemoFailed(message)


def _show(recording: dict[str, Any], backend: detached.Backend) -> None:
    downloads = try_downloads(backend.url, backend.api_key, recording["id"])
    frames = recording["receipt"]["frames"]
    counts = ", ".join(f"{count} {name}" for name, count in frames.items())
    _say(f"\nRecording {recording['id']}: {recording['duration_s']} s; frames: {counts}")
    _say(f"\n{'MEDIA OBJECT':<30} {'BYTES':>10}  {'SHA-256 (of the file and of the download)':<64}  DOWNLOAD URL")
    for media in recording["media"]:
        url = url_of(media, downloads)
        _say(f"{media['path']:<30} {media['bytes']:>10}  {media['sha256']}  {url}")
    _read(Path(recording["directory"]) / "transcript.json")
    for media in recording["media"]:
        if media["kind"] == "video_mixed":
            _say(f"\nVideo: {Path(recording['directory']) / media['path']}")
    minutes = detached.LIFE_S // 60
    _say(f"The backend goes on for {minutes} minutes, and so do the URLs. To end it now: kill {backend.process_id}")


def _read(transcript: Path) -> None:
    if not transcript.exists():
        return
    _say("\nTranscript:")
    for entry in json.loads(transcript.read_bytes()):
        who = "microphone" if entry["participant"]["id"] == LOCAL_PARTICIPANT_ID else "system sound"
        when_s = entry["words"][0]["start_timestamp"]["relative"]
        _say(f"{when_s:6.1f} s  {who}: {' '.join(word['text'] for word in entry['words'])}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
