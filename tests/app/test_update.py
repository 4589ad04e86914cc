import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.cli import run
from app.update import is_newer, newest
from uploader.errors import UnknownAnswer


@contextmanager
def told(status: int, text: str) -> Iterator[tuple[str, Callable[[], int]]]:
    """An address that answers so, and how often it was asked."""
    asked = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Not into the test's output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, args=(0.01,)).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/latest.json", lambda: len(asked)
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("offered", "own", "newer"),
    [
        ("0.2.0", "0.1.0", True),
        ("0.10", "0.9.9", True),
        ("0.1.0", "0.1.0", False),
        ("0.1", "0.1.0", False),
        ("0.2.0", "0.2", False),
        ("1.10.0", "1.1", True),
        ("1.0.0.1", "1", True),
        ("0.0", "0", False),
        ("nightly", "0.1.0", False),
    ],
)
def test_numbers_decide(offered: str, own: str, newer: bool) -> None:  # noqa: FBT001 - a row of the table
    assert is_newer(offered, own) is newer


def test_a_newer_release_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with told(200, json.dumps({"version": "99.0", "page": "https://example.org/99"})) as (url, _):
        assert run(["update", url, "--yes", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["is_newer"]
    assert document["newest"] == {"version": "99.0", "page": "https://example.org/99"}


def test_without_an_answer_nobody_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    with told(200, "{}") as (url, asked):
        assert run(["update", url, "--json"]) == 0
        assert asked() == 0
    assert json.loads(capsys.readouterr().out) == {"looked": False}


@pytest.mark.parametrize(("status", "text"), [(404, "{}"), (200, "{}"), (200, "[]"), (200, "no JSON")])
def test_what_tells_no_release_is_said_so(status: int, text: str) -> None:
    with told(status, text) as (url, _), pytest.raises(UnknownAnswer):
        newest(url)
