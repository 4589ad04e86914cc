"""The engines of this machine, for the backend that it serves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.messages import Failure
from app.paths import Paths
from app.settings import Settings
from app.transcripts import LOG_NAME, TranscriberProcess, Wish, chosen_engine
from capture.errors import StorageError
from capture.manifest import write_json
from capture.transcription.choice import EngineChoice, EngineName
from capture.transcription.process import AWAITED, Task
from capture.transcription.shelf import ORIGINAL_NAME, PROVIDER_NAME, Shelf
from uploader.backend.transcript_requests import OWN
from uploader.backend.transcription import Hearing, Made, TranscriptFailed, TranscriptPutOff, Work
from uploader.backend.transcription import Wish as Asked
from uploader.documents import read_document

SERVICES: Mapping[str, EngineName] = {
    "assembly_ai_async": EngineName.ASSEMBLY_AI,
    "deepgram_async": EngineName.DEEPGRAM,
}
"""Offered where their key is kept on this machine."""

PASSING = frozenset({"recording_running", "transcriber_died", "storage_failed", "disk_full", "folder_not_writable"})
"""Trouble of this machine: one that was killed may live for a moment still, and a disk may have room later."""


def served_transcriber(settings: Settings, paths: Paths) -> "ServedTranscriber | None":
    """``None`` where no engine is chosen and no key known."""
    own = chosen_engine(settings, paths, Wish())
    choices = {} if own is None else {OWN: own}
    for provider, engine in SERVICES.items():
        choice = chosen_engine(settings, paths, Wish(engine))
        if choice is not None and choice.key is not None:
            choices[provider] = choice
    return ServedTranscriber(choices, paths.logs / LOG_NAME) if choices else None


@dataclass(frozen=True, slots=True)
class ServedTranscriber:
    """Thread-safe."""

    choices: Mapping[str, EngineChoice] = field(repr=False)
    log: Path

    @property
    def providers(self) -> Collection[str]:
        return self.choices.keys()

    @property
    def engines(self) -> Mapping[str, EngineName]:
        """By provider."""
        return {provider: choice.engine for provider, choice in self.choices.items()}

    def begin(self, folder: Path, wish: Asked, hearing: Hearing) -> Work:
        default = self.choices.get(wish.provider)
        if default is None:  # it was there when it was asked for
            raise TranscriptFailed("no_engine")
        choice = replace(
            default, language=wish.language or default.language, key_terms=wish.key_terms or default.key_terms
        )
        try:
            return ServedWork(TranscriberProcess(Task(folder, choice, AWAITED), self.log), folder, hearing)
        except StorageError as error:
            raise TranscriptPutOff(error.code) from error


@dataclass(frozen=True, slots=True)
class ServedWork:
    process: TranscriberProcess
    folder: Path
    hearing: Hearing

    def stop(self) -> None:
        self.process.stop()

    def result(self) -> Made | None:
        try:
            about = self.process.run(lambda _: None)
        except Failure as failure:
            code = failure.message.code
            raise (TranscriptPutOff if code in PASSING else TranscriptFailed)(code) from failure
        if about is None:
            return None
        place = Shelf(self.folder).place(about.id)
        if self.hearing is Hearing.MIXED:
            _tell_mixed(place / PROVIDER_NAME)
        return Made(place / ORIGINAL_NAME, place / PROVIDER_NAME)


def _tell_mixed(path: Path) -> None:
    """What was laid for each side was the same."""
    document: Any = read_document(path.read_bytes())
    for part in document["parts"]:
        part["source_audio"]["type"] = "mixed"
    write_json(document, path)
