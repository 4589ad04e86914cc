"""Recordings that are delivered while something else goes on."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.console import Console, error_document
from app.delivery_ledger import open_ledger
from app.later_transcripts import LaterTranscripts
from app.library import recording_document
from app.messages import ExitStatus, Failure, Message, describe
from app.paths import Paths
from app.settings import read
from capture.errors import CaptureError
from capture.manifest import read_manifest
from uploader.errors import UploaderError


@dataclass(frozen=True, slots=True)
class Done:
    """``document``: the recording as in ``show``, with an ``error`` where there was trouble."""

    document: dict[str, Any]
    trouble: Message | None


class LaterDelivery:
    """One after the other, on a thread of its own; ``put`` is thread-safe."""

    def __init__(self, destination: str | None, paths: Paths, console: Console, tell: Callable[[Done], None]) -> None:
        """Without a destination nothing is sent, and all the same told. ``tell`` is called on that thread."""
        self._destination = destination
        self._paths = paths
        self._console = console
        self._tell = tell
        self._done: list[Done] = []
        self._waiting: queue.SimpleQueue[tuple[Path, Callable[[], None]] | None] = queue.SimpleQueue()
        self._transcripts = LaterTranscripts(paths, console.complain_aside, self._deliver_again)
        self._thread = threading.Thread(target=self._run, name="delivery", daemon=True)
        self._thread.start()

    def put(self, directory: Path, before: Callable[[], None]) -> None:
        """``before`` is called when its turn has come: to end what was sent of it until then."""
        self._waiting.put((directory, before))

    def close(self) -> list[Done]:
        """When all that was put has had its turn: what came of each."""
        self._waiting.put(None)
        self._thread.join()
        self._transcripts.close()
        return self._done

    def _run(self) -> None:
        while (waiting := self._waiting.get()) is not None:
            self._done.append(self._deliver(*waiting))
            self._tell(self._done[-1])

    def _deliver(self, directory: Path, before: Callable[[], None]) -> Done:
        from app import delivery  # noqa: PLC0415 - half a second of imports, not before the first recording
        from app.release import release_due  # noqa: PLC0415 - half a second of imports, not before the first recording

        document: dict[str, Any] = {"directory": str(directory)}
        try:
            before()
            manifest = read_manifest(directory)
            with open_ledger(self._paths) as ledger:
                trouble = None
                if self._destination is not None:
                    trouble = delivery.attempt(directory, self._destination, self._paths, ledger, self._console)
                document = recording_document(manifest, ledger)
                release_due(self._paths, read(self._paths.settings).settings, ledger, self._console)
            self._transcripts.put(directory)
        except Failure as failure:
            trouble = failure.message
        except (CaptureError, UploaderError) as error:
            trouble = describe(error.code, error.reason, error.data)
        return Done(document if trouble is None else {**document, "error": error_document(trouble)}, trouble)

    def _deliver_again(self, directory: Path) -> Message | None:
        from app.transcript_delivery import deliver_again  # noqa: PLC0415 - half a second of imports, not before the first recording

        return deliver_again(directory, self._paths, self._console)


def status_of(deliveries: list[Done]) -> ExitStatus:
    """The first trouble's."""
    return next((done.trouble.exit_status for done in deliveries if done.trouble is not None), ExitStatus.DONE)
