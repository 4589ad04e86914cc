"""Where a backend keeps what it holds, as its operator says it: addresses without secrets, and the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from uploader.backend.part_store import S3Options, s3_options
from uploader.errors import InvalidLocation

DATABASE_URL = "AFTERWORD_DATABASE_URL"
DATABASE_OPTION, MEDIA_OPTION = "--database-url", "--media-url"
POSTGRESQL = frozenset({"postgresql", "postgres"})
S3_QUERY = frozenset({"endpoint", "region"})
DEFAULT_REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class DatabaseLocation:
    url: URL = field(repr=False)


@dataclass(frozen=True, slots=True)
class Places:
    """``database``: ``None`` is a SQLite file in the data folder. ``media``: ``None`` is files below it."""

    database: DatabaseLocation | None = None
    media: S3Options | None = None


EMBEDDED = Places()


def database_location(argument: str | None, environment: Mapping[str, str]) -> DatabaseLocation | None:
    """``None``: a SQLite file in the data folder. Raises ``InvalidLocation``, also for a password in ``argument``."""
    text, name = (argument, DATABASE_OPTION) if argument else (environment.get(DATABASE_URL), DATABASE_URL)
    if not text:
        return None
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise InvalidLocation("no_address", option=name) from error
    if url.drivername not in POSTGRESQL:
        raise InvalidLocation("not_postgresql", option=name)
    if argument and (url.password is not None or "password" in url.query):
        raise InvalidLocation("secret_in_argument", option=name)  # every user of the machine may list arguments
    return DatabaseLocation(url)


def media_location(argument: str | None, environment: Mapping[str, str]) -> S3Options | None:
    """``None``: files below the data folder. Raises ``InvalidLocation``, also for keys in ``argument``."""
    if not argument:
        return s3_options(environment)
    parts = urlsplit(argument)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    if "@" in parts.netloc:
        raise InvalidLocation("secret_in_argument", option=MEDIA_OPTION)
    if parts.scheme != "s3" or not parts.netloc or parts.fragment or not query.keys() <= S3_QUERY:
        raise InvalidLocation("not_s3", option=MEDIA_OPTION)
    endpoint = query.get("endpoint") or None
    if endpoint is not None and not endpoint.startswith(("http://", "https://")):
        raise InvalidLocation("not_s3", option=MEDIA_OPTION)
    prefix = parts.path.strip("/")
    region = query.get("region") or DEFAULT_REGION
    return S3Options(parts.netloc, endpoint, region, prefix=f"{prefix}/" if prefix else "")
