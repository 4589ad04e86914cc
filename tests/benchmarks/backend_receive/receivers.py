"""Who takes a file in, and a sender that costs the machine as little as it can."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.benchmarks.delivery.measurement import ROOT
from tests.rig.partners import TUS_NODE_SERVER, folder_of, node_program
from tests.uploader.interop.servers import NODE_SCRIPT
from tests.uploader.programs import free_port, started
from tests.uploader.rig import BODY_TYPE, NO_TLS

MIB = 1024 * 1024
REQUEST_BYTES = 64 * MIB
"""As a delivery sends them over a fast line."""

TUS = {"Tus-Resumable": "1.0.0"}
TICKS_PER_S = os.sysconf("SC_CLK_TCK")
NOISE = os.urandom(MIB)


@dataclass(frozen=True)
class Place:
    """Where a file goes, and what opens it."""

    address: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Receiver:
    """A server as a process. ``place`` makes a file of so many bytes."""

    pid: int
    place: Callable[[int], Place]

    @property
    def cpu_s(self) -> float:
        """All its threads, user and system."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_S

    @property
    def most_memory_bytes(self) -> int:
        """Resident at once, since it began."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


Start = Callable[[Path], AbstractContextManager[Receiver]]


@contextmanager
def ours(folder: Path) -> Iterator[Receiver]:
    """Each file in an upload of its own."""
    command = [sys.executable, "-m", "uploader", "serve", "--json", "--data", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            told = json.loads(process.stdout.readline() if process.stdout else "")
            headers = {"Authorization": f"Token {told['api_key']}"}
            with httpx.Client(
                base_url=f"{told['url']}/api/v1/", headers=headers, trust_env=False, verify=NO_TLS
            ) as api:

                def place(size_bytes: int) -> Place:
                    upload = api.post("sdk_upload/").json()
                    token = {"Authorization": f"Token {upload['upload_token']}"}
                    created = {**TUS, **token, "Upload-Length": str(size_bytes)}
                    return Place(
                        api.post(f"sdk_upload/{upload['id']}/media/", headers=created).headers["Location"], token
                    )

                yield Receiver(process.pid, place)
        finally:
            process.kill()


@contextmanager
def tus_node(folder: Path) -> Iterator[Receiver]:
    """Npm's @tus/server with its store of files."""
    port = free_port()
    environment = {"NODE_PATH": str(folder_of(TUS_NODE_SERVER) / "node_modules")}
    with started([str(node_program()), "-e", NODE_SCRIPT, str(folder), str(port)], port, environment) as process:

        def place(size_bytes: int) -> Place:
            headers = {**TUS, "Upload-Length": str(size_bytes)}
            answer = httpx.post(f"http://127.0.0.1:{port}/files", headers=headers, trust_env=False, verify=NO_TLS)
            return Place(answer.headers["Location"], {})

        yield Receiver(process.pid, place)


def send(place: Place, size_bytes: int) -> None:
    """Raises ``RuntimeError`` where it is not taken."""
    url = httpx.URL(place.address)
    with socket.create_connection((url.host, url.port or 80)) as connection:
        for offset in range(0, size_bytes, REQUEST_BYTES):
            _patch(connection, url, place.headers, offset, min(REQUEST_BYTES, size_bytes - offset))


def _patch(connection: socket.socket, url: httpx.URL, headers: Mapping[str, str], offset: int, body_bytes: int) -> None:
    fields = {
        "Host": f"{url.host}:{url.port}",
        "Content-Type": BODY_TYPE,
        "Content-Length": str(body_bytes),
        "Upload-Offset": str(offset),
        **TUS,
        **headers,
    }
    lines = [f"PATCH {url.path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
    connection.sendall("\r\n".join(lines).encode())
    for begin in range(0, body_bytes, MIB):
        connection.sendall(NOISE[: min(MIB, body_bytes - begin)])
    answer = b""
    while b"\r\n\r\n" not in answer:
        received = connection.recv(65536)
        if not received:
            break
        answer += received
    if not answer.startswith(b"HTTP/1.1 204"):
        message = f"the server said {answer[:200]!r}"
        raise RuntimeError(message)
