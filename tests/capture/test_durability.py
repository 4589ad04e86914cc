"""The files reach the disk while they grow; a disk that refuses is told of once."""

import os
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from capture.disk import sync_files, written_bytes
from capture.durability import Durability
from capture.errors import CaptureError, FolderNotWritable

LIMIT_S = 10.0


def never(error: CaptureError) -> None:
    raise AssertionError(error)


def test_each_file_is_synced_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "audio_separate").mkdir()
    files = [tmp_path / "video_mixed.mp4", tmp_path / "audio_separate" / "system.ogg", tmp_path / "events.ndjson"]
    for file in files:
        file.write_bytes(b"x")
    synced: list[str] = []
    twice = threading.Event()

    def note(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        if all(synced.count(str(path)) >= 2 for path in (*files, tmp_path)):
            twice.set()

    monkeypatch.setattr(os, "fsync", note)
    told: list[Mapping[str, int]] = []
    durability = Durability(tmp_path, never, told.append, period_s=0.01)
    durability.start()
    assert twice.wait(LIMIT_S), synced
    durability.stop()
    durability.stop()
    assert told[0] == {"video_mixed.mp4": 1, "audio_separate/system.ogg": 1}
    assert not any(thread.name == "durability" for thread in threading.enumerate())


def test_what_goes_while_the_folder_is_looked_through_ends_nothing(tmp_path: Path) -> None:
    """A link to nothing is listed and cannot be opened, like another program's file that is gone by then."""
    (tmp_path / "video_mixed.mp4").write_bytes(b"xy")
    (tmp_path / "notes.txt").symlink_to(tmp_path / "gone")
    sync_files(tmp_path)
    assert written_bytes(tmp_path) == 2
    with pytest.raises(FolderNotWritable):
        sync_files(tmp_path / "gone")


def test_a_disk_that_refuses_is_told_of_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "video_mixed.mp4").write_bytes(b"x")

    def refuse(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    told: list[CaptureError] = []
    heard = threading.Event()

    def tell(error: CaptureError) -> None:
        told.append(error)
        heard.set()

    synced: list[Mapping[str, int]] = []
    durability = Durability(tmp_path, tell, synced.append, period_s=0.01)
    durability.start()
    assert heard.wait(LIMIT_S)
    durability.stop()
    assert [error.code for error in told] == ["storage_failed"]
    assert synced == []


def test_one_that_never_began_can_be_stopped(tmp_path: Path) -> None:
    Durability(tmp_path, never, lambda _: None).stop()
