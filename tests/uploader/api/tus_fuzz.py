"""Requests to a served backend's tus routes, drawn from a seed: right ones, wrong ones, odd ones and broken ones."""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence

from tests.uploader.api.tus_client import TYPE, ModelClient
from tests.uploader.api.tus_model import ModelFile, ModelUpload
from tests.uploader.api.wire import Header, Request
from tests.uploader.rig import BODY_TYPE, Service

ODD_NUMBERS = ("-1", "+1", "1e3", "0x10", " ", "1 1", "9" * 30, "9" * 4000, "NaN", "\xb2", "1,2", "1.0", "")
ODD_METADATA = (
    *(
        "filename",
        "filename !",
        "filename  ",
        ",",
        "filename Lg==",
        "filename Li4vLi4vZXRj",
        "kind eA==",
        "sha256 eA==",
    ),
    *("filename /w==", "filename AA==", "\xff \xff", "a " + "QUFB" * 2000, "filename YQ==,filename Yg=="),
)
ODD_CONCAT = ("final", "final;", "final;/nowhere", "final;" + "/x " * 500, "partially", "FINAL;/x", "\xe9", "")
ODD_CHECKSUMS = ("sha256", "sha256 !", "md5 AAAA", "sha256 " + "A" * 5000, "\xb5", "")
ODD_METHODS = ("GET", "PUT", "TRACE", "BREW", "POST", "patch")
GARBAGE = (
    b"\r\n\r\n\r\n",
    b"GET\r\n\r\n",
    b"PATCH / HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01",
    b"POST / HTTP/1.1\r\n",
)


