"""The source of Windows over a fake of dxcam: what the library says and does here is what its code says it does."""

import types
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from capture.errors import SourceUnavailable, UnknownDevice
from capture.recording import NS_PER_S, AllMonitors, Monitor, Region
from capture.screen import grabber
from capture.screen.base import Frame, Pixels, ScreenDevice, Unchanged, VideoFormat
from capture.screen.windows import WindowsScreen
from tests.fakes.clock import FakeClock

PRIMARY = ScreenDevice("1", "Left", 0, 0, 65, 48, is_primary=True)
SECOND = ScreenDevice("2", "Right", 65, 0, 64, 48, is_primary=False)


class ComError(Exception):
    """Stands for ``comtypes.COMError``, which is no ``OSError``."""


@dataclass
class FakeCamera:
    region: tuple[int, int, int, int]
    width: int = 65
    height: int = 48
    is_capturing: bool = False
    is_released: bool = False
    latest_frame_ticks: int | None = None
    target_fps: int = 0
    picture: Pixels | None = None
    failure: Exception | None = None
    release_failure: Exception | None = None

    def start(self, *, target_fps: int, video_mode: bool) -> None:
        if self.failure is not None:
            raise self.failure
        assert not video_mode
        self.is_capturing, self.target_fps = True, target_fps

    def grab(self, *, copy: bool) -> Pixels | None:
        assert copy
        if self.failure is not None:
            raise self.failure
        return None if self.picture is None else self.picture.copy()

    def release(self) -> None:
        self.is_released, self.is_capturing = True, False
        if self.release_failure is not None:
            raise self.release_failure

    def show(self, picture: Pixels) -> None:
        self.picture = picture
        self.latest_frame_ticks = (self.latest_frame_ticks or 0) + 1


@dataclass
class FakeDxcam:
    cameras: list[FakeCamera] = field(default_factory=list)
    failure: Exception | None = None
    size: tuple[int, int] = (65, 48)
    camera_failure: Exception | None = None

    def create(
        self, *, region: tuple[int, int, int, int], output_color: str, backend: str, processor_backend: str
    ) -> FakeCamera:
        assert (output_color, backend, processor_backend) == ("BGRA", "winrt", "numpy")
        if self.failure is not None:
            raise self.failure
        self.cameras.append(FakeCamera(region, *self.size, failure=self.camera_failure))
        return self.cameras[-1]


@pytest.fixture
def dxcam(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDxcam]:
    fake = FakeDxcam()
    modules = {"dxcam": fake, "comtypes": types.SimpleNamespace(COMError=ComError)}
    monkeypatch.setattr("capture.screen.windows.import_module", modules.__getitem__)
    monkeypatch.setattr(grabber, "list_screens", lambda: (PRIMARY, SECOND))
    yield fake
    assert all(camera.is_released for camera in fake.cameras)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def source(dxcam: FakeDxcam, clock: FakeClock) -> Iterator[WindowsScreen]:
    """Open, with ``dxcam.cameras[0]`` behind it."""
    source = WindowsScreen(Monitor("1"), clock, rate_fps=30)
    source.open()
    assert len(dxcam.cameras) == 1
    yield source
    source.close()
    source.close()


def picture(value: int, width_px: int = 64, height_px: int = 48) -> Pixels:
    return np.full((height_px, width_px, 4), value, np.uint8)


def test_the_primary_screen_is_opened_in_even_size(dxcam: FakeDxcam, clock: FakeClock) -> None:
    source = WindowsScreen(Monitor("1"), clock, rate_fps=24)
    assert source.open() == VideoFormat(64, 48)
    assert (dxcam.cameras[0].region, dxcam.cameras[0].target_fps) == ((0, 0, 64, 48), 24)
    source.close()


def test_a_region_of_the_primary_screen(dxcam: FakeDxcam, clock: FakeClock) -> None:
    source = WindowsScreen(Region(3, 5, 33, 20), clock, rate_fps=30)
    assert source.open() == VideoFormat(32, 20)
    assert dxcam.cameras[0].region == (3, 5, 35, 25)
    source.close()


@pytest.mark.parametrize("target", [Monitor("2"), AllMonitors(), Region(60, 0, 32, 32), Region(-2, 0, 32, 32)])
@pytest.mark.usefixtures("dxcam")
def test_what_is_elsewhere_is_for_other_means(target: Monitor | AllMonitors | Region, clock: FakeClock) -> None:
    with pytest.raises(SourceUnavailable, match="primary"):
        WindowsScreen(target, clock, rate_fps=30).open()


