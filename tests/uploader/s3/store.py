"""A real S3 server, and the few calls of a backend that keeps its recordings there."""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import httpx

from tests.rig.partners import MOTO, RCLONE, folder_of, python_environment
from tests.uploader.programs import free_port, started
from tests.uploader.rig import NO_TLS

REGION = "us-east-1"
BUCKET = "recordings"


@dataclass(frozen=True)
class Store:
    """``now`` is what the signer takes for the time of day."""

    endpoint: str
    access_key: str = "access"
    secret_key: str = field(default="secret", repr=False)

    def signed(
        self, method: str, key: str, query: Mapping[str, str], expires_s: int = 600, at: datetime | None = None
    ) -> str:
        """AWS Signature Version 4, in the query, without the body."""
        now = at or datetime.now(UTC)
        host = self.endpoint.removeprefix("http://")
        scope = f"{now:%Y%m%d}/{REGION}/s3/aws4_request"
        path = quote(f"/{BUCKET}/{key}" if key else f"/{BUCKET}")
        fields = {
            **query,
            "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
            "X-Amz-Credential": f"{self.access_key}/{scope}",
            "X-Amz-Date": f"{now:%Y%m%dT%H%M%SZ}",
            "X-Amz-Expires": str(expires_s),
            "X-Amz-SignedHeaders": "host",
        }
        canonical = "&".join(f"{quote(name, safe='')}={quote(fields[name], safe='')}" for name in sorted(fields))
        request = "\n".join([method, path, canonical, f"host:{host}", "", "host", "UNSIGNED-PAYLOAD"])
        digest = hashlib.sha256(request.encode()).hexdigest()
        text = "\n".join(["AWS4-HMAC-SHA256", f"{now:%Y%m%dT%H%M%SZ}", scope, digest])
        return f"{self.endpoint}{path}?{canonical}&X-Amz-Signature={self._signature(now, text)}"

    def _signature(self, now: datetime, text: str) -> str:
        key = f"AWS4{self.secret_key}".encode()
        for part in (f"{now:%Y%m%d}", REGION, "s3", "aws4_request", text):
            key = hmac.digest(key, part.encode(), "sha256")
        return key.hex()

    def call(self, method: str, key: str, query: Mapping[str, str], body: bytes = b"") -> httpx.Response:
        url = self.signed(method, key, query)
        response = httpx.request(method, url, content=body, trust_env=False, verify=NO_TLS, timeout=20)
        return response.raise_for_status()

    def begin(self, key: str) -> str:
        """The id of a new multipart upload."""
        found = re.search(r"<UploadId>(.+?)</UploadId>", self.call("POST", key, {"uploads": ""}).text)
        assert found
        return found.group(1)

    def parts(self, key: str, upload_id: str) -> dict[int, tuple[int, str]]:
        """Length and ETag of each part that is there."""
        text = self.call("GET", key, {"uploadId": upload_id}).text
        found: dict[int, tuple[int, str]] = {}
        for part in re.findall(r"<Part>(.*?)</Part>", text, re.DOTALL):
            number, size, etag = (_inner(part, name) for name in ("PartNumber", "Size", "ETag"))
            found[int(number)] = (int(size), etag)
        return found

    def join(self, key: str, upload_id: str) -> None:
        parts = self.parts(key, upload_id)
        listed = "".join(
            f"<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>"
            for number, (_, etag) in sorted(parts.items())
        )
        body = f"<CompleteMultipartUpload>{listed}</CompleteMultipartUpload>".encode()
        self.call("POST", key, {"uploadId": upload_id}, body)

    def read(self, key: str) -> bytes:
        return self.call("GET", key, {}).content


def _inner(text: str, name: str) -> str:
    found = re.search(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
    assert found
    return found.group(1)


@contextmanager
def rclone(folder: Path) -> Iterator[Store]:
    """Keeps objects as files, and verifies signatures."""
    (folder / BUCKET).mkdir(parents=True)
    port = free_port()
    store = Store(f"http://127.0.0.1:{port}")
    program = str(folder_of(RCLONE) / "bin" / "rclone")
    auth = f"{store.access_key},{store.secret_key}"
    command = [program, "serve", "s3", str(folder), "--addr", f"127.0.0.1:{port}", "--auth-key", auth, "--config", ""]
    with started(command, port):
        yield store


@contextmanager
def moto(_: Path) -> Iterator[Store]:
    """Keeps to S3's own semantics, and takes any signature."""
    port = free_port()
    store = Store(f"http://127.0.0.1:{port}")
    with started(["python", "-m", "moto.server", "-p", str(port)], port, python_environment(MOTO)):
        store.call("PUT", "", {})
        yield store
