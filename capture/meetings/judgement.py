"""When what is seen of a program becomes a meeting. Pure; the figures are policy, each with its reason."""

from dataclasses import dataclass

from capture.meetings.catalogue import App, Kind
from capture.meetings.verdicts import SkipReason
from capture.meetings.world import Scene, Shown
from capture.recording import NS_PER_S

SOUND_BEFORE_NS = 15 * NS_PER_S
"""Sound that began earlier than so long before the microphone is music or a film, not the other side."""

CHAT_NS = 5 * NS_PER_S
"""For how long both ways must be open in a program that also takes voice notes: longer than a notification sounds."""

UNNAMED_NS = 20 * NS_PER_S
"""The same where nothing names the meeting: a tab in the background, a desktop that lists no windows."""

AUDIENCE_NS = 10 * NS_PER_S
"""A webinar's audience holds no microphone: its window and its sound must last."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """``at_ns``: when it is a meeting, if all stays as it is. ``None`` with the reason why it will not be one."""

    at_ns: int | None
    reason: SkipReason | None = None


def judge(app: App, scene: Scene, shown: Shown | None, *, began_elsewhere: bool) -> Readiness:
    """``shown`` is the window that names the meeting. ``began_elsewhere``: with another page in front."""
    voice_ns = scene.voice_since_ns
    if voice_ns is None:
        return _as_audience(app, scene, shown)
    sound_ns = sound_of_call(scene)
    if app.kind is Kind.BROWSER:
        return _in_browser(scene, shown, voice_ns, sound_ns, began_elsewhere=began_elsewhere)
    if shown is not None:
        return Readiness(max(voice_ns + app.settle_ns, shown.since_ns))
    if app.kind is Kind.CHAT:
        return _both_ways(voice_ns, sound_ns, CHAT_NS, SkipReason.ONE_WAY)
    if scene.is_idle:
        return _both_ways(voice_ns, sound_ns, UNNAMED_NS, SkipReason.NO_MEETING_WINDOW)
    return Readiness(voice_ns + app.settle_ns)


def sound_of_call(scene: Scene) -> int | None:
    """Since when the program plays what may be the other side."""
    if scene.voice_since_ns is None:
        return None
    earliest_ns = scene.voice_since_ns - SOUND_BEFORE_NS
    return next((since_ns for since_ns in scene.sounds_since_ns if since_ns >= earliest_ns), None)


def _in_browser(
    scene: Scene, shown: Shown | None, voice_ns: int, sound_ns: int | None, *, began_elsewhere: bool
) -> Readiness:
    if shown is not None and shown.sign.kind is Kind.CALL:
        return Readiness(max(voice_ns, shown.since_ns) + shown.sign.settle_ns)
    if shown is not None:
        return _both_ways(voice_ns, sound_ns, CHAT_NS, SkipReason.ONE_WAY)
    if began_elsewhere:
        return Readiness(None, SkipReason.OTHER_SITE)
    reason = SkipReason.NO_MEETING_WINDOW if scene.windows else SkipReason.ONE_WAY
    return _both_ways(voice_ns, sound_ns, UNNAMED_NS, reason)


def _both_ways(voice_ns: int, sound_ns: int | None, hold_ns: int, otherwise: SkipReason) -> Readiness:
    return Readiness(None, otherwise) if sound_ns is None else Readiness(max(voice_ns, sound_ns) + hold_ns)


def _as_audience(app: App, scene: Scene, shown: Shown | None) -> Readiness:
    if app.kind is not Kind.CALL or shown is None or not scene.sounds_since_ns:
        return Readiness(None)
    return Readiness(max(shown.since_ns, scene.sounds_since_ns[0]) + AUDIENCE_NS)
