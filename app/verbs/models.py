"""``afterword models``: what engines need, fetched when it is asked for and never otherwise."""

import argparse
import threading
from typing import Any

from app.console import Console
from app.delivery_progress import sized
from app.messages import ExitStatus, Failure
from app.paths import Paths
from app.signals import stopped_by_signals
from app.speech_models import model_store
from capture.transcription.models.progress import ModelProgress
from capture.transcription.models.store import ListedModel, ModelState


def list_all(_: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    listed = model_store(paths).all()
    width = max(len(each.model.name) for each in listed)
    lines = [f"{each.model.name:{width}}  {_described(each)}" for each in listed]
    console.document({"models": [_document(each) for each in listed]}, "\n".join(lines))
    return ExitStatus.DONE


def download(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    store, stop = model_store(paths), threading.Event()

    def watch(progress: ModelProgress) -> None:
        console.show(f"Downloading … {sized(progress.done_bytes)} of {sized(progress.total_bytes)}")

    with stopped_by_signals(stop.set):
        path = store.download(options.name, watch, stop)
    if path is None:
        raise Failure("download_stopped", model=options.name)
    (listed,) = (each for each in store.all() if each.model.name == options.name)
    hint = (
        f"{options.name} is here. To use it: `afterword config set transcription_engine {listed.model.engine}` and"
        f" `afterword config set transcription_model {options.name}`."
    )
    console.document(_document(listed), hint)
    return ExitStatus.DONE


def remove(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    model_store(paths).remove(options.name)
    console.document({"removed": options.name}, f"{options.name} is not on this machine any more.")
    return ExitStatus.DONE


def _described(each: ListedModel) -> str:
    size = "size unknown" if each.model.bytes is None else sized(each.model.bytes)
    state = "" if each.state is ModelState.ABSENT else f"  {each.state}"
    return f"{each.model.engine:14}  {each.model.languages:4}  {size:>12}{state}"


def _document(each: ListedModel) -> dict[str, Any]:
    return {
        "name": each.model.name,
        "engine": each.model.engine,
        "languages": each.model.languages,
        "licence": each.model.licence,
        "bytes": each.model.bytes,
        "state": each.state,
        "path": None if each.path is None else str(each.path),
    }
