"""``afterword recover``: finishes recordings whose recorder died. Nothing is deleted."""

import argparse

from app.console import Console, error_document
from app.delivery_ledger import look_into_ledger
from app.library import manifests, recording_directory, recording_document, recording_text
from app.messages import ExitStatus, Message, describe
from app.paths import Paths
from app.recovery import recover_one
from capture.errors import ManifestError
from capture.manifest import read_manifest
from capture.unfinished import is_finished, unfinished


def run(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    """The named ones, else all. One that is being recorded, or that a newer program made, is left alone."""
    named = [recording_directory(paths, recording_id) for recording_id in options.ids]
    left: dict[str, Message] = {}
    recovered = []
    for directory in named or [each for place in paths.places for each in unfinished(place)]:
        trouble = None if is_finished(directory) else recover_one(directory, console)
        if trouble is None:
            recovered.append(read_manifest(directory))
        else:
            left[directory.name] = trouble
    exit_status = max((trouble.exit_status for trouble in left.values()), default=ExitStatus.DONE)
    if not named:
        for name, trouble in _unreadable(paths).items():
            console.complain_aside(trouble)
            left.setdefault(name, trouble)
    with look_into_ledger(paths) as ledger:
        documents = [recording_document(manifest, ledger) for manifest in recovered]
    text = "\n\n".join(recording_text(document) for document in documents) or "Nothing was left unfinished."
    errors = [{"id": name, "error": error_document(trouble)} for name, trouble in left.items()]
    first = {"error": errors[0]["error"]} if exit_status else {}
    console.document({"recordings": documents, "left_alone": errors, **first}, text)
    return exit_status


def _unreadable(paths: Paths) -> dict[str, Message]:
    found = (each for each in manifests(paths) if isinstance(each, ManifestError))
    return {_id(error): describe(error.code, error.reason, error.data) for error in found}


def _id(error: ManifestError) -> str:
    return error.data["path"].replace("\\", "/").split("/")[-2]
