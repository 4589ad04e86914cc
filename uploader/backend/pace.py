"""How slowly a sender may go on. Its silence is bounded, and so is a drip that is kept up to look like no silence."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

SILENCE_S = 60.0
"""A sender that is silent for so long is gone, though its connection may not know; its file is free again."""

LEAST_BYTES = 4096
"""In ``SILENCE_S``: a hundredth of what the slowest of modems sends."""


class TooSlow(Exception):
    """Fewer bytes came within the window than must."""


class Pace:
    """Of one body. Event loop only; what is done between two waits is not counted against the sender."""

    def __init__(self, window_s: float = SILENCE_S, least_bytes: int = LEAST_BYTES) -> None:
        self._window_s = window_s
        self._least_bytes = least_bytes
        self._left_s = window_s
        self._came_bytes = 0

    def came(self, size_bytes: int) -> None:
        self._came_bytes += size_bytes

    async def keep(self, wait: Callable[[], Awaitable[T]]) -> T:
        """What ``wait`` gives, which is asked again where it was given up. Raises ``TooSlow``."""
        loop = asyncio.get_running_loop()
        while True:
            until_s = loop.time() + self._left_s
            try:
                async with asyncio.timeout_at(until_s):
                    return await wait()
            except TimeoutError as error:
                if self._came_bytes < self._least_bytes:
                    raise TooSlow from error
                self._came_bytes, until_s = 0, loop.time() + self._window_s
            finally:
                self._left_s = until_s - loop.time()
