"""Opening a backend, serving it, and what a crash in the middle leaves."""

import contextlib
import json
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.fakes.recording_directory import make_recording
from tests.uploader.rig import NO_TLS, Service, Tus, download, open_upload, served, sha256, upload_recording
from uploader.__main__ import main
from uploader.backend import open_backend
from uploader.backend.server import BackendThread, listen, serve
from uploader.claim import read_claim
from uploader.destinations.tus import TusDestination
from uploader.errors import AddressUnusable, DeliveryStopped, PortInUse, RetryableError
from uploader.session import Progress, Session


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_first_start_makes_everything(tmp_path: Path) -> None:
    data = tmp_path / "deep" / "data"
    backend = open_backend(data)
    backend.close()
    assert mode(data) == 0o700
    assert mode(data / "api_key") == mode(data / "signing_key") == 0o600
    assert (data / "api_key").read_text().strip() == backend.api_key
    assert len(backend.api_key) >= 43
    assert backend.api_key not in repr(backend)
    stored = b"".join(path.read_bytes() for path in data.glob("backend.sqlite*"))
    assert backend.api_key.encode() not in stored


def test_the_next_start_finds_it_again(tmp_path: Path, recording: Path) -> None:
    with served(tmp_path / "data") as service, service.client(service.backend.api_key) as client:
        first = service.backend.api_key
        upload_recording(service, client, recording)
        upload = open_upload(client, recording_id=recording.name)
    with served(tmp_path / "data") as service, service.client(first) as client:
        assert service.backend.api_key == first
        with Tus(service, upload) as tus:
            assert tus.create(5).status_code == 201
        assert client.get(f"recording/{recording.name}/").json()["status"]["code"] == "done"


def test_every_backend_has_secrets_of_its_own(tmp_path: Path) -> None:
    backends = [open_backend(tmp_path / name) for name in ("a", "b")]
    assert len({backend.api_key for backend in backends}) == 2
    assert len({backend.access.upload_token("x") for backend in backends}) == 2
    for backend in backends:
        backend.close()


def test_a_lost_key_file_is_replaced_and_the_old_key_stays_good(tmp_path: Path) -> None:
    first = open_backend(tmp_path)
    first.close()
    (tmp_path / "api_key").unlink()
    second = open_backend(tmp_path)
    assert second.api_key != first.api_key
    assert second.access.workspace(first.api_key) == second.access.workspace(second.api_key)
    second.close()


def test_a_lost_index_is_built_again_by_delivering_again(tmp_path: Path, recording: Path) -> None:
    data = tmp_path / "data"
    with served(data) as service, service.client(service.backend.api_key) as client:
        upload_recording(service, client, recording)
    for path in data.glob("backend.sqlite*"):
        path.unlink()
    with served(data) as service, service.client(service.backend.api_key) as client:
        assert client.get("recording/").json()["results"] == []
        assert upload_recording(service, client, recording)["status"]["code"] == "done"


def test_a_busy_port(tmp_path: Path) -> None:
    backend = open_backend(tmp_path)
    with contextlib.closing(backend), listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse) as caught:
            serve(backend, "127.0.0.1", port, lambda _: None)
        assert caught.value.data["port"] == str(port)
        with pytest.raises(PortInUse), BackendThread(backend, port):
            pass


UNUSABLE = [("192.0.2.1", 0), ("nowhere.invalid", 0), ("a..b", 0), ("127.0.0.1", 70_000), ("127.0.0.1", -1)]


@pytest.mark.parametrize(("host", "port"), UNUSABLE)
def test_an_address_that_nothing_can_listen_on(host: str, port: int) -> None:
    with pytest.raises(AddressUnusable) as caught:
        listen(host, port)
    assert caught.value.data == {"host": host, "port": str(port)}
    assert caught.value.reason
    assert caught.value.code == "address_unusable"


@pytest.mark.parametrize(("host", "port"), UNUSABLE)
def test_the_program_says_that_the_address_is_of_no_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], host: str, port: int
) -> None:
    assert main(["serve", "--host", host, f"--port={port}", "--data", str(tmp_path / "data")]) == 1
    assert capsys.readouterr().err.startswith("address_unusable: ")
    assert not (tmp_path / "data").exists()


