"""What a user is told of endpoints that did not take what happened."""

import socket
from contextlib import closing
from pathlib import Path

import pytest

from app.console import Console
from app.live_events import live_events
from app.paths import find_paths
from capture.recording import LiveMedia
from tests.uploader.realtime.listeners import SPEC, spoke, webhook
from uploader.errors import InvalidEndpoint
from uploader.realtime.endpoints import AUDIO


@pytest.fixture
def closed_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return int(listener.getsockname()[1])


def test_the_one_that_was_not_there_is_named_by_its_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], closed_port: int
) -> None:
    with webhook() as hook:
        urls = [hook.url, f"http://127.0.0.1:{closed_port}/?token=terces"]
        console = Console(as_json=True)
        with live_events(urls, [], find_paths(tmp_path)).broadcast(SPEC, console, grace_s=2.5) as broadcast:
            broadcast.tell(spoke(1))
            assert hook.next().at_s == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "The webhook number 2 was given up (endpoint_unfinished)" in said.err
    assert "did not arrive: 1 or more" in said.err
    assert "number 1" not in said.err
    assert "terces" not in said.err


def test_the_recorder_is_asked_for_what_is_wanted(tmp_path: Path) -> None:
    assert live_events(["ws://host.example/"], [AUDIO], find_paths(tmp_path)).media == (LiveMedia.SOUND,)
    assert live_events(["ws://host.example/"], [], find_paths(tmp_path)).media == ()


def test_a_place_where_they_cannot_go(tmp_path: Path) -> None:
    with pytest.raises(InvalidEndpoint):
        live_events(["ftp://host.example/"], [], find_paths(tmp_path))
