"""The models that can be had, as ``resources/speech_models.toml`` has them. Light: no engine is imported."""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from capture.errors import UnknownModel
from capture.transcription.choice import EngineName
from capture.wire import from_document


@dataclass(frozen=True, slots=True)
class ModelFile:
    """``path`` is relative, with slashes. ``None`` is what only its server can tell."""

    path: str
    bytes: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """From a ``hub``, or in one ``archive``. Without ``files`` it is all that the hub's ``revision`` has."""

    name: str
    engine: EngineName
    languages: str
    licence: str
    files: tuple[ModelFile, ...]
    hub: str | None = None
    revision: str = "main"
    archive: str | None = None
    opens: str = ""

    @property
    def bytes(self) -> int | None:
        """To be fetched, where that is known beforehand."""
        sizes = [file.bytes for file in self.files]
        return sum(size for size in sizes if size is not None) if sizes and None not in sizes else None


@functools.cache
def known_models() -> Mapping[str, SpeechModel]:
    """By name."""
    return read_models(files("resources").joinpath("speech_models.toml").read_text(encoding="utf-8"))


def read_models(text: str) -> Mapping[str, SpeechModel]:
    """Raises ``ProtocolError``, ``ValueError``."""
    written = tomllib.loads(text)["models"]
    return {name: from_document({"name": name, **entry}, SpeechModel) for name, entry in written.items()}


def find_model(name: str, models: Mapping[str, SpeechModel]) -> SpeechModel:
    """Raises ``UnknownModel``."""
    try:
        return models[name]
    except KeyError as error:
        raise UnknownModel(model=name, known=", ".join(models)) from error


def place_below(folder: Path, path: str) -> Path:
    """Where a path of somebody else's goes. Raises ``ValueError`` for one that leads out of the folder."""
    place = (folder / path).resolve()
    if folder.resolve() not in place.parents:
        message = "a path that leads elsewhere"
        raise ValueError(message)
    return place