@pytest.mark.usefixtures("dxcam")
def test_an_unknown_screen_is_named(clock: FakeClock) -> None:
    with pytest.raises(UnknownDevice) as raised:
        WindowsScreen(Monitor("7"), clock, rate_fps=30).open()
    assert raised.value.data == {"source": "screen", "device": "7", "known": "1, 2"}


def test_a_library_that_is_not_there(monkeypatch: pytest.MonkeyPatch, clock: FakeClock) -> None:
    def missing(name: str) -> object:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("capture.screen.windows.import_module", missing)
    with pytest.raises(SourceUnavailable, match="comtypes"):
        WindowsScreen(Monitor("1"), clock, rate_fps=30).open()


@pytest.mark.parametrize("failure", [ComError("lost"), OSError("lost"), RuntimeError("lost"), IndexError("lost")])
def test_failures_of_the_library_are_translated(dxcam: FakeDxcam, clock: FakeClock, failure: Exception) -> None:
    dxcam.failure = failure
    with pytest.raises(SourceUnavailable, match="lost") as raised:
        WindowsScreen(Monitor("1"), clock, rate_fps=30).open()
    assert raised.value.__cause__ is failure


def test_a_camera_that_does_not_start_is_given_back(dxcam: FakeDxcam, clock: FakeClock) -> None:
    dxcam.camera_failure = ComError("in use")
    with pytest.raises(SourceUnavailable, match="in use"):
        WindowsScreen(Monitor("1"), clock, rate_fps=30).open()
    assert dxcam.cameras[0].is_released


def test_another_screen_than_the_primary_is_not_recorded_unawares(dxcam: FakeDxcam, clock: FakeClock) -> None:
    dxcam.size = (800, 600)
    with pytest.raises(SourceUnavailable, match="agree"):
        WindowsScreen(Monitor("1"), clock, rate_fps=30).open()


def test_nothing_is_new_until_something_is(source: WindowsScreen, dxcam: FakeDxcam, clock: FakeClock) -> None:
    assert source.read() == Unchanged(clock.now_ns())
    dxcam.cameras[0].show(picture(9))
    clock.advance(1)
    look = source.read()
    assert isinstance(look, Frame)
    assert (look.captured_ns, look.changed_rows, int(look.pixels[0, 0, 0])) == (clock.now_ns(), (0, 48), 9)
    assert isinstance(source.read(), Unchanged)


def test_the_rows_that_changed_are_told(source: WindowsScreen, dxcam: FakeDxcam) -> None:
    dxcam.cameras[0].show(picture(9))
    source.read()
    later = picture(9)
    later[10:14, 20:30] = 200
    dxcam.cameras[0].show(later)
    look = source.read()
    assert isinstance(look, Frame)
    assert look.changed_rows == (10, 14)
    dxcam.cameras[0].show(later)
    assert isinstance(source.read(), Unchanged)


def test_another_size_is_fitted_in(source: WindowsScreen, dxcam: FakeDxcam) -> None:
    dxcam.cameras[0].show(picture(9))
    source.read()
    dxcam.cameras[0].show(picture(50, 32, 24))
    look = source.read()
    assert isinstance(look, Frame)
    assert look.pixels.shape == (48, 64, 4)
    assert (int(look.pixels[0, 0, 0]), int(look.pixels[24, 32, 0])) == (0, 50)


def test_a_lost_screen_comes_back(source: WindowsScreen, dxcam: FakeDxcam, clock: FakeClock) -> None:
    dxcam.cameras[0].is_capturing = False
    dxcam.cameras[0].release_failure = RuntimeError("the thread is still alive")
    with pytest.raises(SourceUnavailable):
        source.read()
    assert dxcam.cameras[0].is_released
    dxcam.failure = ComError("not yet")
    clock.advance(NS_PER_S)
    with pytest.raises(SourceUnavailable, match="not yet"):
        source.read()
    dxcam.failure = None
    clock.advance(NS_PER_S)
    assert isinstance(source.read(), Unchanged)
    dxcam.cameras[1].show(picture(9))
    assert isinstance(source.read(), Frame)


def test_a_failed_grab_is_translated(source: WindowsScreen, dxcam: FakeDxcam) -> None:
    dxcam.cameras[0].show(picture(9))
    dxcam.cameras[0].failure = RuntimeError("released")
    with pytest.raises(SourceUnavailable, match="released"):
        source.read()


def test_closed_there_is_nothing_to_see(dxcam: FakeDxcam, clock: FakeClock) -> None:
    source = WindowsScreen(Monitor("1"), clock, rate_fps=30)
    source.open()
    source.close()
    assert dxcam.cameras[0].is_released
    with pytest.raises(SourceUnavailable, match="not open"):
        source.read()
