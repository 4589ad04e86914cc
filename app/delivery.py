"""Brings recordings to their destinations, from the command line's point of view."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.console import Console
from app.credentials import find_key
from app.delivery_document import trouble_of
from app.delivery_progress import ProgressView
from app.delivery_rules import gate_of
from app.messages import Failure, Message, describe
from app.paths import Paths
from app.settings import LOCAL, Settings, read
from uploader.debts import owe
from uploader.destinations.base import Destination
from uploader.destinations.dialects import PLAIN_TUS, S3
from uploader.destinations.plain_tus import PlainOptions, PlainTusDestination
from uploader.destinations.s3_multipart import S3MultipartDestination
from uploader.destinations.transport import DIRECT, Route
from uploader.destinations.tus import TusDestination
from uploader.destinations.tus_client import TusOptions
from uploader.errors import KeyMissing, KeysUnreadable, UploaderError
from uploader.gate import Gate
from uploader.ledger import Ledger
from uploader.rules import HOLD_CODES
from uploader.uploader import Policy, Uploader, key_of


@contextmanager
def open_destination(name: str, paths: Paths, ledger: Ledger, route: Route = DIRECT) -> Iterator[Destination]:
    """``local`` is the backend below our own data folder, reached without a network; anything else is a URL.

    Raises ``KeyMissing``, ``KeysUnreadable`` and other ``UploaderError``.
    """
    if name == LOCAL:
        from app.own_backend import adopting  # noqa: PLC0415 - half a second of imports

        with adopting(paths) as adopted:
            yield adopted
        return
    key = _key(name, paths)
    with S3MultipartDestination(name, key, route) if name.startswith(S3) else _tus(name, key, ledger, route) as opened:
        yield opened


def takes_growing(name: str) -> bool:
    """Whether what is still being recorded can go there; on this machine it costs nothing to wait."""
    return name != LOCAL and not name.startswith(S3)


def open_growing(
    name: str, paths: Paths, ledger: Ledger, route: Route = DIRECT
) -> TusDestination | PlainTusDestination:
    """Of a destination that ``takes_growing``. Raises as ``open_destination`` does."""
    return _tus(name, _key(name, paths), ledger, route)


def _tus(name: str, key: str, ledger: Ledger, route: Route) -> TusDestination | PlainTusDestination:
    if name.startswith(PLAIN_TUS):
        return PlainTusDestination(name, ledger, PlainOptions(key=key), route)
    return TusDestination(name, key, route, TusOptions(addresses=ledger))


def _key(name: str, paths: Paths) -> str:
    try:
        key = find_key(name, paths.credentials)
    except Failure as failure:
        raise KeysUnreadable(path=str(paths.credentials)) from failure
    if key is None:
        raise KeyMissing(destination=name)
    return key


def uploader_for(paths: Paths, ledger: Ledger, console: Console, route: Route, gate: Gate) -> Uploader:
    """Shows its progress on the console."""
    view = ProgressView(console)
    return Uploader(ledger, lambda name: open_destination(name, paths, ledger, route), view, Policy(gate=gate))


def usual_route(settings: Settings) -> Route:
    return Route(limit_bytes_per_s=settings.upload_limit or None)


def attempt(directory: Path, destination: str, paths: Paths, ledger: Ledger, console: Console) -> Message | None:
    """One attempt to deliver one recording, by the user's rules; what stood in its way, if anything but these did.

    ``destination`` is the name that the ledger knows: ``local``, or a URL as ``normalised`` gives it.
    """
    route = usual_route(read(paths.settings).settings)
    try:
        ledger.resume(destination)
        owed = owe(directory, destination, ledger)
        done = uploader_for(paths, ledger, console, route, gate_of(paths)).deliver_due({key_of(owed)})
        delivery = next(iter(done), None) or ledger.find(*key_of(owed)) or owed  # another program may have put it off
    except UploaderError as error:
        return describe(error.code, error.reason, error.data)
    trouble = trouble_of(delivery)
    if trouble is not None and delivery.last_error in HOLD_CODES:
        console.complain_aside(trouble)
        return None
    return trouble
