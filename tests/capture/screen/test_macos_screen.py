"""The source of macOS over a fake of pyobjc: selectors, callbacks and returned pairs are those of its metadata."""

import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, Self

import numpy as np
import pytest

from capture.errors import PermissionDenied, SourceUnavailable, UnknownDevice
from capture.recording import NS_PER_S, AllMonitors, Monitor, Region, Window
from capture.screen import grabber
from capture.screen.base import Frame, Pixels, ScreenDevice, Unchanged, VideoFormat
from capture.screen.macos import USER_DECLINED, USER_STOPPED, MacScreen
from tests.fakes.clock import FakeClock

LEFT = ScreenDevice("1", "Left", 0, 0, 32, 24, is_primary=True)
RIGHT = ScreenDevice("2", "Right", 32, 0, 32, 24, is_primary=False)
PADDING_BYTES = 64
AUDIO = 1


class FakeNSObject:
    def __init_subclass__(cls, *, protocols: tuple[str, ...] = ()) -> None:
        cls.protocols = protocols

    protocols: tuple[str, ...] = ()

    @classmethod
    def alloc(cls) -> Self:
        return cls()

    def init(self) -> Self:
        return self


def ns_error(code: int) -> SimpleNamespace:
    return SimpleNamespace(code=lambda: code)


class FakeKit:
    """ScreenCaptureKit, CoreMedia and Quartz in one. Answers come on another thread, as the system's do."""

    CMSampleBufferGetImageBuffer = staticmethod(lambda sample: sample)
    CMTimeMake = staticmethod(lambda value, scale: (value, scale))
    CGDisplayCopyDisplayMode = staticmethod(lambda number: number)
    CGDisplayModeGetPixelWidth = staticmethod(lambda _: 65)
    CGDisplayModeGetPixelHeight = staticmethod(lambda _: 48)
    CVPixelBufferGetWidth = staticmethod(lambda image: image.shape[1])
    CVPixelBufferGetHeight = staticmethod(lambda image: image.shape[0])
    CVPixelBufferGetBytesPerRow = staticmethod(lambda image: image.shape[1] * 4 + PADDING_BYTES)

    def __init__(self) -> None:
        self.origins = [(0.0, 0.0), (32.0, 0.0)]
        self.content_error: SimpleNamespace | None = None
        self.start_error: SimpleNamespace | None = None
        self.output_error: SimpleNamespace | None = None
        self.locked = 0
        self.lock_result = 0
        self.settings: dict[str, Any] = {}
        self.displays: list[int] = []
        self.windows = [SimpleNamespace(windowID=lambda number=number: number) for number in (70, 71)]
        self.left_out: list[object] = []
        self.sinks: list[Any] = []
        self.running = 0
        self.SCShareableContent = SimpleNamespace(getShareableContentWithCompletionHandler_=self._content)
        self.SCContentFilter = SimpleNamespace(alloc=lambda: self)
        self.SCStream = SimpleNamespace(alloc=lambda: self)
        self.SCStreamConfiguration = SimpleNamespace(alloc=lambda: SimpleNamespace(init=self._configuration))

    def CVPixelBufferLockBaseAddress(self, _: Pixels, flags: int) -> int:  # noqa: N802 - Apple's name
        if not self.lock_result:
            self.locked += flags
        return self.lock_result

    def CVPixelBufferUnlockBaseAddress(self, _: Pixels, flags: int) -> int:  # noqa: N802 - Apple's name
        self.locked -= flags
        return 0

    def CVPixelBufferGetBaseAddress(self, image: Pixels) -> SimpleNamespace:  # noqa: N802 - Apple's name
        assert self.locked
        rows = np.pad(image.reshape(len(image), -1), ((0, 0), (0, PADDING_BYTES)), constant_values=77)
        return SimpleNamespace(as_buffer=lambda count: memoryview(rows.tobytes())[:count])

    def initWithDisplay_excludingWindows_(self, display: Any, windows: list[object]) -> str:  # noqa: ANN401, N802 - Apple's
        self.left_out = windows
        self.displays.append(display.displayID())
        return "filter"

    def initWithFilter_configuration_delegate_(self, content: str, _: object, sink: object) -> Self:  # noqa: N802 - Apple's
        assert content == "filter"
        self.sinks.append(sink)
        return self

    def addStreamOutput_type_sampleHandlerQueue_error_(  # noqa: N802 - Apple's name
        self, sink: object, kind: int, queue: None, error: None
    ) -> tuple[bool, SimpleNamespace | None]:
        assert (sink, kind, queue, error) == (self.sinks[-1], 0, None, None)
        return self.output_error is None, self.output_error

    def startCaptureWithCompletionHandler_(self, answer: Callable[[object], None]) -> None:  # noqa: N802 - Apple's name
        self.running += self.start_error is None
        self._on_thread(answer, self.start_error)

    def stopCaptureWithCompletionHandler_(self, answer: Callable[[object], None]) -> None:  # noqa: N802 - Apple's name
        self.running -= 1
        self._on_thread(answer, None)

    def show(self, image: Pixels | None, kind: int = 0) -> None:
        self._on_thread(self.sinks[-1].stream_didOutputSampleBuffer_ofType_, self, image, kind)

    def end(self, error: SimpleNamespace | None) -> None:
        self.running -= 1
        self._on_thread(self.sinks[-1].stream_didStopWithError_, self, error)

    def _content(self, answer: Callable[[object, object], None]) -> None:
        displays = [
            SimpleNamespace(
                displayID=lambda number=number: number,
                frame=lambda x=x, y=y: SimpleNamespace(origin=SimpleNamespace(x=x, y=y)),
            )
            for number, (x, y) in enumerate(self.origins)
        ]
        self._on_thread(
            answer, SimpleNamespace(displays=lambda: displays, windows=lambda: self.windows), self.content_error
        )

    def _configuration(self) -> SimpleNamespace:
        names = ("Width", "Height", "PixelFormat", "ShowsCursor", "MinimumFrameInterval")
        setters = {f"set{name}_": lambda value, name=name: self.settings.update({name: value}) for name in names}
        return SimpleNamespace(**setters)

    def _on_thread(self, call: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=call, args=arguments)
        thread.start()
        thread.join()


