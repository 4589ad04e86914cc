"""What a recordings backend gives for a recording: every download URL, tried."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

LIMIT_S = 30.0


class DownloadFailed(Exception):
    """The message says what the backend did not give."""


@dataclass(frozen=True, slots=True)
class Download:
    kind: str
    url: str
    sha256: str


def try_downloads(url: str, api_key: str, recording_id: str) -> list[Download]:
    """Each file of the recording, read to its end by its URL alone. Raises ``DownloadFailed``."""
    authorization = {"Authorization": f"Token {api_key}"}
    try:
        with (
            httpx.Client(base_url=url, headers=authorization, timeout=LIMIT_S, trust_env=False) as owner,
            httpx.Client(timeout=LIMIT_S, trust_env=False) as anyone,
        ):
            return [Download(kind, url, _digest(anyone, url)) for kind, url in _addresses(owner, recording_id)]
    except httpx.HTTPError as error:
        message = f"the backend cannot be reached: {error}"
        raise DownloadFailed(message) from error


def url_of(media: dict[str, Any], downloads: list[Download]) -> str:
    """Of the one that gives the very bytes of a media object as ``afterword show`` lists it."""
    for download in downloads:
        if (download.kind, download.sha256) == (media["kind"], media["sha256"]):
            return download.url
    message = f"no download gives the bytes of {media['path']}"
    raise DownloadFailed(message)


def _addresses(client: httpx.Client, recording_id: str) -> Iterator[tuple[str, str]]:
    """Kind and download URL, as the API gives them."""
    recording = _get(client, f"/api/v1/recording/{recording_id}/")
    for resource, media in recording["media_shortcuts"].items():
        for name, url in media["data"].items() if media else ():
            if name.endswith("download_url") and url:
                yield name.removesuffix("download_url").rstrip("_") or resource, url
    for media in _get(client, f"/api/v1/audio_separate/?recording_id={recording_id}")["results"]:
        for part in _get(client, media["data"]["download_url"]):
            yield "audio_separate", part["download_url"]


def _digest(client: httpx.Client, url: str) -> str:
    digest = hashlib.sha256()
    with client.stream("GET", url) as response:
        _require_ok(response)
        for piece in response.iter_bytes():
            digest.update(piece)
    return digest.hexdigest()


def _get(client: httpx.Client, address: str) -> Any:  # noqa: ANN401 - a JSON document has no better type
    response = client.get(address)
    _require_ok(response)
    return response.json()


def _require_ok(response: httpx.Response) -> None:
    if response.status_code != httpx.codes.OK:
        message = f"the backend answers {response.status_code} for {response.url.path}"
        raise DownloadFailed(message)
