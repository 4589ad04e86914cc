from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capture.audio.base import RATE_HZ, AudioBlock, Samples
from capture.encoding.synchronizer import SHORTEST_HOLE_NS, Hole, Synchronizer
from capture.recording import NS_PER_S
from capture.timeline import Timeline
from tests.fakes.clock import FakeClock
from tests.fakes.sources import blocks, silence, tone

MS = 1_000_000
START_NS = 7 * NS_PER_S
MINUTE_S = 60
BLOCK_FRAMES = RATE_HZ // 50
JITTER_NS = 5 * MS
GAP_S = (20, 23)
CLICKS_S = tuple(second + 0.5 for second in range(MINUTE_S) if not GAP_S[0] <= second < GAP_S[1])
CLICK_FRAMES = 24


def running() -> Timeline:
    timeline = Timeline(FakeClock(START_NS))
    timeline.begin()
    return timeline


def ended(length_ns: int) -> Timeline:
    """As it is when the last blocks are taken: sources first, then the timeline, then the files."""
    clock = FakeClock(START_NS)
    timeline = Timeline(clock)
    timeline.begin()
    clock.advance(length_ns)
    timeline.end()
    return timeline


def written(pieces: Iterator[Samples]) -> Samples:
    return np.concatenate([silence(0), *pieces])


def made(synchronizer: Synchronizer, given_blocks: Sequence[AudioBlock], end_ns: int) -> Samples:
    pieces = [*(samples for block in given_blocks for samples in synchronizer.push(block))]
    return np.concatenate([*pieces, *synchronizer.finish(end_ns)])


def minute_of_clicks(drift_ppm: float, jitter_ns: int, gap_s: tuple[int, int]) -> Iterator[AudioBlock]:
    """What a device with these faults delivers; its first block began 10 ms before the recording."""
    random = np.random.default_rng(int(drift_ppm) + 1000)
    rate_hz = RATE_HZ * (1 + drift_ppm * 1e-6)
    begin_s = -0.01
    sound = np.zeros((round((MINUTE_S + 1) * rate_hz), 1), np.float32)
    for click_s in CLICKS_S:
        first = round((click_s - begin_s) * rate_hz)
        sound[first : first + CLICK_FRAMES] = 0.9
    for frame in range(0, len(sound) - BLOCK_FRAMES, BLOCK_FRAMES):
        captured_s = begin_s + frame / rate_hz
        if not gap_s[0] <= captured_s < gap_s[1]:
            stamp_ns = (
                START_NS + round(captured_s * NS_PER_S) + int(random.integers(-jitter_ns, jitter_ns, endpoint=True))
            )
            yield AudioBlock(sound[frame : frame + BLOCK_FRAMES], stamp_ns)


