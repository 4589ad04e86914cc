"""``afterword watch``: meetings are offered for recording, or recorded by themselves, until Ctrl-C."""

import argparse
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

from app.auto_record import AutoRecorder, ConsentGiven, Message, Plan
from app.capture_process import LOG_NAME
from app.console import Console
from app.flow_events import Answer, Answered, Quit
from app.flow_state import State
from app.later_delivery import LaterDelivery, status_of
from app.live_upload import Tell
from app.meeting_words import users_catalogue
from app.messages import ExitStatus, Failure, describe
from app.outgoing import Outgoing, outgoing_of
from app.paths import Paths
from app.recording_rules import AutoRecord, Rules, format_apps, parse_apps
from app.recovery import recover_dead
from app.settings import Settings, load, read
from app.settings_file import write_setting
from app.signals import stopped_by_signals
from app.watch_view import WatchView
from capture.clock import Clock, MonotonicClock
from capture.errors import CaptureError
from capture.events import Event
from capture.manifest import storage_error
from capture.meetings import open_probes
from capture.meetings.watch import MeetingWatch
from capture.recording import NS_PER_S, AllMonitors, LiveMedia, Monitor, RecordingId, RecordingSpec
from capture.screen import is_wayland

ANNOUNCED = "announced"
"""Beside the answers that ``flow`` knows: the others were told that they are recorded."""


class Desk:
    """A ``Listener``: shows what happens, sends and delivers, and keeps rules in the settings."""

    def __init__(self, view: WatchView, outgoing: Outgoing, delivery: LaterDelivery, paths: Paths) -> None:
        self._outgoing = outgoing
        self._open = ExitStack()
        self._tell: Tell = lambda _: None
        self._delivery = delivery
        self._paths = paths
        self.on_effect = view.on_effect
        self.on_capture_event = view.on_capture_event
        self._complain = view.complain

    def begin(self, spec: RecordingSpec) -> None:
        self.close()
        self._tell = self._open.enter_context(self._outgoing.of(spec))

    def on_recording_event(self, event: Event) -> None:
        self._tell(event)

    def deliver(self, directory: Path) -> None:
        """What goes out of it ends on the delivery's thread: for seconds, and the next recording may begin now."""
        self._delivery.put(directory, self._open.pop_all().close)

    def close(self) -> None:
        """Ends what goes out of a recording that is not delivered. Idempotent."""
        self._open.close()

    def remember_rule(self, name: str, rule: AutoRecord) -> None:
        """Where that is not possible it holds for this time."""
        try:
            rules = Rules(apps=parse_apps(read(self._paths.settings).settings.auto_record_apps))
            apps = format_apps(rules.with_app(name, rule).apps)
            write_setting(self._paths.settings, "auto_record_apps", apps)
        except Failure as failure:
            self._complain(failure.message)
        except CaptureError as error:
            self._complain(describe(error.code, error.reason, error.data))


def run(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    console = Console(as_json=console.as_json, as_events=console.as_json)
    settings = load(paths, console)
    outgoing = outgoing_of(options, settings, paths, console)
    recover_dead(paths, console)
    clock = MonotonicClock()
    view = WatchView(console, clock, settings.consent_notice)
    delivery = LaterDelivery(outgoing.destination, paths, console, view.on_done)
    desk = Desk(view, outgoing, delivery, paths)
    rules = Rules(options.auto or settings.auto_record, parse_apps(settings.auto_record_apps))
    plan = _plan(options, settings, paths, outgoing.live_media)
    state = State(rules, _may_arm(plan), settings.end_countdown_s * NS_PER_S)
    recorder = AutoRecorder(state, plan, clock, desk)
    try:
        _watch(recorder, view, paths, console, clock)
    finally:
        desk.close()
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


def _plan(options: argparse.Namespace, settings: Settings, paths: Paths, live_media: tuple[LiveMedia, ...]) -> Plan:
    screen = None if options.no_video else AllMonitors() if options.screen == "all" else Monitor(options.screen)
    template = RecordingSpec(
        id=RecordingId(""),
        directory=paths.recordings,
        screen=screen,
        microphone=settings.microphone,
        system_audio=settings.system_audio,
        frame_rate_fps=settings.fps,
        profile=settings.profile,
        pause_mode=settings.pause_mode,
        echo_mode=settings.echo,
        participant_name=settings.name or None,
        screen_permits=paths.screen_permits,
        encoder_trials=paths.encoder_trials,
        own_lists=paths.config,
        live_media=live_media,
    )
    log = paths.logs / LOG_NAME
    return Plan(template, paths.recordings, log, settings.preroll_s * NS_PER_S, settings.consent_notice)


def _may_arm(plan: Plan) -> bool:
    """Not where a desktop would ask which screen to share before there is a meeting."""
    permits = plan.template.screen_permits
    asks = plan.template.screen is not None and is_wayland() and not (permits and permits.exists())
    return plan.preroll_ns > 0 and not asks
