"""A hub of models on this machine: its list of files, its redirects and its ranges, and what may go wrong with them."""

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.capture.transcription.provider import Answer, Request, document, serving

REPOSITORY, REVISION = "people/tiny", "0123abcd"
LARGE_BYTES = 1000
"""What is at least so large a hub keeps apart, and tells the SHA-256 of."""


@dataclass(slots=True)
class Hub:
    files: Mapping[str, bytes]
    url: str = ""
    troubles: list[int | Answer] = field(default_factory=list)
    """One for each request of a file, while there are any: after how many bytes it breaks off, or another answer."""
    ranges: list[str | None] = field(default_factory=list)
    """That were asked for."""
    ignores_ranges: bool = False
    sends: Mapping[str, bytes] = field(default_factory=dict)
    """In place of what it promises."""
    refusal: Answer | None = None
    """In place of its list of files."""

    def answer(self, request: Request) -> Answer:
        if request.path.startswith(f"/api/models/{REPOSITORY}/tree/{REVISION}?"):
            return self.refusal or document([_entry(path, content) for path, content in self.files.items()])
        resolved = f"/{REPOSITORY}/resolve/{REVISION}/"
        if request.path.startswith(resolved):
            return Answer(302, headers={"Location": f"{self.url}/cdn/{request.path.removeprefix(resolved)}?signed=yes"})
        path = request.path.removeprefix("/cdn/").partition("?")[0]
        return self._content(path, request) if path in self.files else Answer(404)

    def _content(self, path: str, request: Request) -> Answer:
        wanted = request.headers.get("Range")
        self.ranges.append(wanted)
        content = self.sends.get(path, self.files[path])
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and not self.ignores_ranges else 0
        whole = Answer(206 if start else 200, content[start:], {"Content-Range": f"bytes {start}-"} if start else {})
        trouble = self.troubles.pop(0) if self.troubles else None
        if isinstance(trouble, Answer):
            return trouble
        return whole if trouble is None else Answer(whole.status, whole.body[:trouble], whole.headers, is_cut=True)


def _entry(path: str, content: bytes) -> Mapping[str, object]:
    blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
    entry = {"type": "file", "path": path, "size": len(content), "oid": blob}
    large = {"lfs": {"oid": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 130}}
    return entry | large if len(content) >= LARGE_BYTES else entry


@contextlib.contextmanager
def hub(files: Mapping[str, bytes]) -> Iterator[Hub]:
    there = Hub(files)
    with serving(reply=there.answer) as service:
        there.url = service.url
        yield there


def catalogue(*entries: str) -> str:
    """One model, ``tiny``, of the repository, with these lines."""
    head = f'[models.tiny]\nengine = "faster_whisper"\nlanguages = "en"\nlicence = "MIT"\nhub = "{REPOSITORY}"\n'
    return "\n".join([head, f'revision = "{REVISION}"', *entries])


def named(files: Mapping[str, bytes]) -> str:
    """A catalogue that knows all of them."""
    known = [
        f"{{path = {json.dumps(path)}, bytes = {len(content)}, sha256 = '{hashlib.sha256(content).hexdigest()}'}}"
        for path, content in files.items()
    ]
    return catalogue(f"files = [{', '.join(known)}]")


def begins(ranges: list[str | None]) -> list[int]:
    return [int(re.findall(r"\d+", each)[0]) if each else 0 for each in ranges]
