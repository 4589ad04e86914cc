"""Who records and who plays on Windows: the audio sessions of each device, through pycaw.

A session is active while sound flows. One whose program mutes it in the meeting alone stays active.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from capture.errors import ExtraMissing, SourceUnavailable
from capture.meetings.facts import Listening, Playing, Program, Purpose, StreamId, StreamState
from capture.meetings.windows.processes import Foreign, file_of

RENDER, CAPTURE = 0, 1
DEVICE_ACTIVE = 1
SESSION_ACTIVE = 1


@dataclass(frozen=True, slots=True)
class Library:
    """``failures``: all that the library lets through. The system's own come as ``COMError``, a plain ``Exception``."""

    com: Foreign
    utilities: Foreign
    policy: Foreign
    failures: tuple[type[Exception], ...]


class SessionView:
    """A ``View``."""

    def __init__(self, name_of: Callable[[int], str] = file_of) -> None:
        self._name_of = name_of
        self._library: Library | None = None

    def open(self) -> None:
        """Raises ``ExtraMissing`` without pycaw."""
        library = _load()
        library.com.CoInitialize()
        self._library = library

    def look(self, now_ns: int) -> list[Listening | Playing]:
        library = self._library
        if library is None:
            message = "it is not open"
            raise SourceUnavailable(message, source="meetings")
        try:
            return list(self._facts(library, now_ns))
        except library.failures as error:
            raise SourceUnavailable(str(error), source="meetings") from error

    def close(self) -> None:
        library, self._library = self._library, None
        if library is not None:
            library.com.CoUninitialize()

    def _facts(self, library: Library, now_ns: int) -> Iterator[Listening | Playing]:
        for flow in (CAPTURE, RENDER):
            for session in _sessions(library, flow):
                pid: int = session.GetProcessId()
                if not pid or session.GetState() != SESSION_ACTIVE:
                    continue
                program = Program(tuple(filter(None, (self._name_of(pid),))), pid)
                stream = StreamId(f"{flow} {session.GetSessionInstanceIdentifier()}")
                if flow == CAPTURE:
                    purpose = Purpose.OWN if pid == os.getpid() else Purpose.VOICE
                    yield Listening(now_ns, stream, program, StreamState.RUNNING, purpose)
                else:
                    yield Playing(now_ns, stream, program, StreamState.RUNNING)


def _sessions(library: Library, flow: int) -> Iterator[Foreign]:
    devices = library.utilities.GetDeviceEnumerator().EnumAudioEndpoints(flow, DEVICE_ACTIVE)
    wanted = library.policy.IAudioSessionManager2
    for index in range(devices.GetCount()):
        interface = devices.Item(index).Activate(wanted._iid_, library.com.CLSCTX_ALL, None)
        sessions = interface.QueryInterface(wanted).GetSessionEnumerator()
        for number in range(sessions.GetCount()):
            yield sessions.GetSession(number).QueryInterface(library.policy.IAudioSessionControl2)


def _load() -> Library:
    try:
        com = import_module("comtypes")
        utilities = import_module("pycaw.utils").AudioUtilities
        policy = import_module("pycaw.api.audiopolicy")
    except (ImportError, OSError) as error:
        raise ExtraMissing(str(error), source="meetings", extra="windows") from error
    return Library(com, utilities, policy, (com.COMError, OSError, ValueError))
