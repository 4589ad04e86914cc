"""The disk's room in words: how long a recording could last, and what happens where it does not."""

from collections.abc import Mapping

from capture.disk import lasts_s
from capture.recording import NS_PER_S, RecordingSpec, Room

USUAL_S = 3600.0
"""A meeting of which nobody said how long it will be."""

MINUTE_S, HOUR_S = 60, 3600
MEGABYTE = 10**6

ROOMS: Mapping[Room, str] = {
    Room.AMPLE: "The disk has room again: the picture is recorded in full.",
    Room.SCARCE: "The disk is nearly full: the picture is recorded with less detail. The sound is complete.",
    Room.SHORT: "The disk is nearly full: the picture stands still to leave room for the sound.",
    Room.GONE: "The disk is full: the recording ends while it can still be closed.",
}


def lasting(seconds: float) -> str:
    """About how long, in words."""
    for unit, length_s in (("hour", HOUR_S), ("minute", MINUTE_S)):
        count = int(seconds / length_s)
        if count >= 2:  # noqa: PLR2004 - of one, the smaller unit says more
            return f"about {count} {unit}s"
    return "less than two minutes"


def warning(spec: RecordingSpec, free: int) -> str | None:
    """Said where a disk with ``free`` bytes will be full before the meeting is over, as far as one can tell."""
    wanted_s = USUAL_S if spec.duration_ns is None else spec.duration_ns / NS_PER_S
    room_s = lasts_s(free, with_picture=spec.screen is not None)
    if room_s >= wanted_s:
        return None
    return f"Only {free // MEGABYTE} MB are free in {spec.directory.parent}, enough for {lasting(room_s)}."
