"""Files of other programs, made by ffmpeg, broken in the ways in which files break, and mended."""

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from struct import pack

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capture.encoding.repair import repair
from capture.encoding.wave import Wave
from capture.errors import CaptureError, FolderNotWritable, IndexLost, NotRepairable, OutputExists
from capture.recording import NS_PER_S
from tests.capture.encoding.test_muxer import boxes
from tests.capture.encoding.writer import STEP_NS, WrittenMovie
from tests.end_to_end.media import decodes, streams

LENGTH_S = 4
PICTURE = ("-f", "lavfi", "-i", f"testsrc=s=160x90:r=25:d={LENGTH_S}")
SOUND = ("-f", "lavfi", "-i", f"sine=440:d={LENGTH_S}")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-bf", "2", "-c:a", "aac")
VP8 = ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus")
ALONE = ("-map", "1:a")

FOREIGN = {
    "ordinary.mp4": H264,
    "fast.mp4": (*H264, "-movflags", "+faststart"),
    "fragments.mp4": (*H264, "-movflags", "+frag_keyframe+empty_moov+default_base_moof"),
    "fragments.mov": (*H264, "-movflags", "+frag_keyframe"),
    "sound.m4a": (*ALONE, "-movflags", "+faststart"),
    "movie.mkv": (*H264[:8], "-c:a", "libopus"),
    "movie.webm": VP8,
    "sound.mp3": (*ALONE, "-c:a", "libmp3lame"),
    "sound.opus": (*ALONE, "-c:a", "libopus"),
    "sound.ogg": (*ALONE, "-c:a", "libvorbis", "-page_duration", "200000"),
    "sound.wav": (*ALONE, "-c:a", "pcm_s16le"),
    "large.wav": (*ALONE, "-c:a", "pcm_s16le", "-rf64", "always"),
}
STREAMED = {"live.webm": (*VP8, "-f", "webm"), "live.wav": (*ALONE, "-c:a", "pcm_s24le", "-f", "wav")}
"""Written into a pipe: the header could not be corrected at the end."""

BROKEN_AS_THEY_ARE = {"live.webm", "live.wav", "fragments.mp4", "fragments.mov", "open.mp4"}
WITHOUT_INDEX = {"ordinary.mp4"}
"""When they are cut."""
NAMES = sorted({*FOREIGN, *STREAMED, "open.mp4", "closed.mp4"})

