"""Puts the blocks of one side where they belong on the recording's timeline.

What comes out is one unbroken run of samples from instant zero, at exactly 48 kHz by the recording's clock: a device
that runs fast or slow is resampled, a gap is filled with silence, what overlaps is cut.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
from av.audio.frame import AudioFrame
from av.error import BlockingIOError as NothingYet
from av.error import EOFError as NothingLeft
from av.filter import Graph

from capture.audio.base import RATE_HZ, AudioBlock, Samples
from capture.encoding.audio import LAYOUTS
from capture.encoding.drift import Drift
from capture.recording import NS_PER_S
from capture.timeline import Timeline

MICROSECONDS: Final = Fraction(1, 1_000_000)

JUMP_NS = 50_000_000
"""A time stamp this far from where the run of blocks should be is a gap; anything less is drift or jitter, which is
smoothed at the source. It would take seconds to stretch a sound so far."""

SHORTEST_HOLE_NS = 50_000_000
"""A device needs a few blocks to begin; less than this is no gap that anyone could hear of."""

SHORTEST_DRIFT_NS = 20 * NS_PER_S
"""In less the jitter of the time stamps looks like drift."""

HELD_BACK_FRAMES = RATE_HZ // 50
"""More than stamps are off by: what they place beyond the end of the recording can still be cut off."""

BEGAN_LATE = "began late"

DRIFT_CORRECTION = "async=1000:min_hard_comp=1:first_pts=0"
"""aresample stretches by up to 1000 samples a second, a hundred times any real clock's error. Gaps are ours to fill."""


@dataclass(frozen=True, slots=True)
class Hole:
    """Timeline time for which a device delivered nothing."""

    start_ns: int
    duration_ns: int
    reason: str


