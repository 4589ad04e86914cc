"""What ``afterword watch`` says: a line of JSON for each event, or words."""

import json
from collections.abc import Mapping
from typing import Any

from app.console import Console, error_document
from app.flow_events import (
    Answer,
    CancelCountDown,
    CountDown,
    Effect,
    Ignore,
    MakeOffer,
    NotRecorded,
    PassOver,
    StopReason,
    StopRecording,
    WithdrawOffer,
)
from app.flow_state import State
from app.later_delivery import Done
from app.library import recording_text
from app.meeting_words import meeting_document, meeting_words
from app.messages import Message, describe
from app.recorder_inbox import Order
from app.recording_rules import AutoRecord
from app.sound_devices import explain
from capture.clock import Clock
from capture.events import (
    Announced,
    Armed,
    Discarded,
    Ended,
    Error,
    Event,
    Level,
    LivePicture,
    LiveSound,
    SourceLost,
    SourceRecovered,
    Started,
    Warned,
)
from capture.meetings.verdicts import DetectedMeeting
from capture.recording import NS_PER_S, RecordingId
from capture.wire import encode_event

REASONS: Mapping[NotRecorded, str] = {
    NotRecorded.OFF: "auto-record is off",
    NotRecorded.IGNORED: "a rule leaves it out",
    NotRecorded.DECLINED: "not now",
    NotRecorded.NEVER: "it is left out from now on",
    NotRecorded.UNANSWERED: "nobody answered",
    NotRecorded.ENDED_UNANSWERED: "it was over before somebody answered",
    NotRecorded.ALREADY_ASKED: "that was answered before",
    NotRecorded.ALREADY_RECORDING: "it is in the recording that runs",
    NotRecorded.FAILED: "the recorder could not begin",
    NotRecorded.QUIT: "nobody watches any more",
}


class WatchView:
    """Thread-safe as far as lines are: each is written at once."""

    def __init__(self, console: Console, clock: Clock, consent_notice: str) -> None:
        self._console = console
        self._clock = clock
        self._consent_notice = consent_notice
        self._noticed: RecordingId | None = None

    def begin(self) -> None:
        """It watches from now on."""
        self._say("watching", f"Watching for meetings, until Ctrl-C. {Answer.RECORD} records at any time.")

    def on_state(self, state: State) -> None:
        """What comes of it is told by its effects."""

    def on_order(self, order: Order) -> None:
        """Nobody gives any here."""

    def on_effect(self, effect: Effect, recording: RecordingId | None) -> None:
        match effect:
            case MakeOffer(meeting=meeting, until_ns=until_ns):
                words = f"{_sentence(meeting)} Record it? {Answer.RECORD}, {Answer.NOT_NOW} or {Answer.NEVER}."
                self._say("offer", words, meeting=meeting_document(meeting), answer_within_s=self._left_s(until_ns))
            case WithdrawOffer(meeting=meeting):
                self._event("offer_withdrawn", meeting=meeting_document(meeting))
            case PassOver(meeting=meeting, reason=reason):
                words = f"Not recorded: {meeting_words(meeting)} ({REASONS[reason]})."
                self._say("not_recorded", words, meeting=meeting_document(meeting), reason=reason)
            case CountDown(until_ns=until_ns):
                left_s = self._left_s(until_ns)
                words = f"The meeting is over. The recording stops in {left_s:.0f} s; {Answer.KEEP} goes on."
                self._say("countdown", words, recording_id=recording, seconds=left_s)
            case CancelCountDown():
                self._say("countdown_cancelled", "The recording goes on.", recording_id=recording)
            case StopRecording(reason=reason):
                is_final = reason is StopReason.QUIT
                words = "Stopping." if is_final else f"Stopping. {Answer.UNDO} goes on with it, for two minutes."
                self._say("stopping", words, recording_id=recording, reason=reason)
            case Ignore(name=name):
                self._say("rule", f"Meetings in {name} are left out from now on.", name=name, rule=AutoRecord.OFF)

    def on_capture_event(self, event: Event) -> None:
        if not isinstance(event, Level | LiveSound | LivePicture):
            self._console.event(encode_event(event))
        match event:
            case Armed(preroll_ns=preroll_ns):
                kept_s = preroll_ns / NS_PER_S
                self._words(f"The microphone is open. The last {kept_s:g} s are kept in memory; nothing is written.")
            case Discarded():
                self._words("What was kept in memory is forgotten.")
            case Started(recording_id=recording_id, preroll_ns=preroll_ns):
                since = f", from {preroll_ns / NS_PER_S:.0f} s ago" if preroll_ns else ""
                self._words(f"Recording{since}. {Answer.STOP} ends it.")
                self._tell_notice(recording_id)
            case Announced():
                self._words("The recording's metadata say that the others were told.")
            case Ended():
                self._words("Recorded.")
            case _:
                self._tell_trouble(event)

    def on_done(self, done: Done) -> None:
        self._event("recording", recording=done.document)
        if done.trouble is not None:
            self.complain(done.trouble)
        if "id" in done.document:
            self._words(recording_text(done.document))

    def complain(self, message: Message) -> None:
        self._event("trouble", error=error_document(message))
        self._console.complain_aside(message)

    def _tell_trouble(self, event: Event) -> None:
        match event:
            case SourceLost(source=source, reason=reason):
                self._words(f"The {source} delivers nothing ({reason}); recording goes on.")
            case SourceRecovered(source=source):
                self._words(f"The {source} is back.")
            case Warned(code=code, source=source):
                self.complain(describe(code, data={"source": source}))
            case Error(code=code, reason=reason, data=data):
                self.complain(explain(code, reason, data))

    def _tell_notice(self, recording: RecordingId) -> None:
        """For pasting; once for each recording."""
        is_told, self._noticed = self._noticed == recording, recording
        if self._consent_notice and not is_told:
            words = f"For the others:\n{self._consent_notice}\n`announced` notes that they were told."
            self._say("consent_notice", words, text=self._consent_notice)

    def _say(self, kind: str, words: str, **fields: object) -> None:
        self._event(kind, **fields)
        self._words(words)

    def _event(self, kind: str, **fields: Any) -> None:  # noqa: ANN401 - JSON has no better type
        self._console.event(json.dumps({"type": kind, **fields}, ensure_ascii=False))

    def _words(self, text: str) -> None:
        if not self._console.as_json:
            self._console.say(text)

    def _left_s(self, until_ns: int) -> float:
        return round((until_ns - self._clock.now_ns()) / NS_PER_S, 1)


def _sentence(meeting: DetectedMeeting) -> str:
    return f"A meeting: {meeting_words(meeting)}."
