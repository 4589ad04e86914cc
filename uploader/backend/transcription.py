"""What makes words of a recording's sound, as the backend sees it: whoever opens a backend hands it in."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from uploader.errors import UploaderError

MICROPHONE, SYSTEM = "audio_separate/microphone.ogg", "audio_separate/system.ogg"
"""Where each side's sound lies in the folder that a transcriber is given, whatever container it is in."""


class Hearing(StrEnum):
    """What is listened to."""

    SEPARATE = "separate"
    """Each side's own sound."""
    MIXED = "mixed"
    """For each side the same: the speaker timeline alone tells who it was."""


@dataclass(frozen=True, slots=True)
class Wish:
    """``provider``: by its name in the API. ``language``: as in ``en`` or ``en-US``, ``None`` for the default."""

    provider: str
    language: str | None = None
    key_terms: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Made:
    """Files in the recordings API's format, inside the folder that was given."""

    transcript: Path
    provider_data: Path


class TranscriptFailed(UploaderError):
    """``code`` is the transcript's ``sub_code`` from then on."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(reason)
        self.code = code


class TranscriptPutOff(TranscriptFailed):
    """The same may succeed a little later."""


class Work(Protocol):
    """One transcript that is being made."""

    def stop(self) -> None:
        """At once; thread-safe, idempotent. What was understood is found again in the folder."""
        ...

    def result(self) -> Made | None:
        """Waits for it; ``None`` where it was stopped. Raises ``TranscriptFailed``, ``TranscriptPutOff``."""
        ...


class Transcriber(Protocol):
    """Thread-safe."""

    @property
    def providers(self) -> Collection[str]:
        """Which may be asked for."""
        ...

    def begin(self, folder: Path, wish: Wish, hearing: Hearing) -> Work:
        """In a process of its own, of low priority. ``folder`` is laid out as a recording's, with a manifest.

        Raises ``TranscriptFailed``, ``TranscriptPutOff``.
        """
        ...
