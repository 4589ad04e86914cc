"""How a model comes here: file by file, each gone on with where it broke off, and held against its digest.

A door to ``httpx``.
"""

import os
import re
import shutil
import ssl
import threading
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import httpx

from capture.disk import RESERVE_BYTES, free_bytes
from capture.errors import DiskFull, ModelDamaged, ModelUnavailable
from capture.manifest import storage_error, write_json
from capture.transcription.models.catalogue import SpeechModel, place_below
from capture.transcription.models.hub import Wanted, check, wanted_files
from capture.transcription.models.progress import ModelProgress, OnModelProgress
from capture.transcription.models.source import Source

if TYPE_CHECKING:
    from hashlib import _Hash

PIECE_BYTES: Final = 2**16
TELLS: Final = 200
"""So often is it told how far it is, besides at every file's beginning and end."""

ORIGIN_NAME: Final = "origin.json"
HALF: Final = ".half"
BEGINS_AT: Final = re.compile(r"bytes (\d+)-")

Answer = TypeVar("Answer")


class _Stopped(Exception):
    pass


class ModelDownload:
    """One model into one folder. One thread, but for ``stop``."""

    def __init__(
        self,
        model: SpeechModel,
        folder: Path,
        on_progress: OnModelProgress,
        stop: threading.Event,
        source: Source,
    ) -> None:
        self._model = model
        self._folder = folder
        self._on_progress = on_progress
        self._stop = stop
        self._source = source
        self._done_bytes = self._total_bytes = self._told_bytes = 0
        self._client = httpx.Client(
            follow_redirects=True,
            timeout=self._source.silence_s,
            verify=ssl.create_default_context(),
            headers={"Accept-Encoding": "identity"},  # what is compressed on the way cannot be gone on with
        )

    def run(self) -> bool:
        """All of it; ``False`` where it was stopped.

        Raises ``ModelUnavailable``, ``ModelDamaged``, ``StorageError``.
        """
        origin = self._folder / ORIGIN_NAME
        try:
            with self._client:
                if not origin.exists():
                    self._all(origin)
        except _Stopped:
            return False
        except OSError as error:
            raise storage_error(error, origin) from error
        return True

    def _all(self, origin: Path) -> None:
        wanted = self._persistently(lambda: wanted_files(self._model, self._client, self._source))
        self._prepare(wanted)
        for each in wanted:
            self._file(each)
        if self._model.archive is not None:
            self._unpack(self._place(wanted[0]))
        write_json({"model": self._model.name, "files": [asdict(each) for each in wanted]}, origin)
        if self._model.archive is not None:
            self._place(wanted[0]).unlink()

    def _prepare(self, wanted: Sequence[Wanted]) -> None:
        """Room is asked for before anything is fetched."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._total_bytes = sum(each.bytes for each in wanted)
        self._done_bytes = sum(min(_length(self._half(each)), each.bytes) for each in wanted)
        self._done_bytes += sum(each.bytes for each in wanted if self._place(each).exists())
        needed, free = self._total_bytes - self._done_bytes + RESERVE_BYTES, free_bytes(self._folder)
        if free < needed:
            message = f"{free} bytes are free, {needed} are needed"
            raise DiskFull(message, folder=str(self._folder), free_bytes=str(free), needed_bytes=str(needed))
        self._tell()

    def _file(self, each: Wanted) -> None:
        if self._place(each).exists():
            return
        self._place(each).parent.mkdir(parents=True, exist_ok=True)
        digest = self._persistently(lambda: self._go_on(each))
        half = self._half(each)
        if digest != each.digest:
            half.unlink()
            message = f"{each.path} is not what was promised"
            raise ModelDamaged(message, model=self._model.name)
        half.rename(self._place(each))
        self._tell()

    def _persistently(self, act: Callable[[], Answer]) -> Answer:
        """Again where that may help; a try that brought something is no failure."""
        waits = list(self._source.waits_s)
        while True:
            before = self._done_bytes
            try:
                return act()
            except httpx.InvalidURL as error:
                message = "its address is none"
                raise ModelUnavailable(message, model=self._model.name) from error
            except httpx.HTTPError as error:
                waits = list(self._source.waits_s) if self._done_bytes > before else waits
                if not waits:
                    raise ModelUnavailable(type(error).__name__, model=self._model.name) from error
                if self._stop.wait(waits.pop(0)):
                    raise _Stopped from error

    def _go_on(self, each: Wanted) -> str:
        """Its digest, once all of it is there. Raises ``httpx.HTTPError``."""
        with self._half(each).open("a+b") as half:
            hasher = each.hasher()
            half.seek(0)
            while piece := half.read(PIECE_BYTES):
                hasher.update(piece)
            start = half.tell()
            if start < each.bytes:
                headers = {"Range": f"bytes={start}-"} if start else {}
                with self._client.stream("GET", each.url, headers=headers) as answer:
                    check(answer, self._model)
                    if start and not self._goes_on(answer, start):
                        half.truncate(0)
                        self._done_bytes -= start
                        hasher, start = each.hasher(), 0
                    self._write(answer, half.write, hasher, each.bytes - start)
            half.flush()
            os.fsync(half.fileno())
        return hasher.hexdigest()

    def _goes_on(self, answer: httpx.Response, start: int) -> bool:
        """Whether it begins where it was asked to; else it begins at the beginning."""
        begins = BEGINS_AT.match(answer.headers.get("content-range", ""))
        return answer.status_code == httpx.codes.PARTIAL_CONTENT and begins is not None and int(begins[1]) == start

    def _write(self, answer: httpx.Response, write: Callable[[bytes], object], hasher: "_Hash", left: int) -> None:
        for piece in answer.iter_raw():  # with a size it would keep back what a connection that breaks has brought
            if self._stop.is_set():
                raise _Stopped
            write(piece)
            hasher.update(piece)
            left -= len(piece)
            self._done_bytes += len(piece)
            if self._done_bytes - self._told_bytes >= self._total_bytes // TELLS:
                self._tell()
            if left < 0:
                return  # its digest will tell
        if left > 0:
            message = "it ended too early"
            raise httpx.RemoteProtocolError(message)

    def _unpack(self, archive: Path) -> None:
        """Beside it. Raises ``ModelDamaged``, ``OSError``."""
        try:
            with zipfile.ZipFile(archive) as packed:
                for entry in packed.infolist():
                    place = place_below(self._folder, entry.filename)
                    if entry.is_dir():
                        place.mkdir(parents=True, exist_ok=True)
                        continue
                    place.parent.mkdir(parents=True, exist_ok=True)
                    with packed.open(entry) as source, place.open("wb") as target:
                        shutil.copyfileobj(source, target)
        except (zipfile.BadZipFile, ValueError) as error:
            raise ModelDamaged(str(error), model=self._model.name) from error

    def _tell(self) -> None:
        self._told_bytes = self._done_bytes
        self._on_progress(ModelProgress(self._done_bytes, self._total_bytes))

    def _place(self, each: Wanted) -> Path:
        """Raises ``ModelUnavailable``."""
        try:
            return place_below(self._folder, each.path)
        except ValueError as error:
            raise ModelUnavailable(str(error), model=self._model.name) from error

    def _half(self, each: Wanted) -> Path:
        place = self._place(each)
        return place.with_name(place.name + HALF)


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
