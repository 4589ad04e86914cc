"""A whole private desktop, screen and sound, in one environment for child processes."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.rig.screen import Display, private_xvfb, window_manager
from tests.rig.sound import SoundServer, private_pulseaudio


@dataclass(frozen=True, slots=True)
class Desktop:
    display: Display
    sound: SoundServer

    @property
    def variables(self) -> Mapping[str, str]:
        """Those that differ from the caller's."""
        return {**self.sound.variables, **self.display.variables}

    @property
    def environment(self) -> dict[str, str]:
        """Complete, for a child process."""
        return {**self.display.environment, **self.variables}


@contextlib.contextmanager
def private_desktop(width_px: int = 1280, height_px: int = 720, *, managed: bool = False) -> Iterator[Desktop]:
    """``managed``: windows are placed and listed by a window manager."""
    with contextlib.ExitStack() as stack:
        display = stack.enter_context(private_xvfb(width_px, height_px))
        if managed:
            stack.enter_context(window_manager(display))
        yield Desktop(display, stack.enter_context(private_pulseaudio()))
