"""The sources that one recording needs: opened together or not at all, stopped together."""

from contextlib import ExitStack
from functools import partial
from typing import Protocol

from capture.audio import open_microphone, open_system_audio
from capture.audio.base import AudioBlock, AudioEvent, AudioFormat, AudioSource
from capture.clock import Clock
from capture.encoding.movie import size_of_movie
from capture.errors import CaptureError, InvalidSpec
from capture.pipeline import Inputs
from capture.recording import RecordingSpec, Side
from capture.screen import open_screen
from capture.screen.base import Means, ScreenSource, VideoFormat
from capture.screen.framed import Framed
from capture.screen.pacer import Pacer, ScreenListener

SLOWEST_FPS, FASTEST_FPS = 1, 60


class SourceListener(ScreenListener, Protocol):
    """Called on the threads of the sources; must not block."""

    def on_block(self, side: Side, block: AudioBlock) -> None: ...

    def on_audio_event(self, side: Side, event: AudioEvent) -> None: ...


class Sources:
    """Main thread only."""

    def __init__(self, spec: RecordingSpec, clock: Clock, listener: SourceListener) -> None:
        self._spec = spec
        self._clock = clock
        self._listener = listener
        self._screen: ScreenSource | None = None
        self._pacer: Pacer | None = None
        self._audio: list[AudioSource] = []

    @property
    def screen_means(self) -> Means | None:
        """How the screen is looked at; ``None`` where it is not. Any thread."""
        return None if self._screen is None else self._screen.means

    def open(self) -> Inputs:
        """From here on blocks flow; pictures wait for ``look``.

        Raises ``SourceError`` or ``InvalidSpec`` and then holds nothing.
        """
        _check(self._spec)
        try:
            return Inputs(self._open_screen(), self._open_audio(), self._spec.frame_rate_fps, self._spec.echo_mode)
        except CaptureError:
            self.stop()
            raise

    def look(self) -> None:
        """Begins to look at the screen, if it is recorded."""
        if self._screen is not None:
            self._pacer = Pacer(self._screen, self._spec.frame_rate_fps, self._clock, self._listener)
            self._pacer.start()

    def look_every(self, frames: int) -> None:
        """Thread-safe. At the screen: fewer times than there are frames, as long as not all of them are recorded."""
        if self._pacer is not None:
            self._pacer.look_every(frames)

    def stop(self) -> None:
        """Idempotent. Once it returns the listener hears nothing more."""
        with ExitStack() as stack:  # one that cannot be stopped must not keep the others running
            for source in self._audio:
                stack.callback(source.stop)
            if self._pacer is not None:
                stack.callback(self._pacer.stop)
            elif self._screen is not None:
                stack.callback(self._screen.close)

    def _open_screen(self) -> VideoFormat | None:
        if self._spec.screen is None:
            return None
        self._screen = open_screen(
            self._spec.screen,
            self._clock,
            rate_fps=self._spec.frame_rate_fps,
            tokens=self._spec.screen_permits,
            excluded=self._spec.excluded_windows,
        )
        before = size_of_movie(self._spec.follows) if self._spec.follows else None
        if before is not None:
            self._screen = Framed(self._screen, before)
        return self._screen.open()

    def _open_audio(self) -> dict[Side, AudioFormat]:
        formats = {}
        for side, device, open_source in (
            (Side.MICROPHONE, self._spec.microphone, open_microphone),
            (Side.SYSTEM, self._spec.system_audio, open_system_audio),
        ):
            if device is not None:
                source = open_source(device)
                self._audio.append(source)
                formats[side] = source.start(
                    partial(self._listener.on_block, side), partial(self._listener.on_audio_event, side)
                )
        return formats


def _check(spec: RecordingSpec) -> None:
    if spec.screen is None and spec.microphone is None and spec.system_audio is None:
        message = "there is nothing to record"
        raise InvalidSpec(message)
    if not SLOWEST_FPS <= spec.frame_rate_fps <= FASTEST_FPS:
        message = f"{spec.frame_rate_fps} frames a second cannot be recorded"
        raise InvalidSpec(message, fps=str(spec.frame_rate_fps), slowest=str(SLOWEST_FPS), fastest=str(FASTEST_FPS))
