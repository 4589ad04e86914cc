"""Connections that are slow, silent or many: each costs little, and not for long."""

import resource
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import ClassVar

import pytest

from tests.fakes.recording_directory import make_recording
from tests.torture.delivery.course import ROOT
from tests.uploader.backend.test_server import first_line
from tests.uploader.rig import BODY_TYPE, Service, Tus, open_upload, upload_recording
from tests.uploader.security.raw import Wire, ask, wire
from uploader.backend import open_backend
from uploader.backend.connection import Bounds, Connection
from uploader.backend.server import BackendThread

DRIP_S = 0.02
IDLE = 1000
FILES = 256
HEAD = "GET /api/v1/health/ HTTP/1.1"


class Hasty(Connection):
    bounds: ClassVar[Bounds] = Bounds(head_s=0.8, silence_s=0.8)


class Unread(Connection):
    bounds: ClassVar[Bounds] = Bounds(unread_s=0.2)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One that has no patience."""
    with closing(open_backend(tmp_path_factory.mktemp("data"))) as backend, BackendThread(backend, 0, Hasty) as thread:
        yield Service(backend, thread.url)


def drip(opened: Wire, data: bytes) -> bool:
    """Byte by byte, until the server says something or closes; ``False`` where it never does."""
    for number in range(len(data)):
        if select.select([opened.socket], [], [], DRIP_S)[0]:
            return True
        try:
            opened.socket.sendall(data[number : number + 1])
        except (BrokenPipeError, ConnectionResetError):
            return True
    return False


def test_a_connection_over_which_nothing_comes(service: Service) -> None:
    with wire(service.url) as opened:
        assert opened.is_closed()


def test_headers_that_come_byte_by_byte(service: Service) -> None:
    with wire(service.url) as opened:
        assert drip(opened, b"GET /api/v1/health/ HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 5000)
        assert opened.is_closed()


def test_a_second_request_has_no_more_time_than_the_first(service: Service) -> None:
    with wire(service.url) as opened:
        opened.send(HEAD)
        assert opened.answer()
        assert drip(opened, b"GET /" + b"a" * 5000)
        assert opened.is_closed()


@pytest.mark.parametrize("framing", ["Content-Length: 1000000", "Transfer-Encoding: chunked"])
def test_a_document_that_comes_byte_by_byte(service: Service, framing: str) -> None:
    with wire(service.url) as opened:
        opened.send(f"POST /api/v1/sdk_upload/ HTTP/1.1\n{framing}")
        assert drip(opened, b'f4240\r\n{"a":"' + b"a" * 5000)
        answer = opened.answer()
    assert answer is not None
    assert (answer.status, answer.document["code"]) == (408, "silent_sender")


@pytest.mark.parametrize("begun_bytes", [10, 400_000])
def test_a_file_that_comes_byte_by_byte_is_kept_that_far_and_free_again(service: Service, begun_bytes: int) -> None:
    """A long one goes past the parser; it has the same pace."""
    with service.client(service.new_key()) as client, Tus(service, open_upload(client)) as tus:
        address = tus.place(3_000_000)
        with wire(service.url) as opened:
            opened.send(
                f"PATCH {address.removeprefix(service.url)} HTTP/1.1\nTus-Resumable: 1.0.0\nUpload-Offset: 0\n"
                f"Authorization: {tus.client.headers['Authorization']}\nContent-Type: {BODY_TYPE}\n"
                "Content-Length: 3000000",
                bytes(begun_bytes),
            )
            assert drip(opened, bytes(5000))
            answer = opened.answer()
            assert answer is not None
            assert answer.status == 408
        kept = tus.offset(address)
        assert begun_bytes <= kept < begun_bytes + 5000
        assert tus.patch(address, kept, bytes(10)).status_code == 204


def test_an_answer_that_nobody_reads(tmp_path: Path) -> None:
    directory = make_recording(tmp_path, video_bytes=20_000_000, paths=("video_mixed.mp4",))
    with closing(open_backend(tmp_path / "data")) as backend, BackendThread(backend, 0, Unread) as thread:
        service = Service(backend, thread.url)
        with service.client(backend.api_key) as client:
            url = upload_recording(service, client, directory)["media_shortcuts"]["video_mixed"]["data"]["download_url"]
        with wire(service.url) as opened:
            opened.send(f"GET {url.removeprefix(service.url)} HTTP/1.1")
            hung_up = select.poll()
            hung_up.register(opened.socket, select.POLLRDHUP)
            assert hung_up.poll(20_000)


def test_what_follows_a_refused_body_is_read_for_a_while_and_no_longer(service: Service) -> None:
    with wire(service.url) as opened:
        opened.send(f"POST /api/v1/sdk_upload/ HTTP/1.1\nContent-Length: {10**12}", bytes(100))
        answer = opened.answer()
        assert answer is not None
        assert answer.status == 413
        assert drip(opened, bytes(5000))
        assert opened.is_closed()


@contextmanager
def serving_with_few_files(data: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    limited = f"import resource, runpy; resource.setrlimit(resource.RLIMIT_NOFILE, ({FILES}, {FILES})); "
    command = [sys.executable, "-c", limited + "runpy.run_module('uploader', run_name='__main__')"]
    with subprocess.Popen(
        [*command, "serve", "--json", "--data", str(data)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process, first_line(process)
        finally:
            process.kill()


def resident_bytes(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()


@contextmanager
def many_files() -> Iterator[None]:
    """For this end of as many connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(2 * IDLE, hard)), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_thousand_idle_connections_where_there_are_files_for_a_quarter(tmp_path: Path) -> None:
    begin = "POST /api/v1/sdk_upload/ HTTP/1.1\nContent-Length: 0\nConnection: close\nAuthorization: {}"
    with many_files(), serving_with_few_files(tmp_path / "data") as (process, told), ExitStack() as held:
        assert ask(told["url"], HEAD + "\nConnection: close")
        before_bytes = resident_bytes(process.pid)
        for number in range(IDLE):
            held.enter_context(wire(told["url"]))
            if number % 200 == 199:
                answer = ask(told["url"], begin.format(told["api_key"]))
                assert answer is not None
                assert answer.status == 201
        assert resident_bytes(process.pid) - before_bytes < 30_000_000
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
    assert "Traceback" not in said
    assert "gives way to others" in said
    assert len(said.splitlines()) < IDLE // 4
