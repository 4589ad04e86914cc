"""A client as it is written for recordings APIs, from their documentation alone; it knows nothing of this backend."""

from collections.abc import Iterator
from typing import Any

import httpx

from tests.uploader.rig import NO_TLS

Json = dict[str, Any]


class RecordingsClient:
    def __init__(self, base_url: str, key: str, *, scheme: str = "Token ") -> None:
        self._http = httpx.Client(
            base_url=base_url, headers={"Authorization": f"{scheme}{key}"}, timeout=20, trust_env=False, verify=NO_TLS
        )

    def close(self) -> None:
        self._http.close()

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - those of httpx
        return self._http.request(method, f"/api/v1/{path}", **options)

    def get(self, path: str, **query: str) -> Json:
        return self._document(self.send("GET", path, params=query))

    def create_sdk_upload(self, **fields: object) -> Json:
        return self._document(self.send("POST", "sdk_upload/", json=fields))

    def patch(self, path: str, metadata: dict[str, str]) -> Json:
        return self._document(self.send("PATCH", path, json={"metadata": metadata}))

    def every(self, path: str, **query: str) -> Iterator[Json]:
        """All pages, by the address of each next one."""
        for page in self.pages(path, **query):
            yield from page["results"]

    def pages(self, path: str, **query: str) -> Iterator[Json]:
        page = self.get(path, **query)
        yield page
        while page["next"]:
            page = self._document(self._http.get(page["next"]))
            yield page

    def fetch(self, url: str, **headers: str) -> httpx.Response:
        """A download: no key is sent along."""
        response = httpx.get(url, headers=headers, follow_redirects=True, trust_env=False, verify=NO_TLS)
        response.raise_for_status()
        return response

    def _document(self, response: httpx.Response) -> Json:
        response.raise_for_status()
        document: Json = response.json()
        return document
