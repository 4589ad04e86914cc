"""Calls of the API without a server, so that nothing happens in between but what a test does."""

import asyncio

import httpx

from uploader.backend import Backend
from uploader.backend.application import create_application


class InProcess(httpx.BaseTransport):
    def __init__(self, backend: Backend) -> None:
        self._application = httpx.ASGITransport(create_application(backend))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return asyncio.run(self._answer(request))

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        response = await self._application.handle_async_request(request)
        return httpx.Response(response.status_code, headers=response.headers, content=await response.aread())


def in_process(backend: Backend, key: str) -> httpx.Client:
    return httpx.Client(
        transport=InProcess(backend), base_url="http://localhost/api/v1/", headers={"Authorization": key}
    )
