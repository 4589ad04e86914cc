"""Windows and macOS over fakes of the systems: what their documentation says is what the views tell."""

import os
import sys
import types
from collections.abc import Mapping
from typing import ClassVar

import pytest

from capture.errors import ExtraMissing, PermissionDenied, SourceUnavailable
from capture.meetings.facts import CameraHeld, Listening, Playing, Program, Purpose, WindowShown
from capture.meetings.macos import titles as mac_titles
from capture.meetings.macos.sound import ProcessView
from capture.meetings.snapshots import View
from capture.meetings.windows.consent import Capability, ConsentView
from capture.meetings.windows.sound import SessionView
from capture.meetings.windows.titles import SystemWindow, TitleView
from tests.capture.meetings.fake_systems import (
    ComError,
    FakeCoreAudio,
    FakeDesktop,
    FakeDevice,
    FakeProcess,
    FakePycaw,
    FakeRegistry,
    FakeSession,
)

FILES = {10: "Zoom.exe", 11: "chrome.exe", 12: "obs64.exe"}
ZOOM = r"C:\Users\ada\AppData\Roaming\Zoom\bin\Zoom.exe"
TEAMS = "MSTeams_8wekyb3d8bbwe"


def name_of(pid: int) -> str:
    return FILES.get(pid, "")


def looked(view: View) -> list[object]:
    view.open()
    try:
        return list(view.look(5))
    finally:
        view.close()


class TestSessions:
    @pytest.fixture
    def microphone(self) -> FakeDevice:
        return FakeDevice(FakeSession(10, "zoom|1"), FakeSession(11, "chrome|1", state=0))

    @pytest.fixture
    def pycaw(self, microphone: FakeDevice, monkeypatch: pytest.MonkeyPatch) -> FakePycaw:
        headset = FakeDevice(FakeSession(os.getpid(), "own|1"))
        speaker = FakeDevice(FakeSession(10, "zoom|2"), FakeSession(0, "system sounds"))
        fake = FakePycaw({0: [speaker], 1: [microphone, headset]})
        for name, module in fake.modules().items():
            monkeypatch.setitem(sys.modules, name, module)
        return fake

    @pytest.mark.usefixtures("pycaw")
    def test_active_sessions_of_every_device(self) -> None:
        facts = looked(SessionView(name_of))
        assert [(type(fact), fact.program) for fact in facts if isinstance(fact, Listening | Playing)] == [
            (Listening, Program(("Zoom.exe",), 10)),
            (Listening, Program((), os.getpid())),
            (Playing, Program(("Zoom.exe",), 10)),
        ]
        assert [fact.purpose for fact in facts if isinstance(fact, Listening)] == [Purpose.VOICE, Purpose.OWN]
        assert len({fact.stream for fact in facts if isinstance(fact, Listening | Playing)}) == len(facts)

    def test_com_is_left_as_it_was_entered(self, pycaw: FakePycaw) -> None:
        looked(SessionView(name_of))
        assert pycaw.initialized == 0

    def test_device_that_is_pulled_out_while_it_is_asked(self, pycaw: FakePycaw) -> None:
        pycaw.failure = ComError("device invalidated")
        with pytest.raises(SourceUnavailable):
            looked(SessionView(name_of))

    def test_without_pycaw(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "comtypes", None)
        with pytest.raises(ExtraMissing) as raised:
            SessionView(name_of).open()
        assert raised.value.data["extra"] == "windows"


class TestConsent:
    @pytest.fixture
    def registry(self) -> FakeRegistry:
        registry = FakeRegistry()
        for capability in Capability:
            registry.permit(capability, "Microsoft.WindowsCamera_8wekyb3d8bbwe")
        registry.end(Capability.MICROPHONE, TEAMS)
        registry.begin(Capability.MICROPHONE, ZOOM)
        return registry

    def test_who_has_not_stopped_uses_it(self, registry: FakeRegistry) -> None:
        (fact,) = looked(ConsentView(Capability.MICROPHONE, registry))
        assert isinstance(fact, Listening)
        assert fact.program == Program(("Zoom.exe",))

    def test_packaged_program(self, registry: FakeRegistry) -> None:
        registry.begin(Capability.WEBCAM, TEAMS)
        (fact,) = looked(ConsentView(Capability.WEBCAM, registry))
        assert isinstance(fact, CameraHeld)
        assert fact.program == Program((TEAMS,))

    def test_nobody(self, registry: FakeRegistry) -> None:
        registry.end(Capability.MICROPHONE, ZOOM)
        assert looked(ConsentView(Capability.MICROPHONE, registry)) == []

    def test_windows_without_the_store(self) -> None:
        with pytest.raises(SourceUnavailable):
            ConsentView(Capability.MICROPHONE, FakeRegistry()).open()


