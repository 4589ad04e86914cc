"""The screen of a Wayland desktop: shared through the portal, seen through PipeWire, got back when it is lost."""

from pathlib import Path

from capture.clock import Clock
from capture.errors import SourceUnavailable
from capture.recording import NS_PER_S, AllMonitors, Monitor, Region, Window
from capture.screen.base import Frame, Means, Unchanged, VideoFormat
from capture.screen.letterbox import Letterbox
from capture.screen.portal import SourceKind
from capture.screen.portal_bus import Interrupted
from capture.screen.restore_tokens import RestoreTokens
from capture.screen.sharing import Loss, Repair, Sharing, Wish
from capture.screen.trouble import Trouble, gone, unavailable

SMALLEST_PX = 16
"""H.264 codes blocks of 16 by 16."""

OLDEST_PICTURE_NS = NS_PER_S
"""Desktops stamp a picture 1 to 45 ms before it is here; what seems older than this is stamped by another clock."""

STEP_NS = 1_000_000
"""Looks are told at least so far apart, even if a picture was stamped before the look that did not see it yet."""


Target = Monitor | AllMonitors | Region | Window


class WaylandScreen:
    """A ``ScreenSource``. Which screen it is the user says, in the desktop's own dialog, the first time.

    A lost screen is asked for again, by the leave that was kept, and comes back in the same size. One that the user
    stops sharing is gone.
    """

    def __init__(self, target: Target, clock: Clock, *, rate_fps: int, tokens: Path | None = None) -> None:
        """``tokens``: the file in which the leave to see the screen again is kept; its folder is made if need be."""
        self._target = target
        self._clock = clock
        self._rate_fps = rate_fps
        self._tokens = RestoreTokens(tokens)
        self._letterbox: Letterbox | None = None
        self._sharing: Sharing | None = None
        self._repair: Repair | None = None
        self._looked_ns: int | None = None

    @property
    def means(self) -> Means:
        return Means("wayland-portal")

    def open(self) -> VideoFormat:
        """May wait two minutes for the user."""
        sharing = self._begin()
        try:
            width_px, height_px = sharing.open()
        except Interrupted as error:
            raise unavailable(Trouble.NOT_OPEN) from error
        video = VideoFormat(max(SMALLEST_PX, width_px & ~1), max(SMALLEST_PX, height_px & ~1))
        self._sharing, self._letterbox, self._looked_ns = sharing, Letterbox(video), None
        return video

    def wait(self, limit_s: float) -> None:
        if self._repair is not None:
            self._repair.over.wait(limit_s)
        elif self._sharing is not None:
            self._sharing.mirror.stirred.wait(limit_s)

    def read(self) -> Frame | Unchanged:
        sharing, letterbox = self._current()
        loss = sharing.loss()
        if loss is not None:
            raise self._lose(sharing, loss)
        change = sharing.mirror.take(letterbox)
        if change is None and self._looked_ns is None:
            return Frame(letterbox.pixels, self._stamp(None), (0, len(letterbox.pixels)))  # black until a picture comes
        if change is None:
            return Unchanged(self._stamp(None))
        return Frame(letterbox.pixels, self._stamp(change.captured_ns), change.rows)

    def close(self) -> None:
        if self._repair is not None:
            self._repair.stop()
        if self._sharing is not None:
            self._sharing.close()
        self._repair = self._sharing = self._letterbox = None

    def _begin(self) -> Sharing:
        return Sharing(_wish(self._target, self._rate_fps), self._tokens, self._clock)

    def _current(self) -> tuple[Sharing, Letterbox]:
        if self._repair is not None:
            self._sharing = self._repair.take()
            self._repair = None
        if self._sharing is None or self._letterbox is None:
            raise unavailable(Trouble.NOT_OPEN)
        return self._sharing, self._letterbox

    def _lose(self, sharing: Sharing, loss: Loss) -> SourceUnavailable:
        if loss.is_final:
            self.close()
            return gone(loss.reason)
        self._sharing, self._repair = None, Repair(sharing, loss.reason, self._begin)
        self._repair.start()
        return unavailable(loss.reason)

    def _stamp(self, captured_ns: int | None) -> int:
        """The compositor's time for a new picture, where it can be true, else now. Never goes back.

        The first picture may be old, but it is what the screen shows now.
        """
        now_ns = self._clock.now_ns()
        if captured_ns is None or self._looked_ns is None or not 0 <= now_ns - captured_ns <= OLDEST_PICTURE_NS:
            captured_ns = now_ns
        if self._looked_ns is not None:
            captured_ns = max(captured_ns, self._looked_ns + STEP_NS)
        self._looked_ns = captured_ns
        return captured_ns


def _wish(target: Target, rate_fps: int) -> Wish:
    match target:
        case Monitor(id=name):
            return Wish(f"monitor:{name}", SourceKind.MONITOR, rate_fps)
        case Window(id=name):
            return Wish(f"window:{name}", SourceKind.WINDOW, rate_fps)
        case Region():
            return Wish("region", SourceKind.MONITOR, rate_fps, target)
        case AllMonitors():
            raise unavailable(Trouble.ONE_AT_A_TIME)
