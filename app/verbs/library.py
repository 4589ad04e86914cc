"""What was recorded: ``recordings``, ``show``, ``delete``, ``verify`` and ``deliver``."""

import argparse
from collections.abc import Iterator

from app.console import Console, error_document
from app.delivery import attempt, open_ledger, withdraw
from app.library import manifests, recording_directory, recording_document, recording_text
from app.messages import ExitStatus, Message, describe
from app.paths import Paths
from app.recovery import recover_dead
from app.verification import Finding, verify
from capture.errors import RecordingRunning
from capture.lock import Lock
from capture.manifest import Manifest, read_manifest
from capture.recording import RecordingId
from capture.unfinished import UNFINISHED, is_being_made
from uploader.destinations.addresses import normalised
from uploader.ledger import DeliveryStatus


def list_all(_: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    recover_dead(paths, console)
    with open_ledger(paths) as ledger:
        documents = [recording_document(manifest, ledger) for manifest in _readable(paths, console)]
    text = "\n\n".join(recording_text(document) for document in documents) or "Nothing has been recorded yet."
    console.document({"recordings": documents}, text)
    return ExitStatus.DONE


def show_one(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    recover_dead(paths, console)
    manifest = read_manifest(recording_directory(paths, options.id))
    with open_ledger(paths) as ledger:
        document = recording_document(manifest, ledger)
    console.document(document, recording_text(document))
    return ExitStatus.DONE


def delete_one(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    """At the user's word, here and in this machine's own backend; what another one holds stays there."""
    directory = recording_directory(paths, options.id)
    if is_being_made(directory):
        raise RecordingRunning(id=options.id)
    with Lock(directory) as lock:
        withdraw(RecordingId(options.id), paths)
        lock.delete_directory()
    console.document({"id": options.id, "deleted": True}, f"Deleted {options.id} from this machine.")
    return ExitStatus.DONE


def verify_some(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    recover_dead(paths, console)
    documents = []
    findings: list[Finding] = []
    for manifest in _chosen(options.ids, paths, console):
        found = verify(manifest)
        documents.append({"id": manifest.spec.id, "media": [each.document() for each in found]})
        findings += found
    troubles = [trouble for each in findings if (trouble := each.trouble())]
    extra = {"error": error_document(describe("damaged"))} if troubles else {}
    lines = [f"{each.state:<10} {each.path.relative_to(paths.recordings)}" for each in findings]
    document = {"recordings": documents, "intact": not troubles, **extra}
    console.document(document, "\n".join(lines) or "There is nothing to verify.")
    for trouble in troubles:
        console.complain_aside(trouble)
    return ExitStatus.FAILED if troubles else ExitStatus.DONE


def deliver_some(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    recover_dead(paths, console)
    troubles: list[Message] = []
    documents = []
    chosen = normalised(options.destination) if options.destination else None
    with open_ledger(paths) as ledger:
        for manifest in _chosen(options.ids, paths, console):
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


def _chosen(ids: list[str], paths: Paths, console: Console) -> list[Manifest]:
    """The named recordings, else all that can be read. Raises ``Failure``, ``ManifestError`` for a named one."""
    if ids:
        return [read_manifest(recording_directory(paths, recording_id)) for recording_id in ids]
    return list(_readable(paths, console))


def _readable(paths: Paths, console: Console) -> Iterator[Manifest]:
    """The others are told of."""
    for each in manifests(paths):
        if isinstance(each, Manifest):
            yield each
        else:
            console.complain_aside(describe(each.code, each.reason, each.data))
