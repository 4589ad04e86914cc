"""The contract of the API holds for a backend as it is shipped, and over PostgreSQL, with a store or without."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from uuid import uuid4

import pytest

from tests.uploader.postgresql import Cluster
from tests.uploader.rig import Service, served
from tests.uploader.s3.backend import PART_BYTES
from tests.uploader.s3.store import BUCKET, Store, rclone
from uploader.backend.locations import EMBEDDED, Places
from uploader.backend.part_store import S3Options


class Deployment(StrEnum):
    EMBEDDED = "embedded"
    DATABASE = "database"
    DATABASE_AND_STORE = "database_and_store"


@pytest.fixture(scope="session", params=[Deployment.EMBEDDED, Deployment.DATABASE])
def deployment(request: pytest.FixtureRequest) -> Deployment:
    deployment: Deployment = request.param
    return deployment


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with rclone(tmp_path_factory.mktemp("store")) as store, pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ACCESS_KEY_ID", store.access_key)
        environment.setenv("AWS_SECRET_ACCESS_KEY", store.secret_key)
        yield store


@contextmanager
def new_places(deployment: Deployment, request: pytest.FixtureRequest) -> Iterator[Places]:
    """With nothing in them. The servers are started where they are wanted."""
    if deployment is Deployment.EMBEDDED:
        yield EMBEDDED
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    with cluster.database() as database:
        if deployment is Deployment.DATABASE:
            yield Places(database)
            return
        store: Store = request.getfixturevalue("store")
        yield Places(database, S3Options(BUCKET, store.endpoint, part_bytes=PART_BYTES, prefix=f"{uuid4()}/"))


@pytest.fixture(scope="session")
def service(
    deployment: Deployment, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    with (
        new_places(deployment, request) as places,
        served(tmp_path_factory.mktemp("backend"), places=places) as service,
    ):
        yield service


@pytest.fixture
def places(deployment: Deployment, request: pytest.FixtureRequest) -> Iterator[Places]:
    """For a backend of the test's own."""
    with new_places(deployment, request) as places:
        yield places
