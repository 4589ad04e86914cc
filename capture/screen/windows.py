"""The screen of Windows as the system itself hands it out (Windows Graphics Capture, by dxcam), pointer included.

Written from dxcam 0.3's documentation and code; it has not run on real hardware. Only the primary screen can be told
apart by dxcam's public names; for everything else, and without dxcam, there is ``ScreenGrabber``.
"""

import logging
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from capture.clock import Clock
from capture.errors import SourceUnavailable, UnknownDevice
from capture.recording import AllMonitors, Monitor, Region
from capture.screen import grabber
from capture.screen.base import Means, Pixels, ScreenDevice, VideoFormat
from capture.screen.handed_out import Feed, HandedOutScreen

logger = logging.getLogger(__name__)

Edges = tuple[int, int, int, int]
"""Left, top, right and bottom, as dxcam wants them."""


class Camera(Protocol):
    """What is used of ``dxcam.DXCamera``: a thread of its own keeps the latest pictures."""

    width: int
    height: int
    is_capturing: bool

    @property
    def latest_frame_ticks(self) -> int | None: ...

    def start(self, *, target_fps: int, video_mode: bool) -> None: ...

    def grab(self, *, copy: bool) -> Pixels | None: ...

    def release(self) -> None: ...


class CreateCamera(Protocol):
    """``dxcam.create``: the primary screen, when no other is named."""

    def __call__(self, *, region: Edges, output_color: str, backend: str, processor_backend: str) -> Camera: ...


@dataclass(frozen=True, slots=True)
class Library:
    """``failures``: all that dxcam lets through. Windows' own errors come as ``COMError``, a plain ``Exception``."""

    create: CreateCamera
    failures: tuple[type[Exception], ...]


class CameraFeed:
    """A ``Feed``: one running camera."""

    def __init__(self, library: Library, edges: Edges, screen: ScreenDevice, rate_fps: int) -> None:
        """Raises ``SourceUnavailable``."""
        self._library = library
        self._camera = _create(library, edges, screen)
        self._seen_ticks: int | None = None
        try:
            self._camera.start(target_fps=rate_fps, video_mode=False)
        except library.failures as error:
            self.stop()
            raise SourceUnavailable(str(error), source="screen") from error

    def wait(self, limit_s: float) -> None:
        """The library tells nobody of changes, but to ask is cheap."""

    def take(self) -> Pixels | None:
        """While the system withholds the screen (locked), nothing new comes."""
        if not self._camera.is_capturing:
            message = "the screen is not handed out any more"
            raise SourceUnavailable(message, source="screen")
        ticks = self._camera.latest_frame_ticks
        if ticks is None or ticks == self._seen_ticks:
            return None
        self._seen_ticks = ticks
        try:
            pixels = self._camera.grab(copy=True)
        except self._library.failures as error:
            raise SourceUnavailable(str(error), source="screen") from error
        return None if pixels is None else pixels[:, : pixels.shape[1] & ~1]

    def stop(self) -> None:
        _release(self._camera, self._library)


class WindowsScreen(HandedOutScreen):
    def __init__(self, target: Monitor | AllMonitors | Region, clock: Clock, *, rate_fps: int) -> None:
        super().__init__(clock)
        self._target = target
        self._rate_fps = rate_fps

    @property
    def means(self) -> Means:
        return Means("windows-graphics-capture")

    def _begin(self) -> tuple[Feed, VideoFormat]:
        library, screen = _load(), _primary()
        left, top, right, bottom = edges = _edges(self._target, screen)
        return CameraFeed(library, edges, screen, self._rate_fps), VideoFormat(right - left, bottom - top)


def _load() -> Library:
    """Raises ``SourceUnavailable`` where the library is not installed or does not work."""
    try:
        com_error: type[Exception] = import_module("comtypes").COMError
    except (ImportError, OSError) as error:
        raise SourceUnavailable(str(error), source="screen") from error
    failures = (com_error, ImportError, OSError, RuntimeError, ValueError, IndexError)
    try:
        create: CreateCamera = import_module("dxcam").create
    except failures as error:
        raise SourceUnavailable(str(error), source="screen") from error
    return Library(create, failures)


def _create(library: Library, edges: Edges, screen: ScreenDevice) -> Camera:
    """Raises ``SourceUnavailable``."""
    try:
        camera = library.create(region=edges, output_color="BGRA", backend="winrt", processor_backend="numpy")
    except library.failures as error:
        raise SourceUnavailable(str(error), source="screen") from error
    if (camera.width, camera.height) != (screen.width_px, screen.height_px):
        _release(camera, library)
        message = "two libraries do not agree on what the primary screen is"
        raise SourceUnavailable(message, source="screen")
    return camera


def _release(camera: Camera, library: Library) -> None:
    """Takes up to 10 s where the system withholds the screen."""
    try:
        camera.release()
    except library.failures as error:
        logger.warning("the screen was not given back: %s", error)


def _primary() -> ScreenDevice:
    """Windows puts its upper left corner at 0, 0. Raises ``SourceUnavailable``."""
    for screen in grabber.list_screens():
        if screen.is_primary and (screen.x_px, screen.y_px) == (0, 0):
            return screen
    message = "no screen is the primary one"
    raise SourceUnavailable(message, source="screen")


def _edges(target: Monitor | AllMonitors | Region, primary: ScreenDevice) -> Edges:
    """What lies on the primary screen; both sides even. Raises ``SourceUnavailable`` for what does not."""
    width_px, height_px = primary.width_px, primary.height_px
    match target:
        case Monitor(id=wanted):
            screens = {screen.id: screen for screen in grabber.list_screens()}
            if wanted not in screens:
                message = f"there is no screen {wanted}"
                raise UnknownDevice(message, source="screen", device=wanted, known=", ".join(screens))
            is_here = wanted == primary.id
            edges = (0, 0, width_px & ~1, height_px & ~1)
        case AllMonitors():
            is_here = len(grabber.list_screens()) == 1
            edges = (0, 0, width_px & ~1, height_px & ~1)
        case Region(x_px=x_px, y_px=y_px):
            edges = (x_px, y_px, x_px + (target.width_px & ~1), y_px + (target.height_px & ~1))
            is_here = min(x_px, y_px) >= 0 and edges[2] <= width_px and edges[3] <= height_px
    if not is_here:
        message = "only what is on the primary screen is handed out"
        raise SourceUnavailable(message, source="screen")
    return edges