class TusFuzz(ModelClient):
    def __init__(self, service: Service, uploads: Sequence[ModelUpload], seed: int) -> None:
        super().__init__(service.url, uploads, seed)
        self._key = service.backend.api_key
        self._made = 0
        acts: dict[Callable[[], None], int] = {
            self.create: 10,
            self.append: 30,
            self.append_with_checksum: 10,
            self.append_and_hang_up: 6,
            self.append_at_once: 3,
            self.withdraw_at_once: 2,
            self.delete_at_once: 2,
            self.append_elsewhere: 6,
            self.append_too_much: 5,
            self.look: 10,
            self.join: 6,
            self.withdraw: 2,
            self.say_odd_headers: 10,
            self.use_another_right: 8,
            self.use_another_method: 5,
            self.say_garbage: 2,
        }
        self._acts, self._weights = list(acts), list(acts.values())

    def run(self, requests: int) -> None:
        while self.wire.requests < requests:
            self._chance.choices(self._acts, self._weights)[0]()

    def create(self) -> None:
        upload = self._upload()
        length = self._chance.choice([None, 0, 1, self._size(), self._size(), self._size()])
        is_part = self._chance.random() < 0.3
        path = f"audio_separate/{self._made}.ogg"
        self._made += 1
        told = [("Upload-Defer-Length", "1") if length is None else ("Upload-Length", str(length))]
        told += [("Upload-Concat", "partial")] if is_part else []
        body = self._bytes(min(length or 0, self._size())) if self._chance.random() < 0.3 else b""
        headers = [*told, ("Upload-Metadata", f"filename {encoded(path)}"), *([TYPE] if body else [])]
        answer = self._ask("POST", upload.base, upload.token, headers, body)
        if self._is_expected(answer, {201}, "creation") and answer:
            address = answer.headers["location"].removeprefix(self._url)
            file = ModelFile(address, "" if is_part else path, length, is_part, content=bytearray(body))
            upload.files.append(file)
            if body and answer.headers.get("upload-offset") != str(len(body)):
                self._fault(f"creation acknowledged {answer.headers.get('upload-offset')} of {len(body)} bytes")

    def append(self) -> None:
        upload, file = self._settled()
        body = self._bytes(self._chance.randint(0, file.left_bytes))
        headers: list[Header] = []
        if file.length is None and self._chance.random() < 0.3:
            headers.append(("Upload-Length", str(len(file.content) + len(body))))
        self._append((upload, file), body, headers, is_chunked=self._chance.random() < 0.3)

    def append_with_checksum(self) -> None:
        """True, wrong, or of no known kind."""
        upload, file = self._settled()
        body = self._bytes(self._chance.randint(0, file.left_bytes))
        name = self._chance.choice(["sha1", "sha256"])
        digest = hashlib.new(name, body).digest()
        if self._chance.random() < 0.5:
            self._append((upload, file), body, [("Upload-Checksum", f"{name} {base64.b64encode(digest).decode()}")])
            return
        wrong = base64.b64encode(hashlib.new(name, body + b"!").digest()).decode()
        self._append((upload, file), body, [("Upload-Checksum", f"{name} {wrong}")], refused={460})

    def append_and_hang_up(self) -> None:
        """In the middle of a body, with a checksum or without: then nothing of it counts."""
        upload, file = self._settled()
        body = self._bytes(file.left_bytes)
        if not body or file.is_finished:
            return
        has_checksum = self._chance.random() < 0.3
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        headers = [("Upload-Offset", str(len(file.content))), TYPE]
        headers += [("Upload-Checksum", f"sha256 {digest}")] if has_checksum else []
        sent_bytes = self._chance.randrange(len(body))
        request = self._request("PATCH", file.address, upload.token, headers, body)
        self.wire.ask(Request(request.method, request.target, request.headers, body, sent_bytes=sent_bytes))
        file.maybe = b"" if has_checksum else body[:sent_bytes]

    def append_at_once(self) -> None:
        """Several at the same place: one of them, or none."""
        upload, file = self._settled()
        size = min(file.left_bytes, 2000)
        if size < 1:
            return
        bodies = [self._bytes(size) for _ in range(3)]
        headers = [("Upload-Offset", str(len(file.content))), TYPE]
        requests = [self._request("PATCH", file.address, upload.token, headers, body) for body in bodies]
        answers = self._at_once(requests)
        won = [place for place, answer in enumerate(answers) if answer and answer.status == 204]
        lost = [answer for place, answer in enumerate(answers) if place not in won]
        if len(won) > 1:
            self._fault(f"{len(won)} of {len(requests)} won the same place of {file.address}")
        for answer in lost:
            self._is_expected(answer, {409, 423}, "append at once")
        for place in won[:1]:
            file.acknowledge(bodies[place], at=len(file.content))

    def withdraw_at_once(self) -> None:
        """While it is appended to: one comes first."""
        upload, file = self._settled()
        body = self._bytes(min(file.left_bytes, self._size()))
        headers = [("Upload-Offset", str(len(file.content))), TYPE]
        appended, withdrawn = self._at_once(
            [
                self._request("PATCH", file.address, upload.token, headers, body),
                self._request("DELETE", file.address, upload.token),
            ]
        )
        self._is_expected(withdrawn, {204, 423}, "withdrawal meanwhile")
        if self._is_expected(appended, {204, 404, 423}, "append meanwhile") and appended and appended.status == 204:
            file.acknowledge(body, at=len(file.content))
        file.is_gone = withdrawn is not None and withdrawn.status == 204

    def delete_at_once(self) -> None:
        """The recording itself, while a file of it is appended to."""
        key = [("Authorization", f"Token {self._key}")]
        created = self._ask("POST", "/api/v1/sdk_upload/", "", key)
        if not self._is_expected(created, {201}, "a new upload") or created is None:
            return
        upload = json.loads(created.body)
        files = f"/api/v1/sdk_upload/{upload['id']}/media/"
        body = self._bytes(self._size())
        placed = self._ask("POST", files, upload["upload_token"], [("Upload-Length", str(len(body)))])
        if not self._is_expected(placed, {201}, "a new file") or placed is None:
            return
        file = placed.headers["location"].removeprefix(self._url)
        headers = [("Upload-Offset", "0"), TYPE]
        appended, deleted = self._at_once(
            [
                self._request("PATCH", file, upload["upload_token"], headers, body),
                self._request("DELETE", f"/api/v1/recording/{upload['recording_id']}/", "", key),
            ]
        )
        self._is_expected(deleted, {204}, "deletion meanwhile")
        self._is_expected(appended, {204, 404, 410}, "append to what is deleted")
        self._is_expected(self._ask("HEAD", file, upload["upload_token"]), {410}, "a look at what was deleted")

    def append_elsewhere(self) -> None:
        upload, file = self._file()
        place = self._chance.choice([*ODD_NUMBERS, "0", "1", str(len(file.content) + len(file.maybe or b"") + 1)])
        if place.strip().isascii() and place.strip().isdigit() and file.may_end_at(int(place.strip()[:18])):
            return
        headers = [("Upload-Offset", place), TYPE]
        answer = self._ask("PATCH", file.address, upload.token, headers, self._bytes(10))
        self._is_expected(answer, {400, 409, 423}, f"append at {place[:20]!r}")

    def append_too_much(self) -> None:
        """Refused; of a body whose length was not told, what fits may stay."""
        upload, file = self._settled()
        if file.length is None:
            return
        body, is_chunked = self._bytes(file.left_bytes + 1 + self._size()), self._chance.random() < 0.5
        headers = [("Upload-Offset", str(len(file.content))), TYPE]
        request = self._request("PATCH", file.address, upload.token, headers, body)
        answer = self.wire.ask(Request(request.method, request.target, request.headers, body, is_chunked=is_chunked))
        self._is_expected(answer, {413}, "append too much", may_hang_up=True)
        file.maybe = body[: file.left_bytes] if is_chunked else b""

    def look(self) -> None:
        self._head(*self._file())

    def join(self) -> None:
        """Parts to one file: whole ones of the same upload only."""
        upload = self._upload()
        other = self._chance.choice(self._uploads)
        parts = [file for file in (*upload.present, *other.present) if file.is_part]
        chosen = self._chance.sample(parts, min(len(parts), self._chance.randint(1, 3)))
        path = f"audio_separate/{self._made}.ogg"
        self._made += 1
        listed = " ".join(part.address for part in chosen) or "/nowhere"
        headers = [("Upload-Concat", f"final;{listed}"), ("Upload-Metadata", f"filename {encoded(path)}")]
        answer = self._ask("POST", upload.base, upload.token, headers)
        is_right = all(part in upload.files and part.is_finished and not part.maybe for part in chosen) and chosen
        if not is_right:
            self._is_expected(answer, {404, 409, 423}, "joining what cannot be joined")
        elif answer and answer.status == 423 and any(part.maybe is not None for part in chosen):
            return
        elif self._is_expected(answer, {201}, "joining") and answer:
            content = bytearray(b"".join(part.content for part in chosen))
            address = answer.headers["location"].removeprefix(self._url)
            upload.files.append(ModelFile(address, path, len(content), content=content))
            for part in chosen:
                part.is_gone = True

    def withdraw(self) -> None:
        upload, file = self._settled()
        answer = self._ask("DELETE", file.address, upload.token)
        if self._is_expected(answer, {204}, "withdrawal"):
            file.is_gone = True
            self._is_expected(self._ask("HEAD", file.address, upload.token), {404}, "a look at what was withdrawn")

    def say_odd_headers(self) -> None:
        upload, file = self._file()
        right = ("Upload-Length", "5")
        name, values = self._chance.choice(
            [
                ("Upload-Length", ODD_NUMBERS),
                ("Upload-Defer-Length", ("0", "2", "true", "-1")),
                ("Upload-Metadata", ODD_METADATA),
                ("Upload-Concat", ODD_CONCAT),
                ("Upload-Checksum", ODD_CHECKSUMS),
                ("Tus-Resumable", ("0.2.2", "1.0", "", "\xff")),
                ("Content-Type", ("text/plain", "", BODY_TYPE.upper())),
            ]
        )
        odd = (name, self._chance.choice(values))
        if self._chance.random() < 0.5:
            headers = [odd] if name in {"Upload-Length", "Upload-Defer-Length"} else [right, odd]
            answer = self._ask("POST", upload.base, upload.token, headers, b"12" if name == "Content-Type" else b"")
            self._is_expected(answer, {201, 400, 404, 412, 413, 415}, f"creation with {odd[0]}: {odd[1][:20]!r}")
        else:
            headers = [("Upload-Offset", str(10**12)), odd, *([] if name == "Content-Type" else [TYPE])]
            answer = self._ask("PATCH", file.address, upload.token, headers, b"odd")
            self._is_expected(answer, {400, 409, 412, 413, 415, 423}, f"append with {odd[0]}: {odd[1][:20]!r}")

    def use_another_right(self) -> None:
        """A token of another upload, none, an API key, or the right one for a file of another upload."""
        upload, file = self._file()
        stranger = next((each for each in self._uploads if each is not upload), upload)
        token = self._chance.choice([stranger.token, "", "x", self._key, upload.token + "x", "\xff", "9" * 5000])
        method = self._chance.choice(["HEAD", "PATCH", "DELETE", "POST"])
        headers = [("Upload-Offset", str(len(file.content))), ("Upload-Length", "3"), TYPE]
        target = upload.base if method == "POST" else file.address
        answer = self._ask(method, target, token, headers, b"" if method == "HEAD" else b"odd")
        self._is_expected(answer, {401}, f"{method} without the right")
        elsewhere = file.address.replace(upload.id, stranger.id)
        answer = self._ask("HEAD", elsewhere, stranger.token)
        self._is_expected(answer, {404}, "a look at a file of another upload")

    def use_another_method(self) -> None:
        upload, file = self._file()
        if self._chance.random() < 0.4:
            answer = self._ask("POST", file.address, upload.token, [("X-HTTP-Method-Override", "HEAD")])
            self._is_expected(answer, {200}, "a look by another name")
            return
        method = self._chance.choice(ODD_METHODS)
        answer = self._ask(method, file.address, upload.token, [("Upload-Offset", str(10**12)), TYPE])
        self._is_expected(answer, {405, 409, 423}, f"{method} of a file")
        if answer and file.content and bytes(file.content) in answer.body and len(file.content) > 20:
            self._fault(f"{method} gave away {file.address}")

    def say_garbage(self) -> None:
        self.wire.close()
        answer = self.wire.say(self._chance.choice(GARBAGE) + self._bytes(30) + b"\r\n\r\n", "GET")
        self.wire.close()
        self._is_expected(answer, {400}, "garbage", may_hang_up=True)

    def finish(self) -> None:
        """Whatever is unfinished gets its rest; a length that was put off is told."""
        for upload in self._uploads:
            for file in upload.present:
                self._settle(upload, file)
                body = self._bytes(0 if file.length is None else file.left_bytes)
                told = [("Upload-Length", str(len(file.content) + len(body)))] if file.length is None else []
                self._append((upload, file), body, told)
                self._head(upload, file)

    def _settled(self) -> tuple[ModelUpload, ModelFile]:
        upload, file = self._file()
        self._settle(upload, file)
        return upload, file

    def _upload(self) -> ModelUpload:
        return self._chance.choice(self._uploads)

    def _file(self) -> tuple[ModelUpload, ModelFile]:
        upload = self._upload()
        while not upload.present:
            self.create()
        unfinished = [file for file in upload.present if not file.is_finished]
        return upload, self._chance.choice(unfinished if unfinished and self._chance.random() < 0.8 else upload.present)

    def _size(self) -> int:
        """Mostly small; some are longer than what goes past the parser, and than one piece."""
        large = self._chance.randint(200_000, 1_600_000)
        return self._chance.choice([5, 100, 3000, 3000, 3000, large])

    def _bytes(self, size: int) -> bytes:
        return self._chance.randbytes(size)


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
