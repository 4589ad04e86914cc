"""A backend that is killed again and again, at any point, while recordings are sent to it, completed and deleted."""

import hashlib
import random
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.torture.backend.senders import Found, Sender
from tests.torture.delivery.course import Server, serving
from tests.uploader.rig import NO_TLS
from uploader.backend import open_backend
from uploader.backend.erasure import STRAY_S

WITHIN = 30
"""A kill comes after any number of answers below that; a recording takes as many."""

WITHIN_S = 0.02
"""And at any moment of that, so that it comes within what the next request does, too."""

LIMIT_S = 20.0


@dataclass(frozen=True)
class Plan:
    seed: int = 1
    kills: int = 50
    senders: int = 3

    def chance(self, what: str) -> random.Random:
        return random.Random(f"{self.seed} {what}")


@dataclass
class Score:
    kills: int = 0
    acknowledged: int = 0
    begun: int = 0
    completed: int = 0
    deleted: int = 0
    stray: int = 0
    """Files that a kill left without a row; they go within a day."""
    took_s: float = 0.0
    problems: list[str] = field(default_factory=list)


def run(plan: Plan, folder: Path) -> Score:
    found, score, began_s = Found(), Score(), time.monotonic()
    over = threading.Event()
    with serving(folder / "server") as server, ThreadPoolExecutor(plan.senders) as pool:
        senders = [
            Sender(server.url, server.api_key, folder / f"sender {number}", plan.chance(f"sender {number}"), found)
            for number in range(plan.senders)
        ]
        running = [pool.submit(sender.run, over.is_set) for sender in senders]
        chance = plan.chance("kills")
        for _ in range(plan.kills):
            found.wait_for(found.answers + chance.randrange(WITHIN), LIMIT_S)
            wait(running, chance.uniform(0, WITHIN_S), return_when="FIRST_EXCEPTION")
            server.kill()
            server.restart()
            score.kills += 1
            found.problems += _lies(server, found)
        over.set()
        for each in running:
            each.result()
        found.problems += _lies(server, found)
        found.problems += _losses(server, found)
    score.stray = len(_stray(folder / "server"))
    found.problems += _left_behind(folder / "server")
    score.acknowledged, score.begun = found.acknowledged, len(found.begun)
    score.completed, score.deleted = len(found.completed), len(found.deleted)
    score.problems, score.took_s = found.problems, time.monotonic() - began_s
    return score


def _client(server: Server) -> httpx.Client:
    headers = {"Authorization": f"Token {server.api_key}"}
    return httpx.Client(base_url=f"{server.url}/api/v1/", headers=headers, trust_env=False, verify=NO_TLS, timeout=20)


def _recordings(api: httpx.Client) -> Iterator[dict[str, Any]]:
    url: str | None = "recording/?limit=100"
    while url:
        page = api.get(url).json()
        yield from page["results"]
        url = page["next"]


def _lies(server: Server, found: Found) -> list[str]:
    """Whatever is shown as done is whole; and the newest of it is what was sent, to the last byte."""
    problems = []
    with _client(server) as api:
        done = [each for each in _recordings(api) if each["status"]["code"] == "done"]
        for recording in done:
            missing = [name for name in ("video_mixed", "audio_mixed") if recording["media_shortcuts"][name] is None]
            problems += [f"{recording['id']} is done without its {name}" for name in missing]
        if done and not problems:
            problems += _differences(api, done[0], found)
    return problems


def _differences(api: httpx.Client, recording: dict[str, Any], found: Found) -> list[str]:
    expected = found.begun[recording["id"]]
    urls = {
        path: recording["media_shortcuts"][kind]["data"]["download_url"]
        for path, kind in (("video_mixed.mp4", "video_mixed"), ("audio_mixed.mp3", "audio_mixed"))
    }
    got = {path: api.get(url) for path, url in urls.items()}
    gone = recording["id"] in found.deleted
    return [
        f"{recording['id']}: {path} is not what was sent"
        for path, answer in got.items()
        if not (gone and answer.status_code == httpx.codes.NOT_FOUND)
        and hashlib.sha256(answer.content).hexdigest() != expected[path]
    ]


def _losses(server: Server, found: Found) -> list[str]:
    """Every completion that was acknowledged, and not deleted since, is there."""
    with _client(server) as api:
        shown = {each["id"]: each for each in _recordings(api)}
        kept = [shown[each] for each in found.completed if each in shown and each not in found.deleted]
        problems = [
            f"{each} was acknowledged and is gone" for each in found.completed.keys() - found.deleted - shown.keys()
        ]
        problems += [f"{each['id']} is {each['status']['code']}" for each in kept if each["status"]["code"] != "done"]
        for each in kept:
            problems += _differences(api, each, found)
    return problems


def _stray(data: Path) -> set[str]:
    with closing(sqlite3.connect(data / "backend.sqlite")) as database:
        known = {row[0] for table in ("files", "doomed") for row in database.execute(f"SELECT id FROM {table}")}  # noqa: S608 - two names
    return {path.stem for path in (data / "blobs").glob("*/*")} - known


def _left_behind(data: Path) -> list[str]:
    """Two days later there is nothing on the disk that nothing leads to."""
    open_backend(data, now_s=lambda: time.time() + 2 * STRAY_S).close()
    return [f"{each} is on the disk, and nothing leads to it" for each in _stray(data)]
