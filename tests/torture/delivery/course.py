"""A recording of one large object on its way through every fault there is."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from capture.manifest import MANIFEST_NAME
from tests.fakes.recording_directory import make_recording
from tests.torture.delivery.chaos import Chaos, Fault, Kind, chaos
from tests.uploader.rig import NO_TLS
from uploader.claim import read_claim

MIB = 1024 * 1024
PIECE_BYTES = MIB


@dataclass(frozen=True)
class Plan:
    """``request_bytes`` is the size of each request; kills are spread over the course like the faults."""

    seed: int = 1
    total_bytes: int = 24 * MIB
    faults: int = 200
    request_bytes: int = MIB
    client_kills: int = 0
    server_kills: int = 0

    def chance(self) -> random.Random:
        return random.Random(self.seed)  # noqa: S311 - no secret

    def drawn(self) -> list[Fault]:
        """Every kind as often as the others, in any order; together they strike before the last byte is there."""
        chance = self.chance()
        kinds = [list(Kind)[number % len(Kind)] for number in range(self.faults)]
        chance.shuffle(kinds)
        farthest = max(self.total_bytes // max(self.faults, 1), 4096)
        return [Fault(kind, chance.randrange(1, farthest)) for kind in kinds]


@dataclass
class Score:
    struck: Counter[Kind] = field(default_factory=Counter)
    troubles: int = 0
    """Attempts that broke off, and kills."""
    sent_bytes: int = 0
    worst_bytes: int = 0
    """Sent again after one trouble, where that can be told."""
    took_s: float = 0.0
    client_kills: int = 0
    server_kills: int = 0


def recording(folder: Path, plan: Plan) -> Path:
    """One video, of noise."""
    return make_recording(folder, video_bytes=plan.total_bytes, paths=("video_mixed.mp4",), seed=plan.seed)
