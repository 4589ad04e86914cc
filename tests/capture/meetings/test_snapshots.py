"""What has changed from look to look, and a meeting seen that way, as on Windows and macOS."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pytest

from capture.clock import MonotonicClock
from capture.errors import ExtraMissing, SourceError, SourceUnavailable
from capture.meetings.catalogue import load_catalogue
from capture.meetings.facts import (
    CameraFree,
    CameraHeld,
    Listening,
    MeetingProbe,
    Playing,
    Program,
    StreamId,
    StreamState,
    WindowGone,
    WindowId,
    WindowShown,
)
from capture.meetings.macos.sound import ProcessView
from capture.meetings.snapshots import Held, SnapshotProbe, View
from capture.meetings.verdicts import Closed, Detected, Verdict
from capture.meetings.watch import MeetingWatch
from capture.meetings.windows.consent import Capability, ConsentView
from capture.meetings.windows.titles import SystemWindow, TitleView
from tests.capture.meetings.fake_systems import FakeCoreAudio, FakeDesktop, FakeProcess, FakeRegistry
from tests.capture.meetings.hearing import Facts

ZOOM = Program(("Zoom.exe",), 10)
AT_ONCE_S = 0.01
LIMIT_S = 20.0


class Scripted:
    """A ``View`` that shows one look after another, and the last one for ever."""

    def __init__(self, *looks: Iterable[Held] | SourceError) -> None:
        self._looks = list(looks)
        self.is_closed = threading.Event()

    def open(self) -> None:
        """It needs nothing."""

    def look(self, now_ns: int) -> Iterable[Held]:
        del now_ns
        look = self._looks.pop(0) if len(self._looks) > 1 else self._looks[0]
        if isinstance(look, SourceError):
            raise look
        return look

    def close(self) -> None:
        self.is_closed.set()


Started = Callable[[MeetingProbe], Facts]


def probe(*views: Callable[[], View]) -> SnapshotProbe:
    return SnapshotProbe(views, MonotonicClock(), AT_ONCE_S)


def listening(state: StreamState = StreamState.RUNNING) -> Listening:
    return Listening(1, StreamId("1"), ZOOM, state)


def test_each_kind_comes_and_goes(started: Started) -> None:
    held: list[Held] = [
        listening(),
        Playing(1, StreamId("1"), ZOOM, StreamState.RUNNING),
        WindowShown(1, WindowId("0x1"), ZOOM, "Zoom Meeting"),
        CameraHeld(1, "front", ZOOM),
    ]
    view = Scripted(held, held, [])
    facts = started(probe(lambda: view)).quiet()
    assert facts[:4] == held
    assert [type(fact) for fact in facts[4:]] == [Listening, Playing, WindowGone, CameraFree]
    ended = facts[4]
    assert isinstance(ended, Listening)
    assert (ended.stream, ended.state) == (StreamId("1"), StreamState.ENDED)


def test_only_changes_are_told(started: Started) -> None:
    first = WindowShown(1, WindowId("0x1"), ZOOM, "Zoom Workplace")
    second = WindowShown(2, WindowId("0x1"), ZOOM, "Zoom Meeting")
    view = Scripted([first], [first], [second], [second])
    assert started(probe(lambda: view)).quiet() == [first, second]


def test_look_that_fails_changes_nothing(started: Started) -> None:
    view = Scripted([listening()], SourceUnavailable("locked"), [listening()])
    assert started(probe(lambda: view)).quiet() == [listening()]


def fail(error: SourceError) -> View:
    raise error


def test_second_view_serves_where_the_first_cannot(started: Started) -> None:
    view = Scripted([listening()])
    assert started(probe(partial(fail, ExtraMissing("no library")), lambda: view)).quiet() == [listening()]


def test_trouble_of_the_best_view_is_told() -> None:
    blind = probe(partial(fail, ExtraMissing("no library")), partial(fail, SourceUnavailable("no registry")))
    with pytest.raises(ExtraMissing):
        blind.start(Facts())
    blind.stop()


def test_stop_closes_the_view() -> None:
    view = Scripted([])
    running = probe(lambda: view)
    running.start(Facts())
    running.stop()
    running.stop()
    assert view.is_closed.is_set()


Watch = Callable[[Iterable[MeetingProbe]], "queue.SimpleQueue[Verdict]"]


@pytest.fixture
def watch() -> Iterator[Watch]:
    watches = []

    def start(probes: Iterable[MeetingProbe]) -> "queue.SimpleQueue[Verdict]":
        verdicts: queue.SimpleQueue[Verdict] = queue.SimpleQueue()
        running = MeetingWatch(list(probes), load_catalogue(), MonotonicClock(), verdicts.put)
        watches.append(running)
        assert running.start() == []
        return verdicts

    yield start
    for running in watches:
        running.stop()


def test_zoom_on_windows(watch: Watch) -> None:
    registry, desktop = FakeRegistry(), FakeDesktop([SystemWindow(7, 10, "Zoom Meeting")])
    registry.permit(Capability.MICROPHONE, "Microsoft.WindowsSoundRecorder_8wekyb3d8bbwe")
    verdicts = watch(
        [
            probe(partial(ConsentView, Capability.MICROPHONE, registry)),
            probe(partial(TitleView, desktop, lambda _: "Zoom.exe")),
        ]
    )
    registry.begin(Capability.MICROPHONE, r"C:\Program Files\Zoom\bin\Zoom.exe")
    detected = verdicts.get(timeout=LIMIT_S)
    assert isinstance(detected, Detected)
    assert (detected.meeting.platform, detected.meeting.window) == ("zoom", "0x7")
    registry.end(Capability.MICROPHONE, r"C:\Program Files\Zoom\bin\Zoom.exe")
    desktop.shown = []
    assert isinstance(verdicts.get(timeout=LIMIT_S), Closed)


def test_facetime_on_macos(watch: Watch) -> None:
    core_audio = FakeCoreAudio()
    verdicts = watch([probe(lambda: ProcessView(core_audio))])
    core_audio.processes = {70: FakeProcess(5, "com.apple.FaceTime", "/FaceTime", records=True, plays=True)}
    detected = verdicts.get(timeout=LIMIT_S)
    assert isinstance(detected, Detected)
    assert detected.meeting.platform == "facetime"
