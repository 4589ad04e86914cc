"""What a probe has told, to be waited for."""

import queue
import time
from collections.abc import Callable

from capture.meetings.facts import Fact

LIMIT_S = 10.0
QUIET_S = 0.3


class Facts:
    """``on_fact`` of a probe. ``wait_for`` consumes what it passes over."""

    def __init__(self) -> None:
        self._facts: queue.SimpleQueue[Fact] = queue.SimpleQueue()

    def __call__(self, fact: Fact) -> None:
        self._facts.put(fact)

    def wait_for(self, matches: Callable[[Fact], bool]) -> Fact:
        deadline_s = time.monotonic() + LIMIT_S
        passed: list[Fact] = []
        while time.monotonic() < deadline_s:
            try:
                fact = self._facts.get(timeout=LIMIT_S)
            except queue.Empty:
                break
            if matches(fact):
                return fact
            passed.append(fact)
        message = f"nobody told; only of {passed}"
        raise AssertionError(message)

    def quiet(self, for_s: float = QUIET_S) -> list[Fact]:
        """All that comes until nothing has come for so long."""
        deadline_s = time.monotonic() + LIMIT_S + for_s
        facts: list[Fact] = []
        while time.monotonic() < deadline_s:
            try:
                facts.append(self._facts.get(timeout=for_s))
            except queue.Empty:
                return facts
        message = f"it does not fall silent: {facts[-5:]}"
        raise AssertionError(message)
