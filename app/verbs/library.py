"""What was recorded: ``recordings``, ``show``, ``delete`` and ``verify``."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app.console import Console, error_document
from app.delivery_ledger import look_into_ledger, open_ledger
from app.library import manifests, recording_directory, recording_document, recording_text
from app.messages import ExitStatus, Failure, describe
from app.paths import Paths
from app.recovery import recover_dead
from app.settings import LOCAL
from app.verification import Finding, verify
from capture.errors import RecordingRunning
from capture.lock import Lock
from capture.manifest import Manifest, read_manifest
from capture.recording import RecordingId
from capture.unfinished import is_being_made
from uploader.debts import read_debts
from uploader.lease import leased

if TYPE_CHECKING:
    from app.copies import Copy


def list_all(_: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    recover_dead(paths, console)
    with look_into_ledger(paths) as ledger:
        documents = [recording_document(manifest, ledger) for manifest in _readable(paths, console)]
    text = "\n\n".join(recording_text(document) for document in documents) or "Nothing has been recorded yet."
    console.document({"recordings": documents}, text)
    return ExitStatus.DONE


def show_one(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    recover_dead(paths, console)
    manifest = read_manifest(recording_directory(paths, options.id))
    with look_into_ledger(paths) as ledger:
        document = recording_document(manifest, ledger)
    console.document(document, recording_text(document))
    return ExitStatus.DONE


def delete_one(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    """At the user's word, here and in this machine's own backend; what another one holds stays there."""
    directory = recording_directory(paths, options.id)
    if is_being_made(directory):
        raise RecordingRunning(id=options.id)
    with leased(directory) as is_ours:
        if not is_ours:
            raise Failure("being_sent")
    _delete(directory, RecordingId(options.id), paths)
    console.document({"id": options.id, "deleted": True}, f"Deleted {options.id} from this machine.")
    return ExitStatus.DONE


def _delete(directory: Path, recording_id: RecordingId, paths: Paths) -> None:
    """On a full disk, too: only what is in the backend takes room to be deleted, and the ledger, which comes last."""
    with Lock(directory) as lock:
        if _is_here_twice(directory, recording_id, paths):
            from app.own_backend import withdraw  # noqa: PLC0415 - the backend, for who deletes only

            withdraw(recording_id, paths)
        lock.delete_directory()
    with open_ledger(paths) as ledger:
        ledger.forget(recording_id)


def _is_here_twice(directory: Path, recording_id: RecordingId, paths: Paths) -> bool:
    """Whether this machine's own backend may have any of it."""
    with look_into_ledger(paths) as ledger:
        owed = ledger.find(recording_id, LOCAL) is not None
    return owed or any(debt.destination == LOCAL for debt in read_debts(directory))


def verify_some(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    """A destination that cannot be asked is told of, and damages nothing."""
    from app.copies import copies  # noqa: PLC0415 - the uploader's parts, for who asks servers for their copies

    recover_dead(paths, console)
    documents = []
    findings: list[Finding] = []
    held: list[Copy] = []
    with look_into_ledger(paths) as ledger:
        for manifest in _chosen(options.ids, paths, console):
            found, held_of_it = verify(manifest), copies(manifest, paths, ledger)
            media = [each.document() for each in found]
            documents.append(
                {"id": manifest.spec.id, "media": media, "copies": [each.document() for each in held_of_it]}
            )
            findings += found
            held += held_of_it
    troubles = [each.trouble() for each in findings] + [each.trouble() for each in held]
    is_damaged = any(each.trouble() for each in findings) or any(each.is_damaged for each in held)
    extra = {"error": error_document(describe("damaged"))} if is_damaged else {}
    lines = [f"{each.state:<10} {_in_short(each)}" for each in findings]
    lines += [f"{each.state:<12} copy at {each.destination}" for each in held]
    document = {"recordings": documents, "intact": not is_damaged, **extra}
    console.document(document, "\n".join(lines) or "There is nothing to verify.")
    for trouble in filter(None, troubles):
        console.complain_aside(trouble)
    return ExitStatus.FAILED if is_damaged else ExitStatus.DONE


def _in_short(finding: Finding) -> str:
    """Without the folder that all recordings are in."""
    folder = str(finding.path).removesuffix(finding.media.path)
    return f"{Path(folder).name}/{finding.media.path}"


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
