"""MP3: to the sample as long as what went in, however that was cut, and as good as by the library's own encoder."""

from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame

from capture.audio.base import RATE_HZ, Samples
from capture.encoding.mp3 import FRAME_SAMPLES, RUN_UP_SAMPLES, Mp3Encoder
from capture.encoding.muxer import Muxer
from tests.capture.decoding import sound

BIT_RATE = 128_000
CODEC_ERROR = 0.04
"""Of noise, which is the hardest to encode, at 64 kbit/s a channel."""


def noise(frames: int) -> Samples:
    samples = np.random.default_rng(frames).standard_normal((frames, 2)) * 0.05
    return samples.astype(np.float32)


def encoded(path: Path, samples: Samples, step: int, bit_rate: int = BIT_RATE) -> Path:
    muxer = Muxer(path)
    encoder = Mp3Encoder(muxer, samples.shape[1], bit_rate)
    for at in range(0, len(samples), step):
        encoder.encode(samples[at : at + step])
    encoder.finish()
    muxer.close()
    return path


def played(path: Path) -> Samples:
    """Its first packet's time is before zero, which a player shows as a later beginning of all."""
    return sound(path)[RUN_UP_SAMPLES:]


@pytest.mark.parametrize("frames", [500, FRAME_SAMPLES, RATE_HZ, 2 * RATE_HZ + 47, 2 * RATE_HZ + 48])
def test_it_is_as_long_as_what_went_in(tmp_path: Path, frames: int) -> None:
    assert len(played(encoded(tmp_path / "a.mp3", noise(frames), 5000))) == frames


@pytest.mark.parametrize("bit_rate", [32_000, 64_000, 320_000])
def test_any_bit_rate_will_do(tmp_path: Path, bit_rate: int) -> None:
    path = encoded(tmp_path / "a.mp3", noise(RATE_HZ), 5000, bit_rate)
    assert len(played(path)) == RATE_HZ
    assert path.stat().st_size == pytest.approx(bit_rate / 8, rel=0.1)


def test_one_channel_will_do(tmp_path: Path) -> None:
    samples = noise(RATE_HZ)[:, :1]
    found = played(encoded(tmp_path / "a.mp3", samples, 5000))
    assert found.shape == samples.shape
    assert float(np.sqrt(np.mean((found - samples) ** 2))) < CODEC_ERROR


def test_how_it_was_cut_makes_no_difference(tmp_path: Path) -> None:
    files = [encoded(tmp_path / f"{step}.mp3", noise(RATE_HZ), step) for step in (100, 1152, 4800, RATE_HZ)]
    assert len({path.read_bytes() for path in files}) == 1


def test_it_is_where_it_was_and_as_good_as_by_the_librarys_own(tmp_path: Path) -> None:
    samples = noise(2 * RATE_HZ)
    with av.open(str(tmp_path / "theirs.mp3"), "w") as container:
        stream = container.add_stream("libmp3lame", rate=RATE_HZ, layout="stereo", options={"compression_level": "7"})
        stream.bit_rate = BIT_RATE
        frame = AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout="stereo")
        frame.sample_rate = RATE_HZ
        container.mux([*stream.encode(frame), *stream.encode(None)])
    errors = [
        float(np.sqrt(np.mean((played(path) - samples) ** 2)))
        for path in (encoded(tmp_path / "ours.mp3", samples, 14_400), tmp_path / "theirs.mp3")
    ]
    assert errors[0] == pytest.approx(errors[1], rel=0.1)
    assert errors[0] < CODEC_ERROR


def test_each_frame_is_a_packet_with_its_time(tmp_path: Path) -> None:
    with av.open(str(encoded(tmp_path / "a.mp3", noise(RATE_HZ), 3000))) as container:
        packets = [packet for packet in container.demux(audio=0) if packet.size]
        assert {packet.size for packet in packets} == {FRAME_SAMPLES * BIT_RATE // 8 // RATE_HZ}
        assert len(packets) == -(-(RATE_HZ + RUN_UP_SAMPLES) // FRAME_SAMPLES)


def test_a_file_without_a_sample_can_be_closed(tmp_path: Path) -> None:
    assert encoded(tmp_path / "a.mp3", noise(0), 1).exists()
