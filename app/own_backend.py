"""This machine's own backend, opened in this process: half a second of imports, for whoever delivers to it only."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from app.paths import Paths
from capture.recording import RecordingId
from uploader.backend import open_backend
from uploader.backend.tables import Recording
from uploader.destinations.adopt import AdoptDestination


@contextmanager
def adopting(paths: Paths) -> Iterator[AdoptDestination]:
    """Raises ``UploaderError``."""
    with closing(open_backend(paths.backend)) as backend:
        yield AdoptDestination(backend)


def withdraw(recording_id: RecordingId, paths: Paths) -> None:
    """Deletes what it holds of a recording. Raises ``UploaderError``."""
    if not paths.backend.exists():
        return
    with closing(open_backend(paths.backend)) as backend:
        with backend.store.transaction() as transaction:
            recording = transaction.get(Recording, recording_id)
        if recording is not None:
            backend.intake.delete_recording(recording)
