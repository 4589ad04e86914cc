"""One leave to see the screen, in use: the portal's session, PipeWire's stream, and the picture that comes of both."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from capture.clock import Clock
from capture.errors import CaptureError, PermissionDenied, SourceUnavailable
from capture.recording import NS_PER_S, Region
from capture.screen.geometry import Rectangle
from capture.screen.mirror import Mirror
from capture.screen.pipewire import Delivery, PipeWireStream
from capture.screen.pipewire_library import StreamState, library
from capture.screen.portal import Grant, PortalSession, SourceKind
from capture.screen.portal_bus import Interrupted
from capture.screen.restore_tokens import RestoreTokens
from capture.screen.trouble import Trouble, unavailable

logger = logging.getLogger(__name__)

FIRST_PICTURE_LIMIT_S = 2.0
"""Most desktops send the picture as it is when a stream begins, which takes some 50 ms. Those of wlroots send none as
long as nothing changes, if the same portal has been used before."""

FORMAT_LIMIT_S = 5.0

LONGEST_PAUSE_NS = 2 * NS_PER_S
"""A new size pauses the stream for about 10 ms. A desktop that died leaves it paused, without a word."""

SHORTEST_DELAY_S = 0.5
LONGEST_DELAY_S = 10.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shared. ``name`` is what the leave is kept under; ``region`` is cut out of a monitor."""

    name: str
    kind: SourceKind
    rate_fps: int
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """``is_final``: by the user's own word, so nobody may ask for the screen again unbidden."""

    reason: str
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Of the stream, since an instant of the monotonic clock."""

    state: StreamState
    since_ns: int
    reason: str = ""


class Sharing:
    """Used by one thread at a time, but for ``interrupt``. Opened once."""

    def __init__(self, wish: Wish, tokens: RestoreTokens, clock: Clock) -> None:
        self.mirror = Mirror()
        self._wish = wish
        self._tokens = tokens
        self._clock = clock
        self._session = PortalSession(self._on_closed)
        self._stream: PipeWireStream | None = None
        self._grant: Grant | None = None
        self._condition = Condition(StreamState.CONNECTING, clock.now_ns())
        self._ended: Loss | None = None
        self._rests = False
        self._size_px: tuple[int, int] | None = None
        self._is_formatted = threading.Event()

    def open(self) -> tuple[int, int]:
        """Width and height of the pictures to come. May ask the user.

        Raises ``PermissionDenied``, ``SourceUnavailable``, ``Interrupted``, and then holds nothing.
        """
        try:
            pipewire = library()  # before the user is asked in vain
            grant = self._session.open(self._wish.kind, self._tokens.get(self._wish.name))
            self._tokens.replace(self._wish.name, grant.restore_token)
            self._grant = grant
            self._stream = PipeWireStream(pipewire, with_leeway(self._wish.rate_fps), self)
            self._stream.open(grant.remote_fd, grant.node)
            return self._await_picture()
        except (CaptureError, Interrupted):
            self.close()
            raise

    def interrupt(self) -> None:
        """Thread-safe: ``open`` gives up."""
        self._session.interrupt()
        self._is_formatted.set()
        self.mirror.stirred.set()

    def rest(self, *, rests: bool) -> None:
        """While it rests no pictures come, and that is no loss."""
        self._rests = rests
        if self._stream is not None:
            self._stream.set_active(active=not rests)

    def loss(self) -> Loss | None:
        """Looks at the clock: a pause that lasts is a loss."""
        condition = self._condition
        if self._ended is not None:
            return self._ended
        if condition.state is StreamState.UNCONNECTED:
            return Loss(Trouble.PIPEWIRE_ENDED)
        if condition.state is StreamState.ERROR:
            return Loss(condition.reason or Trouble.PIPEWIRE_ENDED)
        lasting = self._clock.now_ns() - condition.since_ns > LONGEST_PAUSE_NS
        if condition.state is StreamState.PAUSED and lasting and not self._rests:
            return Loss(Trouble.PICTURES_STOPPED)
        return None

    def close(self) -> None:
        """Idempotent."""
        if self._stream is not None:
            self._stream.close()
        self._session.close()

    def on_format(self, width_px: int, height_px: int) -> None:
        part = self._part(width_px, height_px)
        if part is None:
            self.on_state(StreamState.ERROR, Trouble.OUTSIDE)
        else:
            self._size_px = (part.width_px, part.height_px)
        self._is_formatted.set()

    def on_delivery(self, delivery: Delivery) -> None:
        if self._wish.region is None:
            self.mirror.put(delivery)
            return
        height_px, width_px = delivery.pixels.shape[:2]
        part = self._part(width_px, height_px)
        if part is not None:
            self.mirror.put(replace(delivery, crop=part))

    def on_state(self, state: StreamState, reason: str) -> None:
        """A failure stays: what the stream says while it is taken down explains nothing."""
        if self._condition.state is StreamState.ERROR:
            return
        self._condition = Condition(state, self._clock.now_ns(), reason)
        if state in {StreamState.ERROR, StreamState.UNCONNECTED}:
            self._is_formatted.set()
            self.mirror.stirred.set()

    def _on_closed(self, trouble: Trouble) -> None:
        self._ended = Loss(trouble, is_final=trouble is Trouble.ENDED_BY_DESKTOP)
        self.mirror.stirred.set()

    def _await_picture(self) -> tuple[int, int]:
        self._is_formatted.wait(FORMAT_LIMIT_S)
        if self._size_px is not None and not self.mirror.stirred.wait(FIRST_PICTURE_LIMIT_S):
            logger.warning("the desktop has not sent a picture yet")
        size_px, loss = self.mirror.size_px or self._size_px, self.loss()
        if size_px is None or loss is not None:
            raise unavailable(loss.reason if loss is not None else Trouble.NO_PICTURE)
        return size_px

    def _part(self, width_px: int, height_px: int) -> Rectangle | None:
        """What of a picture is wanted; ``None`` if that lies outside."""
        whole, region = Rectangle(0, 0, width_px, height_px), self._wish.region
        if region is None or self._grant is None:
            return whole
        return whole.within(_in_picture(region, self._grant, width_px))


def with_leeway(rate_fps: int) -> int:
    """A third more. A desktop that sends no more pictures than a program draws misses some: of 60 it left out 2."""
    return rate_fps + rate_fps // 3


class Repair:
    """Gets the screen back on a thread of its own: at once, then with growing pauses, until it succeeds or is denied.

    ``over`` is set at the end, whichever it is.
    """

    def __init__(self, lost: Sharing, reason: str, begin: Callable[[], Sharing]) -> None:
        self.over = threading.Event()
        self._lost = lost
        self._reason = reason
        self._begin = begin
        self._sharing: Sharing | None = None
        self._denial: PermissionDenied | None = None
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._attempt: Sharing | None = None
        self._thread = threading.Thread(target=self._run, name="screen repair", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def take(self) -> Sharing:
        """Hands the new one over, once. Raises why there is none yet, or will be none."""
        if self._denial is not None:
            raise self._denial
        if self._sharing is None:
            raise unavailable(self._reason)
        sharing, self._sharing = self._sharing, None
        return sharing

    def stop(self) -> None:
        """What was got back and not taken is given back."""
        with self._lock:
            self._stopping.set()
            if self._attempt is not None:
                self._attempt.interrupt()
        self._thread.join()
        if self._sharing is not None:
            self._sharing.close()

    def _run(self) -> None:
        try:
            self._lost.close()
            self._sharing = self._regain()
        except PermissionDenied as error:
            self._denial = error
        except Interrupted:
            logger.info("stopped while the screen was away")
        self.over.set()

    def _regain(self) -> Sharing:
        delay_s = SHORTEST_DELAY_S
        while True:
            attempt = self._begin_attempt()
            try:
                attempt.open()
            except SourceUnavailable as error:
                logger.info("the screen is not back yet: %s", error)
            else:
                return attempt
            if self._stopping.wait(delay_s):
                raise Interrupted
            delay_s = min(LONGEST_DELAY_S, delay_s * 2)

    def _begin_attempt(self) -> Sharing:
        with self._lock:
            if self._stopping.is_set():
                raise Interrupted
            self._attempt = self._begin()
            return self._attempt


def _in_picture(region: Region, grant: Grant, width_px: int) -> Rectangle:
    """A region of the desktop in pixels of the shared monitor, which tells its place in logical ones."""
    scale = width_px / grant.size[0] if grant.size else 1.0
    left, top = grant.position or (0, 0)
    x_px, y_px = region.x_px - round(left * scale), region.y_px - round(top * scale)
    return Rectangle(x_px, y_px, region.width_px, region.height_px)
