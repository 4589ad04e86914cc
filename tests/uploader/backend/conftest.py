"""The contract of the API holds for a backend as it is shipped, and for one over PostgreSQL."""

from collections.abc import Iterator
from enum import StrEnum

import pytest

from tests.uploader.postgresql import Cluster, private_cluster
from tests.uploader.rig import Service, served
from uploader.backend.locations import EMBEDDED, Places


class Deployment(StrEnum):
    EMBEDDED = "embedded"
    SCALED_OUT = "scaled_out"


@pytest.fixture(scope="session", params=list(Deployment))
def deployment(request: pytest.FixtureRequest) -> Deployment:
    deployment: Deployment = request.param
    return deployment


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with private_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def service(
    deployment: Deployment, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("backend")
    if deployment is Deployment.EMBEDDED:
        with served(folder) as service:
            yield service
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    with cluster.database() as database, served(folder, places=Places(database)) as service:
        yield service


@pytest.fixture
def places(deployment: Deployment, request: pytest.FixtureRequest) -> Iterator[Places]:
    """For a backend of the test's own."""
    if deployment is Deployment.EMBEDDED:
        yield EMBEDDED
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    with cluster.database() as database:
        yield Places(database)
