"""One program that may hold a meeting: from the first evidence to the end of it, and what is remembered after."""

from dataclasses import dataclass, replace
from itertools import count

from capture.meetings.catalogue import App, Kind, Sign
from capture.meetings.facts import Program
from capture.meetings.judgement import judge, sound_of_call
from capture.meetings.verdicts import (
    UNKNOWN_PLATFORM,
    Closed,
    Detected,
    DetectedMeeting,
    Evidence,
    MeetingId,
    Offer,
    Skipped,
    SkipReason,
    Updated,
    Verdict,
)
from capture.meetings.world import Scene, Shown
from capture.recording import NS_PER_S

GLIMPSE_NS = 5 * NS_PER_S
"""A page may name its meeting for so long before it takes the microphone, and then go into the background."""

EXPECTED_NS = 120 * NS_PER_S
"""A window that names a meeting announces it for so long: pages are left open for days."""

WINDOW_GONE_NS = 3 * NS_PER_S
"""Microphone and window gone: the meeting is over, unless the window was only exchanged."""

RELEASED_NS = 10 * NS_PER_S
"""A change of devices, or a connection that is made anew, takes the microphone away for a few seconds."""

LINGER_NS = 60 * NS_PER_S
"""Still a window or a sound of the meeting: some programs let go of the microphone while they are muted."""

RETURN_NS = 60 * NS_PER_S
"""Who is back so soon has only dropped out, and is not asked again."""

RETURN_TO_SAME_NS = 600 * NS_PER_S
"""The same where title or address say that it is the same meeting."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something may become a meeting."""

    program: Program
    since_ns: int
    began_elsewhere: bool
    reported: tuple[SkipReason, ...] = ()


@dataclass(frozen=True, slots=True)
class Live:
    meeting: DetectedMeeting


