import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from capture.disk import HEADROOM_BYTES
from capture.encoding.audio import AudioEncoder
from capture.encoding.muxer import Muxer, foreign
from capture.encoding.sound_file import SoundFile
from capture.errors import DiskFull, EncoderError, FolderNotWritable
from tests.capture.decoding import played_s
from tests.end_to_end.media import decodes
from tests.fakes.sources import tone

ROOT = Path(__file__).parents[3]
WRITER = (sys.executable, "-m", "tests.capture.encoding.writer")
LIMIT_S = 30
KILLED_AFTER_S = 5
LOST_S = 1.0
TORN_S = 1.5
"""A full disk tears the fragment that is being written, which is cut off; what waits behind it is lost with it."""
DISK_KIB = 256
FILES = [("video.mp4", "balanced"), ("video.mp4", "small"), ("sound.ogg", ""), ("sound.mp3", "")]


def lines(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    return (line.strip() for line in process.stdout)


@pytest.mark.parametrize(("name", "profile"), FILES)
def test_a_killed_writer_leaves_what_it_wrote(name: str, profile: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with subprocess.Popen((*WRITER, path, profile), cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        reached = next(line for line in lines(writer) if line == str(KILLED_AFTER_S))
        writer.kill()
        writer.wait(LIMIT_S)
    assert reached
    assert min(played_s(path)) >= KILLED_AFTER_S - LOST_S


def filled(path: Path, profile: str, headroom_bytes: int = 0) -> int:
    """Writes it on a disk of its own until that is full. The second that had been written then."""
    disk = path.parent / "disk"
    disk.mkdir()
    size = DISK_KIB + headroom_bytes // 1024
    script = f'mount -t tmpfs -o size={size}k tmpfs "$1" && shift && "$@"; cp "{disk / path.name}" "{path}"'
    command = ("unshare", "-rm", "sh", "-c", script, "sh", disk, *WRITER, disk / path.name, profile)
    headroom = ("headroom",) if headroom_bytes else ()
    done = subprocess.run((*command, *headroom), cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    *seconds, code = done.stdout.split()
    assert code == DiskFull.code, done.stderr
    return int(seconds[-1])


@pytest.mark.parametrize(("name", "profile"), FILES)
def test_a_full_disk_is_named_and_the_file_plays_up_to_there(name: str, profile: str, tmp_path: Path) -> None:
    path = tmp_path / name
    written_s = filled(path, profile)
    assert min(played_s(path)) >= written_s - TORN_S
    assert decodes(path) == ""


@pytest.mark.parametrize("profile", ["balanced", "small"])
def test_what_was_kept_back_takes_the_index(profile: str, tmp_path: Path) -> None:
    path = tmp_path / "video.mp4"
    written_s = filled(path, profile, HEADROOM_BYTES)
    assert min(played_s(path)) >= written_s - TORN_S
    assert decodes(path) == ""
    assert boxes(path)[-1] == "moov"
    assert "moof" not in boxes(path)


def test_a_closed_file_is_an_ordinary_one(tmp_path: Path) -> None:
    """With its index, and no longer in fragments: the editors of this world want that."""
    path = tmp_path / "video.mp4"
    muxer = Muxer(path)
    encoder = AudioEncoder(muxer, "aac", 2, 96_000)
    encoder.encode(tone(2, channels=2))
    encoder.finish()
    muxer.close()
    assert boxes(path)[0] == "ftyp"
    assert "moov" in boxes(path)
    assert "moof" not in boxes(path)


def boxes(path: Path) -> list[str]:
    """Of the top level."""
    data, names, at = path.read_bytes(), [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4])
        names.append(data[at + 4 : at + 8].decode())
        at += int.from_bytes(data[at + 8 : at + 16]) if size == 1 else size
    return names


def test_nothing_written_leaves_an_empty_file(tmp_path: Path) -> None:
    """Which is a media object that failed, and no failure of the recording."""
    muxer = Muxer(tmp_path / "video.mp4")
    muxer.add_video("libx264", 30, {})
    muxer.close()
    assert (tmp_path / "video.mp4").read_bytes() == b""


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable) as caught:
        Muxer(tmp_path / "gone" / "video.mp4")
    assert caught.value.data == {"folder": str(tmp_path / "gone")}


def test_sound_that_no_encoder_takes(tmp_path: Path) -> None:
    muxer = Muxer(tmp_path / "sound.mp3")
    with pytest.raises(EncoderError):
        muxer.add_audio("no_such_codec", 48_000, "stereo", 96_000, {})


@pytest.mark.parametrize("name", ["sound.ogg", "sound.mp3"])
def test_sound_is_as_long_as_it_was(name: str, tmp_path: Path) -> None:
    file = SoundFile(Muxer(tmp_path / name), 1, 48_000)
    for _ in range(3):
        file.write(tone(0.5))
        file.write(tone(0))
    file.close()
    (end_s,) = played_s(tmp_path / name)
    assert end_s == pytest.approx(1.5, abs=0.06)


def test_what_is_not_of_the_disk_is_of_the_encoder(tmp_path: Path) -> None:
    assert isinstance(foreign(ValueError("bad"), tmp_path / "a.mp4"), EncoderError)
