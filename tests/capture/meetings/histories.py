"""Signal histories from ``tests/data/signals``, and their replay. The format is told in the README there."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from capture.meetings.catalogue import Catalogue
from capture.meetings.detector import Detector
from capture.meetings.facts import (
    CameraFree,
    CameraHeld,
    Fact,
    Listening,
    Playing,
    Program,
    Purpose,
    StreamId,
    StreamState,
    WindowGone,
    WindowId,
    WindowShown,
)
from capture.meetings.verdicts import SkipReason, Verdict
from capture.recording import NS_PER_S

SIGNALS = Path(__file__).parent.parent.parent / "data" / "signals"
START_NS = 1000 * NS_PER_S
"""The monotonic clock begins anywhere."""

AFTER_NS = 120 * NS_PER_S
"""A history is watched for so long after its last signal: longer than any grace."""


@dataclass(frozen=True)
class Expected:
    """Times in seconds of the history, earliest and latest."""

    platform: str
    found_s: tuple[float, float]
    over_s: tuple[float, float]
    title: str | None
    url: str | None
    again: bool


@dataclass(frozen=True)
class History:
    name: str
    facts: tuple[Fact, ...] = field(repr=False)
    meetings: tuple[Expected, ...]
    skips: frozenset[SkipReason]


def load(folder: str) -> list[History]:
    return [history for path in sorted((SIGNALS / folder).glob("*.toml")) for history in _load_file(path)]


def _load_file(path: Path) -> Iterator[History]:
    document = tomllib.loads(path.read_text("utf-8"))
    for entry in document["history"]:
        meetings = (_expected(**meeting) for meeting in entry.get("meetings", ()))
        skips = frozenset(map(SkipReason, entry.get("skips", ())))
        yield History(entry["name"], tuple(_facts(entry["signals"], document["programs"])), tuple(meetings), skips)


def _expected(  # noqa: PLR0913 - one argument for each key of the table
    *,
    platform: str,
    found_s: Sequence[float],
    over_s: Sequence[float],
    title: str | None = None,
    url: str | None = None,
    again: bool = False,
) -> Expected:
    return Expected(platform, (found_s[0], found_s[1]), (over_s[0], over_s[1]), title, url, again)


def _facts(signals: Iterable[Mapping[str, Any]], programs: Mapping[str, Sequence[str]]) -> Iterator[Fact]:
    """In the order of the file. What a stream or a window does not say it has from its line before."""
    before: dict[tuple[str, str], Mapping[str, Any]] = {}
    for line in signals:
        kind = next(kind for kind in ("mic", "sound", "window", "closed", "camera") if kind in line)
        whole = {**before.get((kind, line[kind]), {}), "state": "running", **line}
        before[kind, line[kind]] = whole
        yield _fact(kind, whole, programs)


def _fact(kind: str, line: Mapping[str, Any], programs: Mapping[str, Sequence[str]]) -> Fact:
    at_ns = moment_ns(line["t"])
    program = Program(tuple(programs[line["by"]])) if "by" in line else None
    match kind, program:
        case "mic", Program():
            purpose = Purpose(line.get("purpose", "voice"))
            return Listening(at_ns, StreamId(f"mic {line['mic']}"), program, StreamState(line["state"]), purpose)
        case "sound", Program():
            return Playing(at_ns, StreamId(f"sound {line['sound']}"), program, StreamState(line["state"]))
        case "window", Program():
            return WindowShown(at_ns, WindowId(line["window"]), program, line["title"], line.get("url"))
        case "closed", _:
            return WindowGone(at_ns, WindowId(line["closed"]))
        case "camera", _:
            is_free = line["state"] == "free"
            return CameraFree(at_ns, line["camera"]) if is_free else CameraHeld(at_ns, line["camera"], program)
    message = f"whose is it: {line}"
    raise ValueError(message)


def moment_ns(history_s: float) -> int:
    return START_NS + round(history_s * NS_PER_S)


def seconds(at_ns: int) -> float:
    return (at_ns - START_NS) / NS_PER_S


Batch = Sequence[Fact]


def as_they_are(batch: Batch) -> Batch:
    return batch


def replay(
    facts: Iterable[Fact],
    catalogue: Catalogue,
    deliver: Callable[[Batch], Batch] = as_they_are,
    looks_ns: Iterable[int] = (),
) -> list[Verdict]:
    """As the watch does it: what came at one moment is given together, and the detector is asked when it wants to be.

    ``deliver`` may change the order of a batch, or add to it. ``looks_ns``: more moments at which it is asked.
    """
    detector = Detector(catalogue)
    batches = {at_ns: list(batch) for at_ns, batch in groupby(sorted(facts, key=_moment), key=_moment)}
    end_ns = max(batches) + AFTER_NS
    moments = sorted({*batches, *looks_ns, end_ns})
    verdicts: list[Verdict] = []
    for now_ns in moments:
        while detector.due_ns is not None and detector.due_ns < now_ns:
            verdicts += detector.look(detector.due_ns)
        verdicts += detector.look(now_ns, deliver(batches.get(now_ns, [])))
    return verdicts


def _moment(fact: Fact) -> int:
    return fact.at_ns
