"""Sources that are open before a recording is asked for: what they give is kept for a while, then the recording's.

The microphone is held meanwhile: whoever arms tells the user.
"""

import threading
from collections.abc import Callable

from capture.audio.base import AudioBlock, AudioEvent
from capture.clock import Clock
from capture.errors import CaptureError, EncoderError, InvalidSpec
from capture.pipeline import Inputs
from capture.preroll import Past, Preroll, Sound
from capture.recording import NS_PER_S, RecordingId, RecordingSpec, Side
from capture.screen.base import Frame, Unchanged
from capture.sources import SourceListener, Sources

LOOKS_FPS = 2
"""How often the screen is looked at: enough to follow slides; all of it has to be encoded at once when it is wanted."""

LONGEST_NS = 120 * NS_PER_S
"""Of sound that is 69 MB."""


class Armed:
    """Main thread only, but for the ``on_…`` callbacks. ``on_failure`` must be thread-safe."""

    def __init__(
        self, spec: RecordingSpec, length_ns: int, clock: Clock, on_failure: Callable[[CaptureError], None]
    ) -> None:
        """Opens the sources. Raises ``CaptureError`` and then holds nothing."""
        if not 0 < length_ns <= LONGEST_NS:
            message = f"{length_ns / NS_PER_S:g} s cannot be kept"
            raise InvalidSpec(message)
        self._spec = spec
        self._clock = clock
        self._on_failure = on_failure
        self._hearing, self._seeing = threading.Lock(), threading.Lock()  # two: sound must not wait for a picture
        self._heir: SourceListener | None = None
        self.screen_trouble: CaptureError | None = None
        """Why the screen is not to be seen, while it is not."""
        self._preroll = Preroll(length_ns, clock.now_ns())
        self.sources = Sources(spec, clock, self)
        self.inputs: Inputs = self.sources.open()
        self.sources.look()
        self.sources.look_every(max(1, spec.frame_rate_fps // LOOKS_FPS))

    @property
    def recording_id(self) -> RecordingId:
        """Of the recording that it may become."""
        return self._spec.id

    def fits(self, spec: RecordingSpec) -> bool:
        """Whether a recording with that spec has the same sources."""
        return _sources_of(spec) == _sources_of(self._spec)

    def hand_over(self, heir: SourceListener) -> Past:
        """What was kept. Whatever comes from now on is the heir's, who has to ask for more looks at the screen."""
        with self._seeing, self._hearing:
            self._heir = heir
            return self._preroll.past(self._clock.now_ns())

    def close(self) -> None:
        """Forgets everything. Idempotent."""
        self.sources.stop()

    def on_look(self, look: Frame | Unchanged) -> None:
        with self._seeing:
            if self._heir is not None:
                self._heir.on_look(look)
            elif isinstance(look, Frame):
                self._see(look)

    def on_screen_lost(self, error: CaptureError) -> None:
        with self._seeing:
            self.screen_trouble = error
            if self._heir is not None:
                self._heir.on_screen_lost(error)

    def on_screen_recovered(self) -> None:
        with self._seeing:
            self.screen_trouble = None
            if self._heir is not None:
                self._heir.on_screen_recovered()

    def on_block(self, side: Side, block: AudioBlock) -> None:
        with self._hearing:
            if self._heir is not None:
                self._heir.on_block(side, block)
            else:
                self._preroll.hear(Sound(block.captured_ns, side, block))

    def on_audio_event(self, side: Side, event: AudioEvent) -> None:
        with self._hearing:
            if self._heir is not None:
                self._heir.on_audio_event(side, event)
            else:
                self._preroll.hear(Sound(event.at_ns, side, event))

    def _see(self, frame: Frame) -> None:
        try:
            self._preroll.see(frame)
        except EncoderError as error:
            self._on_failure(error)


def _sources_of(spec: RecordingSpec) -> tuple[object, ...]:
    return (
        spec.screen,
        spec.excluded_windows,
        spec.microphone,
        spec.system_audio,
        spec.frame_rate_fps,
        spec.echo_mode,
        spec.follows,
    )
