"""What a recording would see and hear now, without one: levels of each side, and small pictures twice a second.

Each line of standard input is a whole ``Wish``; what is different in it is opened anew. The end of the input is the
end. On standard output are events: ``level``, ``live_picture``, ``error`` with the ``side`` or ``source`` that it is
about, ``source_lost``, and ``wish_obeyed`` between those of the sources before and those of the new ones.
"""

import json
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final, TextIO

from capture.audio import open_microphone, open_system_audio, play
from capture.audio.base import AudioBlock, AudioEvent, AudioSource, DeviceLost
from capture.audio.levels import LevelMeter
from capture.audio.sound_check import tone
from capture.clock import Clock, MonotonicClock
from capture.encoding.live import small_picture
from capture.errors import CaptureError, PermissionDenied, ProtocolError, SourceGone, SourceUnavailable
from capture.events import Error, Event, Level, LivePicture, SourceLost, WishObeyed
from capture.recording import DeviceId, ScreenTarget, Side
from capture.screen import open_screen
from capture.screen.base import Frame, ScreenSource
from capture.wire import from_document
from capture.wish import Wish
from capture.worker import Outbox

PERIOD_S: Final = 0.5
PICTURE_PX: Final = (640, 360)
RETRY_S: Final = 2.0
"""A device that is plugged in is heard soon, without anybody asking."""

Tell = Callable[[Event], None]


class Ear:
    """One side, from ``start`` until ``stop``."""

    def __init__(self, side: Side, device: DeviceId, tell: Tell) -> None:
        self._side = side
        self._device = device
        self._tell = tell
        self._meter = LevelMeter()
        self._source: AudioSource | None = None

    def start(self) -> None:
        """Raises ``SourceError``."""
        source = (open_microphone if self._side is Side.MICROPHONE else open_system_audio)(self._device)
        source.start(self._on_block, self._on_event)
        self._source = source

    def stop(self) -> None:
        """Idempotent."""
        if self._source is not None:
            self._source.stop()

    def _on_block(self, block: AudioBlock) -> None:
        for heard in self._meter.push(block.samples):
            self._tell(Level(self._side, heard.peak_dbfs, heard.rms_dbfs, block.captured_ns))

    def _on_event(self, event: AudioEvent) -> None:
        if isinstance(event, DeviceLost):
            self._tell(SourceLost(self._side, event.reason, event.at_ns))


class Eye:
    """The screen, looked at by a thread of its own: to open it may take as long as a person needs to allow it."""

    def __init__(self, target: ScreenTarget, permits: Path | None, clock: Clock, tell: Tell) -> None:
        """Begins."""
        self._target = target
        self._permits = permits
        self._clock = clock
        self._tell = tell
        self._telling = threading.Lock()
        self._ending = threading.Event()
        threading.Thread(target=self._run, name="preview", daemon=True).start()

    def stop(self) -> None:
        """Returns at once; nothing is told after that."""
        with self._telling:
            self._ending.set()

    def _run(self) -> None:
        """Until it is stopped; what it cannot see now it may see later."""
        while not self._ending.is_set():
            try:
                self._look()
            except CaptureError as error:
                self._complain(error)
            self._ending.wait(RETRY_S)

    def _look(self) -> None:
        screen = open_screen(self._target, self._clock, rate_fps=round(1 / PERIOD_S), tokens=self._permits)
        screen.open()
        try:
            while not self._ending.is_set():
                self._show(screen)
                self._ending.wait(PERIOD_S)
        finally:
            screen.close()

    def _show(self, screen: ScreenSource) -> None:
        try:
            seen = screen.read()
        except (SourceGone, PermissionDenied):
            raise
        except SourceUnavailable as error:  # for now
            self._complain(error)
            return
        if isinstance(seen, Frame):
            self._say(LivePicture(small_picture(seen.pixels, PICTURE_PX), seen.captured_ns))

    def _complain(self, error: CaptureError) -> None:
        self._say(Error(error.code, error.reason, {"source": "screen", **error.data}))

    def _say(self, event: Event) -> None:
        with self._telling:
            if not self._ending.is_set():
                self._tell(event)


class Preview:
    """Obeys wishes, on one thread. ``tell`` is called on several."""

    def __init__(self, tell: Tell, clock: Clock) -> None:
        self._tell = tell
        self._clock = clock
        self._wish = Wish()
        self._ears: dict[Side, Ear] = {}
        self._eye: Eye | None = None

    def obey(self, wish: Wish) -> None:
        before, self._wish = self._wish, wish
        is_other_screen = (wish.screen, wish.screen_permits) != (before.screen, before.screen_permits)
        sides = [side for side in Side if wish.device_of(side) != before.device_of(side)]
        if is_other_screen:
            self._close_eye()
        for side in sides:
            self._close_ear(side)
        self._tell(WishObeyed(wish.number))
        if is_other_screen and wish.screen is not None:
            self._eye = Eye(wish.screen, wish.screen_permits, self._clock, self._tell)
        for side in sides:
            self._open_ear(side)
        if wish.tones > before.tones:
            self._play()

    def retry(self) -> None:
        """What could not be opened."""
        for side in Side:
            if side not in self._ears:
                self._open_ear(side)

    def close(self) -> None:
        self.obey(Wish())

    def _close_eye(self) -> None:
        if self._eye is not None:
            self._eye.stop()
            self._eye = None

    def _close_ear(self, side: Side) -> None:
        if side in self._ears:
            self._ears.pop(side).stop()

    def _open_ear(self, side: Side) -> None:
        device = self._wish.device_of(side)
        if device is None:
            return
        ear = Ear(side, device, self._tell)
        try:
            ear.start()
        except CaptureError as error:
            self._tell(Error(error.code, error.reason, {**error.data, "side": side}))
        else:
            self._ears[side] = ear

    def _play(self) -> None:
        try:
            play(tone())
        except CaptureError as error:
            self._tell(Error(error.code, error.reason, {**error.data, "side": Side.SYSTEM}))


def run(inbox: TextIO, stream: TextIO) -> int:
    outbox = Outbox(stream)
    preview = Preview(outbox.put, MonotonicClock())
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(inbox, lines), name="wishes", daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=RETRY_S)
        except queue.Empty:
            preview.retry()
            continue
        if line is None:
            break
        _obey(line, preview, outbox)
    preview.close()
    outbox.close()
    return 0


def _read(inbox: TextIO, lines: queue.SimpleQueue[str | None]) -> None:
    for line in inbox:
        lines.put(line)
    lines.put(None)


def _obey(line: str, preview: Preview, outbox: Outbox) -> None:
    try:
        wish = from_document(json.loads(line), Wish)
    except ValueError as error:
        outbox.put(Error(ProtocolError.code, str(error)))
    except ProtocolError as error:
        outbox.put(Error(error.code, error.reason))
    else:
        preview.obey(wish)
