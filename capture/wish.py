"""What somebody who sets things up wants to see and hear of. Light: nothing that works on it is imported."""

from dataclasses import dataclass
from pathlib import Path

from capture.recording import DeviceId, ScreenTarget, Side


@dataclass(frozen=True, slots=True)
class Wish:
    """``None`` leaves a source out. One more in ``tones`` plays a short quiet tone on the default loudspeaker.

    ``number``: the preview says it when this counts.
    """

    screen: ScreenTarget | None = None
    microphone: DeviceId | None = None
    system_audio: DeviceId | None = None
    screen_permits: Path | None = None
    tones: int = 0
    number: int = 0

    def device_of(self, side: Side) -> DeviceId | None:
        return self.microphone if side is Side.MICROPHONE else self.system_audio
