"""What was refused is told to whoever runs the backend, in few words that hold nothing of the callers'."""

import logging
import signal
from pathlib import Path

import httpx

from tests.uploader.backend.test_server import first_line, program
from tests.uploader.rig import NO_TLS, FakeWallClock
from tests.uploader.security.raw import ask
from uploader.backend.security_log import MOST_LINES, WINDOW_S, Flood

SECRETS = ("Layoffs", "Ada", "stolen-key", "evil.example", "forged")


def test_what_was_refused_is_logged_without_what_was_said(tmp_path: Path) -> None:
    with program("serve", "--json", "--data", tmp_path / "data") as process:
        told = first_line(process)
        url = told["url"]
        ask(url, "GET /api/v1/recording/?title=Layoffs HTTP/1.1\nAuthorization: Token stolen-key")
        ask(url, "GET /api/v1/recording/ HTTP/1.1\nHost: evil.example")
        ask(url, "GET /api/v1/download/file/Ada/?expires=9999999999&signature=forged HTTP/1.1")
        ask(url, "POST /api/v1/Layoffs/ HTTP/1.1\nContent-Length: 5\nTransfer-Encoding: chunked\nX-Name: Ada")
        ask(url, "BREW /api/v1/recording/Ada/ HTTP/1.1\nX-Forwarded-For: Ada\nAuthorization: stolen-key")
        ask(url, "Layoffs")
        with httpx.Client(headers={"Authorization": told["api_key"]}, trust_env=False, verify=NO_TLS) as owner:
            assert owner.post(f"{url}/api/v1/sdk_upload/", json={"metadata": {"title": "Layoffs"}}).status_code == 201
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
    for line in (
        "refused 401 authentication_failed: GET recording from 127.0.0.1",
        "refused 400 unknown_host: GET ? from 127.0.0.1",
        "refused 403 invalid_signature: GET download from 127.0.0.1",
        "refused 400 ambiguous_request: POST ? from 127.0.0.1",
        "Invalid HTTP request received.",
    ):
        assert said.count(line) == 1, (line, said)
    assert not any(word in said for word in (*SECRETS, told["api_key"]))
    assert "Traceback" not in said


def test_a_flood_is_counted_and_errors_are_told_all_the_same() -> None:
    clock = FakeWallClock()
    flood = Flood(clock)

    def line(level: int = logging.WARNING) -> str | None:
        record = logging.LogRecord("name", level, "path", 1, "refused %d", (401,), None)
        return record.getMessage() if flood.filter(record) else None

    assert [line() for _ in range(MOST_LINES + 40)].count(None) == 40
    assert line(logging.ERROR) == "refused 401"
    clock.now_s += WINDOW_S
    assert line() == "refused 401 (40 lines before it were left out)"
    assert line() == "refused 401"
