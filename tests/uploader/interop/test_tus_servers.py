"""Recordings delivered to tus servers that nobody here wrote, through kills and broken lines."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.recording_directory import make_recording
from tests.uploader.faults import Cut, cutting
from tests.uploader.interop.servers import Running, Start, tus_node_server, tuspyserver
from tests.uploader.making import GROWING, Making, Watched, started
from tests.uploader.programs import free_port
from tests.uploader.rig import sha256
from uploader.claim import read_claim
from uploader.destinations.pieces import Stretch
from uploader.destinations.plain_tus import PlainOptions, PlainTusDestination
from uploader.destinations.request_size import MIB
from uploader.destinations.transport import Transport
from uploader.destinations.tus_client import TusClient, TusOptions, TusUpload
from uploader.errors import UploadMoved
from uploader.ledger import DeliveryStatus, Ledger
from uploader.retry import Backoff, Judge
from uploader.session import Progress
from uploader.uploader import Policy, deliver

pytestmark = pytest.mark.timeout(400)  # the first use installs what is tested against

VIDEO_BYTES = 9_000_000
AT_ONCE = Policy(Judge(Backoff(base_s=0.0)))


def ignore(_: int) -> None:
    pass


@pytest.fixture(params=[tus_node_server, tuspyserver], ids=["tus-node-server", "tuspyserver"])
def start(request: pytest.FixtureRequest) -> Start:
    chosen: Start = request.param
    return chosen


@pytest.fixture
def server(start: Start, tmp_path: Path) -> Iterator[Running]:
    (tmp_path / "server").mkdir()
    with start(tmp_path / "server", free_port()) as running:
        yield running


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        yield ledger


def assert_delivered(directory: Path, server: Running) -> None:
    for media in read_claim(directory).deliverable:
        assert sha256(server.stored(media.path)) == media.sha256


def test_a_whole_recording(server: Running, tmp_path: Path, ledger: Ledger) -> None:
    directory = make_recording(tmp_path / "recordings", video_bytes=VIDEO_BYTES)
    with PlainTusDestination(server.url, ledger) as destination:
        assert deliver(directory, destination, ledger).status is DeliveryStatus.COMPLETE
    assert_delivered(directory, server)


def test_through_a_line_that_breaks(server: Running, tmp_path: Path, ledger: Ledger) -> None:
    directory = make_recording(tmp_path / "recordings", video_bytes=VIDEO_BYTES, paths=("video_mixed.mp4",))
    cuts = [Cut(after_bytes=100), Cut(after_bytes=700_000), Cut(at_answer_after_bytes=800_000), Cut(after_bytes=3_000)]
    origin, path = server.url[: -len("/files")], "/files"
    with cutting(origin, *cuts) as proxy, PlainTusDestination(proxy.url + path, ledger, small()) as destination:
        statuses = [deliver(directory, destination, ledger, policy=AT_ONCE).status for _ in range(8)]
        assert proxy.cuts == []
    assert statuses[0] is DeliveryStatus.WAITING
    assert statuses[-1] is DeliveryStatus.COMPLETE
    assert_delivered(directory, server)
    assert len(list(server.folder.glob("*.[ji]*"))) == 1


def small() -> PlainOptions:
    return PlainOptions(tus=TusOptions(chunk_bytes=MIB))


@pytest.mark.parametrize("start", [tus_node_server], indirect=True, ids=["tus-node-server"])
def test_killed_and_started_again(start: Start, tmp_path: Path, ledger: Ledger) -> None:
    """Without a chance to tidy up, in the middle of a request, twice.

    Not tuspyserver: killed between the bytes and its note of the offset, it takes them twice, once in five kills.
    """
    directory = make_recording(tmp_path / "recordings", video_bytes=VIDEO_BYTES, paths=("video_mixed.mp4",))
    folder, port = tmp_path / "server", free_port()
    folder.mkdir()
    safe: list[int] = []
    for kill_at in (2_500_000, 6_000_000, None):
        with start(folder, port) as server, PlainTusDestination(server.url, ledger, small()) as destination:

            def watch(progress: Progress, kill_at: int | None = kill_at, server: Running = server) -> None:
                safe.append(progress.safe_bytes)
                if kill_at is not None and progress.sent_bytes > kill_at:
                    server.kill()

            status = deliver(directory, destination, ledger, watch, AT_ONCE).status
            assert status is (DeliveryStatus.WAITING if kill_at else DeliveryStatus.COMPLETE)
    assert_delivered(directory, server)
    assert len(list(folder.glob("*.[ji]*"))) == 1


def test_what_was_removed_there_is_sent_anew(server: Running, tmp_path: Path, ledger: Ledger) -> None:
    directory = make_recording(tmp_path / "recordings", video_bytes=100_000, paths=("video_mixed.mp4",))
    with PlainTusDestination(server.url, ledger) as destination:
        deliver(directory, destination, ledger)
        for path in [path for path in server.folder.iterdir() if path.is_file()]:
            path.unlink()
        assert deliver(directory, destination, ledger).status is DeliveryStatus.COMPLETE
    assert_delivered(directory, server)


def test_a_file_that_still_grows_and_is_dropped(server: Running, tmp_path: Path) -> None:
    growing = tmp_path / "growing.mp4"
    with Transport(server.url) as transport:
        tus = TusClient(transport)
        metadata = {"filename": "growing.mp4", "filetype": "video/mp4"}
        upload = TusUpload(tus.place(server.url + "/", None, metadata, {}))
        content = b""
        for number in range(4):
            content += bytes([number]) * 300_000
            growing.write_bytes(content)
            last = len(content) if number == 3 else None
            rest = Stretch(growing, number * 300_000, 300_000)
            assert tus.append(upload, rest, ignore, last) == len(content)
        assert server.stored("growing.mp4") == content
        tus.terminate(upload)
        with pytest.raises(UploadMoved):
            tus.offset(upload, len(content))


def test_a_recording_that_is_sent_while_it_is_made(
    start: Start, server: Running, tmp_path: Path, ledger: Ledger
) -> None:
    """As much of it as the server can take before its head is known."""
    making = Making(tmp_path / "recordings")
    watched = Watched(lambda: PlainTusDestination(server.url, ledger))
    live = started(making, ledger, watched)
    able = GROWING if start is tuspyserver else ("audio_separate/system.ogg",)
    for _ in range(2):
        durable_bytes = making.grow()
        live.grew(durable_bytes)
        watched.wait_for({path: durable_bytes[path] for path in able})
    making.close()
    live.finish()
    with PlainTusDestination(server.url, ledger) as destination:
        assert deliver(making.directory, destination, ledger).status is DeliveryStatus.COMPLETE
    stored = {sha256(path.read_bytes()) for path in server.folder.iterdir() if path.is_file()}
    assert stored >= {media.sha256 for media in read_claim(making.directory).deliverable}
