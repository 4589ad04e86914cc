"""Recordings that grow as the recorder's do, and a destination that tells how far they have come there."""

import random
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from capture.manifest import Status, read_manifest, write_manifest
from capture.recording import RecordingStatus
from tests.fakes.recording_directory import KINDS, describe, make_recording
from uploader.destinations.base import OnSent, RemoteUpload
from uploader.destinations.growing import Growing, GrowingDestination
from uploader.destinations.pieces import Stretch
from uploader.errors import NetworkTrouble
from uploader.gate import Gate, OpenGate
from uploader.ledger import Ledger
from uploader.live import LiveDelivery, LivePolicy
from uploader.retry import Backoff, Judge

LIMIT_S = 30.0
GROWING = ("video_mixed.mp4", "audio_mixed.mp3", "audio_separate/system.ogg")


class Making:
    """A recording that is being made."""

    def __init__(self, folder: Path) -> None:
        self.directory = make_recording(folder, video_bytes=20_000)
        self._manifest = read_manifest(self.directory)
        running = replace(self._manifest, status=Status(RecordingStatus.RECORDING), media=())
        write_manifest(running, self.directory)
        self._chance = random.Random(1)

    def grow(self, by_bytes: int = 300_000) -> Mapping[str, int]:
        """How long each file is then."""
        for path in GROWING:
            with (self.directory / path).open("ab") as file:
                file.write(self._chance.randbytes(by_bytes))
        return {path: (self.directory / path).stat().st_size for path in GROWING}

    def change(self, path: str, at: int) -> None:
        with (self.directory / path).open("r+b") as file:
            file.seek(at)
            file.write(b"changed")

    def close(self) -> None:
        """As muxers do: something at the head is changed, and something put behind the end."""
        self.grow(100)
        for path in ("video_mixed.mp4", "audio_mixed.mp3"):
            self.change(path, 46)
        media = tuple(describe(self.directory, path) for path in KINDS)
        write_manifest(replace(self._manifest, media=media), self.directory)


class Watched:
    """A destination that tells how far each file has grown there; ``troubles`` are raised when it is opened."""

    def __init__(self, open_destination: Callable[[], AbstractContextManager[GrowingDestination]]) -> None:
        self.troubles: list[NetworkTrouble] = []
        self.ends: dict[str, int] = {}
        self._open = open_destination
        self._changed = threading.Condition()

    @contextmanager
    def opened(self) -> Iterator[GrowingDestination]:
        if self.troubles:
            raise self.troubles.pop()
        with self._open() as destination:
            grow = destination.grow

            def watched(upload: RemoteUpload, growing: Growing, rest: Stretch, on_sent: OnSent) -> int:
                end = grow(upload, growing, rest, on_sent)
                with self._changed:
                    self.ends[growing.path] = end
                    self._changed.notify_all()
                return end

            destination.grow = watched  # type: ignore[method-assign] # looked at, not replaced
            yield destination

    def wait_for(self, durable_bytes: Mapping[str, int]) -> None:
        wanted = {path: end - 1 for path, end in durable_bytes.items()}
        with self._changed:
            assert self._changed.wait_for(lambda: self.ends == wanted, LIMIT_S), (self.ends, wanted)


def started(making: Making, ledger: Ledger, watched: Watched, gate: Gate | None = None) -> LiveDelivery:
    with watched.opened() as destination:
        name = destination.name
    policy = LivePolicy(Judge(Backoff(uniform=lambda _, __: 0.0)), gate or OpenGate())
    return LiveDelivery(making.directory, ledger, name, watched.opened, policy)
