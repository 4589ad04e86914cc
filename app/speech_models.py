"""Where this user's models of speech are."""

from app.paths import Paths
from capture.transcription.choice import EngineName
from capture.transcription.models.store import ModelStore


def model_store(paths: Paths) -> ModelStore:
    return ModelStore(paths.data / "speech_models")


def model_for(engine: EngineName, name: str | None, paths: Paths) -> str | None:
    """What the engine is given for that name, or, without one, the smallest that was downloaded for it.

    A name that was not downloaded is the engine's own affair.
    """
    store = model_store(paths)
    if name is not None:
        path = store.path(name)
        return name if path is None else str(path)
    present = sorted(store.of(engine), key=lambda each: each.model.bytes or 0)
    return str(present[0].path) if present else None
