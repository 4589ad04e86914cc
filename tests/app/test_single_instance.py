"""One at a time, whatever became of the one before, and orders that are answered."""

import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.cli import run
from app.flow_events import StopReason
from app.flow_state import Idle, Phase, Recording, State, Stopping
from app.messages import describe
from app.noticeboard import Noticeboard
from app.orders import Orders
from app.paths import Paths, find_paths
from app.recording_rules import Rules
from app.run_state import Verb
from app.single_instance import Instance, Kind, ask
from app.situation import Situation, Troubled
from capture.commands import Mute, Pause
from capture.events import Started, Status
from capture.recording import RecordingId, RecordingStatus, Side
from tests.end_to_end.afterword import ROOT

NUMBER = RecordingId("1")
STARTED = Started(NUMBER, "2026-11-23T09:00:00Z")
HOLDER = """
import sys, time
from app.paths import find_paths
from app.single_instance import Instance, Kind
instance = Instance(find_paths(), Kind.FACE)
assert instance.claim()
instance.listen(lambda request: request)
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths(tmp_path / "base")


@pytest.fixture
def instance(paths: Paths) -> Iterator[Instance]:
    instance = Instance(paths, Kind.FACE)
    assert instance.claim()
    yield instance
    instance.close()


def test_a_second_one_is_refused_until_the_first_has_gone(paths: Paths, instance: Instance) -> None:
    second = Instance(paths, Kind.FACE)
    assert not second.claim()
    assert Instance(paths, Kind.RECORDER).claim()
    instance.close()
    assert second.claim()
    second.close()


def test_one_that_is_killed_leaves_nothing_in_the_way(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERWORD_BASEDIR", str(paths.data.parent))
    command = (sys.executable, "-c", HOLDER)
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"ready\n"
        assert not Instance(paths, Kind.FACE).claim()
        assert ask(paths, Kind.FACE, b"x") == b"x"
        holder.kill()
    assert ask(paths, Kind.FACE, b"x") is None
    follower = Instance(paths, Kind.FACE)
    assert follower.claim()
    follower.listen(lambda request: request + b"!")
    assert ask(paths, Kind.FACE, b"x") == b"x!"
    follower.close()


def test_nobody_else_gets_at_the_socket(paths: Paths, instance: Instance) -> None:
    instance.listen(lambda request: request)
    assert stat.S_IMODE((paths.sockets / Kind.FACE).stat().st_mode) == 0o600
    assert stat.S_IMODE(paths.sockets.stat().st_mode) == 0o700


def test_a_deep_folder_is_no_obstacle(tmp_path: Path) -> None:
    paths = find_paths(tmp_path / ("deep" * 30))
    instance = Instance(paths, Kind.FACE)
    assert instance.claim()
    instance.listen(lambda request: request)
    assert ask(paths, Kind.FACE, b"x") == b"x"
    instance.close()
    assert not (paths.sockets / Kind.FACE).exists()


def test_an_order_is_answered_with_what_became_of_it(paths: Paths, instance: Instance) -> None:
    board = Noticeboard(Situation())
    asked: list[object] = []

    def put(message: object) -> None:
        asked.append(message)
        match message:
            case Pause():
                board.put(Status(NUMBER, RecordingStatus.PAUSED, 0))
            case Mute():
                board.put(message)

    orders = Orders(board, put, None)
    instance.listen(orders.answer)

    def order(verb: Verb) -> dict[str, object]:
        answer = ask(paths, Kind.FACE, json.dumps({"verb": verb}).encode())
        assert answer is not None
        return dict(json.loads(answer))

    assert order(Verb.STATUS)["state"] == "idle"
    assert _code(order(Verb.PAUSE)) == "not_recording"
    assert _code(order(Verb.SHOW)) == "already_running"
    board.put(State(Rules(), keeps_preroll=False, phase=Recording(None, None)))
    board.put(STARTED)
    assert order(Verb.PAUSE)["state"] == "paused"
    assert order(Verb.MUTE)["muted"] == [Side.MICROPHONE]
    assert _code(order(Verb.START)) == "already_recording"
    board.put(State(Rules(), keeps_preroll=False, phase=Idle()))
    assert order(Verb.STATUS)["recording_id"] is None


@pytest.fixture
def board() -> Noticeboard:
    """Of one that records."""
    board = Noticeboard(Situation())
    board.put(phase(Recording(None, None)))
    board.put(STARTED)
    return board


def phase(of: Phase) -> State:
    return State(Rules(), keeps_preroll=False, phase=of)


def test_a_trouble_of_something_else_is_no_failure_of_an_order(
    paths: Paths, instance: Instance, board: Noticeboard, capsys: pytest.CaptureFixture[str]
) -> None:
    board.put(Troubled(describe("network_trouble")))
    instance.listen(Orders(board, lambda _: None, None).answer)
    assert run(["--basedir", str(paths.data.parent), "mark", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["state"], document["error"]["code"]) == ("recording", "network_trouble")


def test_a_start_while_one_is_stopping_begins_the_next(board: Noticeboard) -> None:
    board.put(phase(Stopping(Recording(None, None), StopReason.USER)))

    def record(_: object) -> None:
        assert board.situation.phase == Idle()
        board.put(phase(Recording(None, None)))
        board.put(Started(RecordingId("2"), STARTED.started_at))

    with ThreadPoolExecutor() as pool:
        answer = pool.submit(Orders(board, record, None).answer, b'{"verb": "start"}')
        board.put(phase(Idle()))
        assert json.loads(answer.result())["recording_id"] == "2"


def test_a_stop_while_it_is_stopping_waits_for_the_end(board: Noticeboard) -> None:
    board.put(phase(Stopping(Recording(None, None), StopReason.USER)))
    answer = json.loads(Orders(board, lambda _: board.put(phase(Idle())), None).answer(b'{"verb": "stop"}'))
    assert answer["state"] == "idle"


def test_a_start_that_fails_twice_says_so_twice(
    paths: Paths, instance: Instance, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the status of what is missing; another trouble that comes while it begins is none of its own."""
    board = Noticeboard(Situation())

    def fail(_: object) -> None:
        board.put(phase(Recording(None, None)))
        board.put(Troubled(describe("network_trouble")))
        board.put(Troubled(describe("unknown_device", data={"side": "microphone"})))
        board.put(phase(Idle()))

    instance.listen(Orders(board, fail, None).answer)
    for _ in range(2):
        assert run(["--basedir", str(paths.data.parent), "start", "--json"]) == 4
        assert _code(json.loads(capsys.readouterr().out)) == "unknown_device"


@pytest.mark.parametrize("request_", [b"", b"[]", b'{"verb": "dance"}', b"\xff", b'{"verb": ["stop"]}', b"7"])
def test_nonsense_is_no_order(request_: bytes) -> None:
    orders = Orders(Noticeboard(Situation()), lambda _: None, None)
    assert _code(json.loads(orders.answer(request_))) == "order_unknown"


def _code(answer: dict[str, object]) -> object:
    error = answer["error"]
    assert isinstance(error, dict)
    return error["code"]
