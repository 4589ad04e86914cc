"""The index: what becomes of a database that is none any more."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.uploader.backend.in_process import in_process
from uploader.backend import open_backend
from uploader.backend.database import open_sqlite
from uploader.backend.store import DatabaseUnavailable
from uploader.backend.tables import StoredFile
from uploader.errors import DataNotWritable

OLDER = Path(__file__).parents[2] / "data" / "backend" / "before_expiry.sql"
GARBAGE = b"not a database at all, " * 1000


def damage(path: Path) -> None:
    """All that SQLite keeps."""
    for each in path.parent.glob(path.name + "-*"):
        each.unlink()
    path.write_bytes(GARBAGE)


def cut(path: Path) -> None:
    """Its first page tells of more than there is."""
    path.write_bytes(path.read_bytes()[:4096])


@pytest.mark.parametrize("harm", [damage, cut])
def test_a_database_that_breaks_while_it_is_used(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    path = tmp_path / "backend.sqlite"
    with closing(open_sqlite(path)) as store:
        store.close()
        harm(path)
        with pytest.raises(DatabaseUnavailable) as caught, store.transaction() as transaction:
            transaction.add_key("digest", "workspace", "2026-11-01T09:00:00.000000Z")
    assert caught.value.status == 503
    assert caught.value.reason
    assert caught.value.reason not in str(caught.value.body)


def test_a_row_that_is_there_already(tmp_path: Path) -> None:
    with closing(open_sqlite(tmp_path / "backend.sqlite")) as store:
        with store.transaction() as transaction:
            transaction.add_key("digest", "workspace", "2026-11-01T09:00:00.000000Z")
        with pytest.raises(DatabaseUnavailable), store.transaction() as transaction:
            transaction.add_key("digest", "workspace", "2026-11-01T09:00:00.000000Z")


def test_a_damaged_database_cannot_be_opened(tmp_path: Path) -> None:
    open_backend(tmp_path).close()
    damage(tmp_path / "backend.sqlite")
    with pytest.raises(DataNotWritable) as caught:
        open_backend(tmp_path)
    assert caught.value.data == {"folder": str(tmp_path)}
    assert "not a database" in caught.value.reason
    assert (tmp_path / "backend.sqlite").read_bytes() == GARBAGE


@pytest.mark.parametrize("name", ["data", "data/blobs", "data/backend.sqlite"])
def test_something_is_in_the_way(tmp_path: Path, name: str) -> None:
    data = tmp_path / "data"
    if name == "data/backend.sqlite":
        (tmp_path / name).mkdir(parents=True)
    else:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("a file")
    with pytest.raises(DataNotWritable) as caught:
        open_backend(data)
    assert caught.value.data == {"folder": str(data)}


def test_a_database_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "backend.sqlite"
    open_sqlite(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE files DROP COLUMN multipart_id")
        connection.execute("DROP TABLE schema_versions")
        connection.commit()
    with closing(open_sqlite(path)) as store, store.transaction() as transaction:
        assert transaction.find(StoredFile) == []


def test_a_database_of_an_older_version_is_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with closing(sqlite3.connect(tmp_path / "data" / "backend.sqlite")) as database:
        database.executescript(OLDER.read_text("utf-8"))
    for _ in range(2):
        with (
            closing(open_backend(tmp_path / "data")) as backend,
            in_process(backend, "an older key") as client,
        ):
            (recording,) = client.get("recording/").json()["results"]
            assert (recording["metadata"], recording["expires_at"]) == ({"owner": "7"}, None)
            upload = client.get(f"sdk_upload/{recording['desktop_sdk_upload']['id']}/").json()
            assert (upload["status"]["code"], upload["metadata"]) == ("pending", {"case": "A"})
            timed = {"retention": {"type": "timed", "hours": 1}}
            assert client.patch("workspace/", json=timed).status_code == 200
            older = next(key for key in client.get("api_key/").json()["results"] if key["name"] is None)
            assert older["scopes"] == ["admin", "delete", "read", "write"]
    with closing(open_backend(tmp_path / "data")) as backend, in_process(backend, "an older key") as client:
        assert client.delete(f"recording/{recording['id']}/").status_code == 204
