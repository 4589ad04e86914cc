"""Echo cancellation where it is asked for: in the mix, and nowhere else."""

from pathlib import Path

import numpy as np
import pytest

from capture.audio.base import RATE_HZ, AudioFormat, Samples
from capture.pipeline import Inputs
from capture.recording import NS_PER_S, DeviceId, EchoMode, Side
from tests.capture.decoding import sound
from tests.capture.participants.room import Line, Room, Scene
from tests.capture.test_pipeline import Bench
from tests.fakes.sources import blocks
from tests.rig.speech import speak

LENGTH_S = 14.0
SETTLED_S = 9.0
FORMATS = {
    Side.MICROPHONE: AudioFormat(DeviceId("mic"), "mic", 1),
    Side.SYSTEM: AudioFormat(DeviceId("speaker"), "speaker", 2),
}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> tuple[Samples, Samples]:
    """The other side speaks alone, and the loudspeaker is heard in the microphone 17 dB down."""
    path = tmp_path_factory.mktemp("voice") / "sentence.wav"
    speak("Yes we can, please go ahead with your presentation.", path, "en-gb+f3")
    voice = sound(path)
    voice *= np.float32(0.4 / np.abs(voice).max())
    pace_s = len(voice) / RATE_HZ + 0.3
    lines = [Line(0.5 + pace_s * number, voice) for number in range(int((LENGTH_S - 1) / pace_s))]
    return Scene((), lines, LENGTH_S).sounds(Room(noise_dbfs=-80))


def record(folder: Path, mode: EchoMode, scene: tuple[Samples, Samples]) -> Bench:
    folder.mkdir()
    bench = Bench(folder, Inputs(None, FORMATS, 30, mode))
    for side, samples in zip((Side.MICROPHONE, Side.SYSTEM), scene, strict=True):
        for block in blocks(samples, bench.clock.now_ns()):
            bench.pipeline.put_block(side, block)
    bench.clock.advance(round(LENGTH_S * NS_PER_S))
    assert bench.finish() is None
    return bench


def settled_power(samples: Samples) -> float:
    return float(np.mean(np.square(samples[round(SETTLED_S * RATE_HZ) : round((LENGTH_S - 1) * RATE_HZ)])))


def test_the_mix_alone_is_without_echo(scene: tuple[Samples, Samples], tmp_path: Path) -> None:
    kept = record(tmp_path / "kept", EchoMode.KEEP, scene)
    cancelled = record(tmp_path / "cancelled", EchoMode.CANCEL, scene)
    alone = record(tmp_path / "alone", EchoMode.KEEP, (np.zeros_like(scene[0]), scene[1]))
    mixes = [sound(each.directory / "audio_mixed.mp3") for each in (kept, cancelled, alone)]
    length = min(map(len, mixes))
    with_echo, without, reference = (mix[:length] for mix in mixes)
    assert settled_power(without - reference) < settled_power(with_echo - reference) / 10
    assert abs(len(mixes[0]) - len(mixes[1])) <= RATE_HZ // 10
    for side in Side:
        assert np.array_equal(kept.side(side), cancelled.side(side)), "the separate files are left as they are"
