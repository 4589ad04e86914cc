"""``afterword watch``: meetings are offered for recording, or recorded by themselves, until Ctrl-C."""

import argparse
import sys
import threading
from collections.abc import Callable, Iterable

from app.auto_record import AutoRecorder
from app.board_view import BoardView, Views
from app.capture_process import LOG_NAME
from app.console import Console
from app.desk import Desk
from app.flow_events import Answer, Answered, Quit
from app.flow_state import State
from app.later_delivery import LaterDelivery, status_of
from app.meeting_words import users_catalogue
from app.messages import ExitStatus, Failure, describe
from app.noticeboard import Noticeboard
from app.orders import Orders
from app.outgoing import outgoing_of
from app.paths import Paths
from app.recorder_inbox import ConsentGiven, Message
from app.recording_plan import NO_SCREEN, may_arm, plan_of, target_of
from app.recording_rules import Rules, parse_apps
from app.recovery import recover_dead
from app.running_words import running_message
from app.settings import load
from app.signals import stopped_by_signals
from app.single_instance import Instance, Kind
from app.situation import Situation
from app.watch_view import WatchView
from capture.clock import Clock, MonotonicClock
from capture.manifest import storage_error
from capture.meetings import open_probes
from capture.meetings.watch import MeetingWatch
from capture.recording import NS_PER_S

ANNOUNCED = "announced"
"""Beside the answers that ``flow`` knows: the others were told that they are recorded."""


def run(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    console = Console(as_json=console.as_json, as_events=console.as_json)
    settings = load(paths, console)
    outgoing = outgoing_of(options, settings, paths, console)
    instance = Instance(paths, Kind.FACE)
    if not instance.claim():
        raise Failure.of(running_message("already_running"))
    recover_dead(paths, console)
    clock = MonotonicClock()
    view = WatchView(console, clock, settings.consent_notice)
    delivery = LaterDelivery(outgoing.destination, paths, console, view.on_done)
    rules = Rules(options.auto or settings.auto_record, parse_apps(settings.auto_record_apps))
    target = target_of(NO_SCREEN if options.no_video else options.screen)
    plan = plan_of(settings, paths, target, outgoing.live_media)
    state = State(rules, may_arm(plan), settings.end_countdown_s * NS_PER_S)
    board = Noticeboard(Situation(rule=rules.default))
    desk = Desk(Views(view, BoardView(board)), outgoing, delivery, paths)
    recorder = AutoRecorder(state, plan, clock, desk)
    try:
        instance.listen(Orders(board, recorder.put, None).answer)
        _watch(recorder, view, paths, console, clock)
    finally:
        desk.close()
        instance.close()
        done = delivery.close()
    console.document({"recordings": [each.document for each in done]}, f"Recorded: {len(done)}.")
    return status_of(done)


def _watch(recorder: AutoRecorder, view: WatchView, paths: Paths, console: Console, clock: Clock) -> None:
    """Raises ``Failure`` where no meeting can be seen here."""
    catalogue = users_catalogue(paths, console)
    watch = MeetingWatch(open_probes(clock), catalogue, clock, recorder.on_verdict, recorder.on_candidates)
    with stopped_by_signals(lambda: recorder.put(Quit())):
        troubles = [describe(error.code, error.reason, error.data) for error in watch.start()]
        try:
            if not watch.sees_something:
                raise Failure.of(troubles[0]) if troubles else Failure("meetings_unseen")
            for trouble in troubles:
                view.complain(trouble)
            view.begin()
            reader = threading.Thread(target=_read, args=(sys.stdin, recorder.put, console.say), daemon=True)
            reader.start()
            recorder.run()
        except OSError as error:
            raise storage_error(error, paths.logs / LOG_NAME) from error
        finally:
            watch.stop()


def _read(lines: Iterable[str], put: Callable[[Message], None], say: Callable[[str], None]) -> None:
    """Answers, one a line. That no more come ends nothing."""
    for line in lines:
        word = " ".join(line.split()).casefold()
        if word in set(Answer):
            put(Answered(Answer(word)))
        elif word == ANNOUNCED:
            put(ConsentGiven())
        elif word:
            say(f"What can be said is: {', '.join((*Answer, ANNOUNCED))}.")
