"""A private PostgreSQL: a cluster in a folder of its own, on a socket there, gone with the tests."""

import os
import shutil
import subprocess
import tempfile
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
UNPRIVILEGED = "nobody"
"""The server refuses to run as root."""

START_LIMIT_S = 60
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
            shutil.chown(folder, UNPRIVILEGED)
        _run("initdb", "--auth=trust", "--no-locale", "--encoding=UTF8", "--no-sync", "-U", OWNER, "-D", _data(folder))
        with _started(folder):
            cluster = Cluster(folder)
            cluster.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
            open_postgresql(cluster.location(TEMPLATE)).close()
            yield cluster
    finally:
        shutil.rmtree(folder)


@contextmanager
def _started(folder: Path) -> Iterator[None]:
    options = " ".join(f"-c {each}" for each in (*FAST, f"unix_socket_directories={folder}"))
    data, log = _data(folder), str(folder / "log")
    _run("pg_ctl", "start", "--wait", f"--timeout={START_LIMIT_S}", f"--log={log}", "-D", data, "-o", options)
    try:
        yield
    finally:
        _run("pg_ctl", "stop", "--mode=immediate", "-D", data)


def _data(folder: Path) -> str:
    return str(folder / "data")


def _run(program: str, *arguments: str) -> None:
    """Without a pipe: the server would inherit it, and hold it open."""
    folder = Path(arguments[arguments.index("-D") + 1]).parent
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    said = folder / f"{program}.txt"
    with said.open("w") as output:
        command = [str(_program(program)), *arguments]
        done = subprocess.run(
            command, stdout=output, stderr=output, user=user, cwd=folder, timeout=2 * START_LIMIT_S, check=False
        )
    assert done.returncode == 0, said.read_text()


def _program(name: str) -> Path:
    """Debian keeps the server's programs off the search path, by version."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = installed[-1] if installed else shutil.which(name)
    assert found, f"{name} is not installed"
    return Path(found)
