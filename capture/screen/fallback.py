"""The best source that works here."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from capture.errors import SourceUnavailable
from capture.screen.base import Frame, Means, ScreenSource, Unchanged, VideoFormat

logger = logging.getLogger(__name__)


class FirstThatOpens:
    """A ``ScreenSource`` that is the first of ``sources``, best first, that this machine can open."""

    def __init__(self, *sources: ScreenSource) -> None:
        self._sources: Sequence[ScreenSource] = sources
        self._chosen = sources[0]
        self._reasons: list[str] = []

    @property
    def means(self) -> Means:
        means = self._chosen.means
        reasons = [*self._reasons, *([means.reason] if means.reason else [])]
        return replace(means, reason="; ".join(reasons) or None)

    def open(self) -> VideoFormat:
        """Raises what the last one raises. A target that does not exist is no reason to try another."""
        self._reasons.clear()
        for source in self._sources[:-1]:
            self._chosen = source
            try:
                return source.open()
            except SourceUnavailable as error:
                logger.warning("the screen is looked at by other means: %s", error)
                self._reasons.append(error.reason)
        self._chosen = self._sources[-1]
        return self._chosen.open()

    def wait(self, limit_s: float) -> None:
        self._chosen.wait(limit_s)

    def read(self) -> Frame | Unchanged:
        return self._chosen.read()

    def close(self) -> None:
        self._chosen.close()
