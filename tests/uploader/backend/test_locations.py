"""Where a backend keeps what it holds: addresses are understood, and those with a secret are sent back."""

import pytest

from uploader.backend.locations import DATABASE_URL, database_location, media_location
from uploader.backend.part_store import S3Options
from uploader.errors import InvalidLocation

SECRET = "hunter2"  # noqa: S105 - what must not be seen


def test_nothing_said_is_the_data_folder() -> None:
    assert database_location(None, {}) is None
    assert media_location(None, {}) is None
    assert media_location("", {}) is None


def test_a_database_without_a_password_may_be_an_argument() -> None:
    found = database_location("postgresql://afterword@db:5433/recordings?sslmode=require", {DATABASE_URL: "unused"})
    assert found
    assert (found.url.host, found.url.port, found.url.database) == ("db", 5433, "recordings")


def test_a_password_belongs_into_the_environment() -> None:
    address = f"postgresql://afterword:{SECRET}@db/recordings"
    found = database_location(None, {DATABASE_URL: address})
    assert found
    assert found.url.password == SECRET
    assert SECRET not in repr(found)
    for argument in (address, f"postgresql://db/recordings?password={SECRET}"):
        with pytest.raises(InvalidLocation, match="secret_in_argument") as caught:
            database_location(argument, {})
        assert SECRET not in f"{caught.value} {caught.value.data}"


@pytest.mark.parametrize("address", ["mysql://db/x", "sqlite:///x", "no address", "postgresql+asyncpg://db/x"])
def test_other_databases_are_refused(address: str) -> None:
    with pytest.raises(InvalidLocation) as caught:
        database_location(address, {})
    assert caught.value.data == {"option": "--database-url"}


def test_a_store_with_all_that_can_be_said() -> None:
    found = media_location("s3://bucket/team/a?endpoint=http://localhost:9000&region=eu-central-1", {})
    assert found == S3Options("bucket", "http://localhost:9000", "eu-central-1", prefix="team/a/")
    assert media_location("s3://bucket", {}) == S3Options("bucket")


@pytest.mark.parametrize(
    "address",
    ["s3://", "https://bucket", "s3://bucket?endpoint=localhost", "s3://bucket?key=x", "s3://bucket#x", "bucket"],
)
def test_what_is_no_store(address: str) -> None:
    with pytest.raises(InvalidLocation, match="not_s3"):
        media_location(address, {})


def test_keys_of_a_store_are_sent_back() -> None:
    with pytest.raises(InvalidLocation, match="secret_in_argument") as caught:
        media_location(f"s3://key:{SECRET}@bucket", {})
    assert SECRET not in f"{caught.value} {caught.value.data}"
