"""What is given up, in which order, when the machine cannot keep up with the picture. Sound is never given up.

A smaller picture is no step: an MP4 cannot change its size midway, and scaling a picture down and up again costs as
much as the encoder saves by it. Pure policy: who encodes says how far it is behind, and does what the step says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from capture.recording import NS_PER_S, Quality

STEPS: Final = tuple(Quality)

BEHIND_NS: Final = 400_000_000
"""A picture that waits longer for its encoder is in trouble: busy machines stall for 150 to 250 ms."""

CALM_NS: Final = 250_000_000
"""Waiting that is none: the encoder looks after its queue ten times a second, and the sound takes its turn."""

PRESSED_NS: Final = 300_000_000
"""How long the trouble must last: after a single stall the queue is worked off in a tenth of a second."""

SETTLING_NS: Final = NS_PER_S
"""Before the next step down: for this one to show what it does, on a queue that was filled before."""

RECOVERING_SHARE: Final = 0.75
"""Of what it was a second ago: who is no further behind than this needs more time, not another step."""

SHORTEST_CALM_NS: Final = 5 * NS_PER_S
LONGEST_CALM_NS: Final = 60 * NS_PER_S
"""Before a step up. Doubled each time that it proves too early, or the picture would go up and down for hours."""


@dataclass(frozen=True, slots=True)
class Change:
    quality: Quality
    reason: str


class Ladder:
    """Times are of any one clock, and never run backwards."""

    def __init__(self, steps: Sequence[Quality] = STEPS) -> None:
        self._steps = steps
        self._at = 0
        self._settled_ns = 0
        self._behind_ns = 0
        self._went_up = False
        self._pressed_since_ns: int | None = None
        self._calm_since_ns: int | None = None
        self._patience_ns = SHORTEST_CALM_NS
        self._dropped = 0

    @property
    def quality(self) -> Quality:
        return self._steps[self._at]

    def read(self, now_ns: int, behind_ns: int, dropped: int) -> Change | None:
        """How long the picture that is encoded next has waited, and how many were lost altogether by now.

        What changes with this reading.
        """
        is_losing, self._dropped = dropped > self._dropped, dropped
        if is_losing or behind_ns > BEHIND_NS:
            return self._down(now_ns, behind_ns, is_losing=is_losing)
        if behind_ns > CALM_NS:
            self._calm_since_ns = None
            return None
        return self._up(now_ns)

    def _down(self, now_ns: int, behind_ns: int, *, is_losing: bool) -> Change | None:
        self._calm_since_ns = None
        if self._pressed_since_ns is None:
            self._pressed_since_ns = now_ns
        is_settling = now_ns < self._settled_ns or now_ns - self._pressed_since_ns < PRESSED_NS
        if is_settling or self._at == len(self._steps) - 1:
            return None
        is_recovering = not is_losing and behind_ns < RECOVERING_SHARE * self._behind_ns
        self._settled_ns, self._behind_ns = now_ns + SETTLING_NS, behind_ns
        if is_recovering:
            return None
        if self._went_up:
            self._patience_ns = min(2 * self._patience_ns, LONGEST_CALM_NS)
        reason = "pictures were lost" if is_losing else f"the encoder is {behind_ns / NS_PER_S:.1f} s behind"
        return self._step(self._at + 1, reason)

    def _up(self, now_ns: int) -> Change | None:
        self._pressed_since_ns, self._behind_ns = None, 0
        if self._calm_since_ns is None:
            self._calm_since_ns = now_ns
        if now_ns - self._calm_since_ns < self._patience_ns:
            return None
        self._calm_since_ns = now_ns
        if self._at == 0:
            self._patience_ns, self._went_up = SHORTEST_CALM_NS, False
            return None
        return self._step(self._at - 1, f"the encoder has kept up for {self._patience_ns // NS_PER_S} s")

    def _step(self, to: int, reason: str) -> Change:
        self._at, self._went_up = to, to < self._at
        return Change(self.quality, reason)
