"""A ``PartStore`` in any S3 store. Its keys stay here: whoever sends or reads gets addresses that were signed."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from uploader.backend.part_store import MOST_PARTS, MultipartGone, S3Options, StoreUnavailable
from uploader.backend.signing import VALID_S

SIGNED_S = 3600
"""For a part: on a slow line one takes minutes."""

PIECE_BYTES = 1024 * 1024
UNKNOWN_UPLOAD = {"NoSuchUpload"}
UNKNOWN_OBJECT = {"NoSuchKey", "404", "NotFound"}
RESPONSE_HEADERS = {"Content-Type": "ResponseContentType", "Content-Disposition": "ResponseContentDisposition"}


class S3Store:
    """Thread-safe."""

    def __init__(self, options: S3Options) -> None:
        """Raises ``StoreUnavailable``, where no keys can be found for instance."""
        self.part_bytes = options.part_bytes
        self._bucket = options.bucket
        self._prefix = options.prefix
        config = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if options.endpoint else "auto"},
            retries={"mode": "standard", "total_max_attempts": 3},
            connect_timeout=10,
            read_timeout=60,
            request_checksum_calculation="when_required",  # not every S3 store knows the newer checksums
            response_checksum_validation="when_required",
        )
        with _translated():
            session = botocore.session.get_session()
            if session.get_credentials() is None:
                raise StoreUnavailable("no_credentials")
            self._client = session.create_client(
                "s3", region_name=options.region, endpoint_url=options.endpoint, config=config
            )

    def begin(self, key: str) -> str:
        return str(self._call("create_multipart_upload", key)["UploadId"])

    def parts(self, key: str, multipart_id: str) -> Mapping[int, int]:
        return {part["PartNumber"]: part["Size"] for part in self._listed(key, multipart_id)}

    def sign(self, key: str, multipart_id: str, numbers: Iterable[int]) -> Mapping[int, str]:
        with _translated():
            return {
                number: self._signed("upload_part", SIGNED_S, key, UploadId=multipart_id, PartNumber=number)
                for number in numbers
            }

    def put_part(self, key: str, multipart_id: str, number: int, data: bytes) -> None:
        self._call("upload_part", key, UploadId=multipart_id, PartNumber=number, Body=data)

    def put(self, key: str, data: bytes) -> None:
        self._call("put_object", key, Body=data)

    def join(self, key: str, multipart_id: str, most_parts: int = MOST_PARTS) -> None:
        listed = [part for part in self._listed(key, multipart_id) if part["PartNumber"] <= most_parts]
        parts = [{"PartNumber": part["PartNumber"], "ETag": part["ETag"]} for part in listed]
        if parts:
            self._call("complete_multipart_upload", key, UploadId=multipart_id, MultipartUpload={"Parts": parts})
            return
        self._call("put_object", key, Body=b"")
        self._call("abort_multipart_upload", key, UploadId=multipart_id)

    def size_bytes(self, key: str) -> int | None:
        try:
            return int(self._call("head_object", key)["ContentLength"])
        except _Missing:
            return None

    def sha256(self, key: str) -> str:
        digest = hashlib.sha256()
        for piece in self.pieces(key):
            digest.update(piece)
        return digest.hexdigest()

    def pieces(self, key: str) -> Iterator[bytes]:
        with _translated(), closing(self._call("get_object", key)["Body"]) as body:
            yield from body.iter_chunks(PIECE_BYTES)

    def read(self, key: str) -> bytes:
        with _translated():
            content: bytes = self._call("get_object", key)["Body"].read()
        return content

    def address(self, key: str, headers: Mapping[str, str]) -> str:
        with _translated():
            return self._signed(
                "get_object", VALID_S, key, **{RESPONSE_HEADERS[name]: headers[name] for name in headers}
            )

    def remove(self, key: str, multipart_id: str) -> None:
        for name, more in (("abort_multipart_upload", {"UploadId": multipart_id}), ("delete_object", {})):
            try:
                self._call(name, key, **more)
            except (MultipartGone, _Missing):
                continue
        self.remove_below(f"{key}.")

    def remove_below(self, prefix: str) -> None:
        with _translated():
            page = self._client.list_objects_v2(Bucket=self._bucket, Prefix=self._prefix + prefix)
            for each in page.get("Contents", []):
                self._client.delete_object(Bucket=self._bucket, Key=each["Key"])

    def _listed(self, key: str, multipart_id: str) -> Iterator[dict[str, Any]]:
        marker = 0
        while True:
            page = self._call("list_parts", key, UploadId=multipart_id, PartNumberMarker=marker)
            yield from page.get("Parts", [])
            if not page.get("IsTruncated"):
                return
            marker = page["NextPartNumberMarker"]

    def _call(self, name: str, key: str, **more: object) -> dict[str, Any]:
        with _translated():
            answer: dict[str, Any] = getattr(self._client, name)(Bucket=self._bucket, Key=self._prefix + key, **more)
        return answer

    def _signed(self, name: str, valid_s: int, key: str, **more: object) -> str:
        asked = {"Bucket": self._bucket, "Key": self._prefix + key, **more}
        return str(self._client.generate_presigned_url(name, Params=asked, ExpiresIn=valid_s))


class _Missing(StoreUnavailable):
    """There is no such object."""


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in UNKNOWN_UPLOAD:
            raise MultipartGone from error
        raise (_Missing if code in UNKNOWN_OBJECT else StoreUnavailable)(code) from error
    except BotoCoreError as error:
        raise StoreUnavailable(type(error).__name__) from error
