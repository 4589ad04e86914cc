"""A private PostgreSQL: a cluster in a folder of its own, on a socket there, gone with the tests."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from uploader.backend.database import open_postgresql
from uploader.backend.locations import DatabaseLocation, database_location

OWNER = "afterword"
TEMPLATE = "template_afterword"
START_LIMIT_S = 60
LOOK_S = 0.05
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=60")
"""What is lost in a power cut is no loss here."""


@dataclass(frozen=True)
class Cluster:
    folder: Path

    def location(self, name: str) -> DatabaseLocation:
        found = database_location(f"postgresql://{OWNER}@/{name}?host={self.folder}", {})
        assert found
        return found

    @contextmanager
    def database(self) -> Iterator[DatabaseLocation]:
        """A new one, with the tables in it."""
        name = f"test_{uuid4().hex}"
        self.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(TEMPLATE)))
        try:
            yield self.location(name)
        finally:
            self.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def execute(self, statement: sql.Composed, name: str = "postgres") -> None:
        with psycopg.connect(host=str(self.folder), user=OWNER, dbname=name, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def private_cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="afterword-postgresql-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")
        _make(folder)
        with _started(folder):
            cluster = Cluster(folder)
            cluster.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
            open_postgresql(cluster.location(TEMPLATE)).close()
            yield cluster
    finally:
        shutil.rmtree(folder)


@contextmanager
def _started(folder: Path) -> Iterator[None]:
    """It ends with this process, whatever ends that."""
    options = [word for each in (*FAST, f"unix_socket_directories={folder}") for word in ("-c", each)]
    command = ["setpriv", "--pdeathsig=INT", *_as_nobody(), str(_program("postgres")), "-D", _data(folder), *options]
    with (folder / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log, cwd=folder) as server:
        try:
            _wait(server, folder)
            yield
        finally:
            server.send_signal(signal.SIGINT)


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    deadline_s = time.monotonic() + START_LIMIT_S
    while True:
        try:
            psycopg.connect(host=str(folder), user=OWNER, dbname="postgres").close()
        except psycopg.OperationalError:
            assert server.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < deadline_s
            time.sleep(LOOK_S)
        else:
            return


def _as_nobody() -> list[str]:
    """The server refuses to run as root."""
    return ["--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []


def _data(folder: Path) -> str:
    return str(folder / "data")


def _make(folder: Path) -> None:
    options = ["--auth=trust", "--no-locale", "--encoding=UTF8", "--no-sync", "-U", OWNER, "-D", _data(folder)]
    command = ["setpriv", *_as_nobody(), str(_program("initdb")), *options]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=2 * START_LIMIT_S, check=False)
    assert done.returncode == 0, done.stderr


def _program(name: str) -> Path:
    """Debian keeps the server's programs off the search path, by version."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = installed[-1] if installed else shutil.which(name)
    assert found, f"{name} is not installed"
    return Path(found)
