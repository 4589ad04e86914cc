"""``afterword deliver``: sends what is owed, and goes on where it stopped."""

import argparse
import signal
from collections.abc import Callable, Collection, Iterator

from app.console import Console, error_document
from app.delivery import uploader_for
from app.delivery_document import KEY_CODES, trouble_of
from app.delivery_ledger import open_ledger
from app.delivery_rules import gate_of
from app.key_prompt import ask_key
from app.library import manifests, recording_directory, recording_document, recording_text
from app.messages import ExitStatus, Message, describe
from app.outgoing import destination_name
from app.paths import Paths
from app.recovery import recover_dead
from app.release import release_due
from app.settings import LOCAL, Deliveries, load
from app.settings_file import write_setting
from app.signals import stopped_by_signals
from capture.manifest import Manifest, read_manifest
from capture.unfinished import UNFINISHED
from uploader.debts import owe
from uploader.destinations.transport import Route
from uploader.errors import InvalidManifest, RecordingUnfinished
from uploader.gate import OpenGate
from uploader.ledger import Delivery, DeliveryStatus, Ledger
from uploader.uploader import Key, Uploader, key_of


def run(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    if options.deliveries is not None:
        return _switch(options.deliveries, paths, console)
    recover_dead(paths, console)
    settings = load(paths, console)
    route = Route(ca_file=options.ca_file, limit_bytes_per_s=options.limit or settings.upload_limit or None)
    gate = OpenGate() if options.now else gate_of(paths)
    chosen = destination_name(options.destination) if options.destination else None
    with open_ledger(paths) as ledger:
        owed, troubles = _owed(options.ids, chosen, paths, ledger, console)
        uploader = uploader_for(paths, ledger, console, route, gate)
        with stopped_by_signals(_stopping(uploader)):
            _send(uploader, set(owed), wait=options.wait)
            if _keys_given(owed, paths, ledger, console):
                _send(uploader, set(owed), wait=options.wait)
        release_due(paths, settings, ledger, console)
        ended = [each for key in owed if (each := ledger.find(*key)) is not None]
        documents = _documents(owed, paths, ledger)
    troubles += [trouble for each in ended if (trouble := trouble_of(each))]
    return _report(documents, troubles, console)


def _switch(deliveries: Deliveries, paths: Paths, console: Console) -> ExitStatus:
    """For every program of this user, those that run already too."""
    write_setting(paths.settings, "deliveries", deliveries)
    said = "Deliveries are paused." if deliveries is Deliveries.PAUSED else "Deliveries go on."
    console.document({"deliveries": deliveries}, said)
    return ExitStatus.DONE


def _keys_given(owed: Collection[Key], paths: Paths, ledger: Ledger, console: Console) -> bool:
    """Asks the person at the terminal for each key that is missing or wrong, once."""
    waiting = (ledger.find(*key) for key in owed)
    unopened = {each.destination for each in waiting if each is not None and each.last_error in KEY_CODES}
    given = [destination for destination in sorted(unopened) if ask_key(destination, paths, console)]
    for destination in given:
        ledger.resume(destination)
    return bool(given)


def _send(uploader: Uploader, wanted: set[Key], *, wait: bool) -> None:
    if wait:
        uploader.deliver_all(wanted)
    else:
        uploader.deliver_due(wanted)


def _owed(
    ids: list[str], chosen: str | None, paths: Paths, ledger: Ledger, console: Console
) -> tuple[dict[Key, Delivery], list[Message]]:
    """In the order of the recordings; and why something cannot be owed at all."""
    owed: dict[Key, Delivery] = {}
    troubles: list[Message] = []
    for manifest in _recordings(ids, paths, console):
        if ids and manifest.status.code in UNFINISHED:
            troubles.append(describe(RecordingUnfinished.code))
        for destination in _destinations(manifest, chosen, ledger, again=bool(ids)):
            try:
                ledger.resume(destination)
                delivery = owe(manifest.spec.directory, destination, ledger)
            except InvalidManifest as error:
                troubles.append(describe(error.code, error.reason, error.data))
            else:
                owed[key_of(delivery)] = delivery
    return owed, troubles


def _destinations(manifest: Manifest, chosen: str | None, ledger: Ledger, *, again: bool) -> Iterator[str]:
    """Where it was to go before, else to this machine's own backend; ``again`` also where it is complete."""
    if manifest.status.code in UNFINISHED:
        return
    known = {each.destination: each.status for each in ledger.deliveries(manifest.spec.id)}
    for destination in [chosen] if chosen else list(known) or [LOCAL]:
        if again or known.get(destination) is not DeliveryStatus.COMPLETE:
            yield destination


def _recordings(ids: list[str], paths: Paths, console: Console) -> Iterator[Manifest]:
    """The named ones, else all that can be read; the others are told of."""
    if ids:
        yield from [read_manifest(recording_directory(paths, recording_id)) for recording_id in ids]
        return
    for each in manifests(paths):
        if isinstance(each, Manifest):
            yield each
        else:
            console.complain_aside(describe(each.code, each.reason, each.data))


def _documents(owed: dict[Key, Delivery], paths: Paths, ledger: Ledger) -> list[dict[str, object]]:
    ids = dict.fromkeys(recording_id for recording_id, _ in owed)
    return [recording_document(read_manifest(recording_directory(paths, each)), ledger) for each in ids]


def _report(documents: list[dict[str, object]], troubles: list[Message], console: Console) -> ExitStatus:
    extra = {"error": error_document(troubles[0])} if troubles else {}
    text = "\n\n".join(recording_text(document) for document in documents) or "Nothing is owed."
    console.document({"recordings": documents, **extra}, text)
    for trouble in dict.fromkeys(troubles):
        console.complain_aside(trouble)
    return troubles[0].exit_status if troubles else ExitStatus.DONE


def _stopping(uploader: Uploader) -> Callable[[], None]:
    """What was sent stays sent, the rest stays owed. Whoever says so twice does not wait for an answer any more."""

    def stop() -> None:
        uploader.stop()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    return stop
