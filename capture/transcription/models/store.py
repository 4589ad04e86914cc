"""The models of this machine: a folder for each, which is there once the whole of it is."""

import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from capture.errors import ModelBusy, RecordingRunning
from capture.lock import Lock
from capture.manifest import storage_error, sync_folder
from capture.transcription.choice import EngineName
from capture.transcription.models.catalogue import SpeechModel, find_model, known_models
from capture.transcription.models.progress import OnModelProgress
from capture.transcription.models.source import Source

PARTIAL: Final = ".partial"
"""What is half there, by the model's name: no model's folder begins with a dot."""


class ModelState(StrEnum):
    ABSENT = "absent"
    PARTIAL = "partial"
    """Gone on with by the next download."""
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class ListedModel:
    """``path`` is what an engine is given, once it is ``PRESENT``."""

    model: SpeechModel
    state: ModelState
    path: Path | None


class ModelStore:
    """Any thread, any process; of all that download or remove, one at a time. Nothing is made by looking at it."""

    def __init__(
        self, folder: Path, models: Mapping[str, SpeechModel] | None = None, source: Source | None = None
    ) -> None:
        """``models``: ``None`` for all that are known."""
        self._folder = folder
        self._models = known_models() if models is None else models
        self._source = source or Source()

    def all(self) -> Sequence[ListedModel]:
        return [ListedModel(model, self._state(model), self.path(model.name)) for model in self._models.values()]

    def path(self, name: str) -> Path | None:
        """What an engine is given; ``None`` where it is not there."""
        model = self._models.get(name)
        if model is None or self._state(model) is not ModelState.PRESENT:
            return None
        return self._place(model) / model.opens

    def of(self, engine: EngineName) -> Sequence[ListedModel]:
        """Those that are there."""
        return [each for each in self.all() if each.state is ModelState.PRESENT and each.model.engine is engine]

    def download(self, name: str, on_progress: OnModelProgress, stop: threading.Event) -> Path | None:
        """Goes on where it stopped; ``None`` where ``stop`` was set. Calls back on this thread.

        Raises ``UnknownModel``, ``ModelBusy``, ``ModelUnavailable``, ``ModelDamaged``, ``StorageError``.
        """
        from capture.transcription.models.download import ModelDownload  # noqa: PLC0415 - httpx is not for who only looks

        model = find_model(name, self._models)
        with self._held(model):
            if self._state(model) is not ModelState.PRESENT:
                if not ModelDownload(model, self._partial(model), on_progress, stop, self._source).run():
                    return None
                self._publish(model)
        return self.path(name)

    def remove(self, name: str) -> None:
        """What is half there, too. Raises ``UnknownModel``, ``ModelBusy``, ``StorageError``."""
        model = find_model(name, self._models)
        with self._held(model):
            for folder in (self._place(model), self._partial(model)):
                try:
                    if folder.exists():
                        shutil.rmtree(folder)
                except OSError as error:
                    raise storage_error(error, folder) from error

    def _state(self, model: SpeechModel) -> ModelState:
        if self._place(model).is_dir():
            return ModelState.PRESENT
        return ModelState.PARTIAL if self._partial(model).is_dir() else ModelState.ABSENT

    def _place(self, model: SpeechModel) -> Path:
        return self._folder / model.name

    def _partial(self, model: SpeechModel) -> Path:
        return self._folder / PARTIAL / model.name

    @contextmanager
    def _held(self, model: SpeechModel) -> Iterator[None]:
        folder = self._folder / PARTIAL
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(error, folder) from error
        try:
            lock = Lock(folder)
        except RecordingRunning as error:
            raise ModelBusy(model=model.name) from error
        with lock:
            yield

    def _publish(self, model: SpeechModel) -> None:
        """One rename: a model is there or is not."""
        try:
            self._partial(model).rename(self._place(model))
            sync_folder(self._folder)
        except OSError as error:
            raise storage_error(error, self._folder) from error
