from collections.abc import Iterator

import pytest

from capture.errors import SourceUnavailable, UnknownDevice
from capture.recording import AllMonitors, Monitor, Region
from capture.screen.base import Frame, Unchanged, VideoFormat
from capture.screen.grabber import ScreenGrabber, list_screens
from tests.fakes.clock import FakeClock
from tests.rig.screen import Display, private_xvfb

WIDTH_PX, HEIGHT_PX = 321, 241
Target = Monitor | AllMonitors | Region


@pytest.fixture(scope="module")
def server() -> Iterator[Display]:
    """Of odd size, which H.264 does not take."""
    with private_xvfb(WIDTH_PX, HEIGHT_PX) as display:
        yield display


@pytest.fixture
def display(server: Display, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", server.name)


@pytest.mark.usefixtures("display")
@pytest.mark.parametrize(
    ("target", "size"),
    [
        (Monitor("1"), (320, 240)),
        (AllMonitors(), (320, 240)),
        (Region(10, 20, 101, 51), (100, 50)),
        (Region(300, 200, 1000, 1000), (20, 40)),
        (Region(-50, -50, 100, 100), (50, 50)),
    ],
)
def test_what_is_seen_has_the_size_that_was_told(target: Target, size: tuple[int, int]) -> None:
    clock = FakeClock()
    grabber = ScreenGrabber(target, clock)
    assert grabber.open() == VideoFormat(*size)
    first = grabber.read()
    assert isinstance(first, Frame)
    assert first.pixels.shape == (size[1], size[0], 4)
    assert first.changed_rows == (0, size[1])
    clock.advance(1)
    assert grabber.read() == Unchanged(clock.now_ns())
    grabber.close()
    grabber.close()


@pytest.mark.usefixtures("display")
@pytest.mark.parametrize("screen", ["2", "0", "-1", "primary", ""])
def test_an_unknown_screen_lists_the_known(screen: str) -> None:
    with pytest.raises(UnknownDevice) as caught:
        ScreenGrabber(Monitor(screen), FakeClock()).open()
    assert caught.value.data["device"] == screen
    assert caught.value.data["known"] == "1"


@pytest.mark.usefixtures("display")
@pytest.mark.parametrize("region", [Region(400, 0, 100, 100), Region(0, 0, 10, 10), Region(310, 0, 100, 100)])
def test_a_region_that_is_hardly_on_the_desktop(region: Region) -> None:
    with pytest.raises(UnknownDevice):
        ScreenGrabber(region, FakeClock()).open()


@pytest.mark.usefixtures("display")
def test_screens_are_listed() -> None:
    (screen,) = list_screens()
    assert (screen.id, screen.x_px, screen.y_px) == ("1", 0, 0)
    assert (screen.width_px, screen.height_px, screen.is_primary) == (WIDTH_PX, HEIGHT_PX, True)
    assert screen.name


def test_without_a_display_there_is_no_source() -> None:
    with pytest.raises(SourceUnavailable):
        ScreenGrabber(AllMonitors(), FakeClock()).open()
    with pytest.raises(SourceUnavailable):
        list_screens()


@pytest.mark.usefixtures("display")
def test_a_closed_one_cannot_be_read() -> None:
    grabber = ScreenGrabber(AllMonitors(), FakeClock())
    grabber.open()
    grabber.close()
    with pytest.raises(SourceUnavailable):
        grabber.read()
