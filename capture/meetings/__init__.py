"""Meetings, noticed when they begin: probes see, the detector judges.

The only place that chooses by platform. The modules behind it load a foreign library when they need it, not before.
"""

import os
import sys

from capture.clock import Clock
from capture.meetings.facts import MeetingProbe


def open_probes(clock: Clock) -> tuple[MeetingProbe, ...]:
    """All that this system offers. They hold nothing until they are started, and may then say that they see nothing."""
    if sys.platform == "linux":
        from capture.meetings.linux import camera, sound, windows  # noqa: PLC0415 - each platform loads its own

        probes: tuple[MeetingProbe, ...] = (sound.SoundProbe(clock), camera.CameraProbe(clock))
        return (*probes, windows.WindowProbe(clock)) if os.environ.get("DISPLAY") else probes
    return ()
