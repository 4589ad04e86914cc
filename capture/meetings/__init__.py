"""Meetings, noticed when they begin: probes see, the detector judges.

The only place that chooses by platform. The modules behind it load a foreign library when they need it, not before.
"""

import os
import sys
from functools import partial

from capture.clock import Clock
from capture.meetings.facts import MeetingProbe

SOUND_INTERVAL_S = 0.5
WINDOWS_INTERVAL_S = 1.0
"""Where the system does not tell: for short enough to hear the first sentence, for long enough to cost little."""

ACCESSIBLE_INTERVAL_S = 2.0
"""Longer, since the programs themselves are asked."""


def open_probes(clock: Clock) -> tuple[MeetingProbe, ...]:
    """All that this system offers. They hold nothing until they are started, and may then say that they see nothing."""
    if sys.platform == "linux":
        return _on_linux(clock)
    if sys.platform == "win32":
        return _on_windows(clock)
    if sys.platform == "darwin":
        return _on_macos(clock)
    return ()


def open_device_probes(clock: Clock) -> tuple[MeetingProbe, ...]:
    """As ``open_probes``, those that tell what becomes of this side's microphone and camera."""
    if sys.platform == "linux":
        from capture.meetings.linux import camera, sound  # noqa: PLC0415 - each platform loads its own

        return (sound.SoundProbe(clock), camera.CameraProbe(clock))
    if sys.platform == "win32":
        return (_webcam_on_windows(clock),)
    return ()


def _on_linux(clock: Clock) -> tuple[MeetingProbe, ...]:
    """Wayland lists no windows: there their programs are asked, beside those that run through XWayland."""
    from capture.meetings.linux import accessible_windows, windows  # noqa: PLC0415 - each platform loads its own
    from capture.meetings.snapshots import SnapshotProbe  # noqa: PLC0415 - each platform loads its own

    probes = open_device_probes(clock)
    if os.environ.get("DISPLAY"):
        probes = (*probes, windows.WindowProbe(clock))
    if os.environ.get("WAYLAND_DISPLAY"):
        titles = SnapshotProbe((accessible_windows.AccessibleTitleView,), clock, ACCESSIBLE_INTERVAL_S)
        probes = (*probes, titles)
    return probes


def _on_windows(clock: Clock) -> tuple[MeetingProbe, ...]:
    """Without pycaw the registry tells of microphones; of what is played nobody does then."""
    from capture.meetings.snapshots import SnapshotProbe  # noqa: PLC0415 - each platform loads its own
    from capture.meetings.windows import consent, sound, titles  # noqa: PLC0415 - each platform loads its own

    registry = consent.UserRegistry()
    microphone = partial(consent.ConsentView, consent.Capability.MICROPHONE, registry)
    return (
        SnapshotProbe((sound.SessionView, microphone), clock, SOUND_INTERVAL_S),
        SnapshotProbe((partial(titles.TitleView, titles.UserDesktop()),), clock, WINDOWS_INTERVAL_S),
        _webcam_on_windows(clock),
    )


def _webcam_on_windows(clock: Clock) -> MeetingProbe:
    from capture.meetings.snapshots import SnapshotProbe  # noqa: PLC0415 - each platform loads its own
    from capture.meetings.windows import consent  # noqa: PLC0415 - each platform loads its own

    webcam = partial(consent.ConsentView, consent.Capability.WEBCAM, consent.UserRegistry())
    return SnapshotProbe((webcam,), clock, WINDOWS_INTERVAL_S)


def _on_macos(clock: Clock) -> tuple[MeetingProbe, ...]:
    from capture.meetings.macos import sound, titles  # noqa: PLC0415 - each platform loads its own
    from capture.meetings.snapshots import SnapshotProbe  # noqa: PLC0415 - each platform loads its own

    return (
        SnapshotProbe((lambda: sound.ProcessView(sound.SystemCoreAudio()),), clock, SOUND_INTERVAL_S),
        SnapshotProbe((titles.quartz_view,), clock, WINDOWS_INTERVAL_S),
    )
