from collections.abc import Iterator

import pytest

from tests.uploader.s3.store import Store, moto, rclone


@pytest.fixture(scope="session", params=[rclone, moto], ids=["rclone", "moto"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with request.param(tmp_path_factory.mktemp("store")) as store:
        yield store
