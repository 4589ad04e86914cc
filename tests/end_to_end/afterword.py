"""The command line as a user has it: a process of its own, its exit status and its one JSON document."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

AFTERWORD = (sys.executable, "-m", "app")
ROOT = Path(__file__).parents[2]
LIMIT_S = 60


@dataclass(frozen=True, slots=True)
class Answer:
    exit_status: int
    document: Any
    words: str


def afterword(environment: Mapping[str, str], *arguments: str | Path) -> Answer:
    """Runs a verb to its end, with ``--json``."""
    return answer(environment, *AFTERWORD, *map(str, arguments), "--json")


def answer(environment: Mapping[str, str], *command: str) -> Answer:
    """Any command whose standard output is one JSON document."""
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=LIMIT_S, check=False)
    text = done.stdout.decode()
    return Answer(done.returncode, json.loads(text) if text.strip() else None, done.stderr.decode())


class Running:
    """A recording under way, started as a user does it; ready when it says so."""

    def __init__(self, environment: Mapping[str, str], *arguments: str | Path) -> None:
        self._words: list[str] = []
        self._process = subprocess.Popen(
            (*AFTERWORD, *map(str, arguments), "--json"),
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for line in self._process.stderr or ():
            self._words.append(line)
            if line.startswith("Recording"):
                return
        self._process.wait(LIMIT_S)
        message = f"it did not begin to record\n{''.join(self._words)}"
        raise AssertionError(message)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Whatever the test did: no recorder outlives it."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(LIMIT_S)
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def worker(self) -> int:
        """The process that owns the files."""
        return min(self.children())

    def children(self) -> set[int]:
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text(encoding="ascii")
        return set(map(int, children.split()))

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def listen_for(self, *words: str) -> None:
        """Until it has said all of them, or ended."""
        for line in self._process.stderr or ():
            self._words.append(line)
            if all(any(each in line for line in self._words) for each in words):
                return

    def finish(self) -> Answer:
        """Waits for its end."""
        text, words = self._process.communicate(timeout=LIMIT_S)
        return Answer(self._process.returncode, json.loads(text), "".join(self._words) + words)


@dataclass(frozen=True, slots=True)
class Served:
    url: str
    api_key: str


@contextlib.contextmanager
def serving(environment: Mapping[str, str], basedir: Path) -> Iterator[Served]:
    """``afterword serve`` until the context ends."""
    command = (*AFTERWORD, "--basedir", str(basedir), "serve", "--json")
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            if server.stdout is None:
                message = "no pipe"
                raise RuntimeError(message)
            told = json.loads(server.stdout.readline())
            yield Served(told["url"], told["api_key"])
        finally:
            server.terminate()
            server.wait(LIMIT_S)
