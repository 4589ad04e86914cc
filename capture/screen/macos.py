"""The screen of macOS by ScreenCaptureKit, pointer included: the system tells when there is something new.

Written from Apple's documentation and pyobjc's own metadata; it has not run on real hardware. Whole screens only; for
everything else, and without pyobjc, there is ``ScreenGrabber``.
"""

import functools
import logging
import threading
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from capture.clock import Clock
from capture.errors import PermissionDenied, SourceError, SourceUnavailable, UnknownDevice
from capture.recording import AllMonitors, Monitor, Region, Window
from capture.screen import grabber
from capture.screen.base import Means, Pixels, ScreenDevice, VideoFormat
from capture.screen.handed_out import Feed, HandedOutScreen

logger = logging.getLogger(__name__)

Foreign = Any
"""An object of Apple's, which pyobjc does not type."""

ANSWER_LIMIT_S = 10.0
"""The system answers at once, but for the first time, when it asks the user; then it says no first."""

SCREEN_OUTPUT = 0
BGRA = 0x42475241
READ_ONLY = 1
USER_DECLINED = -3801
USER_STOPPED = -3817
"""``SCStreamOutputTypeScreen``, ``kCVPixelFormatType_32BGRA``, ``kCVPixelBufferLock_ReadOnly``, ``SCStreamError…``."""


@dataclass(frozen=True, slots=True)
class Library:
    kit: Foreign
    media: Foreign
    quartz: Foreign
    foundation: Foreign
    objc: Foreign


@dataclass(frozen=True, slots=True)
class View:
    """A screen, and the windows that are not to be seen on it."""

    display: Foreign
    left_out: list[Foreign]


class Stream:
    """A ``Feed``: one running ``SCStream``."""

    def __init__(self, library: Library, view: View, video: VideoFormat, rate_fps: int) -> None:
        """Raises ``PermissionDenied``, ``SourceUnavailable``."""
        self._news = threading.Event()
        self._library = library
        self._image: Foreign = None
        self._end: Foreign = None
        self._has_ended = False
        self._sink = _sink_class(library.foundation.NSObject, library.objc.protocolNamed).alloc().init()
        self._sink.on_image, self._sink.on_end = self._take_image, self._take_end
        self._sink.image_of = library.media.CMSampleBufferGetImageBuffer
        kit = library.kit
        content = kit.SCContentFilter.alloc().initWithDisplay_excludingWindows_(view.display, view.left_out)
        settings = _settings(library, video, rate_fps)
        self._stream = kit.SCStream.alloc().initWithFilter_configuration_delegate_(content, settings, self._sink)
        added, error = self._stream.addStreamOutput_type_sampleHandlerQueue_error_(
            self._sink, SCREEN_OUTPUT, None, None
        )
        if not added:
            raise _translated(error)
        _ask(lambda answer: self._stream.startCaptureWithCompletionHandler_(lambda error: answer(None, error)))

    def wait(self, limit_s: float) -> None:
        """For a picture to take, or an end to hear of."""
        self._news.wait(limit_s)

    def take(self) -> Pixels | None:
        self._news.clear()
        if self._has_ended:
            raise _translated(self._end)
        image, self._image = self._image, None
        return None if image is None else _pixels(image, self._library.quartz)

    def stop(self) -> None:
        if self._has_ended:
            return
        try:
            _ask(lambda answer: self._stream.stopCaptureWithCompletionHandler_(lambda error: answer(None, error)))
        except SourceError as error:
            logger.warning("the screen was not given back: %s", error)

    def _take_image(self, image: Foreign) -> None:
        """On a thread of the system. It keeps only few pictures: one of them may wait here."""
        self._image = image
        self._news.set()

    def _take_end(self, error: Foreign) -> None:
        self._end, self._has_ended = error, True
        self._news.set()


class MacScreen(HandedOutScreen):
    def __init__(
        self,
        target: Monitor | AllMonitors | Region,
        clock: Clock,
        *,
        rate_fps: int,
        excluded: Sequence[Window] = (),
    ) -> None:
        super().__init__(clock)
        self._target = target
        self._excluded = excluded
        self._rate_fps = rate_fps

    @property
    def means(self) -> Means:
        return Means("screen-capture-kit")

    def _begin(self) -> tuple[Feed, VideoFormat]:
        library = _load()
        content = _ask(library.kit.SCShareableContent.getShareableContentWithCompletionHandler_)
        display = _display(self._target, content)
        left_out = _windows(self._excluded, content, must_exist=self._canvas is None)
        mode = library.quartz.CGDisplayCopyDisplayMode(display.displayID())
        width_px, height_px = library.quartz.CGDisplayModeGetPixelWidth(mode), _pixel_height(library, mode)
        video = VideoFormat(width_px & ~1, height_px & ~1)
        return Stream(library, View(display, left_out), video, self._rate_fps), video


def _load() -> Library:
    try:
        return Library(
            import_module("ScreenCaptureKit"),
            import_module("CoreMedia"),
            import_module("Quartz"),
            import_module("Foundation"),
            import_module("objc"),
        )
    except (ImportError, OSError) as error:
        raise SourceUnavailable(str(error), source="screen") from error


