"""One recording from a listener's point of view: its events arrive in somebody's queue, the end among them."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.capture_process import recover
from app.continued_capture import ContinuedCapture
from app.flow_events import Outcome
from capture.commands import Command, Shutdown
from capture.events import Ended, Event, Started
from capture.recording import RecordingSpec, RecordingStatus

logger = logging.getLogger(__name__)

LIMIT_S = 60.0
"""For the last events of a worker that was told to end: longer than it is given before it is killed."""


KILLED_S = 5.0
"""For a killed worker to be gone: one that waits for a broken disk goes later, and is not waited for."""


@dataclass(frozen=True, slots=True)
class Told:
    """``event`` is ``None`` when there will be no more."""

    session: "CaptureSession"
    event: Event | None


class CaptureSession:
    """Main thread only; ``tell`` is called on a thread of its own."""

    def __init__(
        self,
        spec: RecordingSpec,
        log: Path,
        tell: Callable[[Told], None],
        *,
        preroll_ns: int | None = None,
        after_ns: int | None = None,
    ) -> None:
        """As ``ContinuedCapture``. Raises ``OSError``."""
        self.spec = spec
        self._goes_on = after_ns is not None
        self._was_armed = preroll_ns is not None
        self._has_started = False
        self._ended: Ended | None = None
        self._tell = tell
        self._capture = ContinuedCapture(spec, log, preroll_ns=preroll_ns, after_ns=after_ns)
        self._reader = threading.Thread(target=self._read, name="capture", daemon=True)
        self._reader.start()

    @property
    def was_only_armed(self) -> bool:
        """It was armed, and no recording came of it."""
        return self._was_armed and not self._has_started

    def start(self, spec: RecordingSpec) -> None:
        """Once, where it was armed only."""
        self.spec = spec
        self._capture.start(spec)

    def send(self, command: Command) -> None:
        self._capture.send(command)

    def close(self) -> None:
        """Whatever is recorded is finished; what was only kept is forgotten. Idempotent."""
        self._capture.send(Shutdown())
        self._reader.join(LIMIT_S)
        self._capture.close()

    def abandon(self) -> None:
        """It does not end: its worker is killed. What it has recorded can be recovered."""
        self._capture.kill()
        self._reader.join(KILLED_S)
        if not self._reader.is_alive():
            self._capture.close()

    def outcome(self) -> Outcome:
        """Once there is no more to tell. What a dead worker left is recovered first."""
        if self._ended is not None:
            is_whole = self._ended.status is RecordingStatus.COMPLETE
            return Outcome.WHOLE if is_whole else Outcome.BROKEN_OFF
        if self._has_started:
            recover(self.spec.directory)
        return Outcome.BROKEN_OFF if self._has_started or self._goes_on else Outcome.NEVER_BEGAN

    def _read(self) -> None:
        try:
            for event in self._capture.events():
                self._has_started = self._has_started or isinstance(event, Started)
                self._ended = event if isinstance(event, Ended) else self._ended
                self._tell(Told(self, event))
        except OSError:
            logger.exception("no other worker could be started")
        finally:
            self._tell(Told(self, None))
