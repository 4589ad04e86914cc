"""What lies below the probes of Windows and macOS, as its documentation describes it."""

import types
from collections.abc import Mapping
from dataclasses import dataclass, field

from capture.meetings.macos import sound as core_audio
from capture.meetings.windows.consent import CLASSIC, STARTED, STOPPED, STORE, Capability
from capture.meetings.windows.titles import SystemWindow

FILETIME = 133_000_000_000_000_000
"""Some time in 2022."""


@dataclass
class FakeRegistry:
    """Keys by their path, each with its values."""

    keys: dict[str, dict[str, int]] = field(default_factory=dict)

    def begin(self, capability: Capability, program: str) -> None:
        self._write(capability, program, FILETIME, 0)

    def end(self, capability: Capability, program: str) -> None:
        self._write(capability, program, FILETIME, FILETIME + 1)

    def permit(self, capability: Capability, program: str) -> None:
        """A program that may, and never has."""
        self.keys[rf"{STORE}\{capability}\{program}"] = {}

    def subkeys(self, path: str) -> tuple[str, ...]:
        below = [key.removeprefix(f"{path}\\") for key in self.keys if key.startswith(f"{path}\\")]
        if not below:
            raise FileNotFoundError(path)
        return tuple(dict.fromkeys(key.split("\\")[0] for key in below))

    def number(self, path: str, name: str) -> int:
        try:
            return self.keys[path][name]
        except KeyError as error:
            raise FileNotFoundError(name) from error

    def _write(self, capability: Capability, program: str, started: int, stopped: int) -> None:
        place = rf"{CLASSIC}\{program.replace(chr(92), '#')}" if ":" in program else program
        self.keys[rf"{STORE}\{capability}\{place}"] = {STARTED: started, STOPPED: stopped}


class ComError(Exception):
    """Stands for ``comtypes.COMError``, which is no ``OSError``."""


@dataclass
class FakeSession:
    """An ``IAudioSessionControl2``; state 0 is inactive, 1 active, 2 expired."""

    pid: int
    identity: str
    state: int = 1

    def QueryInterface(self, _kind: object) -> "FakeSession":  # noqa: N802 - the system's name
        return self

    def GetProcessId(self) -> int:  # noqa: N802 - the system's name
        return self.pid

    def GetState(self) -> int:  # noqa: N802 - the system's name
        return self.state

    def GetSessionInstanceIdentifier(self) -> str:  # noqa: N802 - the system's name
        return self.identity


class Several:
    """A collection of the system's: ``GetCount``, and ``Item`` or ``GetSession``."""

    def __init__(self, items: list[object]) -> None:
        self._items = items

    def GetCount(self) -> int:  # noqa: N802 - the system's name
        return len(self._items)

    def Item(self, index: int) -> object:  # noqa: N802 - the system's name
        return self._items[index]

    GetSession = Item


class FakeDevice:
    """An endpoint, which is its session manager too."""

    def __init__(self, *sessions: FakeSession) -> None:
        self.sessions = list(sessions)

    def Activate(self, _iid: object, _context: int, _parameters: None) -> "FakeDevice":  # noqa: N802 - the system's name
        return self

    def QueryInterface(self, _kind: object) -> "FakeDevice":  # noqa: N802 - the system's name
        return self

    def GetSessionEnumerator(self) -> Several:  # noqa: N802 - the system's name
        return Several(list(self.sessions))


@dataclass
class FakePycaw:
    """comtypes and pycaw over devices by their direction: 0 plays, 1 records."""

    devices: Mapping[int, list[FakeDevice]]
    failure: Exception | None = None
    initialized: int = 0

    def modules(self) -> dict[str, object]:
        """By the names under which they are imported."""
        kind = types.SimpleNamespace(_iid_="iid")
        policy = types.SimpleNamespace(IAudioSessionManager2=kind, IAudioSessionControl2=kind)
        return {
            "comtypes": types.SimpleNamespace(
                COMError=ComError, CLSCTX_ALL=23, CoInitialize=self._enter, CoUninitialize=self._leave
            ),
            "pycaw.utils": types.SimpleNamespace(
                AudioUtilities=types.SimpleNamespace(GetDeviceEnumerator=lambda: self)
            ),
            "pycaw.api.audiopolicy": policy,
        }

    def EnumAudioEndpoints(self, flow: int, state: int) -> Several:  # noqa: N802 - the system's name
        assert state == 1
        if self.failure is not None:
            raise self.failure
        return Several(list(self.devices[flow]))

    def _enter(self) -> None:
        self.initialized += 1

    def _leave(self) -> None:
        self.initialized -= 1


@dataclass
class FakeDesktop:
    shown: list[SystemWindow] = field(default_factory=list)
    failure: OSError | None = None

    def windows(self) -> tuple[SystemWindow, ...]:
        if self.failure is not None:
            raise self.failure
        return tuple(self.shown)


@dataclass
class FakeProcess:
    """A process object of Core Audio."""

    pid: int
    bundle: str
    path: str
    records: bool = False
    plays: bool = False


@dataclass
class FakeCoreAudio:
    processes: dict[int, FakeProcess] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    """Still listed, and no more when they are asked."""
    is_old: bool = False

    def numbers(self, item: int, selector: int) -> tuple[int, ...]:
        if item == core_audio.SYSTEM_OBJECT:
            assert selector == core_audio.PROCESS_LIST
            if self.is_old:
                raise OSError(selector)
            return tuple(self.processes)
        process = self._process(item)
        values = {
            core_audio.PROCESS_ID: process.pid,
            core_audio.RUNS_INPUT: int(process.records),
            core_audio.RUNS_OUTPUT: int(process.plays),
        }
        return (values[selector],)

    def text(self, item: int, selector: int) -> str:
        assert selector == core_audio.BUNDLE_ID
        return self._process(item).bundle

    def file_of(self, pid: int) -> str:
        return next(process.path for process in self.processes.values() if process.pid == pid)

    def _process(self, item: int) -> FakeProcess:
        if item in self.gone:
            raise OSError(item)
        return self.processes[item]
