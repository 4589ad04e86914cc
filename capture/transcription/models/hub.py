"""What is to be fetched of a model, and what it must be: by the catalogue, and where that does not know, by its server.

A door to ``httpx``.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from capture.errors import ModelUnavailable
from capture.transcription.models.catalogue import ModelFile, SpeechModel
from capture.transcription.models.source import Source

if TYPE_CHECKING:
    from hashlib import _Hash


class Promise(StrEnum):
    """Who says what a file is."""

    CATALOGUE = "catalogue"
    SERVER = "server"
    """The one that it comes from: that tells of damage on the way, and of nothing else."""


class DigestKind(StrEnum):
    SHA256 = "sha256"
    GIT_BLOB = "git_blob"
    """SHA-1 behind git's header: what a hub tells of small files."""


@dataclass(frozen=True, slots=True)
class Wanted:
    path: str
    url: str
    bytes: int
    digest: str
    kind: DigestKind = DigestKind.SHA256
    promise: Promise = Promise.CATALOGUE

    def hasher(self) -> "_Hash":
        if self.kind is DigestKind.SHA256:
            return hashlib.sha256()
        return hashlib.sha1(b"blob %d\0" % self.bytes, usedforsecurity=False)


def wanted_files(model: SpeechModel, client: httpx.Client, source: Source) -> Sequence[Wanted]:
    """Raises ``ModelUnavailable``, and ``httpx.HTTPError`` for what may pass."""
    known = {file.path: wanted for file in model.files if (wanted := _known(model, file, source)) is not None}
    if known and len(known) == len(model.files):
        return list(known.values())
    told = {each.path: each for each in _tree(model, client, source)}
    paths = [file.path for file in model.files] or list(told)
    missing = [path for path in paths if path not in told and path not in known]
    if missing or not paths:
        message = f"its server has no {', '.join(missing) or 'files'}"
        raise ModelUnavailable(message, model=model.name)
    return [known.get(path) or told[path] for path in paths]


def _known(model: SpeechModel, file: ModelFile, source: Source) -> Wanted | None:
    if file.bytes is None or file.sha256 is None:
        return None
    return Wanted(file.path, model.archive or _address(model, file.path, source), file.bytes, file.sha256)


def _tree(model: SpeechModel, client: httpx.Client, source: Source) -> Sequence[Wanted]:
    """All of a repository but what begins with a dot. A redirect is followed, a page has a thousand entries."""
    address = source.at(f"api/models/{model.hub}/tree/{quote(model.revision, safe='')}")
    answer = client.get(address, params={"recursive": "true"})
    check(answer, model)
    try:
        entries = [entry for entry in answer.json() if entry["type"] == "file" and not entry["path"].startswith(".")]
        return [_told(model, entry, source) for entry in entries]
    except (KeyError, TypeError, ValueError) as error:
        message = "its server's list of files makes no sense"
        raise ModelUnavailable(message, model=model.name) from error


def _told(model: SpeechModel, entry: Mapping[str, Any], source: Source) -> Wanted:
    path, large = str(entry["path"]), entry.get("lfs")
    kind = DigestKind.GIT_BLOB if large is None else DigestKind.SHA256
    digest = str(entry["oid"] if large is None else large["oid"])
    return Wanted(path, _address(model, path, source), int(entry["size"]), digest, kind, Promise.SERVER)


def _address(model: SpeechModel, path: str, source: Source) -> str:
    return source.at(f"{model.hub}/resolve/{quote(model.revision, safe='')}/{quote(path)}")


def check(answer: httpx.Response, model: SpeechModel) -> None:
    """Raises ``ModelUnavailable`` where asking again does not help, else ``httpx.HTTPStatusError``."""
    if answer.is_success:
        return
    if answer.is_server_error or answer.status_code in {httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_MANY_REQUESTS}:
        message = f"HTTP {answer.status_code}"
        raise httpx.HTTPStatusError(message, request=answer.request, response=answer)
    message = f"its server answers HTTP {answer.status_code}"
    raise ModelUnavailable(message, model=model.name)
