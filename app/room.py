"""The disk's room in words: how long a recording could last, and what happens where it does not."""

from collections.abc import Mapping

from app.words.wording import Sentence
from capture.disk import lasts_s
from capture.recording import NS_PER_S, RecordingSpec, Room

USUAL_S = 3600.0
"""A meeting of which nobody said how long it will be."""

MINUTE_S, HOUR_S = 60, 3600
MEGABYTE = 10**6

ROOMS: Mapping[Room, Sentence] = {
    Room.AMPLE: Sentence("The disk has room again: the picture is recorded in full."),
    Room.SCARCE: Sentence("The disk is nearly full: the picture is recorded with less detail. The sound is complete."),
    Room.SHORT: Sentence("The disk is nearly full: the picture stands still to leave room for the sound."),
    Room.GONE: Sentence("The disk is full: the recording ends while it can still be closed."),
}


def lasting(seconds: float) -> Sentence:
    """About how long, in words. Of one hour, its minutes say more."""
    if seconds >= 2 * HOUR_S:
        return Sentence("about {count} hours", count=str(int(seconds / HOUR_S)))
    if seconds >= 2 * MINUTE_S:
        return Sentence("about {count} minutes", count=str(int(seconds / MINUTE_S)))
    return Sentence("less than two minutes")


def warning(spec: RecordingSpec, free: int) -> str | None:
    """Said where a disk with ``free`` bytes will be full before the meeting is over, as far as one can tell."""
    wanted_s = USUAL_S if spec.duration_ns is None else spec.duration_ns / NS_PER_S
    room_s = lasts_s(free, with_picture=spec.screen is not None)
    if room_s >= wanted_s:
        return None
    return f"Only {free // MEGABYTE} MB are free in {spec.directory.parent}, enough for {lasting(room_s)}."
