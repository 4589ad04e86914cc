"""What there is to record, as a window offers it. For any thread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication

from app.recording_plan import ALL_SCREENS, NO_DEVICE, NO_SCREEN
from app.settings import REGION, WINDOW
from app.sound_devices import list_side
from app.views.settings_fields import Option
from capture.errors import SourceError
from capture.recording import DEFAULT_DEVICE, Side
from capture.screen import list_screens, list_windows
from capture.screen.base import ScreenDevice, WindowDevice

if TYPE_CHECKING:  # its package is loaded whole by who asks for devices: a part first, on two threads, is a deadlock
    from capture.audio.base import AudioDevice

translate = QCoreApplication.translate

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SourceLists:
    """Empty where the system does not tell."""

    screens: Sequence[ScreenDevice] = ()
    windows: Sequence[WindowDevice] = ()
    microphones: "Sequence[AudioDevice]" = ()
    system_audio: "Sequence[AudioDevice]" = ()

    def pictures(self, current: str) -> list[Option]:
        """``current`` as in the settings: it is among them, wherever it is now."""
        screens = [(each.id, _screen_words(each)) for each in self.screens]
        options = [Option(*each) for each in screens or [("1", translate("sources", "The screen"))]]
        if len(screens) > 1:
            options.append(Option(ALL_SCREENS, translate("sources", "All screens")))
        kind = current.partition(":")[0]
        if self.screens or kind == REGION:
            area = current if kind == REGION else self._area()
            options.append(Option(area, translate("sources", "A part of the screen")))
        windows = [Option(f"{WINDOW}:{each.id}", _window_words(each)) for each in self.windows]
        if kind == WINDOW and current not in {each.value for each in windows}:
            options.append(Option(current, translate("sources", "A window that is not open now")))
        nothing = Option(NO_SCREEN, translate("sources", "No picture, only sound"))
        return [*options, *windows, nothing]

    def devices(self, side: Side) -> list[Option]:
        found = self.microphones if side is Side.MICROPHONE else self.system_audio
        usual = next((each.name for each in found if each.is_default), "")
        words = (
            translate("sources", "As the system has it: {name}")
            if usual
            else translate("sources", "As the system has it")
        )
        nothing = translate("sources", "Do not record this side")
        return [
            Option(DEFAULT_DEVICE, words.format(name=usual)),
            *(Option(each.id, each.name) for each in found),
            Option(NO_DEVICE, nothing),
        ]

    def _area(self) -> str:
        """The middle of the first screen, half as wide and high."""
        first = self.screens[0]
        width_px, height_px = first.width_px // 2, first.height_px // 2
        left_px, top_px = first.x_px + width_px // 2, first.y_px + height_px // 2
        return f"{REGION}:{left_px},{top_px},{width_px},{height_px}"


def list_sources() -> SourceLists:
    return SourceLists(
        _told(list_screens),
        _told(list_windows),
        _told(lambda: list_side(Side.MICROPHONE)),
        _told(lambda: list_side(Side.SYSTEM)),
    )


def _told(listed: Callable[[], Sequence[T]]) -> Sequence[T]:
    """What is missing is told by who looks at it."""
    try:
        return listed()
    except SourceError:
        return ()


def _screen_words(screen: ScreenDevice) -> str:
    size = f"{screen.width_px}x{screen.height_px}"
    return translate("sources", "Screen {number}, {size}").format(number=screen.id, size=size)


def _window_words(window: WindowDevice) -> str:
    return translate("sources", "Window: {title}").format(title=window.title or window.app)