class TestWindowsTitles:
    def test_windows_by_their_programs(self) -> None:
        desktop = FakeDesktop([SystemWindow(0xA0, 11, "Meet - Google Chrome"), SystemWindow(0xA1, 99, "x")])
        first, second = looked(TitleView(desktop, name_of))
        assert first == WindowShown(5, first.window, Program(("chrome.exe",), 11), "Meet - Google Chrome")  # type: ignore[attr-defined] # it is a window
        assert isinstance(second, WindowShown)
        assert second.program.names == ()

    def test_a_programs_name_is_asked_once(self) -> None:
        asked = []

        def ask(pid: int) -> str:
            asked.append(pid)
            return "chrome.exe"

        view = TitleView(FakeDesktop([SystemWindow(1, 11, "a"), SystemWindow(2, 11, "b")]), ask)
        view.look(1)
        view.look(2)
        assert asked == [11]

    def test_desktop_that_is_locked(self) -> None:
        with pytest.raises(SourceUnavailable):
            looked(TitleView(FakeDesktop(failure=PermissionError("locked")), name_of))


class TestProcesses:
    @pytest.fixture
    def core_audio(self) -> FakeCoreAudio:
        processes = {
            70: FakeProcess(
                881, "us.zoom.xos", "/Applications/zoom.us.app/Contents/MacOS/zoom.us", records=True, plays=True
            ),
            71: FakeProcess(882, "com.apple.Music", "/System/Applications/Music.app/Contents/MacOS/Music", plays=True),
            72: FakeProcess(883, "com.apple.finder", "/System/Library/CoreServices/Finder"),
            73: FakeProcess(os.getpid(), "", "/usr/bin/python3", records=True),
        }
        return FakeCoreAudio(processes)

    def test_who_records_and_who_plays(self, core_audio: FakeCoreAudio) -> None:
        facts = looked(ProcessView(core_audio))
        assert [(type(fact), fact.program) for fact in facts if isinstance(fact, Listening | Playing)] == [
            (Listening, Program(("us.zoom.xos", "zoom.us"), 881)),
            (Playing, Program(("us.zoom.xos", "zoom.us"), 881)),
            (Playing, Program(("com.apple.Music", "Music"), 882)),
            (Listening, Program(("python3",), os.getpid())),
        ]
        assert [fact.purpose for fact in facts if isinstance(fact, Listening)] == [Purpose.VOICE, Purpose.OWN]

    def test_process_that_ends_while_it_is_asked(self, core_audio: FakeCoreAudio) -> None:
        core_audio.gone = {70, 73}
        (fact,) = looked(ProcessView(core_audio))
        assert isinstance(fact, Playing)

    def test_macos_without_process_objects(self) -> None:
        with pytest.raises(SourceUnavailable):
            ProcessView(FakeCoreAudio(is_old=True)).open()


Listed = list[Mapping[str, object]]


class TestMacTitles:
    WINDOWS: ClassVar[Listed] = [
        {
            "kCGWindowName": "Meet - abc-defg-hij",
            "kCGWindowOwnerName": "Google Chrome",
            "kCGWindowOwnerPID": 5,
            "kCGWindowNumber": 31,
            "kCGWindowLayer": 0,
        },
        {"kCGWindowOwnerName": "Finder", "kCGWindowOwnerPID": 6, "kCGWindowNumber": 32, "kCGWindowLayer": 0},
        {"kCGWindowName": "Clock", "kCGWindowOwnerName": "Bar", "kCGWindowNumber": 33, "kCGWindowLayer": 25},
    ]

    def quartz(self, *, may_see: bool, windows: Listed | None) -> types.SimpleNamespace:
        def listed(options: int, relative_to: int) -> Listed | None:
            assert (options, relative_to) == (16, 0)
            return windows

        return types.SimpleNamespace(CGWindowListCopyWindowInfo=listed, CGPreflightScreenCaptureAccess=lambda: may_see)

    def test_ordinary_windows_with_a_title(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "Quartz", self.quartz(may_see=True, windows=self.WINDOWS))
        (fact,) = looked(mac_titles.quartz_view())
        assert isinstance(fact, WindowShown)
        assert (fact.window, fact.title, fact.program) == ("31", "Meet - abc-defg-hij", Program(("Google Chrome",), 5))

    def test_without_the_users_leave(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "Quartz", self.quartz(may_see=False, windows=self.WINDOWS))
        with pytest.raises(PermissionDenied):
            mac_titles.quartz_view().open()

    def test_without_a_desktop(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "Quartz", self.quartz(may_see=True, windows=None))
        with pytest.raises(SourceUnavailable):
            looked(mac_titles.quartz_view())

    def test_without_pyobjc(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "Quartz", None)
        with pytest.raises(ExtraMissing):
            mac_titles.quartz_view()
