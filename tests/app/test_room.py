from pathlib import Path

import pytest

from app.room import lasting, warning
from capture.disk import free_bytes
from capture.recording import NS_PER_S, Monitor, RecordingId, RecordingSpec

HOUR_NS = 3600 * NS_PER_S


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than two minutes"),
        (119, "less than two minutes"),
        (120, "about 2 minutes"),
        (7199, "about 119 minutes"),
        (7200, "about 2 hours"),
        (1e6, "about 277 hours"),
    ],
)
def test_how_long(seconds: float, words: str) -> None:
    assert lasting(seconds) == words


@pytest.mark.parametrize(
    ("free", "duration_ns", "screen", "words"),
    [
        (10**9, None, Monitor("1"), None),
        (10**9, 3 * HOUR_NS, Monitor("1"), "enough for about 111 minutes"),
        (10**9, 3 * HOUR_NS, None, None),
        (200 * 10**6, None, Monitor("1"), "enough for about 15 minutes"),
        (200 * 10**6, HOUR_NS // 10, Monitor("1"), None),
    ],
)
def test_too_little_for_the_meeting(
    free: int, duration_ns: int | None, screen: Monitor | None, words: str | None, tmp_path: Path
) -> None:
    spec = RecordingSpec(RecordingId("one"), tmp_path / "one", screen, duration_ns=duration_ns)
    said = warning(spec, free)
    assert (said is None) == (words is None)
    assert (words or "") in (said or "")


def test_it_names_the_folder(tmp_path: Path) -> None:
    forever_ns = 2 * free_bytes(tmp_path) // 35_000 * NS_PER_S
    spec = RecordingSpec(RecordingId("one"), tmp_path, None, duration_ns=forever_ns)
    assert str(tmp_path.parent) in (warning(spec, free_bytes(tmp_path)) or "")