@functools.cache
def _sink_class(base: type, protocol_named: Callable[[str], Foreign]) -> Foreign:
    """Objective-C knows a class by its name, so there is one for all streams; each instance has its own listeners."""

    def stream_with_sample(self: Foreign, _: Foreign, sample: Foreign, kind: int) -> None:
        image = self.image_of(sample) if kind == SCREEN_OUTPUT else None
        if image is not None:  # idle: there is nothing new
            self.on_image(image)

    def stream_with_error(self: Foreign, _: Foreign, error: Foreign) -> None:
        self.on_end(error)

    methods = {
        "stream_didOutputSampleBuffer_ofType_": stream_with_sample,
        "stream_didStopWithError_": stream_with_error,
    }
    protocols = [protocol_named("SCStreamOutput"), protocol_named("SCStreamDelegate")]
    return types.new_class(
        "AfterwordScreenSink", (base,), {"protocols": protocols}, lambda namespace: namespace.update(methods)
    )


def _settings(library: Library, video: VideoFormat, rate_fps: int) -> Foreign:
    settings = library.kit.SCStreamConfiguration.alloc().init()
    settings.setWidth_(video.width_px)
    settings.setHeight_(video.height_px)
    settings.setPixelFormat_(BGRA)
    settings.setShowsCursor_(True)
    settings.setMinimumFrameInterval_(library.media.CMTimeMake(1, rate_fps))
    return settings


def _pixels(image: Foreign, quartz: Foreign) -> Pixels:
    """A copy: the system wants its own back. Rows may be longer than the picture is wide."""
    if quartz.CVPixelBufferLockBaseAddress(image, READ_ONLY):
        message = "the picture cannot be read"
        raise SourceUnavailable(message, source="screen")
    try:
        width_px, height_px = quartz.CVPixelBufferGetWidth(image), quartz.CVPixelBufferGetHeight(image)
        row_bytes = quartz.CVPixelBufferGetBytesPerRow(image)
        memory = quartz.CVPixelBufferGetBaseAddress(image).as_buffer(row_bytes * height_px)
        rows = np.frombuffer(memory, np.uint8).reshape(height_px, row_bytes)
        return rows[:, : (width_px & ~1) * 4].copy().reshape(height_px, -1, 4)
    finally:
        quartz.CVPixelBufferUnlockBaseAddress(image, READ_ONLY)


def _windows(wanted: Sequence[Window], content: Foreign, *, must_exist: bool) -> list[Foreign]:
    """By the number that macOS gives each window; those that were closed meanwhile are not seen anyway."""
    known = {str(window.windowID()): window for window in content.windows()} if wanted else {}
    for window in wanted:
        if must_exist and window.id not in known:
            message = f"there is no window {window.id}"
            raise UnknownDevice(message, source="window", device=window.id)
    return [known[window.id] for window in wanted if window.id in known]


def _display(target: Monitor | AllMonitors | Region, content: Foreign) -> Foreign:
    """Screens are told apart by where they lie, which both libraries say in points of the desktop."""
    wanted = _wanted(target)
    for display in content.displays():
        origin = display.frame().origin
        if (round(origin.x), round(origin.y)) == (wanted.x_px, wanted.y_px):
            return display
    message = "two libraries do not agree on the screens"
    raise SourceUnavailable(message, source="screen")


def _wanted(target: Monitor | AllMonitors | Region) -> ScreenDevice:
    screens = {screen.id: screen for screen in grabber.list_screens()}
    match target:
        case Monitor(id=wanted) if wanted not in screens:
            message = f"there is no screen {wanted}"
            raise UnknownDevice(message, source="screen", device=wanted, known=", ".join(screens))
        case Monitor(id=wanted):
            return screens[wanted]
        case AllMonitors() if len(screens) == 1:
            return next(iter(screens.values()))
    message = "only a whole screen is handed out"
    raise SourceUnavailable(message, source="screen")


def _pixel_height(library: Library, mode: Foreign) -> int:
    height_px: int = library.quartz.CGDisplayModeGetPixelHeight(mode)
    return height_px


def _ask(question: Callable[[Callable[[Foreign, Foreign], None]], None]) -> Foreign:
    """Waits for an answer that comes on another thread, as a value and an error. Raises ``SourceError``."""
    answered, answers = threading.Event(), []

    def answer(value: Foreign, error: Foreign) -> None:
        answers.append((value, error))
        answered.set()

    question(answer)
    if not answered.wait(ANSWER_LIMIT_S):
        message = "the system does not answer"
        raise SourceUnavailable(message, source="screen")
    value, error = answers[0]
    if error is not None:
        raise _translated(error)
    return value


def _translated(error: Foreign) -> SourceError:
    """An ``NSError``, or nothing. What the user has said stands."""
    if error is None:
        return SourceUnavailable("the stream ended", source="screen")
    reason = f"ScreenCaptureKit error {error.code()}"
    denied = error.code() in {USER_DECLINED, USER_STOPPED}
    return PermissionDenied(reason, source="screen") if denied else SourceUnavailable(reason, source="screen")
