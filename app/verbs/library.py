"""What was recorded: ``recordings``, ``show``, ``delete``, ``verify`` and ``deliver``."""

import argparse
from pathlib import Path

from app.console import Console, error_document
from app.delivery import attempt, open_ledger, withdraw
from app.library import manifests, recording_directory, recording_document, recording_text
from app.messages import ExitStatus, Message, describe
from app.paths import Paths
from capture.errors import ManifestError
from capture.lock import Lock
from capture.manifest import Manifest, read_manifest
from capture.media import sha256
from capture.recording import MediaObject, MediaStatus, RecordingId, RecordingStatus
from uploader.destinations.tus import normalised
from uploader.ledger import DeliveryStatus

UNFINISHED = {RecordingStatus.RECORDING, RecordingStatus.PAUSED}


def list_all(_: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    documents = []
    with open_ledger(paths) as ledger:
        for manifest in manifests(paths):
            if isinstance(manifest, ManifestError):
                console.complain_aside(describe(manifest.code, manifest.reason, manifest.data))
            else:
                documents.append(recording_document(manifest, ledger))
    text = "\n\n".join(recording_text(document) for document in documents) or "Nothing has been recorded yet."
    console.document({"recordings": documents}, text)
    return ExitStatus.DONE


def show_one(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    manifest = read_manifest(recording_directory(paths, options.id))
    with open_ledger(paths) as ledger:
        document = recording_document(manifest, ledger)
    console.document(document, recording_text(document))
    return ExitStatus.DONE


def delete_one(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    """At the user's word, here and in this machine's own backend; what another one holds stays there."""
    directory = recording_directory(paths, options.id)
    with Lock(directory) as lock:
        withdraw(RecordingId(options.id), paths)
        lock.delete_directory()
    console.document({"id": options.id, "deleted": True}, f"Deleted {options.id} from this machine.")
    return ExitStatus.DONE


def verify_some(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    documents = []
    lines = []
    for manifest in _chosen(options.ids, paths):
        states = {media.path: _state(manifest.spec.directory / media.path, media) for media in manifest.media}
        documents.append({"id": manifest.spec.id, "media": [{"path": path, "state": states[path]} for path in states]})
        lines += [f"{state:<8} {manifest.spec.id}/{path}" for path, state in states.items()]
    intact = all(line.startswith("intact") for line in lines)
    trouble = {} if intact else {"error": error_document(describe("damaged"))}
    text = "\n".join(lines) or "There is nothing to verify."
    console.document({"recordings": documents, "intact": intact, **trouble}, text)
    return ExitStatus.DONE if intact else ExitStatus.FAILED


def deliver_some(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    troubles: list[Message] = []
    documents = []
    chosen = normalised(options.destination) if options.destination else None
    with open_ledger(paths) as ledger:
        for manifest in _chosen(options.ids, paths):
            known = ledger.delivery(manifest.spec.id)
            destination = chosen or (known.destination if known else "local")
            paid = known is not None and known.status is DeliveryStatus.COMPLETE and known.destination == destination
            if manifest.status.code in UNFINISHED or (paid and not options.ids):
                continue
            trouble = attempt(manifest.spec.directory, destination, paths, ledger, console)
            troubles += [trouble] if trouble else []
            documents.append(recording_document(manifest, ledger))
    extra = {"error": error_document(troubles[0])} if troubles else {}
    text = "\n\n".join(recording_text(document) for document in documents) or "Nothing is owed."
    console.document({"recordings": documents, **extra}, text)
    for trouble in troubles:
        console.complain_aside(trouble)
    return troubles[0].exit_status if troubles else ExitStatus.DONE


def _chosen(ids: list[str], paths: Paths) -> list[Manifest]:
    """The named recordings, else all that can be read. Raises ``Failure``, ``ManifestError`` for a named one."""
    if ids:
        return [read_manifest(recording_directory(paths, recording_id)) for recording_id in ids]
    return [manifest for manifest in manifests(paths) if isinstance(manifest, Manifest)]


def _state(path: Path, media: MediaObject) -> str:
    if not path.is_file():
        return "intact" if media.status is MediaStatus.DELETED else "missing"
    return "intact" if sha256(path) == media.sha256 else "changed"
