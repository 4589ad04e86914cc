"""A tus client that keeps a model: it knows what each answer means for the bytes that must be there."""

import random
import threading
from collections.abc import Collection, Sequence

from tests.uploader.api.tus_model import ModelFile, ModelUpload
from tests.uploader.api.wire import Answer, Header, Request, Wire
from tests.uploader.rig import BODY_TYPE

RESUMABLE: Header = ("Tus-Resumable", "1.0.0")
TYPE: Header = ("Content-Type", BODY_TYPE)


class ModelClient:
    """``faults``: whatever must not be."""

    def __init__(self, url: str, uploads: Sequence[ModelUpload], seed: int) -> None:
        self.faults: list[str] = []
        self.wire = Wire(url)
        self._url = url
        self._uploads = uploads
        self._chance = random.Random(seed)

    def _append(
        self,
        place: tuple[ModelUpload, ModelFile],
        body: bytes,
        headers: Collection[Header] = (),
        *,
        refused: Collection[int] = (),
        is_chunked: bool = False,
    ) -> None:
        upload, file = place
        offset = self._settle(upload, file)
        if offset is None:
            return
        body = body if file.length is None else body[: file.left_bytes]
        named = [("Upload-Offset", str(offset)), TYPE, *headers]
        request = self._request("PATCH", file.address, upload.token, named, body)
        answer = self.wire.ask(Request(request.method, request.target, request.headers, body, is_chunked=is_chunked))
        if not self._is_expected(answer, refused or {204}, "append") or refused or answer is None:
            return
        file.acknowledge(body, at=offset)
        told = dict(headers).get("Upload-Length")
        file.length = int(told) if told else file.length
        if answer.headers.get("upload-offset") != str(len(file.content)):
            self._fault(f"append acknowledged {answer.headers.get('upload-offset')}, not {len(file.content)}")

    def _settle(self, upload: ModelUpload, file: ModelFile) -> int | None:
        """Where it ends once nobody writes any more: an append of nothing is refused until then."""
        for _ in range(2000):
            offset = self._head(upload, file)
            if offset is None or file.maybe is None:
                return offset
            headers = [("Upload-Offset", str(offset)), TYPE]
            answer = self._ask("PATCH", file.address, upload.token, headers)
            self._is_expected(answer, {204, 409, 423}, "append of nothing")
            if answer and answer.status == 204:
                file.settle(offset)
                return offset
        self._fault(f"{file.address} stays locked")
        return None

    def _head(self, upload: ModelUpload, file: ModelFile) -> int | None:
        answer = self._ask("HEAD", file.address, upload.token)
        if not self._is_expected(answer, {200}, "a look") or answer is None:
            return None
        offset = int(answer.headers["upload-offset"])
        if not file.may_end_at(offset):
            at_most = len(file.content) + len(file.maybe or b"")
            self._fault(f"{file.address} ends at {offset}, not from {len(file.content)} to {at_most}")
            file.is_gone = True
        told = answer.headers.get("upload-length")
        if told != (None if file.length is None else str(file.length)):
            self._fault(f"{file.address} has the length {told}, not {file.length}")
        return offset

    def _ask(
        self, method: str, target: str, token: str, headers: Collection[Header] = (), body: bytes = b""
    ) -> Answer | None:
        return self.wire.ask(self._request(method, target, token, headers, body))

    def _request(
        self, method: str, target: str, token: str, headers: Collection[Header] = (), body: bytes = b""
    ) -> Request:
        named = tuple(headers)
        resumable = () if "Tus-Resumable" in dict(named) else (RESUMABLE,)
        right = (("Authorization", f"Token {token}"),) if token else ()
        return Request(method, target, (*resumable, *right, *named), body)

    def _is_expected(
        self, answer: Answer | None, statuses: Collection[int], what: str, *, may_hang_up: bool = False
    ) -> bool:
        if answer is None:
            if not may_hang_up:
                self._fault(f"{what}: no answer")
            return False
        if answer.status not in statuses:
            self._fault(f"{what}: {answer.status} {answer.body[:200]!r}, not {sorted(statuses)}")
            return False
        return True

    def _fault(self, what: str) -> None:
        self.faults.append(f"request {self.wire.requests}: {what}")

    def _at_once(self, requests: Sequence[Request]) -> list[Answer | None]:
        """Each over a connection of its own."""
        answers: dict[int, Answer | None] = {}

        def send(place: int) -> None:
            wire = Wire(self._url)
            answers[place] = wire.ask(requests[place])
            wire.close()

        threads = [threading.Thread(target=send, args=(place,)) for place in range(len(requests))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = [answers[place] for place in range(len(requests))]
        self.wire.answers.update(answer.status if answer else None for answer in found)
        return found
