"""``python -m tests.benchmarks.backend``: how long lists take where there are very many recordings.

The program's own answers, from the request as it was read to the finished response, on SQLite and on PostgreSQL.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy import Engine, text
from starlette.datastructures import URL, Headers

from capture.recording import NS_PER_S
from tests.benchmarks.backend.library import created_at, fill, row_id
from tests.benchmarks.backend.plans import recorded, scans
from tests.benchmarks.capture.report import Machine, say, this_machine
from tests.uploader.postgresql import private_cluster
from uploader.backend import DEFAULT_WORKSPACE, Backend, open_backend, realtime_endpoints, recordings, uploads
from uploader.backend.calls import Call, Handler
from uploader.backend.locations import EMBEDDED, Places
from uploader.backend.media import media_handlers
from uploader.backend.paging import Cursor, Direction
from uploader.backend.server import settle
from uploader.backend.tables import Resource

RESULTS = Path(__file__).parents[1] / "results"
MOST_P99_S = 0.020
BASE = "http://localhost/api/v1/"

LEGEND = """\
{recordings} recordings, two fifths of them deleted, with {media} media objects; a page has 50. Milliseconds from the
request as it was read to the finished response, {rounds} times each by turns; *CPU* is of the thread that answers.
*Scans*: steps of the database's plan that read a whole table. Bound: p99 within {most:.0f} ms; {verdict}."""


@dataclass(frozen=True)
class Question:
    name: str
    handler: Handler
    query: str = ""


@dataclass(frozen=True)
class Answers:
    """Times in seconds, of one question at one database."""

    wall_s: list[float]
    cpu_s: list[float]
    scans: list[str]

    @property
    def p99_s(self) -> float:
        return quantiles(self.wall_s, n=100, method="inclusive")[98]


def main() -> None:
    plan = _plan()
    machine = this_machine()
    plan.results.mkdir(parents=True, exist_ok=True)
    found: dict[str, Mapping[str, Answers]] = {}
    for database, answers in _all(plan.recordings, plan.rounds):
        found[database] = answers
        written = markdown(machine, found, plan.recordings, plan.rounds)
        (plan.results / "backend.md").write_text(written, encoding="utf-8")
    sys.stdout.write(written)


def _all(count: int, rounds: int) -> Iterator[tuple[str, Mapping[str, Answers]]]:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        yield "SQLite", _measured(Path(name), EMBEDDED, count, rounds)
    with private_cluster() as cluster, cluster.database() as database, tempfile.TemporaryDirectory() as name:
        yield "PostgreSQL", _measured(Path(name), Places(database), count, rounds)


def _measured(folder: Path, places: Places, count: int, rounds: int) -> Mapping[str, Answers]:
    with closing(open_backend(folder, places=places)) as backend:
        engine = backend.store._engine
        say(f"{engine.dialect.name}: {count} recordings are written")
        fill(engine, count, DEFAULT_WORKSPACE)
        _settle(engine)
        questions = questions_of(count)
        settle()
        plans = {each.name: _plan_of(backend, engine, each) for each in questions}
        times: dict[str, list[tuple[float, float]]] = {each.name: [] for each in questions}
        for _ in range(rounds):
            for each in questions:
                times[each.name].append(_timed(each.handler, call(backend, each.query)))
        return {
            name: Answers([wall for wall, _ in pairs], [cpu for _, cpu in pairs], plans[name])
            for name, pairs in times.items()
        }


