"""The recordings backend that ships with the app: one data folder, one API."""

import shutil
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from capture.manifest import sync_folder
from uploader.backend.access import Access
from uploader.backend.access_tables import SigningKeyMark
from uploader.backend.admission import Admission
from uploader.backend.blobs import Blobs
from uploader.backend.completion import Completion
from uploader.backend.contents import Contents
from uploader.backend.database import open_postgresql, open_sqlite
from uploader.backend.file_locks import FileLocks
from uploader.backend.intake import Intake
from uploader.backend.keys import SigningKey, key_digest, secret_file
from uploader.backend.locations import EMBEDDED, Places
from uploader.backend.multiparts import Multiparts
from uploader.backend.part_store import PartStore, S3Options, StoreUnavailable
from uploader.backend.rates import DEFAULT_RATES, Rates
from uploader.backend.retention import Expiry
from uploader.backend.search import SearchIndex
from uploader.backend.signing import DownloadSigner
from uploader.backend.store import DatabaseUnavailable, Observer, Store
from uploader.backend.transcription import Transcriber
from uploader.backend.webhook_outbox import Outbox
from uploader.backend.webhook_sender import WebhookSender
from uploader.errors import DatabaseUnusable, DataNotWritable, StoreUnusable
from uploader.times import iso_utc

DEFAULT_WORKSPACE = "default"


@dataclass(frozen=True, slots=True)
class Backend:
    """Everything that the API is made of. Thread-safe; whoever opened it closes it."""

    data: Path
    api_key: str = field(repr=False)
    store: Store
    blobs: Blobs
    contents: Contents
    access: Access
    intake: Intake
    completion: Completion
    multiparts: Multiparts | None
    admission: Admission
    expiry: Expiry
    search: SearchIndex
    outbox: Outbox
    webhooks: WebhookSender
    signing_key: SigningKey = field(repr=False)
    signer: DownloadSigner
    now_s: Callable[[], float]
    transcriber: Transcriber | None = None
    """Without one it makes no transcripts."""
    transcripts_wanted: threading.Event = field(default_factory=threading.Event)
    """Set when one may be due."""

    def close(self) -> None:
        self.store.close()


def open_backend(
    data: Path,
    *,
    now_s: Callable[[], float] = time.time,
    free_bytes: Callable[[Path], int] | None = None,
    places: Places = EMBEDDED,
    rates: Rates = DEFAULT_RATES,
) -> Backend:
    """Opens the data folder, or makes it (mode 0700) with an API key and a signing key.

    ``now_s`` is wall time. Raises ``DataNotWritable``,
    ``DatabaseUnusable``, and ``StoreUnusable`` for a store without its keys or its library.
    """
    parts = _part_store(places.media) if places.media else None
    try:
        return _opened(_Surroundings(data, now_s, free_bytes or _free_bytes, parts, rates, places))
    except DatabaseUnavailable as error:
        raise DataNotWritable(error.reason, folder=str(data)) from error
    except OSError as error:
        raise DataNotWritable(str(error), folder=str(data)) from error


def _part_store(options: S3Options) -> PartStore:
    try:
        from uploader.backend.s3_store import S3Store  # noqa: PLC0415 - its library is an extra
    except ImportError as error:
        raise StoreUnusable(str(error)) from error
    try:
        return S3Store(options)
    except StoreUnavailable as error:
        raise StoreUnusable(error.reason) from error


@dataclass(frozen=True, slots=True)
class _Surroundings:
    data: Path
    now_s: Callable[[], float]
    free_bytes: Callable[[Path], int]
    parts: PartStore | None
    rates: Rates
    places: Places


def _opened(around: _Surroundings) -> Backend:
    data, now_s, parts = around.data, around.now_s, around.parts
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    blob_folder = data / "blobs"
    blob_folder.mkdir(exist_ok=True)
    sync_folder(data.parent)  # what is synced below a folder is lost with its name
    api_key = secret_file(data / "api_key")
    signing_key = SigningKey(secret_file(data / "signing_key"))
    outbox = Outbox()
    store = _store(data, around.places, outbox.observe)
    blobs = Blobs(blob_folder, around.free_bytes)
    contents = Contents(blobs, parts)
    intake = Intake(store, contents, FileLocks(store.latches), now_s)
    search = SearchIndex(store, contents)
    with ExitStack() as undo:
        undo.callback(store.close)
        if store.is_shared:
            _require_same(store, signing_key, iso_utc(now_s()))
        _admit(store, api_key, iso_utc(now_s()))
        intake.drop_expired()
        intake.erasure.finish()
        intake.erasure.sweep()
        undo.pop_all()
    return Backend(
        data=data,
        api_key=api_key,
        store=store,
        blobs=blobs,
        contents=contents,
        access=Access(store, signing_key, now_s),
        intake=intake,
        completion=Completion(store, contents, intake, search, now_s),
        multiparts=Multiparts(store, contents, intake) if parts else None,
        admission=Admission(store, around.rates, now_s),
        expiry=Expiry(store, intake.erasure, now_s),
        search=search,
        outbox=outbox,
        webhooks=WebhookSender(store, signing_key, now_s),
        signing_key=signing_key,
        signer=DownloadSigner(signing_key, now_s),
        now_s=now_s,
    )


def _store(data: Path, places: Places, observer: Observer) -> Store:
    if places.database is None:
        return open_sqlite(data / "backend.sqlite", observer)
    return open_postgresql(places.database, observer)


def _require_same(store: Store, signing_key: SigningKey, now: str) -> None:
    """Processes with different keys would refuse each other's tokens and addresses. Raises ``DatabaseUnusable``."""
    mark = SigningKeyMark(signing_key.sign("mark", ""), now)
    with store.transaction() as transaction:
        transaction.alone("signing_key")
        known = transaction.find(SigningKeyMark)
        if not known:
            transaction.add(mark)
    if known and mark.id not in {each.id for each in known}:
        raise DatabaseUnusable("signing_key_differs")


def _admit(store: Store, api_key: str, now: str) -> None:
    with store.transaction() as transaction:
        if transaction.workspace_of(key_digest(api_key)) is None:
            transaction.add_key(key_digest(api_key), DEFAULT_WORKSPACE, now)


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free
