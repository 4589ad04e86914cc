"""The local user's microphone and camera, as the system has them."""

from collections.abc import Callable

from capture.meetings.facts import CameraFree, CameraHeld, Fact, Listening, Purpose, StreamState
from capture.participants.log import ParticipantLog


class OwnDevices:
    """Each call on any one thread at a time. ``now_ns`` tells the timeline's time.

    The microphone is muted where the sound server mutes it, or mutes every program that takes a voice from it. How a
    program mutes it by itself, the system does not see.
    """

    def __init__(self, log: ParticipantLog, now_ns: Callable[[], int]) -> None:
        self._log = log
        self._now_ns = now_ns
        self._cameras: set[str] = set()
        self._voices: dict[str, StreamState] = {}
        self._is_source_muted = False
        self._was_muted = False

    def learn(self, fact: Fact) -> None:
        match fact:
            case CameraHeld(camera=camera):
                self._cameras.add(camera)
                self._log.webcam(self._now_ns(), is_on=True)
            case CameraFree(camera=camera):
                self._cameras.discard(camera)
                self._log.webcam(self._now_ns(), is_on=bool(self._cameras))
            case Listening(stream=stream, state=state, purpose=Purpose.VOICE):
                self._voices[stream] = state
                self._look()

    def mute(self, is_muted: bool) -> None:  # noqa: FBT001 - a callback of one argument
        """The source itself."""
        self._is_source_muted = is_muted
        self._look()

    def _look(self) -> None:
        held = [state for state in self._voices.values() if state.is_held]
        is_muted = self._is_source_muted or (bool(held) and all(state is StreamState.MUTED for state in held))
        if is_muted != self._was_muted:
            self._was_muted = is_muted
            self._log.microphone(self._now_ns(), is_muted=is_muted)
