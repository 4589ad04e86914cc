"""TLS, proxies, portals, and lines that are of no use: what every destination over HTTP shares."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.uploader.faults import Answer, scripted
from tests.uploader.tls import DAY, NOW, Authority
from uploader.destinations.pieces import PIECE_BYTES, Pace, Stretch, Throughput
from uploader.destinations.transport import DIRECT, Patience, Route, Transport
from uploader.errors import (
    CertificateUntrusted,
    LocalFileChanged,
    NetworkTrouble,
    ProxyRefused,
    UnknownDestination,
)

FINE = Answer(200, body=b"{}")


def ask(url: str, route: Route = DIRECT) -> int:
    with Transport(url, route) as transport:
        return transport.request("GET", url, {}).status_code


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def test_an_authority_of_ones_own_is_trusted_when_it_is_given(authority: Authority) -> None:
    with scripted(FINE, tls=authority.server_context()) as server:
        with pytest.raises(CertificateUntrusted) as caught:
            ask(server.url)
        assert caught.value.reason
        assert ask(server.url, Route(ca_file=authority.ca_file)) == 200
        assert len(server.asked) == 1


def test_a_certificate_that_has_expired_or_is_anothers(authority: Authority) -> None:
    route = Route(ca_file=authority.ca_file)
    for context in (authority.server_context(expires_at=NOW - DAY), authority.server_context("other.example")):
        with scripted(FINE, tls=context) as server:
            with pytest.raises(CertificateUntrusted):
                ask(server.url, route)
            assert server.asked == []


def test_authorities_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "nonsense.pem").write_text("nonsense")
    for name in ("nonsense.pem", "missing.pem"):
        with pytest.raises(UnknownDestination, match=name):
            Transport("https://host.example", Route(ca_file=tmp_path / name))


def test_a_proxy_is_used_and_its_password_is_not_shown() -> None:
    with scripted(FINE) as proxy:
        address = proxy.url.replace("http://", "http://user:secret@")
        route = Route(proxy=address)
        assert ask("http://host.invalid/", route) == 200
        assert proxy.asked[0].headers["Proxy-Authorization"].startswith("Basic ")
    assert "secret" not in repr(route)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_does_not_let_us_through(scheme: str) -> None:
    with scripted(Answer(407)) as proxy, pytest.raises(ProxyRefused):
        ask(f"{scheme}://host.invalid/", Route(proxy=proxy.url))


def test_an_address_of_no_proxy() -> None:
    with pytest.raises(UnknownDestination):
        Transport("https://host.example", Route(proxy="nowhere:secret"))


def test_the_environments_proxy_is_for_others_than_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted(Answer(407)) as proxy, scripted(FINE) as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert ask(server.url) == 200
        with pytest.raises(ProxyRefused):
            ask("http://host.invalid/")


def test_a_name_that_nobody_has() -> None:
    with pytest.raises(NetworkTrouble) as caught:
        ask("http://host.invalid/", Route(proxy=None))
    assert type(caught.value) is NetworkTrouble


@contextmanager
def peer(taken_bytes: int) -> Iterator[str]:
    """Takes so much of what is sent, and then does nothing."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    gone = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            left = taken_bytes
            while left > 0 and (data := connection.recv(min(left, 65536))):
                left -= len(data)
            gone.wait(20)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        gone.set()
        thread.join()
        listener.close()


def send(url: str, source: Path, patience: Patience) -> int:
    with Transport(url, Route(patience=patience)) as transport:
        stretch = Stretch(source, 0, source.stat().st_size)
        return transport.send("PATCH", url, {}, stretch, lambda _: None).status_code


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("source") / "video_mixed.mp4"
    path.write_bytes(bytes(12_000_000))
    return path


def test_a_peer_that_stops_taking(source: Path) -> None:
    with peer(1000) as url, pytest.raises(NetworkTrouble, match="WriteTimeout"):
        send(url, source, Patience(silence_s=0.2))


def test_a_peer_that_never_answers(source: Path) -> None:
    with peer(100_000_000) as url, pytest.raises(NetworkTrouble, match="ReadTimeout"):
        send(url, source, Patience(silence_s=0.2))


class FakeTime:
    """Goes on by itself for every look, and by as much as was slept."""

    def __init__(self, step_s: float = 0.0) -> None:
        self.now_s = 100.0
        self._step_s = step_s

    def look(self) -> float:
        self.now_s += self._step_s
        return self.now_s

    def sleep(self, duration_s: float) -> None:
        self.now_s += duration_s


def drain(stretch: Stretch, pace: Pace, throughput: Throughput, time: FakeTime) -> list[int]:
    sent: list[int] = []
    pieces = stretch.pieces(pace, throughput.watch(time.look), sent.append)
    assert [len(piece) for piece in pieces] == sent
    return sent


def test_a_line_that_drips_is_given_up(source: Path) -> None:
    """Each piece takes 30 s: no timeout of a single send would notice."""
    time = FakeTime(step_s=30.0)
    stretch = Stretch(source, 0, 10 * PIECE_BYTES)
    with pytest.raises(NetworkTrouble, match="TooSlow"):
        drain(stretch, Pace(None), Throughput(least_bytes=10 * PIECE_BYTES, window_s=60.0), time)
    assert drain(stretch, Pace(None), Throughput(least_bytes=2 * PIECE_BYTES, window_s=60.0), time)


def test_our_own_limit_is_not_taken_for_a_slow_line(source: Path) -> None:
    time = FakeTime()
    pace = Pace(1000.0, time.look, time.sleep)
    drain(Stretch(source, 0, 120_000), pace, Throughput(least_bytes=10_000_000, window_s=10.0), time)
    assert time.now_s - 100.0 == pytest.approx(120.0, abs=5.0)


@pytest.mark.parametrize("limit_bytes_per_s", [50_000.0, 1_000_000.0])
def test_a_limit_is_kept(source: Path, limit_bytes_per_s: float) -> None:
    time = FakeTime()
    pace = Pace(limit_bytes_per_s, time.look, time.sleep)
    sent = drain(Stretch(source, 0, 5_000_000), pace, Throughput(), time)
    took_s = time.now_s - 100.0
    assert sum(sent) == 5_000_000
    assert 5_000_000 / took_s == pytest.approx(limit_bytes_per_s, rel=0.05)


def test_pieces_are_small_and_what_was_not_used_is_not_saved_up(source: Path) -> None:
    time = FakeTime()
    assert max(drain(Stretch(source, 0, 12_000_000), Pace(None), Throughput(), time)) <= 1024 * 1024
    pace = Pace(100_000.0, time.look, time.sleep)
    time.now_s += 3600
    started_s = time.now_s
    drain(Stretch(source, 0, 1_000_000), pace, Throughput(), time)
    assert time.now_s - started_s == pytest.approx(10.0, abs=0.5)


def test_a_digest_of_a_part_and_of_a_file_that_is_too_short(source: Path) -> None:
    assert len(Stretch(source, 5, 100).digest("sha1")) == 20
    with pytest.raises(LocalFileChanged):
        Stretch(source, 11_999_999, 2).digest("sha256")
