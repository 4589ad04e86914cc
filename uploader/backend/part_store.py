"""What the backend asks of a store that takes media objects in parts, straight from who sends them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

from uploader.backend.refusal import Reason, Refusal
from uploader.errors import UnknownDestination

ENDPOINT, BUCKET, REGION = "AFTERWORD_S3_ENDPOINT", "AFTERWORD_S3_BUCKET", "AFTERWORD_S3_REGION"
MIB = 1024 * 1024
MOST_PARTS = 10_000
"""S3's own limit."""


@dataclass(frozen=True, slots=True)
class S3Options:
    """Where the store is; its keys are found where all programs look for them (``AWS_ACCESS_KEY_ID``, files, roles).

    ``part_bytes``: of each part, but where a file would have too many. ``prefix``: of every key, with its slash.
    """

    bucket: str
    endpoint: str | None = None
    region: str = "us-east-1"
    part_bytes: int = 16 * MIB
    prefix: str = ""


def s3_options(environment: Mapping[str, str]) -> S3Options | None:
    """``None`` where no bucket is named. Raises ``UnknownDestination``."""
    bucket = environment.get(BUCKET)
    if not bucket:
        return None
    endpoint = environment.get(ENDPOINT) or None
    if endpoint is not None and not endpoint.startswith(("http://", "https://")):
        raise UnknownDestination(ENDPOINT)
    return S3Options(bucket, endpoint, environment.get(REGION) or "us-east-1")


class StoreUnavailable(Refusal):
    """``reason`` is the store's own, and not told to clients."""

    def __init__(self, reason: str) -> None:
        super().__init__(HTTPStatus.SERVICE_UNAVAILABLE, Reason.STORE_UNAVAILABLE)
        self.reason = reason


class MultipartGone(Refusal):
    """The store knows nothing of that upload: it was joined, or dropped."""

    def __init__(self) -> None:
        super().__init__(HTTPStatus.GONE, Reason.EXPIRED)


class PartStore(Protocol):
    """Thread-safe. Everything raises ``StoreUnavailable``; ``MultipartGone`` what asks for a multipart upload."""

    @property
    def part_bytes(self) -> int:
        """Of each part, but where a file would have too many."""
        ...

    def begin(self, key: str) -> str:
        """The id of a new multipart upload."""
        ...

    def parts(self, key: str, multipart_id: str) -> Mapping[int, int]:
        """The length of each part that is there, in bytes."""
        ...

    def sign(self, key: str, multipart_id: str, numbers: Iterable[int]) -> Mapping[int, str]:
        """Addresses to which those parts can be put, for an hour."""
        ...

    def put_part(self, key: str, multipart_id: str, number: int, data: bytes) -> None:
        """In place of what was put there before."""
        ...

    def put(self, key: str, data: bytes) -> None:
        """A whole object."""
        ...

    def join(self, key: str, multipart_id: str, most_parts: int = MOST_PARTS) -> None:
        """Makes one object of all parts that are there, up to that number; of none, an empty one."""
        ...

    def size_bytes(self, key: str) -> int | None:
        """Of an object; ``None`` where there is none."""
        ...

    def sha256(self, key: str) -> str:
        """Of what is really there."""
        ...

    def read(self, key: str) -> bytes: ...

    def pieces(self, key: str) -> Iterator[bytes]:
        """As ``read``, without holding all of it."""
        ...

    def address(self, key: str, headers: Mapping[str, str]) -> str:
        """From which whoever has it may read, for as long as downloads last; answered with those headers."""
        ...

    def remove(self, key: str, multipart_id: str) -> None:
        """The object, what was not joined, and all whose keys go on from this one. Idempotent."""
        ...

    def remove_below(self, prefix: str) -> None:
        """All objects whose keys begin so. Idempotent."""
        ...


def part_bytes_of(length: int, least_bytes: int) -> int:
    """The same for the same file, whenever it is asked."""
    needed = -(-length // MOST_PARTS)
    return max(least_bytes, -(-needed // MIB) * MIB)
