"""Some hundred odd requests to tus, and no byte lost; ``make fuzz`` has thousands."""

from pathlib import Path

import pytest

from tests.uploader.api.tus_run import card, run
from uploader.backend.blobs import Appender

SEED = 2
"""Bodies of all lengths are among its first 300 requests: short ones, and such as go past the parser."""


@pytest.mark.timeout(300)
def test_odd_requests_lose_no_byte(tmp_path: Path) -> None:
    result = run(tmp_path, seed=SEED, requests=300)
    assert result.faults == (), card(result, SEED)
    assert result.requests >= 300
    assert result.bytes_compared > 100_000
    assert {200, 201, 204, 400, 401, 404, 409, 413, 460} <= set(result.answers)


def test_a_byte_that_is_not_what_was_sent_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Appender.write

    def damaged(appender: Appender, piece: bytes | bytearray | memoryview) -> None:
        write(appender, bytes(byte ^ (place == 0) for place, byte in enumerate(bytes(piece))))

    monkeypatch.setattr(Appender, "write", damaged)
    assert run(tmp_path, seed=SEED, requests=40).faults


def test_a_byte_that_is_lost_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Appender.write
    monkeypatch.setattr(Appender, "write", lambda appender, piece: write(appender, bytes(piece)[:-1]))
    assert run(tmp_path, seed=SEED, requests=40).faults
