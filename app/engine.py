"""All of the app but its face: meetings are watched, recordings made and delivered. It knows of no window."""

import argparse
import logging
import threading
from importlib import import_module

from app.auto_record import AutoRecorder
from app.board_view import BoardView
from app.collector import pass_over_what_is_here
from app.courier import Courier
from app.desk import Desk
from app.flow_events import Quit, RulesChanged
from app.flow_state import State
from app.log_console import LogConsole
from app.meeting_words import users_catalogue
from app.messages import Failure, describe
from app.moving import move_recordings
from app.noticeboard import Noticeboard
from app.outgoing import outgoing_of
from app.paths import Paths
from app.recorder_inbox import Inbox, Message, Replan
from app.recording_plan import may_arm, plan_of, target_of
from app.recording_rules import Rules, parse_apps
from app.recovery import recover_dead
from app.settings import Settings
from app.situation import Troubled
from capture.clock import MonotonicClock
from capture.errors import CaptureError
from capture.meetings import open_probes
from capture.meetings.watch import MeetingWatch
from capture.recording import NS_PER_S, Window
from uploader.errors import UploaderError

logger = logging.getLogger(__name__)

OUTGOING = argparse.Namespace(destination=None, no_deliver=False, realtime=None, realtime_events=None)
"""As the settings say."""


class Engine:
    """Start order: courier, recorder, meetings. Stop order: meetings, recorder, courier; a recording is finished first.

    ``put`` is thread-safe; the rest is for one thread, and ``stop`` may take a minute.
    """

    def __init__(
        self,
        paths: Paths,
        settings: Settings,
        board: Noticeboard,
        inbox: Inbox,
        own_windows: tuple[Window, ...] = (),
    ) -> None:
        """``board`` is told of every change, on many threads; ``inbox`` may hold something already.

        Raises ``UploaderError`` and ``Failure``.
        """
        self._board = board
        self._paths = paths
        self._own_windows = own_windows
        self._console = LogConsole()
        self._outgoing = outgoing_of(OUTGOING, settings, paths, self._console)
        self._clock = MonotonicClock()
        self._courier = Courier(self._outgoing.destination, paths, board.put)
        self._desk = Desk(BoardView(board), self._outgoing, self._courier, paths)
        plan = plan_of(settings, paths, target_of(settings.screen), self._outgoing.live_media, own_windows)
        state = State(_rules_of(settings), may_arm(plan), settings.end_countdown_s * NS_PER_S)
        self._recorder = AutoRecorder(state, plan, self._clock, self._desk, inbox)
        self._recording = threading.Thread(target=self._record, name="recorder", daemon=True)
        self._looking = threading.Thread(target=self._look, name="start", daemon=True)
        self._tidying = threading.Thread(target=self._move, name="moving", daemon=True)
        self._is_stopping = threading.Event()
        self._watch: MeetingWatch | None = None

    def start(self) -> None:
        """Returns at once; what takes long is done on threads."""
        self._courier.start()
        self._recording.start()
        self._looking.start()

    def put(self, message: Message) -> None:
        self._recorder.put(message)

    def deliver(self) -> None:
        """What the ledger says is owed."""
        self._courier.look_again()

    def obey(self, settings: Settings) -> None:
        """They have changed: for meetings and recordings that begin from now on. One thread at a time; may load."""
        try:
            self._outgoing = outgoing_of(OUTGOING, settings, self._paths, self._console)
        except Failure as failure:
            self._board.put(Troubled(failure.message))
        except UploaderError as error:
            self._board.put(Troubled(describe(error.code, error.reason, error.data)))
        else:
            self._desk.redirect(self._outgoing)
            self._courier.redirect(self._outgoing.destination)
        target, media = target_of(settings.screen), self._outgoing.live_media
        plan = plan_of(settings, self._paths, target, media, self._own_windows)
        self.put(Replan(plan))
        self.put(RulesChanged(_rules_of(settings), may_arm(plan), settings.end_countdown_s * NS_PER_S))

    def stop(self) -> None:
        self._is_stopping.set()
        self._looking.join()
        if self._tidying.is_alive():
            self._tidying.join()
        if self._watch is not None:
            self._watch.stop()
        self.put(Quit())
        self._recording.join()
        self._desk.close()
        self._courier.stop()

    def _record(self) -> None:
        try:
            self._recorder.run()
        except OSError as error:
            logger.exception("the recorder cannot go on")
            self._board.put(Troubled(describe("worker_failed", str(error), {"log": str(self._paths.logs)})))

    def _look(self) -> None:
        """First at what an earlier run left, so that it is delivered too."""
        recover_dead(self._paths, self._console)
        self._tidying.start()
        import_module("capture.audio")  # whole: a part of it first, while another thread loads it, would be a deadlock
        catalogue = users_catalogue(self._paths, self._console)
        hear = self._recorder
        self._watch = MeetingWatch(
            open_probes(self._clock), catalogue, self._clock, hear.on_verdict, hear.on_candidates
        )
        for error in self._watch.start():
            logger.warning("meetings: %s", error.code)
        pass_over_what_is_here()

    def _move(self) -> None:
        """What has not followed yet into the folder that was chosen for recordings."""
        try:
            move_recordings(self._paths, is_cancelled=self._is_stopping.is_set)
        except Failure as failure:
            logger.info("moving recordings: %s", failure.message.code)
        except (CaptureError, UploaderError) as error:
            logger.warning("moving recordings: %s", error.code)
            self._board.put(Troubled(describe(error.code, error.reason, error.data)))


def _rules_of(settings: Settings) -> Rules:
    return Rules(settings.auto_record, parse_apps(settings.auto_record_apps))