def _settle(engine: Engine) -> None:
    """PostgreSQL does so by itself, soon after; SQLite has no such thing."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _plan_of(backend: Backend, engine: Engine, question: Question) -> list[str]:
    with recorded(engine) as statements:
        question.handler(call(backend, question.query))
    return scans(engine, statements)


def _timed(handler: Handler, asked: Call) -> tuple[float, float]:
    wall_ns, cpu_ns = time.perf_counter_ns(), time.thread_time_ns()
    response = handler(asked)
    assert response.status_code == 200
    return (time.perf_counter_ns() - wall_ns) / NS_PER_S, (time.thread_time_ns() - cpu_ns) / NS_PER_S


def questions_of(count: int) -> list[Question]:
    """Every list with every filter, and pages far down. Deep ones are reached by a cursor that a client could have."""
    middle, old, near = count * 7 // 10, count // 100, count - count // 20
    handlers, _ = media_handlers(Resource.VIDEO_MIXED)
    video = handlers["GET"]
    age = f"created_at_after={created_at(middle)}&created_at_before={created_at(middle + count // 10)}"
    listed = [
        Question("recordings", recordings.list_all),
        Question("recordings, page 1000", recordings.list_all, f"cursor={cursor(middle)}"),
        Question("recordings, last pages", recordings.list_all, f"cursor={cursor(old)}"),
        Question("recordings, page before", recordings.list_all, f"cursor={cursor(middle, 'newer')}"),
        Question("recordings by age", recordings.list_all, age),
        Question("recordings by age, next page", recordings.list_all, f"{age}&cursor={cursor(middle + count // 20)}"),
        Question("recordings of an upload", recordings.list_all, f"desktop_sdk_upload_id={row_id('upload', near + 1)}"),
        Question("recordings of a bot", recordings.list_all, f"bot_id={row_id('bot', 1)}"),
        Question("uploads", uploads.list_all),
        Question("uploads, page 1000", uploads.list_all, f"cursor={cursor(middle)}"),
        Question("media", video),
        Question("media, page 1000", video, f"cursor={cursor(middle)}"),
        Question("media by age", video, age),
        Question("media of a recording", video, f"recording_id={row_id('recording', near + 1)}"),
        Question("endpoints", realtime_endpoints.list_all),
        Question("endpoints of a recording", realtime_endpoints.list_all, f"recording_id={row_id('recording', near)}"),
        Question("endpoints by type", realtime_endpoints.list_all, "type=websocket"),
        Question("endpoints that failed", realtime_endpoints.list_all, "status_code=failed"),
    ]
    by_status = ("done", "failed", "processing")
    listed += [Question(f"recordings {code}", recordings.list_all, f"status_code={code}") for code in by_status]
    return listed + [Question(f"media {code}", video, f"status_code={code}") for code in by_status]


def cursor(number: int, direction: str = "older") -> str:
    return Cursor(Direction(direction), created_at(number), row_id("any", number)).encode()


def call(backend: Backend, query: str) -> Call:
    """As the server makes it of a request."""
    url = f"{BASE}list/?{query}"
    return Call(
        backend=backend,
        method="GET",
        path={},
        query=dict(parse_qsl(urlsplit(url).query)),
        headers=Headers({"authorization": backend.api_key}),
        url=URL(url),
        base_url="http://localhost",
        body=b"",
        key=backend.access.key(backend.api_key),
    )


def markdown(machine: Machine, found: Mapping[str, Mapping[str, Answers]], count: int, rounds: int) -> str:
    listed = [each for answers in found.values() for each in answers.values()]
    slow = [each for each in listed if is_slow(each)]
    verdict = f"missed by {len(slow)} of {len(listed)}" if slow else "met by all"
    legend = LEGEND.format(recordings=count, media=3 * count, rounds=rounds, most=MOST_P99_S * 1000, verdict=verdict)
    where = (
        f"{machine.processor}, {machine.processors} processors, Linux {machine.kernel}, Python {machine.python}; "
        f"revision {machine.revision}, {machine.started_at}; load {machine.load:.1f} before the runs."
    )
    lines = ["# Lists of a large backend", "", where, "", legend, ""]
    for database, answers in found.items():
        lines += [f"## {database}", "", "| list | p50 | p99 | CPU p50 | scans |", "| --- | --: | --: | --: | --- |"]
        lines += [row(name, each) for name, each in answers.items()] + [""]
    return "\n".join(lines)


def row(name: str, answers: Answers) -> str:
    p50, cpu = sorted(answers.wall_s)[len(answers.wall_s) // 2], sorted(answers.cpu_s)[len(answers.cpu_s) // 2]
    figures = " | ".join(f"{seconds * 1000:.1f}" for seconds in (p50, answers.p99_s, cpu))
    return f"| {name} | {figures} | {'; '.join(answers.scans) or 'none'} |"


def is_slow(answers: Answers) -> bool:
    return answers.p99_s > MOST_P99_S or bool(answers.scans)


def _plan() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.backend", description=__doc__)
    parser.add_argument("--recordings", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--results", type=Path, default=RESULTS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
