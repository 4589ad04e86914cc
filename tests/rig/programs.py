"""Programs around a private session bus and a private PipeWire: what every Wayland desktop for tests is made of."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jeepney import DBusErrorResponse, message_bus
from jeepney.bus import get_connectable_addresses
from jeepney.io.blocking import DBusConnection, Proxy, prep_socket

from tests.rig.sound import POLL_S, START_LIMIT_S, RigFailed, end

FOREIGN = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "SWAYSOCK", "PIPEWIRE_REMOTE")
BUS_CONFIG = """\
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@dataclass(frozen=True, slots=True)
class Program:
    """``socket``: what it makes when it is ready."""

    command: tuple[str, ...]
    socket: Path | None
    environment: Mapping[str, str]
    user: int | None = None

    def is_ready(self) -> bool:
        return self.socket is None or self.socket.exists()


class Programs:
    """Everything that they make lies in ``folder``. ``environment`` is for whatever shall live among them."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        self.folder = folder
        self.variables = {**_places(folder), **variables}
        own = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        self.environment = {**own, **self.variables}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def bus_program(self) -> Program:
        services = self.folder / "services"
        services.mkdir(exist_ok=True)
        config = self.folder / "bus.conf"
        config.write_text(BUS_CONFIG.format(folder=self.folder))
        command = ("dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile")
        return Program(command, self.folder / "bus", self.environment)

    def pipewire_programs(self) -> tuple[Program, ...]:
        pipewire = Program(("pipewire",), self.folder / "pipewire-0", self.environment)
        return (pipewire, Program(("wireplumber",), None, self.environment))

    def run(self, programs: Iterable[Program]) -> None:
        """One after the other. What runs already is left alone."""
        for program in programs:
            name = program.command[0]
            if name in self._running and self._running[name].poll() is None:
                continue
            if program.socket is not None:
                program.socket.unlink(missing_ok=True)
            self._running[name] = self._spawn(program)
            self.wait(program.is_ready, f"{name} did not start")

    def end(self) -> None:
        """In the opposite order. Idempotent."""
        for name in reversed(list(self._running)):
            end(self._running.pop(name))

    def runs(self, name: str) -> bool:
        return name in self._running

    def pid(self, name: str) -> int:
        return self._running[name].pid

    def kill(self, name: str) -> None:
        """At once and without a word to anyone."""
        self._running[name].kill()
        self.await_end(name)

    def await_end(self, name: str) -> None:
        self._running[name].wait(START_LIMIT_S)

    @contextlib.contextmanager
    def bus(self) -> Iterator[DBusConnection]:
        address = next(get_connectable_addresses(self.variables["DBUS_SESSION_BUS_ADDRESS"]))
        with DBusConnection(prep_socket(address)) as connection:
            yield connection

    def owner(self, name: str) -> int | None:
        """The process that has a name on the bus."""
        with self.bus() as bus:
            try:
                (pid,) = Proxy(message_bus, bus, timeout=START_LIMIT_S).GetConnectionUnixProcessID(name)
            except DBusErrorResponse:
                return None
        return int(pid)

    def kill_owner(self, name: str) -> None:
        """If there is one."""
        pid = self.owner(name)
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        self.wait(lambda: self.owner(name) != pid, f"{name} does not die")

    def wait(self, condition: Callable[[], bool], complaint: str) -> None:
        deadline_s = time.monotonic() + START_LIMIT_S
        while not condition():
            if time.monotonic() > deadline_s:
                logs = "\n".join(f"{path.name}: {path.read_text()}" for path in self.folder.glob("*.log"))
                message = f"{complaint}\n{logs}"
                raise RigFailed(message)
            time.sleep(POLL_S)

    def _spawn(self, program: Program) -> subprocess.Popen[bytes]:
        groups = None if program.user is None else ()
        with (self.folder / f"{Path(program.command[0]).name}.log").open("ab") as log:
            try:
                return subprocess.Popen(
                    program.command,
                    env=program.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    user=program.user,
                    group=program.user,
                    extra_groups=groups,
                )
            except FileNotFoundError as error:
                message = f"{program.command[0]} is not installed"
                raise RigFailed(message) from error


def _places(folder: Path) -> Mapping[str, str]:
    return {
        "XDG_RUNTIME_DIR": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_SESSION_TYPE": "wayland",
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/bus",
        "QT_QPA_PLATFORM": "wayland",
    }