@pytest.fixture
def kit(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeKit]:
    fake = FakeKit()
    modules = {
        **dict.fromkeys(("ScreenCaptureKit", "CoreMedia", "Quartz"), fake),
        "Foundation": SimpleNamespace(NSObject=FakeNSObject),
        "objc": SimpleNamespace(protocolNamed=str),
    }
    monkeypatch.setattr("capture.screen.macos.import_module", modules.__getitem__)
    monkeypatch.setattr(grabber, "list_screens", lambda: (LEFT, RIGHT))
    yield fake
    assert (fake.running, fake.locked) == (0, 0)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def source(kit: FakeKit, clock: FakeClock) -> Iterator[MacScreen]:
    source = MacScreen(Monitor("1"), clock, rate_fps=30)
    source.open()
    assert kit.running == 1
    yield source
    source.close()
    source.close()


def picture(value: int, width_px: int = 64, height_px: int = 48) -> Pixels:
    return np.full((height_px, width_px, 4), value, np.uint8)


def test_a_screen_is_opened_in_its_pixels_with_the_pointer(kit: FakeKit, clock: FakeClock) -> None:
    source = MacScreen(Monitor("2"), clock, rate_fps=25)
    assert source.open() == VideoFormat(64, 48)
    assert (kit.displays, kit.left_out) == ([1], [])
    assert kit.settings == {
        "Width": 64,
        "Height": 48,
        "PixelFormat": int.from_bytes(b"BGRA"),
        "ShowsCursor": True,
        "MinimumFrameInterval": (1, 25),
    }
    assert kit.sinks[0].protocols == ["SCStreamOutput", "SCStreamDelegate"]
    source.close()


def test_windows_are_left_out_as_long_as_they_are_there(kit: FakeKit, clock: FakeClock) -> None:
    source = MacScreen(Monitor("1"), clock, rate_fps=30, excluded=(Window("71"),))
    source.open()
    assert kit.left_out == kit.windows[1:]
    kit.windows.pop()
    kit.end(ns_error(-3805))
    with pytest.raises(SourceUnavailable):
        source.read()
    clock.advance(NS_PER_S)
    assert isinstance(source.read(), Unchanged)
    assert kit.left_out == []
    source.close()


@pytest.mark.usefixtures("kit")
def test_a_window_that_is_not_there_cannot_be_left_out(clock: FakeClock) -> None:
    with pytest.raises(UnknownDevice) as raised:
        MacScreen(Monitor("1"), clock, rate_fps=30, excluded=(Window("72"),)).open()
    assert raised.value.data["device"] == "72"