settings.register_profile(
    "repair", deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
REPAIR = settings.get_profile("repair")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    make = ("ffmpeg", "-v", "error", "-y", *PICTURE, *SOUND)
    for name, options in FOREIGN.items():
        subprocess.run((*make, *options, folder / name), check=True, timeout=60)
    for name, options in STREAMED.items():
        data = subprocess.run((*make, *options, "-"), check=True, timeout=60, stdout=subprocess.PIPE).stdout
        (folder / name).write_bytes(data)
    own = WrittenMovie(folder / "closed.mp4", "balanced")
    for at_ns in range(0, LENGTH_S * NS_PER_S, STEP_NS):
        own.step(at_ns)
    shutil.copy(folder / "closed.mp4", folder / "open.mp4")
    own.close()
    return folder


@dataclass(frozen=True)
class Broken:
    path: Path
    digest: str

    @property
    def is_untouched(self) -> bool:
        return digest(self.path) == self.digest


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def cut(source: Path, length_bytes: int, folder: Path) -> Broken:
    path = folder / source.name
    path.write_bytes(source.read_bytes()[:length_bytes])
    return Broken(path, digest(path))


def length_s(path: Path) -> float:
    return min(float(stream.get("duration") or LENGTH_S) for stream in streams(path).values())


@pytest.mark.parametrize("name", NAMES)
def test_what_is_whole_is_left_alone(name: str, files: Path, tmp_path: Path) -> None:
    whole = cut(files / name, 2**40, tmp_path)
    repaired = repair(whole.path)
    assert whole.is_untouched
    assert repaired.played_ns / NS_PER_S == pytest.approx(LENGTH_S, abs=0.8)
    assert (repaired.lost_bytes, repaired.lost_ns) == (0, 0)
    if name in BROKEN_AS_THEY_ARE:
        assert repaired.output == tmp_path / f"{whole.path.stem}.repaired{whole.path.suffix}"
        assert decodes(repaired.output) == ""
        assert "moof" not in (boxes(repaired.output) if repaired.output.suffix in {".mp4", ".mov"} else [])
    else:
        assert repaired.output is None
        assert list(tmp_path.iterdir()) == [whole.path]


@pytest.mark.parametrize("percent", [55, 80, 97])
@pytest.mark.parametrize("name", sorted(set(NAMES) - WITHOUT_INDEX))
def test_what_is_cut_plays_up_to_there(name: str, percent: int, files: Path, tmp_path: Path) -> None:
    broken = cut(files / name, (files / name).stat().st_size * percent // 100, tmp_path)
    repaired = repair(broken.path)
    assert broken.is_untouched
    assert repaired.output is not None
    assert decodes(repaired.output) == ""
    assert repaired.played_ns / NS_PER_S >= LENGTH_S * percent / 100 - 1.3
    assert length_s(repaired.output) >= LENGTH_S * percent / 100 - 1.3
    assert repair(repaired.output).output is None, "it is still broken"


def test_of_matroska_the_first_pictures_are_kept(files: Path, tmp_path: Path) -> None:
    """It does not say when they are to be decoded."""
    broken = cut(files / "movie.mkv", (files / "movie.mkv").stat().st_size * 3 // 4, tmp_path)
    repaired = repair(broken.path)
    assert repaired.output is not None
    before, after = contents(broken.path), contents(repaired.output)
    assert len(after) > 60
    assert after == before[: len(after)]


def contents(path: Path) -> list[bytes]:
    """Of each picture, in the order of decoding."""
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


@pytest.mark.parametrize("name", sorted(WITHOUT_INDEX))
def test_an_index_that_is_gone_is_gone(name: str, files: Path, tmp_path: Path) -> None:
    broken = cut(files / name, (files / name).stat().st_size - 500, tmp_path)
    with pytest.raises(IndexLost):
        repair(broken.path)
    assert broken.is_untouched
    assert list(tmp_path.iterdir()) == [broken.path]


@pytest.mark.parametrize("name", NAMES)
@settings(REPAIR)
@given(share=st.floats(0, 1), zeros=st.sampled_from([0, 0, 70_000]))
def test_cut_anywhere_nothing_crashes_or_gets_worse(
    name: str, share: float, zeros: int, files: Path, tmp_path: Path
) -> None:
    whole = files / name
    broken = cut(whole, round(share * whole.stat().st_size), tmp_path)
    with broken.path.open("ab") as file:
        file.write(bytes(zeros))
    before = digest(broken.path)
    try:
        output = repair(broken.path).output
    except CaptureError as error:
        assert isinstance(error, NotRepairable)  # noqa: PT017 - it may be raised, and then must be that one
        output = None
    assert digest(broken.path) == before
    assert set(tmp_path.iterdir()) == {broken.path, output} - {None}
    if output is not None:
        assert streams(output)
        output.unlink()


def wave(data: bytes, said_bytes: int, riff_bytes: int) -> bytes:
    sound = pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 48_000, 96_000, 2, 16)
    return pack("<4sI4s", b"RIFF", riff_bytes, b"WAVE") + sound + pack("<4sI", b"data", said_bytes) + data


@pytest.mark.parametrize(
    ("said_bytes", "riff_bytes"), [(0, 0), (2**32 - 1, 2**32 - 1), (7, 43), (0, 2**31), (999_999, 36)]
)
@pytest.mark.parametrize("odd", [b"", b"\1"])
def test_a_wave_header_that_lies(said_bytes: int, riff_bytes: int, odd: bytes, tmp_path: Path) -> None:
    """A killed recorder leaves zeros there; one that writes to a pipe leaves the largest number."""
    path = tmp_path / "talk.wav"
    samples = bytes(range(1, 241)) * 400
    path.write_bytes(wave(samples + odd, said_bytes, riff_bytes))
    repaired = repair(path)
    assert repaired.output is not None
    assert repaired.played_ns == NS_PER_S
    assert repaired.output.read_bytes() == wave(samples, len(samples), len(samples) + 36)


def test_chunks_around_the_samples_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "talk.wav"
    samples, note = bytes(96_000), pack("<4sI", b"LIST", 4) + b"note"
    content = wave(samples, len(samples), 0)
    path.write_bytes(content[:36] + note + content[36:] + note)
    repaired = repair(path)
    assert repaired.output is not None
    mended = repaired.output.read_bytes()
    assert mended.count(note) == 2
    assert int.from_bytes(mended[4:8], "little") == len(mended) - 8
    assert repaired.lost_bytes == 0


def test_a_wave_beyond_four_gigabytes_has_large_sizes() -> None:
    header = Wave(b"", 44, 5 * 2**30, b"", 96_000, 0, is_right=False).header()
    assert (header[:4], header[12:16], header[-8:-4]) == (b"RF64", b"ds64", b"data")
    assert int.from_bytes(header[28:36], "little") == 5 * 2**30
    assert int.from_bytes(header[20:28], "little") == len(header) - 8 + 5 * 2**30


@pytest.mark.parametrize("content", [b"", b"\0" * 4000, b"hello", b"\x5a" * 90_000, b"RIFF", b"\0\0\0\x18ftypisom"])
def test_what_is_no_media_file(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "thing.mp4"
    path.write_bytes(content)
    with pytest.raises(NotRepairable):
        repair(path)
    assert [each.name for each in tmp_path.iterdir()] == ["thing.mp4"]


def test_nothing_is_written_over(files: Path, tmp_path: Path) -> None:
    broken = cut(files / "live.webm", 2**40, tmp_path)
    for output in (broken.path, tmp_path):
        with pytest.raises(OutputExists):
            repair(broken.path, output)
    chosen = tmp_path / "mended.webm"
    assert repair(broken.path, chosen).output == chosen
    before = digest(chosen)
    with pytest.raises(OutputExists):
        repair(broken.path, chosen)
    assert digest(chosen) == before
    assert broken.is_untouched


def test_a_folder_that_is_gone(files: Path, tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable):
        repair(files / "live.webm", tmp_path / "gone" / "mended.webm")


@pytest.mark.parametrize("name", ["a b", "🎥 Überblick", "x" * 200])
def test_a_name_of_any_kind(name: str, files: Path, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.mp4"
    shutil.copy(files / "fragments.mp4", path)
    assert repair(path).output == tmp_path / f"{name}.repaired.mp4"


def test_a_damaged_midst_costs_no_more_than_that(files: Path, tmp_path: Path) -> None:
    """Of our own files too: what cannot be mended in place is copied packet by packet."""
    data = bytearray((files / "open.mp4").read_bytes())
    middle = data.index(b"moof", len(data) // 2)
    data[middle - 4 : middle + 8] = b"\x07" * 12
    path = tmp_path / "open.mp4"
    path.write_bytes(data)
    repaired = repair(path)
    assert repaired.output is not None
    assert repaired.played_ns >= NS_PER_S
    assert path.read_bytes() == data
