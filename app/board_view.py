"""Brings to the noticeboard what the recorder tells."""

from app.desk import DeskView
from app.flow_events import Effect
from app.flow_state import State
from app.messages import Message
from app.noticeboard import Noticeboard
from app.recorder_inbox import Order
from app.situation import Troubled
from app.sound_devices import explain
from capture.events import Error, Event, LivePicture, LiveSound
from capture.recording import RecordingId


class BoardView:
    """A ``DeskView``."""

    def __init__(self, board: Noticeboard) -> None:
        self._board = board

    def on_state(self, state: State) -> None:
        self._board.put(state)

    def on_order(self, order: Order) -> None:
        self._board.put(order)

    def on_effect(self, effect: Effect, recording: RecordingId | None) -> None:
        """What comes of it is in the next state."""

    def on_capture_event(self, event: Event) -> None:
        match event:
            case LiveSound() | LivePicture():
                pass
            case Error(code=code, reason=reason, data=data):
                self._board.put(Troubled(explain(code, reason, data)))
            case _:
                self._board.put(event)

    def complain(self, message: Message) -> None:
        self._board.put(Troubled(message))


class Views:
    """Several, each told in its turn."""

    def __init__(self, *views: DeskView) -> None:
        self._views = views

    def on_state(self, state: State) -> None:
        for view in self._views:
            view.on_state(state)

    def on_order(self, order: Order) -> None:
        for view in self._views:
            view.on_order(order)

    def on_effect(self, effect: Effect, recording: RecordingId | None) -> None:
        for view in self._views:
            view.on_effect(effect, recording)

    def on_capture_event(self, event: Event) -> None:
        for view in self._views:
            view.on_capture_event(event)

    def complain(self, message: Message) -> None:
        for view in self._views:
            view.complain(message)
