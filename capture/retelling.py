"""What a journal says of a recording that nobody could close: who spoke, when, and what really happened."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from capture.events import (
    Announced,
    Ended,
    Event,
    FilesClosed,
    Frames,
    GapFound,
    Marked,
    ParticipantChange,
    PowerChanged,
    QualityChanged,
    RoomChanged,
    SegmentBegan,
    SourceLost,
    SourceRecovered,
    Warned,
)
from capture.manifest import (
    AudioReceipt,
    DeviceChange,
    DiskReceipt,
    FrameCount,
    Gap,
    Manifest,
    Mark,
    PowerReceipt,
    QualityStep,
    Receipt,
    Segment,
    WarningReceipt,
)
from capture.notes import with_consent
from capture.participants.log import after
from capture.recording import NS_PER_S, EndReason, ParticipantAction

E = TypeVar("E", bound=Event)


def retold(manifest: Manifest, events: Sequence[Event], duration_ns: int) -> Manifest:
    """``manifest`` as it stood at the start, with all that was told since. The sound's drift nobody knows any more."""
    if not events:
        return replace(manifest, duration_ns=duration_ns, receipt=replace(manifest.receipt, ended_by=EndReason.CRASH))
    frames = _last(events, Frames)
    told = Receipt(
        frames=FrameCount(frames.captured, frames.repeated, frames.dropped) if frames else FrameCount(),
        audio=tuple(_audio(receipt, events, duration_ns) for receipt in manifest.receipt.audio),
        devices=tuple(_device_changes(manifest.receipt.audio, events)),
        power=tuple(_power(each) for each in _all(events, PowerChanged)),
        disk=tuple(DiskReceipt(_s(each.at_ns), each.room, each.free_bytes) for each in _all(events, RoomChanged)),
        screen=manifest.receipt.screen,
        encoder=manifest.receipt.encoder,
        quality=tuple(QualityStep(_s(each.at_ns), each.step, each.reason) for each in _all(events, QualityChanged)),
        warnings=tuple(WarningReceipt(_s(each.at_ns), each.code, each.source) for each in _all(events, Warned)),
        ended_by=ended_by(events),
    )
    whole = replace(
        manifest,
        duration_ns=duration_ns,
        timeline=tuple(_segments(_all(events, SegmentBegan), duration_ns)),
        marks=tuple(Mark(_s(each.at_ns), each.text) for each in _all(events, Marked)),
        receipt=told,
    )
    return _with_consent(whole, events)


def _with_consent(manifest: Manifest, events: Sequence[Event]) -> Manifest:
    told = _last(events, Announced)
    if told is None:
        return manifest
    meeting = with_consent(manifest.spec.meeting, told, wall_clock(manifest))
    return replace(manifest, spec=replace(manifest.spec, meeting=meeting))


def ended_by(events: Sequence[Event]) -> EndReason:
    """A crash, unless it was said before that what ended it was something else."""
    said = _last(events, Ended) or _last(events, FilesClosed)
    return EndReason.CRASH if said is None else said.ended_by


def participant_changes(events: Sequence[Event], duration_ns: int) -> tuple[ParticipantChange, ...]:
    """Whoever was there or spoke when the story breaks off did so until the end."""
    changes = list(_all(events, ParticipantChange))
    present: dict[int, ParticipantChange] = {}
    speaking: dict[int, ParticipantChange] = {}
    for change in changes:
        who = change.participant.id
        match change.action:
            case ParticipantAction.JOIN:
                present[who] = change
            case ParticipantAction.LEAVE:
                present.pop(who, None)
            case ParticipantAction.UPDATE:
                for known in (present, speaking):
                    known.update({who: change} if who in known else {})
            case ParticipantAction.SPEECH_ON:
                speaking[who] = change
            case ParticipantAction.SPEECH_OFF:
                speaking.pop(who, None)
    end_ns = max([duration_ns, *(change.at_ns for change in changes)])
    for open_changes, action in ((speaking, ParticipantAction.SPEECH_OFF), (present, ParticipantAction.LEAVE)):
        changes += [ParticipantChange(change.participant, action, end_ns) for change in open_changes.values()]
    return tuple(changes)


def wall_clock(manifest: Manifest) -> Callable[[int], datetime]:
    """The date of an instant of the timeline, by its segments."""
    begins = [(segment.start_ns, datetime.fromisoformat(segment.started_at)) for segment in manifest.timeline]
    begins = begins or [(0, datetime.fromisoformat(manifest.started_at))]

    def at(at_ns: int) -> datetime:
        start_ns, began = next((each for each in reversed(begins) if each[0] <= at_ns), begins[0])
        return after(began, at_ns - start_ns)

    return at


def _segments(begun: Iterable[SegmentBegan], duration_ns: int) -> Iterator[Segment]:
    """Each lasts until the next one begins."""
    told = list(begun)
    ends = [*(segment.at_ns for segment in told[1:]), duration_ns]
    for segment, end_ns in zip(told, ends, strict=False):  # without segments there is still an end
        yield Segment(segment.at_ns, max(0, end_ns - segment.at_ns), segment.started_at, segment.is_blank)


def _audio(receipt: AudioReceipt, events: Sequence[Event], duration_ns: int) -> AudioReceipt:
    gaps = [
        Gap(_s(gap.at_ns), _s(gap.duration_ns), gap.reason)
        for gap in _all(events, GapFound)
        if gap.side == receipt.source
    ]
    turns = [event for event in events if isinstance(event, SourceLost | SourceRecovered)]
    own = [event for event in turns if event.source == receipt.source]
    if own and isinstance(own[-1], SourceLost) and own[-1].at_ns < duration_ns:  # it never came back
        gaps.append(Gap(_s(own[-1].at_ns), _s(duration_ns - own[-1].at_ns), own[-1].reason))
    return replace(receipt, drift_ms_per_min=None, gaps=tuple(gaps))


def _device_changes(audio: Sequence[AudioReceipt], events: Sequence[Event]) -> Iterator[DeviceChange]:
    for receipt in audio:
        back = [event for event in _all(events, SourceRecovered) if event.source == receipt.source]
        devices = [receipt.device, *(event.device for event in back)]
        for event, (before, now) in zip(back, pairwise(devices), strict=True):
            if before != now:
                yield DeviceChange(_s(event.at_ns), before, now)


def _power(event: PowerChanged) -> PowerReceipt:
    duration_s = None if event.duration_ns is None else _s(event.duration_ns)
    return PowerReceipt(_s(event.at_ns), event.change, duration_s, event.reason)


def _all(events: Iterable[Event], kind: type[E]) -> Iterator[E]:
    return (event for event in events if isinstance(event, kind))


def _last(events: Sequence[Event], kind: type[E]) -> E | None:
    return next(_all(reversed(events), kind), None)


def _s(at_ns: int) -> float:
    return round(at_ns / NS_PER_S, 3)
