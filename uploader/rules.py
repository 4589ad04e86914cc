"""When nothing may be sent though it could be: values in, a value out. No clock, no network, no memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class Hold(StrEnum):
    """What a delivery waits for; the code that it is told by."""

    PAUSED = "deliveries_paused"
    METERED = "metered_network"
    BATTERY = "on_battery"
    HOURS = "outside_hours"


HOLD_CODES = frozenset(Hold)


class Metered(StrEnum):
    """Whether what goes over the network costs money by its amount."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class PowerSource(StrEnum):
    MAINS = "mains"
    BATTERY = "battery"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Hours:
    """A time of day, every day, by the local clock; it may go over midnight."""

    begin: time
    end: time

    @classmethod
    def parse(cls, text: str) -> "Hours":
        """``22:00-06:30``. Raises ``ValueError``."""
        message = f"{text!r} is no time of day"
        try:
            begin, end = (time.fromisoformat(part.strip()) for part in text.split("-"))
        except ValueError as error:
            raise ValueError(message) from error
        if begin.tzinfo or end.tzinfo or begin == end:
            raise ValueError(message)
        return cls(begin, end)

    def contain(self, at: time) -> bool:
        if self.begin < self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Of this machine, now. ``at`` is the local time of day."""

    metered: Metered
    power: PowerSource
    at: time


@dataclass(frozen=True, slots=True)
class Rules:
    """``obeyed``: which of the holds the user wants. Those of network and power concern what leaves this machine."""

    obeyed: frozenset[Hold] = frozenset()
    hours: Hours | None = None

    def hold(self, circumstances: Circumstances, *, leaves_machine: bool) -> Hold | None:
        """Why nothing may go; what is not known holds up nothing."""
        if Hold.PAUSED in self.obeyed:
            return Hold.PAUSED
        if not leaves_machine:
            return None
        met: Mapping[Hold, bool] = {
            Hold.METERED: circumstances.metered is Metered.YES,
            Hold.BATTERY: circumstances.power is PowerSource.BATTERY,
            Hold.HOURS: self.hours is not None and not self.hours.contain(circumstances.at),
        }
        return next((hold for hold, is_met in met.items() if is_met and hold in self.obeyed), None)