class Run:
    """Blocks of one device without a gap between them, being resampled to our clock."""

    def __init__(self, channels: int, origin_ns: int) -> None:
        self._layout = LAYOUTS[channels]
        self._channels = channels
        self._origin_ns = origin_ns
        self._pushed = 0
        self._held_back = np.zeros((0, channels), np.float32)
        self.input_end_ns = origin_ns
        self.drift = Drift()
        self._graph = Graph()
        source = self._graph.add_abuffer(sample_rate=RATE_HZ, format="flt", layout=self._layout, time_base=MICROSECONDS)
        resampler = self._graph.add("aresample", f"{RATE_HZ}:{DRIFT_CORRECTION}")
        sink = self._graph.add("abuffersink")
        source.link_to(resampler)
        resampler.link_to(sink)
        self._graph.configure()

    def push(self, samples: Samples, start_ns: int) -> Iterator[Samples]:
        self.drift.add(self._pushed * NS_PER_S // RATE_HZ, start_ns - self._origin_ns)
        self._pushed += len(samples)
        frame = AudioFrame.from_ndarray(
            np.ascontiguousarray(samples, np.float32).reshape(1, -1), format="flt", layout=self._layout
        )
        frame.sample_rate = RATE_HZ
        frame.time_base = MICROSECONDS
        frame.pts = (start_ns - self._origin_ns) // 1000
        self.input_end_ns = start_ns + len(samples) * NS_PER_S // RATE_HZ
        self._graph.push(frame)
        aligned = np.concatenate([self._held_back, *self._pull()])
        ready, self._held_back = np.split(aligned, [max(0, len(aligned) - HELD_BACK_FRAMES)])
        if len(ready):
            yield ready

    def finish(self) -> Iterator[Samples]:
        self._graph.push(None)
        yield from (self._held_back, *self._pull())

    def _pull(self) -> Iterator[Samples]:
        while True:
            try:
                frame = self._graph.pull()
            except (NothingYet, NothingLeft):
                return
            if isinstance(frame, AudioFrame):
                yield frame.to_ndarray().reshape(-1, self._channels).astype(np.float32, copy=False)


class Synchronizer:
    """One side's blocks in, its track out. One thread at a time."""

    def __init__(self, timeline: Timeline, channels: int) -> None:
        self._timeline = timeline
        self._channels = channels
        self._run: Run | None = None
        self._written = 0
        self._reason = BEGAN_LATE
        self._silence_began: tuple[int, str] | None = None
        self._longest = Drift()
        self.holes: list[Hole] = []

    @property
    def drift_ms_per_min(self) -> float:
        """Of the longest unbroken run of blocks, 0 if that was short; positive where the device's clock is slow."""
        return self._longest.ms_per_min if self._longest.span_ns >= SHORTEST_DRIFT_NS else 0.0

    @property
    def end_ns(self) -> int:
        """Up to where the track is written."""
        return self._written * NS_PER_S // RATE_HZ

    @property
    def heard_ns(self) -> int:
        """Up to where on the timeline blocks have come, or silence was made of their absence."""
        return self.end_ns if self._run is None else self._run.input_end_ns

    def push(self, block: AudioBlock) -> Iterator[Samples]:
        """What the block adds to the track; nothing for what was captured before the start or in a pause."""
        length_ns = len(block.samples) * NS_PER_S // RATE_HZ
        for begin_ns, end_ns, start_ns in self._timeline.pieces(block.captured_ns, block.captured_ns + length_ns):
            first = round((begin_ns - block.captured_ns) * RATE_HZ / NS_PER_S)
            last = round((end_ns - block.captured_ns) * RATE_HZ / NS_PER_S)
            yield from self._place(block.samples[first:last], start_ns)

    def interrupt(self, reason: str) -> Iterator[Samples]:
        """What comes next does not follow on what came before; however short the gap is, it has this reason."""
        self._reason = reason
        yield from self._end_run()

    def fill(self, until_ns: int, reason: str) -> Iterator[Samples]:
        """Silence up to ``until_ns`` of the timeline, for a device that delivers nothing. Ends the run of blocks."""
        yield from self._end_run()
        yield from self._silence(until_ns, reason)

    def finish(self, end_ns: int) -> Iterator[Samples]:
        """Nothing more comes: the track ends at ``end_ns``, to the sample."""
        room = max(0, round(end_ns * RATE_HZ / NS_PER_S) - self._written)
        for samples in self.fill(end_ns, "ended early"):
            yield samples[:room]
            room = max(0, room - len(samples))
        self._close_hole()

    def _place(self, samples: Samples, start_ns: int) -> Iterator[Samples]:
        if self._run is not None and abs(start_ns - self._run.input_end_ns) > JUMP_NS:
            yield from self._end_run()
        if self._run is None:
            late = math.ceil((self.end_ns - start_ns) * RATE_HZ / NS_PER_S)
            if late > 0:
                samples, start_ns = samples[late:], start_ns + late * NS_PER_S // RATE_HZ
            if not len(samples):
                return
            yield from self._silence(start_ns, self._reason)
            self._reason = BEGAN_LATE
            self._close_hole()
            self._run = Run(self._channels, start_ns)
        for aligned in self._run.push(samples, start_ns):
            yield self._count(aligned)

    def _end_run(self) -> Iterator[Samples]:
        if self._run is None:
            return
        for aligned in self._run.finish():
            yield self._count(aligned)
        self._longest = max(self._longest, self._run.drift, key=lambda drift: drift.span_ns)
        self._run = None

    def _silence(self, until_ns: int, reason: str) -> Iterator[Samples]:
        missing = round(until_ns * RATE_HZ / NS_PER_S) - self._written
        if missing > 0:
            if self._silence_began is None:
                self._silence_began = (self.end_ns, reason)
            yield self._count(np.zeros((missing, self._channels), np.float32))

    def _count(self, samples: Samples) -> Samples:
        self._written += len(samples)
        return samples

    def _close_hole(self) -> None:
        if self._silence_began is not None:
            start_ns, reason = self._silence_began
            if self.end_ns - start_ns >= SHORTEST_HOLE_NS:
                self.holes.append(Hole(start_ns, self.end_ns - start_ns, reason))
        self._silence_began = None
