"""A recording of one large object on its way through every fault there is, with both ends killed now and then."""

import hashlib
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

import httpx

from tests.fakes.recording_directory import make_recording, with_media
from tests.torture.delivery.chaos import HOST, Certificates, Chaos, chaos
from tests.torture.delivery.client import KEY_VARIABLE
from tests.torture.delivery.kinds import BREAK, KINDS, TOO_LARGE, At, Fault, Kind, Way
from tests.torture.delivery.passage import Line
from tests.uploader.rig import NO_TLS
from uploader.claim import read_claim

ROOT = Path(__file__).parents[3]
MIB = 1024 * 1024
LOOK_S = 0.005
HOLD_S = 1.4
"""Longer than the client's patience."""

LEAST_APART_BYTES = 2048
"""Between two faults: a connection carries some words of the API before any byte of the object."""

IN_A_ROW = 3
"""Wrong certificates: whoever shows one does so for a while."""


@dataclass(frozen=True)
class Plan:
    """Every kind of fault strikes ``rounds`` times. Kills are spread over the course like the faults.

    The course fails after ``limit_s``.
    """

    seed: int = 1
    total_bytes: int = 24 * MIB
    rounds: int = 4
    request_bytes: int = MIB
    client_kills: int = 0
    server_kills: int = 0
    limit_s: float = 300.0

    def chance(self, what: str) -> random.Random:
        return random.Random(f"{self.seed} {what}")

    def drawn(self) -> list[Fault]:
        """In any order; all have struck before the last byte is there, but for those that strike after it."""
        chance = self.chance("faults")
        last = [kind for kind in KINDS if kind.at is At.COMPLETE] * self.rounds
        turns = [_turn(kind) for kind in KINDS if kind.at is not At.COMPLETE] * self.rounds
        chance.shuffle(last)
        chance.shuffle(turns)
        kinds = [kind for turn in turns for kind in turn] + last
        farthest = max(self.total_bytes // max(2 * len(kinds), 1), 2 * LEAST_APART_BYTES)
        return [Fault(kind, chance.randrange(1, farthest)) for kind in kinds]

    def kills(self, what: str, count: int) -> list[int]:
        """After how many bytes on the line."""
        chance = self.chance(what)
        return sorted(chance.randrange(1, self.total_bytes * 9 // 10) for _ in range(count))


def _turn(kind: Kind) -> tuple[Kind, ...]:
    """With a break before what strikes at the beginning of an attempt, or where nothing has been learned yet."""
    if kind is TOO_LARGE:
        return BREAK, kind, replace(kind, least=kind.least / 2)
    if kind.at in {At.OPEN, At.PLACE, At.ASK}:
        return BREAK, kind
    if kind.tells_when:
        return kind, kind  # one may be told to a client that is killed before it can tell
    return (kind,) * (IN_A_ROW if kind.way is Way.UNTRUSTED else 1)


@dataclass
class Score:
    """``struck`` by the names of kinds; ``waits_s``: how long it was to wait because somebody asked for it."""

    struck: Counter[str] = field(default_factory=Counter)
    waits_s: list[float] = field(default_factory=list)
    left: int = 0
    troubles: int = 0
    """Attempts that broke off."""
    client_kills: int = 0
    server_kills: int = 0
    sent_bytes: int = 0
    """All that the client has put on the line."""
    again_bytes: int = 0
    """Of the object."""
    farthest_back_bytes: int = 0
    """After one trouble, from where the object had come on the line to where it went on."""
    stranger_bytes: int = 0
    """Sent to one with a certificate that was not right."""
    took_s: float = 0.0
    objects: int = 0
    is_identical: bool = False
    log_bytes: int = 0
    server_log_bytes: int = 0


class Server:
    """A recordings backend as a process, at the same address through every restart."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._log = data.with_suffix(".log").open("ab")
        self._port = "0"
        self.url = ""
        self.api_key = ""
        self.restart()

    def restart(self) -> None:
        command = [sys.executable, "-m", "uploader", "serve", "--json", "--data", str(self._data), "--port", self._port]
        command += ["--allow-host", HOST]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=self._log, text=True)
        told = json.loads(_pipe(self._process.stdout).readline())
        self.url, self.api_key = told["url"], told["api_key"]
        self._port = self.url.rpartition(":")[2]

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        _pipe(self._process.stdout).close()

    def close(self) -> None:
        self.kill()
        self._log.close()


@contextmanager
def serving(data: Path) -> Iterator[Server]:
    server = Server(data)
    try:
        yield server
    finally:
        server.close()


class Client:
    """A delivery as a process, begun anew after every kill."""

    def __init__(self, words: list[str], environment: Mapping[str, str], log: Path, score: Score) -> None:
        self._command = [sys.executable, "-m", "tests.torture.delivery.client", *words]
        self._environment = environment
        self._score = score
        self._log = log.open("ab")
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, env=self._environment, stdout=subprocess.PIPE, stderr=self._log, text=True
        )
        self._reader = threading.Thread(target=self._read, args=(_pipe(self._process.stdout),))
        self._reader.start()

    def _read(self, lines: IO[str]) -> None:
        with lines:
            for line in lines:
                told = json.loads(line)
                self._score.troubles += told["status"] == "waiting"
                self._score.waits_s += [told["wait_s"]] if told["wait_s"] else []

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    @property
    def exit_status(self) -> int | None:
        return self._process.returncode

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()

    def close(self) -> None:
        self.kill()
        self._score.log_bytes = self._log.tell()
        self._log.close()


def run(plan: Plan, folder: Path) -> Score:
    """Raises ``AssertionError`` where the delivery fails or takes too long."""
    directory = _recording(folder / "recordings", plan)
    score = Score()
    started_s = time.monotonic()
    certificates = Certificates.made(folder / "certificates")
    line = Line(plan.request_bytes, HOLD_S)
    with serving(folder / "server") as server, chaos(plan.drawn(), line, certificates) as proxy:
        proxy.lead_to(server.url)
        words = [str(directory), proxy.url, str(folder / "ledger.sqlite"), str(plan.request_bytes)]
        words += [str(certificates.ca_file), str(proxy.name_port)]
        client = Client(words, _environment(folder, server.api_key), folder / "client.log", score)
        try:
            _kill_now_and_then(plan, proxy, client, server, score)
        finally:
            client.close()
        assert client.exit_status == 0, "the delivery failed"
        score.struck, score.left, score.sent_bytes = proxy.struck, proxy.left, line.taken_bytes
        score.again_bytes, score.farthest_back_bytes = line.course.again_bytes, line.course.farthest_back_bytes
        score.stranger_bytes = proxy.stranger_bytes
        score.took_s = time.monotonic() - started_s
        score.objects = len([path for path in (folder / "server" / "blobs").rglob("*") if path.is_file()])
        score.server_log_bytes = (folder / "server.log").stat().st_size
        score.is_identical = _downloaded(server, directory.name) == _sha256(directory / "video_mixed.mp4")
    return score


def _environment(folder: Path, api_key: str) -> Mapping[str, str]:
    """With a system that trusts nobody: its authorities would be read for each of a thousand handshakes."""
    nobody = folder / "nobody.pem"
    nobody.write_text("")
    return {**os.environ, KEY_VARIABLE: api_key, "SSL_CERT_FILE": str(nobody), "NO_PROXY": "*"}


def _recording(folder: Path, plan: Plan) -> Path:
    """Its video is noise, written piece by piece."""
    directory = make_recording(folder, video_bytes=0, paths=("video_mixed.mp4",))
    (video,) = read_claim(directory).deliverable
    chance, digest = plan.chance("video"), hashlib.sha256()
    with (directory / video.path).open("wb") as file:
        for at in range(0, plan.total_bytes, MIB):
            piece = chance.randbytes(min(MIB, plan.total_bytes - at))
            digest.update(piece)
            file.write(piece)
    with_media(directory, (replace(video, bytes=plan.total_bytes, sha256=digest.hexdigest()),))
    return directory


def _kill_now_and_then(plan: Plan, proxy: Chaos, client: Client, server: Server, score: Score) -> None:
    deadline_s = time.monotonic() + plan.limit_s
    client_kills = plan.kills("client", plan.client_kills)
    server_kills = plan.kills("server", plan.server_kills)
    while not client.has_ended:
        if client_kills and proxy.line.taken_bytes > client_kills[0]:
            client_kills.pop(0)
            client.kill()
            client.start()
            score.client_kills += 1
        if server_kills and proxy.line.taken_bytes > server_kills[0]:
            server_kills.pop(0)
            server.kill()
            server.restart()
            score.server_kills += 1
        assert time.monotonic() < deadline_s, f"not delivered in {plan.limit_s} s"
        time.sleep(LOOK_S)


def _downloaded(server: Server, recording_id: str) -> str:
    """The digest of what the backend hands out, of the only recording that it knows."""
    headers = {"Authorization": f"Token {server.api_key}"}
    with httpx.Client(base_url=f"{server.url}/api/v1/", headers=headers, trust_env=False, verify=NO_TLS) as api:
        (shown,) = api.get("recording/").json()["results"]
        assert shown["id"] == recording_id
        digest = hashlib.sha256()
        with api.stream("GET", shown["media_shortcuts"]["video_mixed"]["data"]["download_url"]) as response:
            for piece in response.iter_bytes(MIB):
                digest.update(piece)
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
