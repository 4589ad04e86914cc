"""One side's device goes and comes back: what the track holds then, at a clock that stands still."""

from pathlib import Path

import pytest

from capture.audio.base import AudioFormat, Samples
from capture.recording import NS_PER_S, DeviceId, Side
from capture.timeline import Timeline
from capture.track import Track
from tests.capture.decoding import onsets_s, sound
from tests.capture.test_pipeline import Listener
from tests.fakes.clock import FakeClock
from tests.fakes.sources import blocks, tone

MS = 1_000_000
STEP_NS = 100 * MS
GONE_NS, BACK_NS, END_NS = NS_PER_S, 2 * NS_PER_S, 4 * NS_PER_S


class Stage:
    """A device that is lost at 1 s, is back at 2 s, and says so at once; a step of the pipeline each 0.1 s."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.timeline = Timeline(self.clock)
        self.path = folder / "microphone.ogg"
        device = AudioFormat(DeviceId("mic"), "Microphone", 1)
        self.track = Track(Side.MICROPHONE, device, self.timeline, self.path, Listener())
        self.began_ns = self.timeline.begin()

    def play(self, late_ns: int) -> Samples:
        """What it delivers after its return comes so much later, all at once."""
        before, after = tone(GONE_NS / NS_PER_S), tone((END_NS - BACK_NS) / NS_PER_S)
        for block in blocks(before, self.began_ns):
            self.track.push(block)
        waiting = list(blocks(after, self.began_ns + BACK_NS))
        for now_ns in range(0, END_NS + 1, STEP_NS):
            if now_ns == GONE_NS:
                self.track.lose("server_gone")
            if now_ns == BACK_NS:
                self.track.recover(self.began_ns + BACK_NS)
            while now_ns >= BACK_NS + late_ns and waiting and waiting[0].captured_ns < self.began_ns + now_ns:
                self.track.push(waiting.pop(0))
            if now_ns > GONE_NS:
                self.track.keep_up(now_ns)
        self.track.finish(END_NS)
        self.track.write()
        self.track.close()
        return sound(self.path)


@pytest.mark.parametrize("late_ms", [0, 400, 900, 1400])
def test_nothing_is_cut_off_a_device_that_is_known_to_be_back(tmp_path: Path, late_ms: int) -> None:
    """Its first blocks are held back until their times are known, and a busy machine holds them back as well."""
    stage = Stage(tmp_path)
    heard = stage.play(late_ms * MS)
    assert onsets_s(heard) == pytest.approx([0, 2], abs=0.01)
    (hole,) = stage.track.holes()
    assert hole.reason == "server_gone"
    assert (hole.start_ns + hole.duration_ns) / NS_PER_S == pytest.approx(2, abs=0.01)


def test_nothing_is_cut_off_a_source_that_holds_back_and_is_held_up(tmp_path: Path) -> None:
    """For 0.35 s because its stamps are strange, for 0.2 s because the machine is busy."""
    stage = Stage(tmp_path)
    waiting = list(blocks(tone(END_NS / NS_PER_S), stage.began_ns))
    for now_ns in range(0, END_NS + 1, STEP_NS):
        is_held_up = GONE_NS < now_ns < GONE_NS + 550 * MS
        while not is_held_up and waiting and waiting[0].captured_ns < stage.began_ns + now_ns:
            stage.track.push(waiting.pop(0))
        stage.track.keep_up(now_ns)
    stage.track.finish(END_NS)
    stage.track.close()
    assert stage.track.holes() == ()


def test_the_other_side_does_not_wait_for_ever(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.track.lose("server_gone")
    stage.track.keep_up(BACK_NS)
    stage.track.recover(stage.began_ns + BACK_NS)
    stage.track.keep_up(BACK_NS + NS_PER_S)
    assert stage.track.end_ns < BACK_NS
    stage.track.keep_up(END_NS)
    assert stage.track.end_ns > BACK_NS + NS_PER_S
    stage.track.close()
