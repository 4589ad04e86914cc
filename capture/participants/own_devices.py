"""The local user's microphone and camera, as the system has them."""

import threading
from collections.abc import Callable

from capture.meetings.facts import CameraFree, CameraHeld, Fact, Listening, Purpose, StreamState
from capture.participants.log import ParticipantLog


class OwnDevices:
    """Thread-safe: each probe has a thread of its own. ``now_ns`` tells the timeline's time.

    The microphone is muted where the sound server mutes it, or mutes every program that takes a voice from it. How a
    program mutes it by itself, the system does not see.
    """

    def __init__(self, log: ParticipantLog, now_ns: Callable[[], int]) -> None:
        self._log = log
        self._now_ns = now_ns
        self._hands = threading.Lock()
        self._cameras: set[str] = set()
        self._voices: dict[str, StreamState] = {}
        self._is_source_muted = False
        self._was_muted = False

    def learn(self, fact: Fact) -> None:
        with self._hands:
            match fact:
                case CameraHeld(camera=camera):
                    self._cameras.add(camera)
                    self._log.webcam(self._now_ns(), is_on=True)
                case CameraFree(camera=camera):
                    self._cameras.discard(camera)
                    self._log.webcam(self._now_ns(), is_on=bool(self._cameras))
                case Listening(stream=stream, state=state, purpose=Purpose.VOICE):
                    self._hear(stream, state)

    def mute(self, is_muted: bool) -> None:  # noqa: FBT001 - a callback of one argument
        """The source itself."""
        with self._hands:
            self._is_source_muted = is_muted
            self._look()

    def _hear(self, stream: str, state: StreamState) -> None:
        if state.is_held:
            self._voices[stream] = state
        else:
            self._voices.pop(stream, None)
        self._look()

    def _look(self) -> None:
        held = self._voices.values()
        is_muted = self._is_source_muted or (bool(held) and all(state is StreamState.MUTED for state in held))
        if is_muted != self._was_muted:
            self._was_muted = is_muted
            self._log.microphone(self._now_ns(), is_muted=is_muted)