@dataclass(frozen=True, slots=True)
class Leaving:
    """Its evidence is gone since ``since_ns``."""

    meeting: DetectedMeeting
    since_ns: int


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A window that named a meeting; ``until_ns`` is missing while it does."""

    shown: Shown
    until_ns: int | None


class Case:
    """``due_ns``: when to look again although nothing is heard."""

    def __init__(self, key: str, app: App) -> None:
        self.app = app
        self._key = key
        self._phase: Waiting | Live | Leaving | None = None
        self._glimpse: Glimpse | None = None
        self._past: tuple[DetectedMeeting, int] | None = None
        self._numbers = count(1)
        self._is_expected = False
        self.due_ns: int | None = None

    @property
    def meeting(self) -> DetectedMeeting | None:
        return self._phase.meeting if isinstance(self._phase, Live | Leaving) else None

    @property
    def is_candidate(self) -> bool:
        """Whether its program has taken the microphone, or shows a meeting's window, and nothing speaks against it."""
        return self._is_expected or (isinstance(self._phase, Waiting) and not self._phase.reported)

    def look(self, now_ns: int, scene: Scene) -> list[Verdict]:
        self.due_ns = None
        self._glance(now_ns, scene)
        verdicts: list[Verdict] = []
        if isinstance(self._phase, Live | Leaving):
            verdicts += self._follow(now_ns, scene, self._phase)
        if self._phase is None or isinstance(self._phase, Waiting):
            verdicts += self._wait(now_ns, scene, self._phase)
        self._expect(now_ns)
        return verdicts

    def _expect(self, now_ns: int) -> None:
        """A window of a meeting that is not over opens some seconds before the microphone."""
        self._is_expected = False
        if self._phase is not None or self._glimpse is None or self._glimpse.until_ns is not None:
            return
        shown = self._glimpse.shown
        end_ns = shown.since_ns + EXPECTED_NS
        is_over = self._past is not None and shown.since_ns <= self._past[1]
        if shown.sign.kind is Kind.CALL and not is_over and now_ns < end_ns:
            self._is_expected = True
            self.due_ns = end_ns if self.due_ns is None else min(self.due_ns, end_ns)

    def _glance(self, now_ns: int, scene: Scene) -> None:
        """Keeps the window that names a meeting, also for a while after it has stopped to do so."""
        named = [shown for shown in scene.signs if shown.sign.kind in {Kind.CALL, Kind.CHAT}]
        if named:
            best = min(
                named,
                key=lambda shown: (
                    shown.sign.kind is not Kind.CALL,
                    shown.sign.title is None,
                    shown.since_ns,
                    shown.window,
                ),
            )
            self._glimpse = Glimpse(best, None)
        elif self._glimpse is not None and self._glimpse.until_ns is None:
            self._glimpse = replace(self._glimpse, until_ns=now_ns)

    def _named(self, scene: Scene) -> Shown | None:
        """The window that names the meeting: one that does, or did when the microphone was taken."""
        glimpse, voice_ns = self._glimpse, scene.voice_since_ns
        if glimpse is None:
            return None
        if glimpse.until_ns is None:
            return glimpse.shown
        if voice_ns is None or self.app.kind is not Kind.BROWSER:
            return None
        was_there = glimpse.shown.since_ns <= voice_ns + glimpse.shown.sign.settle_ns
        return glimpse.shown if was_there and glimpse.until_ns >= voice_ns - GLIMPSE_NS else None

    def _wait(self, now_ns: int, scene: Scene, phase: Waiting | None) -> list[Verdict]:
        if phase is not None and scene.voice_since_ns is None:
            self._phase = None
            verdicts: list[Verdict] = [] if phase.reported else [Skipped(now_ns, phase.program, SkipReason.TOO_SHORT)]
            return verdicts + self._wait(now_ns, scene, None)
        if phase is None and scene.voice_since_ns is not None and scene.program is not None:
            phase = self._phase = Waiting(scene.program, scene.voice_since_ns, _began_elsewhere(scene))
        readiness = judge(
            self.app, scene, self._named(scene), began_elsewhere=phase is not None and phase.began_elsewhere
        )
        if readiness.at_ns is not None:
            if now_ns >= readiness.at_ns:
                return [self._begin(now_ns, scene)]
            self.due_ns = readiness.at_ns
        elif phase is not None and readiness.reason is not None and readiness.reason not in phase.reported:
            return self._report(now_ns, phase, readiness.reason)
        return []

    def _report(self, now_ns: int, phase: Waiting, reason: SkipReason) -> list[Verdict]:
        report_ns = phase.since_ns + self.app.settle_ns
        if now_ns < report_ns:
            self.due_ns = report_ns
            return []
        self._phase = replace(phase, reported=(*phase.reported, reason))
        return [Skipped(now_ns, phase.program, reason)]

    def _begin(self, now_ns: int, scene: Scene) -> Detected:
        shown = self._named(scene)
        since_ns = scene.voice_since_ns if scene.voice_since_ns is not None else shown.since_ns if shown else now_ns
        number = MeetingId(f"{self._key}-{next(self._numbers)}")
        platform = UNKNOWN_PLATFORM if self.app.kind is Kind.BROWSER else self.app.platform
        meeting = DetectedMeeting(number, platform, self.app.name, since_ns, ())
        meeting = _described(meeting, scene, shown)
        self._phase = Live(meeting)
        return Detected(now_ns, meeting, Offer.MADE if self._is_return(now_ns, meeting) else Offer.DUE)

    def _is_return(self, now_ns: int, meeting: DetectedMeeting) -> bool:
        if self._past is None or self._past[0].platform != meeting.platform:
            return False
        past, closed_ns = self._past
        match _is_same(past, meeting.url, meeting.title):
            case True:
                return now_ns - closed_ns <= RETURN_TO_SAME_NS
            case None:
                return now_ns - closed_ns <= RETURN_NS
            case False:
                return False

    def _follow(self, now_ns: int, scene: Scene, phase: Live | Leaving) -> list[Verdict]:
        shown = self._named(scene)
        current = self._glimpse is not None and self._glimpse.until_ns is None
        if scene.voice_since_ns is not None or (current and scene.sounds_since_ns):
            if (
                isinstance(phase, Leaving)
                and shown is not None
                and _is_same(phase.meeting, shown.sign.url, shown.sign.title) is False
            ):
                return [self._end(now_ns, phase.meeting)]
            return self._go_on(now_ns, scene, phase.meeting, shown)
        if isinstance(phase, Live):
            phase = self._phase = Leaving(phase.meeting, now_ns)
        end_ns = phase.since_ns + self._grace_ns(scene, phase.meeting, is_named=current)
        if now_ns >= end_ns:
            return [self._end(now_ns, phase.meeting)]
        self.due_ns = end_ns
        return []

    def _go_on(self, now_ns: int, scene: Scene, meeting: DetectedMeeting, shown: Shown | None) -> list[Verdict]:
        described = _described(meeting, scene, shown)
        self._phase = Live(described)
        changed = replace(described, evidence=meeting.evidence) != meeting
        return [Updated(now_ns, described)] if changed else []

    def _grace_ns(self, scene: Scene, meeting: DetectedMeeting, *, is_named: bool) -> int:
        if is_named or scene.sounds_since_ns:
            return LINGER_NS
        is_window_gone = meeting.window is not None and meeting.window not in scene.windows
        return WINDOW_GONE_NS if is_window_gone else RELEASED_NS

    def _end(self, now_ns: int, meeting: DetectedMeeting) -> Closed:
        self._phase = None
        self._past = meeting, now_ns
        return Closed(now_ns, meeting)


def _began_elsewhere(scene: Scene) -> bool:
    return any(shown.sign.kind is Kind.OTHER for shown in scene.signs)


def _described(meeting: DetectedMeeting, scene: Scene, shown: Shown | None) -> DetectedMeeting:
    """With what is known better now. Nothing that was known is taken back."""
    found = {*meeting.evidence, *_evidence(scene, shown)}
    meeting = replace(meeting, evidence=tuple(kind for kind in Evidence if kind in found))
    if shown is None or not _fits(shown.sign, meeting):
        return meeting
    sign = shown.sign
    return replace(
        meeting,
        platform=sign.platform,
        title=sign.title or meeting.title,
        url=sign.url or meeting.url,
        window=shown.window,
    )


def _fits(sign: Sign, meeting: DetectedMeeting) -> bool:
    return meeting.platform in {sign.platform, UNKNOWN_PLATFORM}


def _evidence(scene: Scene, shown: Shown | None) -> set[Evidence]:
    found = set()
    if scene.voice_since_ns is not None:
        found.add(Evidence.MICROPHONE)
    if sound_of_call(scene) is not None or (scene.voice_since_ns is None and scene.sounds_since_ns):
        found.add(Evidence.PLAYBACK)
    if shown is not None:
        found.add(Evidence.WINDOW)
    if scene.uses_camera:
        found.add(Evidence.CAMERA)
    return found


def _is_same(meeting: DetectedMeeting, url: str | None, title: str | None) -> bool | None:
    """``None`` where nothing tells."""
    if meeting.url and url:
        return meeting.url == url
    if meeting.title and title:
        return meeting.title == title
    return None
