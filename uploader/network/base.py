"""Who tells that the network has changed, so that what waits for it need not wait any longer."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

OnChange = Callable[[], None]
"""Called on a thread of the watch: something came up, or changed. Whether it helps, only an attempt can tell."""


class NetworkWatch(Protocol):
    def watching(self, on_change: OnChange) -> AbstractContextManager[None]:
        """Until the context ends; after that ``on_change`` is never called again."""
        ...