def test_the_program_says_that_its_data_is_of_no_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "backend.sqlite").write_text("not a database at all, " * 1000)
    assert main(["serve", "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("data_not_writable: ")


def test_two_threads_serve_two_backends(tmp_path: Path) -> None:
    with served(tmp_path / "a") as first, served(tmp_path / "b") as second:
        for service in (first, second):
            with service.client(service.backend.api_key) as client:
                assert client.get("recording/").status_code == 200
        with second.client(first.backend.api_key) as client:
            assert client.get("recording/").status_code == 401


@contextmanager
def program(*arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "uploader", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def first_line(process: subprocess.Popen[str]) -> dict[str, str]:
    assert process.stdout is not None
    line: dict[str, str] = json.loads(process.stdout.readline())
    return line


def test_the_program_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    with program("serve", "--json", "--data", tmp_path / "data") as process:
        told = first_line(process)
        assert told.keys() == {"url", "api_key", "transcription"}
        health = httpx.get(f"{told['url']}/api/v1/health/", trust_env=False, verify=NO_TLS)
        assert health.status_code == 200
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=20)
    assert (process.returncode, output, errors) == (0, "", "")


def test_the_program_tells_people_where_the_key_is_and_not_the_key(tmp_path: Path) -> None:
    with program("serve", "--data", tmp_path / "data") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=20)
    assert (process.returncode, output, errors) == (0, "", "")
    assert re.search(r"http://127\.0\.0\.1:\d+", line)
    assert (tmp_path / "data" / "api_key").read_text().strip() not in line


def test_on_every_interface_under_other_names(tmp_path: Path) -> None:
    arguments = ("--host", "0.0.0.0", "--allow-host", "Afterword.Example")  # noqa: S104 - the point
    with program("serve", "--json", "--data", tmp_path / "data", *arguments) as process:
        url = first_line(process)["url"]
        assert url.startswith("http://127.0.0.1:")
        for host, status in (("127.0.0.1", 200), ("afterword.example:8000", 200), ("evil.example", 400)):
            headers = {"Host": host}
            answer = httpx.get(f"{url}/api/v1/health/", headers=headers, trust_env=False, verify=NO_TLS)
            assert answer.status_code == status


def test_the_program_makes_nothing_where_the_port_is_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "--port", port, "--data", str(tmp_path / "data")]) == 1
    assert "port_in_use" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


@pytest.fixture
def by_hand(
    service: Service, recording: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], tuple[int, str, str]]:
    """Delivers with a key from the environment; gives exit status, output and errors."""

    def run(key: str) -> tuple[int, str, str]:
        monkeypatch.setenv("AFTERWORD_API_KEY", key)
        status = main(["deliver", str(recording), "--destination", service.url, "--json"])
        return status, *capsys.readouterr()

    return run


def test_a_recording_by_hand(service: Service, recording: Path, by_hand: Callable[[str], tuple[int, str, str]]) -> None:
    status, output, errors = by_hand(service.backend.api_key)
    assert (status, errors) == (0, "")
    report = json.loads(output)
    assert report["status"] == "complete"
    assert report["bytes_sent"] == report["bytes_total"] == read_claim(recording).bytes_total


def test_by_hand_without_the_right_key(by_hand: Callable[[str], tuple[int, str, str]]) -> None:
    status, output, _ = by_hand("wrong")
    assert (status, json.loads(output)["last_error"]) == (1, "authentication_failed")
    status, output, errors = by_hand("")
    assert (status, output) == (2, "")
    assert "AFTERWORD_API_KEY" in errors


def test_by_hand_to_nowhere(
    recording: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AFTERWORD_API_KEY", "key")
    assert main(["deliver", str(recording), "--destination", "nowhere"]) == 1
    assert "unknown_destination" in capsys.readouterr().err


def test_a_server_killed_in_the_middle_of_a_file(tmp_path: Path) -> None:
    video_bytes = 24_000_000
    directory = make_recording(tmp_path, video_bytes=video_bytes)
    data = tmp_path / "data"
    with program("serve", "--json", "--data", data) as process:
        told = first_line(process)

        def kill_half_way(progress: Progress) -> None:
            if progress.sent_bytes > 14_000_000:
                process.kill()

        with TusDestination(told["url"], told["api_key"]) as destination, pytest.raises(RetryableError):
            Session(directory, destination, kill_half_way).deliver()
    port = told["url"].rpartition(":")[2]
    seen: list[Progress] = []
    with program("serve", "--json", "--port", port, "--data", data) as process:
        assert first_line(process) == told
        with TusDestination(told["url"], told["api_key"]) as destination:
            Session(directory, destination, seen.append).deliver()
        headers = {"Authorization": told["api_key"]}
        address = f"{told['url']}/api/v1/recording/{directory.name}/"
        shown = httpx.get(address, headers=headers, trust_env=False, verify=NO_TLS).json()
        content = download(shown["media_shortcuts"]["video_mixed"]["data"]["download_url"]).content
    kept = next(progress.safe_bytes for progress in seen if progress.safe_bytes > 1_000_000)
    assert 8_000_000 <= kept < video_bytes
    assert sha256(content) == sha256((directory / "video_mixed.mp4").read_bytes())


def test_stopping_the_server_keeps_what_is_under_way(tmp_path: Path) -> None:
    directory = make_recording(tmp_path, video_bytes=3_000_000, paths=("video_mixed.mp4",))
    (video,) = read_claim(directory).deliverable

    def stop(progress: Progress) -> None:
        if progress.sent_bytes > progress.safe_bytes + 1_500_000:
            raise DeliveryStopped

    with served(tmp_path / "data") as service, TusDestination(service.url, service.backend.api_key) as destination:
        with pytest.raises(DeliveryStopped):
            Session(directory, destination, stop).deliver()
        upload = destination.create(read_claim(directory))
    with served(tmp_path / "data") as service, TusDestination(service.url, service.backend.api_key) as destination:
        assert 1_000_000 <= destination.offset(upload, video) < video.bytes
        Session(directory, destination, lambda _: None).deliver()


def test_the_listener_answers_without_delay() -> None:
    """Nagle's algorithm, left on, would hold back the end of every answer by 40 ms."""
    with listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
