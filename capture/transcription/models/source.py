"""Where models come from, and how long it is asked."""

import os
from dataclasses import dataclass, field
from typing import Final

HUB_URL: Final = "https://huggingface.co"
HUB_VARIABLE: Final = "HF_ENDPOINT"
"""As the hub's own library has it, for mirrors."""


def _hub_url() -> str:
    return os.environ.get(HUB_VARIABLE) or HUB_URL


@dataclass(frozen=True, slots=True)
class Source:
    """``silence_s``: after which a server is taken for gone. ``waits_s``: before it is tried again, if nothing came."""

    hub_url: str = field(default_factory=_hub_url)
    silence_s: float = 20.0
    waits_s: tuple[float, ...] = (1.0, 3.0, 10.0)

    def at(self, path: str) -> str:
        return f"{self.hub_url.rstrip('/')}/{path}"
