"""Files whose writer was stopped, cut at every kind of place, and mended where they lie."""

import shutil
from pathlib import Path

import av
import pytest
from av.error import FFmpegError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capture.encoding.mending import mend
from capture.errors import FolderNotWritable
from tests.capture.decoding import played_s
from tests.capture.encoding.writer import STEP_NS, Written, WrittenMovie, WrittenSound
from tests.end_to_end.media import decodes
from tests.fakes.full_disk import no_room_beyond

LENGTH_NS = 4_000_000_000
FRAGMENT_S = 0.55
NAMES = ("open.mp4", "closed.mp4", "open.ogg", "closed.ogg", "open.mp3", "closed.mp3")

settings.register_profile(
    "mending", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
MENDING = settings.get_profile("mending")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each kind of file as it stands while it grows, and closed."""
    folder = tmp_path_factory.mktemp("written")
    for suffix in (".mp4", ".ogg", ".mp3"):
        closed = folder / f"closed{suffix}"
        file: Written = WrittenMovie(closed, "balanced") if suffix == ".mp4" else WrittenSound(closed)
        for at_ns in range(0, LENGTH_NS, STEP_NS):
            file.step(at_ns)
        shutil.copy(closed, folder / f"open{suffix}")
        file.close()
    return folder


def packets(path: Path) -> list[tuple[int, float, int, bytes]]:
    """Stream, time, whether a key picture, and content of each."""
    try:
        with av.open(str(path)) as container:
            return [
                (packet.stream_index, float(packet.pts * packet.time_base), packet.is_keyframe, bytes(packet))
                for packet in container.demux()
                if packet.pts is not None and packet.time_base is not None
            ]
    except FFmpegError:
        return []


def cut(source: Path, length_bytes: int, folder: Path) -> Path:
    path = folder / f"cut{source.suffix}"
    path.write_bytes(source.read_bytes()[:length_bytes])
    return path


@pytest.mark.parametrize("name", NAMES)
def test_what_is_whole_stays_as_it_plays(name: str, written: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(written / name, tmp_path))
    before = packets(path)
    assert mend(path) == 0
    assert packets(path) == before
    if name != "open.mp4":
        assert path.read_bytes() == (written / name).read_bytes()


def test_an_index_is_written_in_place(written: Path, tmp_path: Path) -> None:
    """As closing would have done it: the box that hides the fragments, and the index behind it."""
    path = Path(shutil.copy(written / "open.mp4", tmp_path))
    size = path.stat().st_size
    mend(path)
    data, closed = path.read_bytes(), (written / "closed.mp4").read_bytes()
    changed = [at for at, (old, new) in enumerate(zip(closed[:size], data[:size], strict=True)) if old != new]
    assert set(changed) <= set(range(44, 48))  # where the box's length stands
    assert data[size + 4 : size + 8] == b"moov"
    assert size + int.from_bytes(data[size : size + 4]) == len(data)
    assert decodes(path) == ""


@pytest.mark.parametrize("name", NAMES)
@settings(MENDING)
@given(share=st.floats(0, 1))
def test_cut_anywhere_it_plays_at_least_as_much(name: str, share: float, written: Path, tmp_path: Path) -> None:
    whole = written / name
    path = cut(whole, round(share * whole.stat().st_size), tmp_path)
    playable = len(packets(path)) > 0
    before = played_s(path) if playable else [0.0]
    size = path.stat().st_size
    torn = mend(path)
    assert 0 <= torn <= size
    assert mend(path) == 0
    if playable:
        assert min(played_s(path)) >= min(before) - FRAGMENT_S
        assert packets(path)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("percent", [35, 50, 64, 77, 90, 99])
def test_cut_late_it_decodes_strictly(name: str, percent: int, written: Path, tmp_path: Path) -> None:
    whole = written / name
    path = cut(whole, whole.stat().st_size * percent // 100, tmp_path)
    mend(path)
    assert decodes(path) == ""
    assert packets(path) == packets(whole)[: len(packets(path))] or path.suffix == ".mp4"


@pytest.mark.parametrize("name", NAMES)
def test_zeros_that_a_power_cut_leaves_are_cut_off(name: str, written: Path, tmp_path: Path) -> None:
    path = cut(written / name, (written / name).stat().st_size * 3 // 4, tmp_path)
    with path.open("ab") as file:
        file.write(bytes(300_000))
    mend(path)
    assert path.stat().st_size < 300_000
    assert decodes(path) == ""


def test_an_index_that_was_being_written_is_written_anew(written: Path, tmp_path: Path) -> None:
    """It lies there whole, but nothing points at it yet: the fragments still count."""
    closed, path = (written / "closed.mp4").read_bytes(), tmp_path / "video.mp4"
    opened = (written / "open.mp4").read_bytes()
    path.write_bytes(opened[:52] + closed[52:])
    mend(path)
    assert decodes(path) == ""
    assert packets(path) == packets(written / "closed.mp4")


@pytest.mark.parametrize("name", ["open.mp4", "closed.mp4"])
def test_damage_in_the_midst_is_left_alone(name: str, written: Path, tmp_path: Path) -> None:
    """What lies behind it may be worth more than an index."""
    data = bytearray((written / name).read_bytes())
    middle = data.index(b"moof", len(data) // 2)
    data[middle - 4 : middle + 8] = b"\x07" * 12
    path = tmp_path / "video.mp4"
    path.write_bytes(data)
    assert mend(path) == 0
    assert path.read_bytes() == data


@pytest.mark.parametrize("suffix", [".mp4", ".ogg", ".mp3"])
@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b"\x5a" * 5000, b"\xff" * 90_000, b"OggS" * 999])
def test_what_is_none_of_ours_is_left_alone(suffix: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"file{suffix}"
    path.write_bytes(content)
    assert mend(path) == 0
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", ["open.mp4", "closed.mp4"])
@pytest.mark.parametrize("room_bytes", [0, 500])
def test_without_room_for_the_index_it_stays_in_fragments(
    name: str, room_bytes: int, written: Path, tmp_path: Path
) -> None:
    whole = written / name
    path = cut(whole, whole.stat().st_size * 3 // 4, tmp_path)
    reference = Path(shutil.copy(path, tmp_path / "reference.mp4"))
    mend(reference)
    with no_room_beyond(path.stat().st_size - mend_cut(path) + room_bytes):
        mend(path)
    assert b"moof" in path.read_bytes()
    assert decodes(path) == ""
    assert packets(path) == packets(reference)


def mend_cut(path: Path) -> int:
    """How much would be cut off."""
    twin = Path(shutil.copy(path, path.with_name("twin.mp4")))
    return mend(twin)


@pytest.mark.parametrize("name", ["a b", "🎥 Überblick", "x" * 200])
def test_a_name_of_any_kind(name: str, written: Path, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.mp4"
    shutil.copy(written / "open.mp4", path)
    mend(path)
    assert decodes(path) == ""


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable):
        mend(tmp_path / "video.mp4")
