"""What can be done with a recording from its list. Each says what came of it, in words. For threads that may wait."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.delivery_ledger import open_ledger
from app.export import Export, export
from app.language import in_full
from app.messages import Failure, describe
from app.paths import Paths
from app.recording_rows import Row, Shipment
from app.trash import empty, put_back, throw_away
from app.verification import verify
from capture.errors import CaptureError
from capture.lock import Lock
from capture.manifest import read_manifest, write_manifest
from capture.recording import RecordingId
from uploader.errors import UploaderError
from uploader.ledger import DeliveryStatus

translate = QCoreApplication.translate

DIRECT: Final = "s3+"
"""Before the address of a backend whose bytes go to its store."""


def outcome(act: Callable[[], str]) -> str:
    """What ``act`` has to say, or what stood in its way."""
    try:
        return act()
    except Failure as failure:
        message = failure.message
    except (CaptureError, UploaderError) as error:
        message = describe(error.code, error.reason, error.data)
    return in_full(message)


def rename(row: Row, title: str) -> str:
    """Here: what was delivered keeps its name, as recordings backends let nobody change it. Raises ``CaptureError``."""
    with Lock(row.directory):
        manifest = read_manifest(row.directory)
        meeting = replace(manifest.spec.meeting, title=title or None)
        write_manifest(replace(manifest, spec=replace(manifest.spec, meeting=meeting)), row.directory)
    if row.shipment is None or row.shipment.status is not DeliveryStatus.COMPLETE:
        return ""
    return translate("recordings", "Renamed on this machine. What was delivered keeps its name.")


def delete(directory: Path, paths: Paths) -> str:
    throw_away(directory, paths)
    return ""


def undelete(ids: tuple[RecordingId, ...], paths: Paths) -> str:
    for each in ids:
        put_back(each, paths)
    return translate("recordings", "Put back.")


def destroy(paths: Paths, older_than_s: float = 0.0) -> str:
    count = empty(paths, older_than_s)
    return translate("recordings", "Deleted for good: {count}.").format(count=count) if count else ""


def owe_again(row: Row, paths: Paths) -> str:
    """To all that it was to go to, or to the usual destination. Raises ``UploaderError``."""
    from app.settings import read  # noqa: PLC0415 - the uploader's parts, for who delivers
    from uploader.debts import owe  # noqa: PLC0415 - the uploader's parts, for who delivers
    from uploader.destinations.addresses import normalised  # noqa: PLC0415 - the uploader's parts, for who delivers

    wanted = read(paths.settings).settings.destination
    usual = wanted if "://" not in wanted else normalised(wanted)
    with open_ledger(paths) as ledger:
        known = ledger.deliveries(row.recording_id)
        due = [each.destination for each in known if each.status is not DeliveryStatus.COMPLETE]
        for destination in due or ([] if known else [usual]):
            ledger.resume(destination)
            owe(row.directory, destination, ledger)
    if known and not due:
        return translate("recordings", "It is delivered already.")
    return translate("recordings", "It is being delivered.")


def verify_all(row: Row, paths: Paths) -> str:
    """Its files, and what destinations say that they hold. Reads every byte."""
    from app.copies import CopyState, copies  # noqa: PLC0415 - the uploader's parts, for who asks

    manifest = read_manifest(row.directory)
    findings = verify(manifest)
    with open_ledger(paths) as ledger:
        held = copies(manifest, paths, ledger)
    troubles = [each for each in (*(one.trouble() for one in findings), *(one.trouble() for one in held)) if each]
    if troubles:
        return "\n".join(map(in_full, dict.fromkeys(troubles)))
    words = translate("recordings", "All {count} files are as they were recorded.").format(count=len(findings))
    proved = sum(each.state is CopyState.VERIFIED for each in held)
    if proved:
        words += " " + translate("recordings", "Copies that prove to be the same: {count}.").format(count=proved)
    return words


def export_to(directory: Path, what: Export, target: Path) -> str:
    export(directory, what, target)
    return translate("recordings", "Saved as {name}.").format(name=target.name)


def link_of(recording_id: RecordingId, shipment: Shipment | None) -> str | None:
    """Its page at the recordings backend that holds it."""
    if shipment is None or shipment.status is not DeliveryStatus.COMPLETE:
        return None
    address = shipment.destination.removeprefix(DIRECT)
    return f"{address}/#/recording/{recording_id}" if address.startswith(("http://", "https://")) else None
