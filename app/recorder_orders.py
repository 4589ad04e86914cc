"""``afterword record`` takes orders while it records: ``stop``, ``pause``, ``status`` and the like."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.board_view import BoardView
from app.console import Console
from app.flow_events import Answer, Answered
from app.flow_state import Idle, Recording, State
from app.live_upload import Tell
from app.messages import describe
from app.noticeboard import Noticeboard
from app.orders import Orders
from app.paths import Paths
from app.recorder_inbox import Message, Order
from app.recording_rules import Rules
from app.single_instance import Instance, Kind
from app.situation import Situation
from capture.commands import Command, Stop
from capture.errors import CaptureError


@contextmanager
def taking_orders(paths: Paths, send: Callable[[Command], None], console: Console) -> Iterator[Tell]:
    """Who is to be told of every event. Where no orders can be taken, that is said, and no reason not to record."""
    board = Noticeboard(Situation(phase=Recording(None, None)))

    def put(message: Message) -> None:
        if message == Answered(Answer.STOP):
            send(Stop())
        elif isinstance(message, Order):
            send(message)
            board.put(message)

    instance = Instance(paths, Kind.RECORDER)
    try:
        if instance.claim():
            instance.listen(Orders(board, put, None).answer)
        else:
            console.say("Another recording runs: `stop` and the like go to that one.")
    except CaptureError as error:
        console.complain_aside(describe(error.code, error.reason, error.data))
    try:
        yield BoardView(board).on_capture_event
    finally:
        board.put(State(Rules(), keeps_preroll=False, phase=Idle()))
        instance.close()
