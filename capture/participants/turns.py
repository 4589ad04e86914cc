"""From how likely each window is speech to who begins and ends a turn."""

from collections.abc import Iterator

from capture.participants.voice_activity import Turn
from capture.recording import NS_PER_S

WINDOW_NS = 32 * NS_PER_S // 1000

ON, OFF = 0.5, 0.35
"""The model's own defaults: its threshold, and 0.15 less to leave speech again."""

WINDOWS_TO_BEGIN = 5
"""160 ms: a short "yes" is longer, a cough or a blow on the table is not."""

WINDOWS_TO_FORGET = 3
"""96 ms: the model's default for a silence that ends speech. What was no turn by then is none."""

WINDOWS_TO_END = 16
"""512 ms: longer than the pause between two words."""

WINDOWS_LATE = 2
"""The model believes in speech for 64 ms after its end (median of 216 ends, clean and in noise)."""


class TurnTaking:
    """Windows one after the other, from instant zero."""

    def __init__(self) -> None:
        self._windows = 0
        self._begin = 0
        self._certain = 0
        """The last window of the turn that was over ``ON``: what hovers below tells of no end."""
        self._speech = 0
        self._silence = 0

    def hear(self, probability: float) -> Iterator[Turn]:
        """The next window's."""
        if probability >= (OFF if self._speech else ON):
            if probability >= ON:
                self._certain = self._windows
            yield from self._hear_speech()
        elif self._speech:
            yield from self._hear_silence()
        self._windows += 1

    def finish(self, end_ns: int) -> Iterator[Turn]:
        """Nothing more comes: who still speaks stops, at ``end_ns`` at the latest."""
        if self._speech >= WINDOWS_TO_BEGIN:
            yield Turn(speaking=False, at_ns=min(self._end_ns() if self._silence else end_ns, end_ns))
        self._speech = 0

    def _hear_speech(self) -> Iterator[Turn]:
        if not self._speech:
            self._begin = self._windows
        self._speech += 1
        self._silence = 0
        if self._speech == WINDOWS_TO_BEGIN:
            yield Turn(speaking=True, at_ns=self._begin * WINDOW_NS)

    def _hear_silence(self) -> Iterator[Turn]:
        self._silence += 1
        is_turn = self._speech >= WINDOWS_TO_BEGIN
        if self._silence < (WINDOWS_TO_END if is_turn else WINDOWS_TO_FORGET):
            return
        self._speech = 0
        if is_turn:
            yield Turn(speaking=False, at_ns=self._end_ns())

    def _end_ns(self) -> int:
        return max(self._begin + 1, self._certain + 1 - WINDOWS_LATE) * WINDOW_NS
