"""What other programs of the user may ask of the one that runs: ``start``, ``stop``, ``status`` and the like."""

import json
import os
from collections.abc import Callable, Mapping
from typing import Any

from app.console import error_document
from app.flow_events import Answer, Answered
from app.flow_state import Ending, Idle, Offered, Over, Recording, Stopping
from app.noticeboard import Noticeboard
from app.recorder_inbox import Message
from app.run_state import RUNNING, RunState, Verb
from app.running_words import running_message
from app.situation import Situation, Troubled
from capture.commands import Mark, Mute, Pause, Resume
from capture.recording import NS_PER_S, RecordingStatus, Side

LIMIT_S = 30.0
"""For a recorder to begin, or to close its files."""


Wanted = Callable[[Situation], bool]


class Orders:
    """Thread-safe. An answer tells what has become of the order, and not merely that it was taken."""

    def __init__(self, board: Noticeboard, put: Callable[[Message], None], show: Callable[[], None] | None) -> None:
        """``show``: comes to the front; ``None`` for who has no window."""
        self._board = board
        self._put = put
        self._show = show

    def answer(self, request: bytes) -> bytes:
        """Both are JSON."""
        try:
            document = json.loads(request)
            verb, text = Verb(document["verb"]), document.get("text")
        except (ValueError, KeyError, TypeError, AttributeError):
            return _encoded({"error": error_document(running_message("order_unknown"))})
        return _encoded(self._obey(verb, text if isinstance(text, str) else None))

    def _obey(self, verb: Verb, text: str | None) -> Mapping[str, Any]:
        state = state_of(self._board.situation)
        if verb is Verb.SHOW and self._show is None:
            return {"error": error_document(running_message("already_running"))}
        if verb is Verb.SHOW and self._show is not None:
            self._show()
        elif verb is Verb.START and state in RUNNING:
            return {"error": error_document(running_message("already_recording"))}
        elif verb is Verb.START:
            return self._start()
        elif verb is not Verb.STATUS:
            if state not in RUNNING and (verb, state) != (Verb.STOP, RunState.STOPPING):
                return {"error": error_document(running_message("not_recording"))}
            return self._order(*_orders(verb, text))
        return status_document(self._board.situation)

    def _start(self) -> Mapping[str, Any]:
        resting = self._board.wait_for(lambda now: state_of(now) is not RunState.STOPPING, LIMIT_S)
        if state_of(resting) is RunState.STOPPING:
            return {"error": error_document(running_message("no_answer"))}
        self._board.put(Troubled(None))  # what is told from now on is of this start
        self._put(Answered(Answer.RECORD))
        begun = self._board.wait_for(lambda now: now.take is not None or _has_failed(now), LIMIT_S)
        if begun.take is None:
            trouble = begun.trouble or running_message("no_answer")
            return {"error": error_document(trouble)}
        return status_document(begun)

    def _order(self, message: Message, wanted: Wanted) -> Mapping[str, Any]:
        self._put(message)
        situation = self._board.wait_for(wanted, LIMIT_S)
        return (
            status_document(situation) if wanted(situation) else {"error": error_document(running_message("no_answer"))}
        )


def _has_failed(situation: Situation) -> bool:
    return situation.trouble is not None and state_of(situation) in {RunState.IDLE, RunState.OFFERED}


def state_of(situation: Situation) -> RunState:
    match situation.phase:
        case Idle() | Over():
            return RunState.IDLE
        case Offered():
            return RunState.OFFERED
        case Stopping():
            return RunState.STOPPING
        case Recording() | Ending() if situation.take is None:
            return RunState.STARTING
    is_paused = situation.take is not None and situation.take.status is RecordingStatus.PAUSED
    return RunState.PAUSED if is_paused else RunState.RECORDING


def status_document(situation: Situation) -> Mapping[str, Any]:
    take, meeting = situation.take, situation.meeting
    return {
        "state": state_of(situation),
        "recording_id": None if take is None else take.recording_id,
        "elapsed_s": None if take is None else round(take.elapsed_ns / NS_PER_S, 1),
        "muted": sorted(situation.muted),
        "platform": None if meeting is None else meeting.platform,
        "app": None if meeting is None else meeting.app,
        "auto_record": situation.rule,
        "warnings": [] if take is None else [each.words for each in take.troubles],
        "delivering": situation.sending,
        "error": None if situation.trouble is None else error_document(situation.trouble),
        "pid": os.getpid(),
    }


def _orders(verb: Verb, text: str | None) -> tuple[Message, Wanted]:
    """What is told to the recorder, and how one sees that it was done."""
    match verb:
        case Verb.PAUSE:
            return Pause(), lambda now: state_of(now) is RunState.PAUSED
        case Verb.RESUME:
            return Resume(), lambda now: state_of(now) is RunState.RECORDING
        case Verb.MUTE:
            return Mute(Side.MICROPHONE), lambda now: Side.MICROPHONE in now.muted
        case Verb.UNMUTE:
            return Mute(Side.MICROPHONE, muted=False), lambda now: Side.MICROPHONE not in now.muted
        case Verb.MARK:
            return Mark(text), lambda _: True
    return Answered(Answer.STOP), lambda now: state_of(now) not in {*RUNNING, RunState.STOPPING}


def _encoded(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()
