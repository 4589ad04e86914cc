from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.fakes.recording_directory import make_recording
from tests.uploader.fake_destination import FakeDestination
from tests.uploader.postgresql import Cluster, private_cluster
from tests.uploader.rig import FakeWallClock, Service, Tus, open_upload, served
from uploader.ledger import Ledger
from uploader.retry import Backoff, Judge
from uploader.uploader import Policy


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with served(tmp_path_factory.mktemp("backend")) as service:
        yield service


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with private_cluster() as cluster:
        yield cluster


@pytest.fixture
def client(service: Service) -> Iterator[httpx.Client]:
    """A caller with a key, and a workspace, of its own."""
    with service.client(service.new_key()) as client:
        yield client


@pytest.fixture
def stranger(service: Service) -> Iterator[httpx.Client]:
    """Another such."""
    with service.client(service.new_key()) as client:
        yield client


@pytest.fixture
def tus(service: Service, client: httpx.Client) -> Iterator[Tus]:
    with Tus(service, open_upload(client)) as tus:
        yield tus


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return make_recording(tmp_path / "recordings")


@pytest.fixture
def destination() -> FakeDestination:
    return FakeDestination()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        yield ledger


@pytest.fixture
def clock() -> FakeWallClock:
    return FakeWallClock(1000.0)


@pytest.fixture
def policy(clock: FakeWallClock) -> Policy:
    return Policy(Judge(Backoff(uniform=lambda _, high: high)), clock)
