"""What a trial found, and the table that all of them make."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, slots=True)
class Trial:
    """``problems``: what must not be; empty for a trial that was passed."""

    problems: tuple[str, ...] = ()
    lost_s: float | None = None
    apart_ms: float | None = None


FEWEST = 10
"""Trials: of fewer, a percentile is but the most by another name."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of all trials of an ordeal together. ``lost_p95_s``: of ``FEWEST`` or more; of fewer, the most says all."""

    lost_p95_s: float | None = None
    lost_most_s: float | None = None
    apart_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    ordeal: str
    bounds: Bounds
    trials: Sequence[Trial] = field(default_factory=tuple)

    @property
    def lost_s(self) -> list[float]:
        return [trial.lost_s for trial in self.trials if trial.lost_s is not None]

    @property
    def apart_ms(self) -> list[float]:
        return [trial.apart_ms for trial in self.trials if trial.apart_ms is not None]

    def problems(self) -> list[str]:
        """Of single trials first, then of what they are together."""
        found = [f"{self.ordeal}, trial {number}: {problem}" for number, problem in self._of_trials()]
        lost_p95_s = _percentile(self.lost_s, 95) if len(self.lost_s) >= FEWEST else None
        for bound, measured, what in (
            (self.bounds.lost_p95_s, lost_p95_s, "s lost at the 95th percentile"),
            (self.bounds.lost_most_s, max(self.lost_s, default=None), "s lost at most"),
            (self.bounds.apart_ms, max(self.apart_ms, default=None), "ms between sound and picture"),
        ):
            if bound is not None and measured is not None and measured > bound:
                found.append(f"{self.ordeal}: {measured:.2f} {what}, {bound} is the bound")
        return found

    def _of_trials(self) -> list[tuple[int, str]]:
        return [(number, problem) for number, trial in enumerate(self.trials, 1) for problem in trial.problems]


def table(scores: Sequence[Score]) -> str:
    """In Markdown."""
    lines = [
        "| ordeal | trials | passed | lost, median | p95 | most | sound and picture apart, most |",
        "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    for score in scores:
        passed = sum(not trial.problems for trial in score.trials)
        lost = (_percentile(score.lost_s, 50), _percentile(score.lost_s, 95), max(score.lost_s, default=None))
        cells = [*(_cell(value, "s", 2) for value in lost), _cell(max(score.apart_ms, default=None), "ms", 0)]
        lines.append(f"| {score.ordeal} | {len(score.trials)} | {passed} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _percentile(values: Sequence[float], share: int) -> float | None:
    return float(np.percentile(values, share)) if values else None


def _cell(value: float | None, unit: str, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f} {unit}"
