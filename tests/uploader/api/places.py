"""Where a backend that is put to the test keeps what it has: in its folder, or in servers that were started for it."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from uuid import uuid4

from tests.uploader.postgresql import private_cluster
from tests.uploader.s3.backend import PART_BYTES
from tests.uploader.s3.store import BUCKET, rclone
from uploader.backend.locations import EMBEDDED, Places
from uploader.backend.part_store import S3Options

NewPlaces = Callable[[], AbstractContextManager[Places]]
"""With nothing in them."""


@contextmanager
def embedded() -> Iterator[Places]:
    yield EMBEDDED


@contextmanager
def shared_places(folder: Path) -> Iterator[NewPlaces]:
    """The store's keys go into this process's environment, where the backend looks for them."""
    with private_cluster() as cluster, rclone(folder / "store") as store:
        os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"] = store.access_key, store.secret_key

        @contextmanager
        def new_places() -> Iterator[Places]:
            with cluster.database() as database:
                yield Places(database, S3Options(BUCKET, store.endpoint, part_bytes=PART_BYTES, prefix=f"{uuid4()}/"))

        yield new_places