def click_times_s(track: Samples) -> list[float]:
    loud = np.flatnonzero(np.abs(track[:, 0]) > 0.3)
    firsts = loud[np.diff(loud, prepend=-RATE_HZ) > RATE_HZ // 10]
    return [float(first) / RATE_HZ for first in firsts]


@pytest.fixture(scope="module", params=[0, 100, -100, 200, -200], ids=lambda ppm: f"{ppm} ppm")
def minute(request: pytest.FixtureRequest) -> tuple[float, Synchronizer, Samples]:
    """A minute of a device that drifts, jitters by 5 ms and is away for 3 s."""
    synchronizer = Synchronizer(ended(MINUTE_S * NS_PER_S), 1)
    given_blocks = [*minute_of_clicks(request.param, JITTER_NS, GAP_S)]
    track = made(synchronizer, given_blocks, MINUTE_S * NS_PER_S)
    return request.param, synchronizer, track


Minute = tuple[float, Synchronizer, Samples]


def test_every_click_is_where_it_was(minute: Minute) -> None:
    _, _, track = minute
    heard_s = click_times_s(track)
    assert len(heard_s) == len(CLICKS_S)
    assert np.abs(np.array(heard_s) - np.array(CLICKS_S)).max() < 0.005


def test_the_track_is_as_long_as_the_recording(minute: Minute) -> None:
    _, _, track = minute
    assert len(track) == MINUTE_S * RATE_HZ


def test_the_gap_is_listed_and_silent(minute: Minute) -> None:
    _, synchronizer, track = minute
    (hole,) = synchronizer.holes
    assert hole.start_ns == pytest.approx(GAP_S[0] * NS_PER_S, abs=40 * MS)
    assert hole.start_ns + hole.duration_ns == pytest.approx(GAP_S[1] * NS_PER_S, abs=40 * MS)
    assert not track[round(20.05 * RATE_HZ) : round(22.95 * RATE_HZ)].any()


def test_the_drift_is_measured(minute: Minute) -> None:
    """1 ms in a minute is what 5 ms of jitter leave uncertain."""
    drift_ppm, synchronizer, _ = minute
    assert synchronizer.drift_ms_per_min == pytest.approx(-0.06 * drift_ppm, abs=1)


cut = st.lists(st.integers(1, 4000), min_size=1, max_size=12)


@settings(deadline=None, max_examples=60)
@given(
    offset_ms=st.integers(-300, 300),
    sizes=cut,
    gaps_ms=st.lists(st.integers(-150, 600), min_size=12, max_size=12),
    end_ms=st.integers(1, 4000),
    channels=st.sampled_from([1, 2]),
)
def test_whatever_comes_the_track_has_its_length(
    offset_ms: int, sizes: list[int], gaps_ms: list[int], end_ms: int, channels: int
) -> None:
    """Blocks of any size, late, early, overlapping, with holes between them."""
    synchronizer = Synchronizer(ended(end_ms * MS), channels)
    given_blocks, at_ns = [], START_NS + offset_ms * MS
    for size, gap_ms in zip(sizes, gaps_ms, strict=False):
        given_blocks.append(AudioBlock(tone(size / RATE_HZ, channels=channels), at_ns))
        at_ns += size * NS_PER_S // RATE_HZ + gap_ms * MS
    track = made(synchronizer, given_blocks, end_ms * MS)
    assert track.shape == (end_ms * RATE_HZ // 1000, channels)
    assert track.dtype == np.float32
    assert np.isfinite(track).all()
    holes = synchronizer.holes
    assert all(hole.duration_ns >= SHORTEST_HOLE_NS for hole in holes)
    assert all(before.start_ns + before.duration_ns <= after.start_ns for before, after in pairwise(holes))


@settings(deadline=None, max_examples=40)
@given(pauses=st.lists(st.tuples(st.integers(40, 700), st.integers(0, 700)), min_size=1, max_size=4))
def test_pauses_are_cut_out_to_the_sample(pauses: list[tuple[int, int]]) -> None:
    """The device delivers all the while; one tone for what is recorded, silence for what is not."""
    clock = FakeClock(START_NS)
    timeline, sound = Timeline(clock), []
    for record_ms, pause_ms in pauses:
        timeline.begin()
        clock.advance(record_ms * MS)
        timeline.end()
        clock.advance(pause_ms * MS)
        sound += [np.full((record_ms * RATE_HZ // 1000, 1), 0.5, np.float32), silence(pause_ms / 1000)]
    synchronizer = Synchronizer(timeline, 1)
    track = made(synchronizer, blocks(np.concatenate(sound), START_NS), timeline.now_ns())
    assert len(track) == timeline.now_ns() * RATE_HZ // NS_PER_S
    assert np.abs(track - 0.5).mean() < 0.02
    assert synchronizer.holes == []


def test_what_overlaps_is_cut() -> None:
    """The same 200 ms come twice, as after a device has stumbled: each sample is heard once."""
    synchronizer = Synchronizer(running(), 1)
    first = AudioBlock(np.full((RATE_HZ, 1), 0.25, np.float32), START_NS)
    second = AudioBlock(np.full((RATE_HZ, 1), 0.75, np.float32), START_NS + 800 * MS)
    track = made(synchronizer, [first, second], 1800 * MS)
    assert len(track) == round(1.8 * RATE_HZ)
    assert np.allclose(track[100 : RATE_HZ - 100], 0.25, atol=0.01)
    assert np.allclose(track[RATE_HZ + 100 : -100], 0.75, atol=0.01)


def test_a_block_that_comes_much_too_late_adds_nothing() -> None:
    synchronizer = Synchronizer(running(), 1)
    assert len(written(synchronizer.fill(2 * NS_PER_S, "lost"))) == 2 * RATE_HZ
    assert not [*synchronizer.push(AudioBlock(tone(1), START_NS + 500 * MS))]
    assert synchronizer.end_ns == 2 * NS_PER_S


def test_what_was_captured_before_the_start_is_left_out() -> None:
    synchronizer = Synchronizer(running(), 1)
    track = made(
        synchronizer, [AudioBlock(np.linspace(0, 1, RATE_HZ, dtype=np.float32)[:, None], START_NS - 500 * MS)], 500 * MS
    )
    assert len(track) == RATE_HZ // 2
    assert np.allclose(track[100:-100, 0], np.linspace(0.5, 1, RATE_HZ // 2)[100:-100], atol=0.01)


def test_a_device_that_never_delivers() -> None:
    synchronizer = Synchronizer(running(), 2)
    track = made(synchronizer, [], NS_PER_S)
    assert track.shape == (RATE_HZ, 2)
    assert not track.any()
    assert synchronizer.holes == [Hole(0, NS_PER_S, "ended early")]


def test_silence_for_one_reason_is_one_hole() -> None:
    """Filled bit by bit while the device is away, listed once, to where it came back."""
    synchronizer = Synchronizer(running(), 1)
    for until_ms in (300, 600, 900):
        assert written(synchronizer.fill(until_ms * MS, "unplugged")).size
    made(synchronizer, blocks(tone(1), START_NS + 1000 * MS), 2000 * MS)
    assert synchronizer.holes == [Hole(0, 1000 * MS, "unplugged")]


def test_a_device_that_needs_a_moment_to_begin_has_no_hole() -> None:
    synchronizer = Synchronizer(running(), 1)
    track = made(synchronizer, blocks(tone(1), START_NS + 40 * MS), 1040 * MS)
    assert not synchronizer.holes
    assert not track[: 39 * RATE_HZ // 1000].any()
    assert track[41 * RATE_HZ // 1000 :].any()
