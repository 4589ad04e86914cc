from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.fakes.recording_directory import make_recording
from tests.uploader.rig import Service, Tus, open_upload, served


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with served(tmp_path_factory.mktemp("backend")) as service:
        yield service


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
