"""Private sound servers with a virtual loudspeaker and a virtual microphone, for tests and demonstrations.

``with private_pulseaudio() as server:`` then give ``server.environment`` to whatever shall use it. What is played into
``FEED`` is what the microphone hears; what is played into ``SPEAKER`` is what the other side of the meeting says.
"""

import contextlib
import functools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from capture.recording import Side

SPEAKER = "speaker"
FEED = "feed"
MICROPHONE = "mic"
MONITOR = f"{SPEAKER}.monitor"

PRIORITY = ("nice", "-n", "-11")
"""A sound server's usual one, so that a busy machine does not make it stutter; without the right to it, no harm."""

LATENCY = "--latency-msec=40"
"""Less would shrink PipeWire's quantum, and with it the time that a busy machine has for each."""

START_LIMIT_S = 15.0
POLL_S = 0.02


class RigFailed(Exception):
    """The sound server did not start or did not obey; the message holds what it wrote."""


@dataclass(frozen=True, slots=True)
class Daemon:
    """One program of a sound server. ``is_ready`` is asked until it is true before the next one is started."""

    command: tuple[str, ...]
    is_ready: Callable[["SoundServer"], bool]


class SoundServer:
    """A sound server below a folder of its own. Names are the same on every kind of server.

    ``environment`` is complete for a child process; ``variables`` are those that differ from the caller's.
    """

    def __init__(self, name: str, folder: Path, daemons: tuple[Daemon, ...], variables: Mapping[str, str]) -> None:
        self.name = name
        self.folder = folder
        self.variables = dict(variables)
        self.environment = {**os.environ, **variables}
        self._daemons = daemons
        self._processes: list[subprocess.Popen[bytes]] = []
        self._warmers: list[subprocess.Popen[bytes]] = []
        self._players: list[subprocess.Popen[bytes]] = []
        self._modules: dict[str, str] = {}

    def start(self) -> None:
        """Daemons, devices and defaults; returns when a recorder would be served without delay."""
        for daemon in self._daemons:
            self._processes.append(self._spawn(*daemon.command))
            self._wait(functools.partial(daemon.is_ready, self), f"{daemon.command[0]} did not start")
        self.add_sink(SPEAKER)
        self.add_sink(FEED, channels=1)
        self.load_microphone()
        self.set_default_sink(SPEAKER)
        self.set_default_source(MICROPHONE)
        self._keep_warm()

    def stop(self) -> None:
        """Idempotent."""
        self.hush()
        for process in reversed(self._processes + self._warmers):
            end(process)
        self._warmers.clear()
        self._processes.clear()
        self._modules.clear()

    def kill(self) -> None:
        """As a crash does it: at once and without a word to anyone."""
        for process in self._processes:
            process.kill()
        self.stop()

    def restart(self) -> None:
        self.stop()
        self.start()

    def freeze(self) -> None:
        for process in self._processes:
            process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        for process in self._processes:
            process.send_signal(signal.SIGCONT)

    def play(self, device: str, sound: Path) -> subprocess.Popen[bytes]:
        """Begins at once and goes on by itself; ``end`` it, wait for it, or leave it to ``hush``."""
        player = self._spawn("paplay", f"--device={device}", LATENCY, str(sound))
        self._players.append(player)
        return player

    def hush(self) -> None:
        """Ends whatever plays."""
        for player in self._players:
            end(player)
        self._players.clear()

    def say(self, side: Side, sound: Path) -> subprocess.Popen[bytes]:
        """The local user speaks, or the other side does."""
        return self.play(FEED if side is Side.MICROPHONE else SPEAKER, sound)

    def add_sink(self, name: str, channels: int = 2) -> None:
        properties = f"sink_properties=device.description={name.capitalize()}"
        self._load(name, "module-null-sink", f"sink_name={name}", "rate=48000", f"channels={channels}", properties)

    def add_microphone(self, name: str) -> None:
        """One more that hears what is played into ``FEED``."""
        properties = f"source_properties=device.description={name.capitalize()}"
        self._load(
            name, "module-remap-source", f"source_name={name}", f"master={FEED}.monitor", "channels=1", properties
        )
        self._wait_for_source(name)

    def remove(self, name: str) -> None:
        """A sink or a source that was added."""
        self.control("unload-module", self._modules.pop(name))

    def load_microphone(self) -> None:
        self.add_microphone(MICROPHONE)

    def unload_microphone(self) -> None:
        self.remove(MICROPHONE)

    def suspend(self, source: str, *, suspended: bool = True) -> None:
        self.control("suspend-source", source, str(int(suspended)))

    def set_default_sink(self, name: str) -> None:
        self.control("set-default-sink", name)
        self._wait(lambda: self.control("get-default-sink") == name, f"{name} did not become the default")

    def set_default_source(self, name: str) -> None:
        self.control("set-default-source", name)
        self._wait(lambda: self.control("get-default-source") == name, f"{name} did not become the default")

    def control(self, *command: str) -> str:
        """What ``pactl`` answers."""
        done = subprocess.run(
            ("pactl", *command), env=self.environment, capture_output=True, text=True, timeout=10, check=False
        )
        if done.returncode:
            message = f"{self.name}: pactl {' '.join(command)}: {done.stderr.strip()}\n{self._logs()}"
            raise RigFailed(message)
        return done.stdout.strip()

    def answers(self) -> bool:
        command = ("pactl", "info")
        return not subprocess.run(
            command, env=self.environment, capture_output=True, timeout=10, check=False
        ).returncode

    def is_intact(self) -> bool:
        """Whether all is as after the start; a test that failed may have left it otherwise."""
        return (
            self.answers()
            and self._names("sources") == {MONITOR, f"{FEED}.monitor", MICROPHONE}
            and self.control("get-default-sink") == SPEAKER
            and self.control("get-default-source") == MICROPHONE
        )

    def _load(self, name: str, *module: str) -> None:
        self._modules[name] = self.control("load-module", *module)

    def _names(self, kind: str) -> set[str]:
        return {line.split("\t")[1] for line in self.control("list", "short", kind).splitlines()}

    def _keep_warm(self) -> None:
        """An idle virtual sink is up to 2 s late. One that plays, if only silence, and that is heard, is not."""
        recordings = [self._warm(sink) for sink in (FEED, SPEAKER)]
        for recording in recordings:
            self._wait(functools.partial(_has_content, recording), f"{recording.stem} stays silent")

    def _warm(self, sink: str) -> Path:
        """The file in which it is heard."""
        monitor, recording = f"{sink}.monitor", self.folder / f"{sink}.raw"
        self._wait_for_source(monitor)
        silence = ("pacat", "--raw", LATENCY, "--rate=48000", f"--device={sink}", "/dev/zero")
        listen = ("parec", "--raw", LATENCY, "--format=u8", "--rate=1000", "--channels=1")
        self._warmers.append(self._spawn(*silence))
        self._warmers.append(self._spawn(*listen, f"--device={monitor}", str(recording)))
        return recording

    def _wait_for_source(self, name: str) -> None:
        self._wait(lambda: name in self._names("sources"), f"{name} did not appear")

    def _spawn(self, *command: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{Path(command[0]).name}.log").open("ab") as log:
            return subprocess.Popen(
                PRIORITY + command, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def _wait(self, condition: Callable[[], bool], complaint: str) -> None:
        deadline_s = time.monotonic() + START_LIMIT_S
        while not condition():
            if time.monotonic() > deadline_s or any(process.poll() is not None for process in self._processes):
                message = f"{self.name}: {complaint}\n{self._logs()}"
                raise RigFailed(message)
            time.sleep(POLL_S)

    def _logs(self) -> str:
        return "\n".join(f"{path.name}: {path.read_text(errors='replace')}" for path in self.folder.glob("*.log"))


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _accepts(socket_path: Path) -> bool:
    """A socket that a killed daemon has left behind is there too, but nobody accepts."""
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(str(socket_path)) == 0


def end(process: subprocess.Popen[bytes]) -> None:
    """Also a frozen one, and one that has ended already."""
    process.terminate()
    process.send_signal(signal.SIGCONT)
    try:
        process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def private_pulseaudio() -> Iterator[SoundServer]:
    """Needs the programs of Debian's ``pulseaudio`` and ``pulseaudio-utils``; root will do, D-Bus is not needed."""
    with _folder() as folder:
        native = folder / "native"
        pulseaudio = Daemon(
            (
                *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
                *("-L", f"module-native-protocol-unix socket={native} auth-anonymous=1"),
                *("-L", "module-always-sink"),
            ),
            SoundServer.answers,
        )
        variables = {**_private(folder), "PULSE_SERVER": f"unix:{native}", "PULSE_STATE_PATH": str(folder / "state")}
        with _running(SoundServer("PulseAudio", folder, (pulseaudio,), variables)) as server:
            yield server


@contextlib.contextmanager
def private_pipewire() -> Iterator[SoundServer]:
    """Needs Debian's ``pipewire``, ``pipewire-pulse``, ``wireplumber``, ``dbus-daemon`` and ``pulseaudio-utils``.

    The PulseAudio daemon may be installed beside them.
    """
    with _folder() as folder:
        bus, native = folder / "bus", folder / "pulse" / "native"
        daemons = (
            Daemon(
                ("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={bus}"),
                lambda _: _accepts(bus),
            ),
            Daemon(("pipewire",), lambda _: _accepts(folder / "pipewire-0")),
            Daemon(("wireplumber",), lambda _: True),
            Daemon(("pipewire-pulse",), SoundServer.answers),
        )
        variables = {
            **_private(folder),
            "PULSE_SERVER": f"unix:{native}",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}",
            "XDG_STATE_HOME": str(folder / "state"),
        }
        with _running(SoundServer("PipeWire", folder, daemons, variables)) as server:
            yield server


def has_pipewire() -> bool:
    return all(shutil.which(name) for name in ("pipewire", "wireplumber", "pipewire-pulse", "dbus-daemon"))


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="sound-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def _private(folder: Path) -> dict[str, str]:
    return {
        "XDG_RUNTIME_DIR": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "PULSE_RUNTIME_PATH": str(folder / "pulse"),
        "PULSE_COOKIE": str(folder / "cookie"),
    }


@contextlib.contextmanager
def _running(server: SoundServer) -> Iterator[SoundServer]:
    try:
        server.start()
        yield server
    finally:
        server.stop()
