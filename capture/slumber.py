"""A recording on a machine that sleeps: everything is saved before, and after it goes on where it stopped."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from capture.dates import Dates
from capture.disk import sync_files
from capture.events import PowerChanged
from capture.manifest import PowerReceipt
from capture.narrator import Narrator
from capture.recording import NS_PER_S, PauseMode, PowerChange
from capture.timeline import Timeline

logger = logging.getLogger(__name__)

SAVING_LIMIT_S = 3.0
"""Linux waits 5 s for all programs together before it sleeps; the files must be synced within them too."""

WAKING_LIMIT_S = 3.0

LONGEST_DOZE_NS = 30 * NS_PER_S
"""A machine that is awake for so long after it was to sleep did not, or nobody told that it woke."""

UNTOLD_NS = NS_PER_S
"""More than two clocks can differ by unless one of them stood still."""

UNSAVED = "not everything was saved in time"
UNTOLD = "it was not told before"


class Restful(Protocol):
    """What ``Pipeline`` is here."""

    def rest(self, limit_s: float) -> bool: ...

    def wake(self, mode: PauseMode | None, limit_s: float) -> bool: ...

    def pause(self, mode: PauseMode) -> None: ...

    def resume(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Rest:
    """``mode``: of the pause during which it began, if there was one. Since when, by the recording's clocks."""

    mode: PauseMode | None
    since_ns: int
    doze_ns: int


class Slumber:
    """Main thread only."""

    def __init__(self, directory: Path, timeline: Timeline, dates: Dates, narrator: Narrator) -> None:
        self._directory = directory
        self._timeline = timeline
        self._dates = dates
        self._narrator = narrator
        self._rest: Rest | None = None
        self.receipts: list[PowerReceipt] = []

    def fall_asleep(self, pipeline: Restful, mode: PauseMode | None) -> None:
        """All that was recorded up to now has reached the disk when this returns. Raises ``StorageError``.

        ``mode``: of the pause, where the recording is paused.
        """
        if self._rest is not None:
            return
        self._rest = Rest(mode, self._dates.sleepless_ns(), self._dates.awake_ns())
        is_saved = pipeline.rest(SAVING_LIMIT_S)
        at_ns = self._timeline.stretches[-1].start_ns if is_saved else self._timeline.now_ns()
        self._narrator.tell_segments(self._dates.segments())
        self.note(PowerChange.SLEPT, at_ns, reason=None if is_saved else UNSAVED)
        self._narrator.sync()
        sync_files(self._directory)

    def wake(self, pipeline: Restful) -> None:
        """Idempotent."""
        if self._rest is None:
            self._notice_sleep(pipeline)
            return
        rest, self._rest = self._rest, None
        self._dates.note_sleep()
        if not pipeline.wake(rest.mode, WAKING_LIMIT_S):
            logger.warning("the recording takes long to go on")
        self._go_on(self._dates.sleepless_ns() - rest.since_ns)

    def look(self, pipeline: Restful) -> None:
        """Now and then: whether a sleep began or ended that nobody told of."""
        if self._rest is None:
            self._notice_sleep(pipeline)
        elif self._dates.awake_ns() - self._rest.doze_ns > LONGEST_DOZE_NS:
            logger.warning("nobody tells that the machine woke")
            self.wake(pipeline)

    def note(self, change: PowerChange, at_ns: int, duration_ns: int | None = None, reason: str | None = None) -> None:
        duration_s = None if duration_ns is None else round(duration_ns / NS_PER_S, 3)
        self.receipts.append(PowerReceipt(round(at_ns / NS_PER_S, 3), change, duration_s, reason))
        self._narrator.tell(PowerChanged(change, at_ns, duration_ns, reason))

    def _notice_sleep(self, pipeline: Restful) -> None:
        """The recording's clock stood still meanwhile: nothing is missing, but the dates go on elsewhere."""
        slept_ns = self._dates.untold_sleep_ns()
        if slept_ns < UNTOLD_NS:
            return
        self._dates.note_sleep()
        if self._timeline.is_running and not self._timeline.is_blank:
            pipeline.pause(PauseMode.CUT)
            pipeline.resume()
        self._go_on(slept_ns, UNTOLD)

    def _go_on(self, slept_ns: int, reason: str | None = None) -> None:
        self._narrator.tell_segments(self._dates.segments())
        self.note(PowerChange.WOKE, self._timeline.now_ns(), slept_ns, reason)