@pytest.mark.parametrize("target", [AllMonitors(), Region(0, 0, 16, 16)])
@pytest.mark.usefixtures("kit")
def test_anything_but_a_screen_is_for_other_means(target: AllMonitors | Region, clock: FakeClock) -> None:
    with pytest.raises(SourceUnavailable, match="whole screen"):
        MacScreen(target, clock, rate_fps=30).open()


@pytest.mark.usefixtures("kit")
def test_an_unknown_screen_is_named(clock: FakeClock) -> None:
    with pytest.raises(UnknownDevice) as raised:
        MacScreen(Monitor("7"), clock, rate_fps=30).open()
    assert raised.value.data["known"] == "1, 2"


def test_a_library_that_is_not_there(monkeypatch: pytest.MonkeyPatch, clock: FakeClock) -> None:
    def missing(name: str) -> object:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("capture.screen.macos.import_module", missing)
    with pytest.raises(SourceUnavailable, match="ScreenCaptureKit"):
        MacScreen(Monitor("1"), clock, rate_fps=30).open()


def test_a_screen_that_the_system_does_not_list(kit: FakeKit, clock: FakeClock) -> None:
    kit.origins = [(900.0, 0.0)]
    with pytest.raises(SourceUnavailable, match="agree"):
        MacScreen(Monitor("1"), clock, rate_fps=30).open()


def test_the_user_says_no(kit: FakeKit, clock: FakeClock) -> None:
    kit.content_error = ns_error(USER_DECLINED)
    with pytest.raises(PermissionDenied):
        MacScreen(Monitor("1"), clock, rate_fps=30).open()


@pytest.mark.parametrize("what", ["output_error", "start_error"])
def test_a_stream_that_does_not_start(kit: FakeKit, clock: FakeClock, what: str) -> None:
    setattr(kit, what, ns_error(-3802))
    with pytest.raises(SourceUnavailable, match="-3802"):
        MacScreen(Monitor("1"), clock, rate_fps=30).open()


def test_waits_for_news(source: MacScreen, kit: FakeKit, clock: FakeClock) -> None:
    assert isinstance(source.read(), Unchanged)
    kit.show(picture(9))
    source.wait(60)
    look = source.read()
    assert isinstance(look, Frame)
    assert (look.captured_ns, look.changed_rows) == (clock.now_ns(), (0, 48))
    assert (look.pixels == 9).all()
    assert isinstance(source.read(), Unchanged)


def test_the_rows_that_changed_are_told(source: MacScreen, kit: FakeKit) -> None:
    kit.show(picture(9))
    source.read()
    later = picture(9)
    later[10:14, 20:30] = 200
    kit.show(later)
    look = source.read()
    assert isinstance(look, Frame)
    assert look.changed_rows == (10, 14)


def test_idle_and_sound_are_no_pictures(source: MacScreen, kit: FakeKit) -> None:
    kit.show(None)
    kit.show(picture(9), AUDIO)
    assert isinstance(source.read(), Unchanged)


def test_another_size_is_fitted_in(source: MacScreen, kit: FakeKit) -> None:
    kit.show(picture(50, 32, 24))
    look = source.read()
    assert isinstance(look, Frame)
    assert look.pixels.shape == (48, 64, 4)
    assert (int(look.pixels[0, 0, 0]), int(look.pixels[24, 32, 0])) == (0, 50)


def test_a_picture_that_cannot_be_locked(source: MacScreen, kit: FakeKit) -> None:
    kit.lock_result = -6660
    kit.show(picture(9))
    with pytest.raises(SourceUnavailable, match="cannot be read"):
        source.read()
    assert kit.running == 0


def test_a_lost_stream_comes_back(source: MacScreen, kit: FakeKit, clock: FakeClock) -> None:
    kit.end(ns_error(-3815))
    source.wait(60)
    with pytest.raises(SourceUnavailable, match="-3815"):
        source.read()
    kit.start_error = ns_error(-3802)
    clock.advance(NS_PER_S)
    with pytest.raises(SourceUnavailable, match="-3802"):
        source.read()
    kit.start_error = None
    with pytest.raises(SourceUnavailable, match="not handed out"):
        source.read()
    clock.advance(NS_PER_S)
    assert isinstance(source.read(), Unchanged)
    kit.show(picture(9))
    assert isinstance(source.read(), Frame)


def test_what_the_user_ended_stays_ended(source: MacScreen, kit: FakeKit) -> None:
    kit.end(ns_error(USER_STOPPED))
    with pytest.raises(PermissionDenied):
        source.read()
