import contextlib
import errno
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from capture.errors import DiskFull, FolderNotWritable, ManifestError, ManifestTooNew, StorageError
from capture.manifest import (
    MANIFEST_NAME,
    MANIFEST_VERSION,
    AudioReceipt,
    DeviceChange,
    DiskReceipt,
    FrameCount,
    Gap,
    Manifest,
    Mark,
    PowerReceipt,
    Receipt,
    Segment,
    Status,
    read_manifest,
    storage_error,
    write_json,
    write_manifest,
)
from capture.recording import (
    NS_PER_S,
    DeviceId,
    EndReason,
    MediaFormat,
    MediaKind,
    MediaObject,
    MediaStatus,
    Meeting,
    Monitor,
    PowerChange,
    RecordingId,
    RecordingSpec,
    RecordingStatus,
    Room,
)

LIMIT_BYTES = 4096


def manifest_of(directory: Path, title: str = "Über die Lücken \ud800 😀") -> Manifest:
    return Manifest(
        RecordingSpec(
            RecordingId("r-1"), directory, Monitor("1"), DeviceId("mic"), None, meeting=Meeting(title, evidence=("a",))
        ),
        Status(RecordingStatus.INTERRUPTED, "disk_full"),
        started_at="2026-11-01T09:00:02.000Z",
        completed_at="2026-11-01T09:00:12.000Z",
        duration_ns=10 * NS_PER_S,
        timeline=(Segment(0, 10 * NS_PER_S, "2026-11-01T09:00:02.000Z"),),
        marks=(Mark(1.5, "here"), Mark(2.0, None)),
        media=(MediaObject(MediaKind.VIDEO_MIXED, MediaFormat.MP4, "v.mp4", 7, "ab", MediaStatus.DONE),),
        receipt=Receipt(
            frames=FrameCount(3, 2, 1),
            audio=(AudioReceipt("microphone", "mic", -0.3, (Gap(1.0, 0.25, "gap"),)),),
            devices=(DeviceChange(2.0, "mic", "headset"),),
            power=(PowerReceipt(3.0, PowerChange.WOKE, 60.0), PowerReceipt(4.0, PowerChange.LOCKED)),
            disk=(DiskReceipt(5.0, Room.SHORT, 7),),
            ended_by=EndReason.DISK_FULL,
        ),
    )


@contextlib.contextmanager
def small_files() -> Iterator[None]:
    """No file may grow beyond ``LIMIT_BYTES``: the system refuses, as a full disk does.

    Around one act only: the limit is the whole process's, and the test run's own log may be longer.
    """
    if sys.platform == "win32":
        pytest.fail("Windows has no such limit")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT_BYTES, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    write_manifest(manifest_of(tmp_path), tmp_path)
    assert read_manifest(tmp_path) == manifest_of(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [MANIFEST_NAME]


def test_other_programs_can_read_it(tmp_path: Path) -> None:
    write_manifest(manifest_of(tmp_path, "Über"), tmp_path)
    text = (tmp_path / MANIFEST_NAME).read_text("utf-8")
    assert "Über" in text
    document = json.loads(text)
    assert document["version"] == MANIFEST_VERSION
    assert document["id"] == document["spec"]["id"] == "r-1"
    assert document["status"] == {"code": "interrupted", "sub_code": "disk_full"}
    assert document["receipt"]["devices"] == [{"at_s": 2.0, "from": "mic", "to": "headset"}]
    assert document["receipt"]["ended_by"] == "disk_full"
    assert document["media"][0] == {
        "kind": "video_mixed",
        "format": "mp4",
        "path": "v.mp4",
        "bytes": 7,
        "sha256": "ab",
        "status": "done",
        "sub_code": None,
    }


def test_a_write_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    old = manifest_of(tmp_path, "old")
    write_manifest(old, tmp_path)
    with small_files(), pytest.raises(DiskFull) as caught:
        write_manifest(manifest_of(tmp_path, "new" * LIMIT_BYTES), tmp_path)
    assert caught.value.data == {"folder": str(tmp_path)}
    assert read_manifest(tmp_path) == old
    assert [file.name for file in tmp_path.iterdir()] == [MANIFEST_NAME]


def test_a_document_that_is_none_leaves_the_old_one(tmp_path: Path) -> None:
    write_json({"old": True}, tmp_path / "a.json")
    with pytest.raises(TypeError):
        write_json({"new": object()}, tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_bytes()) == {"old": True}
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable):
        write_manifest(manifest_of(tmp_path), tmp_path / "gone")


def test_a_folder_that_nobody_can_write_to() -> None:
    """Root may write to any folder of a disk, but not there."""
    with pytest.raises(FolderNotWritable):
        write_json({}, Path("/proc/self/recording.json"))


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EFBIG, DiskFull),
        (errno.EROFS, FolderNotWritable),
        (errno.EACCES, FolderNotWritable),
        (errno.ENOENT, FolderNotWritable),
        (errno.EIO, StorageError),
    ],
)
def test_refusals_of_the_system_are_told_apart(number: int, kind: type[StorageError], tmp_path: Path) -> None:
    error = storage_error(OSError(number, os.strerror(number)), tmp_path / "file")
    assert type(error) is kind
    assert error.data == {"folder": str(tmp_path)}
    assert os.strerror(number) in error.reason


def test_a_moved_folder_says_where_it_is_now(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    write_manifest(manifest_of(before), before)
    before.rename(after)
    found = read_manifest(after)
    assert found.spec.directory == after
    assert found == manifest_of(after)


def test_a_newer_schema_is_told_apart(tmp_path: Path) -> None:
    write_manifest(replace(manifest_of(tmp_path), version=MANIFEST_VERSION + 1), tmp_path)
    with pytest.raises(ManifestTooNew) as caught:
        read_manifest(tmp_path)
    assert caught.value.data["version"] == str(MANIFEST_VERSION + 1)


def test_fields_of_a_newer_program_are_ignored(tmp_path: Path) -> None:
    write_manifest(manifest_of(tmp_path), tmp_path)
    edit(tmp_path, lambda document: document.update(weather="fine"))
    edit(tmp_path, lambda document: document["receipt"].update(weather="fine"))
    assert read_manifest(tmp_path) == manifest_of(tmp_path)


def edit(directory: Path, change: Callable[[dict[str, Any]], None]) -> None:
    document = json.loads((directory / MANIFEST_NAME).read_bytes())
    change(document)
    write_json(document, directory / MANIFEST_NAME)


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"3", b"null", b'{"version": 1}', b'{"spec": 3}', b'{"version": "1", "spec": {}}', b"\xff\xfe"],
)
def test_a_damaged_manifest_is_named(damage: bytes, tmp_path: Path) -> None:
    (tmp_path / MANIFEST_NAME).write_bytes(damage)
    with pytest.raises(ManifestError) as caught:
        read_manifest(tmp_path)
    assert caught.value.data["path"] == str(tmp_path / MANIFEST_NAME)


def test_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(ManifestError):
        read_manifest(tmp_path)
