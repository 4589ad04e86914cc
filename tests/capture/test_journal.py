from dataclasses import replace
from pathlib import Path

import pytest

from capture.errors import FolderNotWritable
from capture.events import Disk, Event, GapFound, Level, Marked, SegmentBegan, SourceLost
from capture.journal import JOURNAL_NAME, Journal, Story, read_journal
from capture.manifest import Manifest, Status
from capture.recording import Meeting, RecordingId, RecordingStatus, Side
from capture.wire import encode_event
from tests.capture.worker_process import spec_of
from tests.fakes.full_disk import no_room_beyond

MARK = Marked("Überblick 🎥", 1)
LOST = SourceLost("microphone", "unplugged", 2)
SEGMENT = SegmentBegan(5, "2026-11-01T09:00:02.000Z", is_blank=True)
GAP = GapFound(Side.SYSTEM, 3, 4, "no_data")


def opened(directory: Path) -> Manifest:
    spec = replace(spec_of(directory), id=RecordingId("r"), meeting=Meeting(title="half a pair: \ud83c"))
    return Manifest(spec, Status(RecordingStatus.RECORDING), "2026-11-01T09:00:02.000Z")


def write(directory: Path, *events: Event) -> None:
    with Journal(directory) as journal:
        for event in events:
            journal.add(event)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.open(opened(tmp_path))
        for event in (MARK, Level(Side.SYSTEM, -1, -1, 1), Disk(1, 1, None), SEGMENT):
            journal.add(event)
    assert read_journal(tmp_path) == Story(opened(tmp_path), (MARK, SEGMENT))


def test_each_line_is_on_the_disk_at_once(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.add(MARK)
        assert read_journal(tmp_path).events == (MARK,)
        journal.sync()
        journal.sync()


@pytest.mark.parametrize("kept", range(len(encode_event(LOST)) + 1))
def test_a_torn_last_line_costs_nothing_else(kept: int, tmp_path: Path) -> None:
    """Whether the journal goes on behind it or not."""
    write(tmp_path, MARK, LOST)
    path = tmp_path / JOURNAL_NAME
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1][:kept])
    whole = (MARK, LOST) if kept == len(encode_event(LOST)) else (MARK,)
    assert read_journal(tmp_path).events == whole
    write(tmp_path, GAP)
    assert read_journal(tmp_path).events == (*whole, GAP)


NOTHING = (
    *(b"", b"\0\0\0\0", b"\xff\xfe", b"[" * 100_000, b"x" * 2**21),
    *(b"{}", b"[]", b"null", b'{"type":"dance"}', b'{"type":"gap"}'),
    *(b'{"type":"manifest"}', b'{"type":"manifest","manifest":{"version":7}}'),
)


@pytest.mark.parametrize("line", NOTHING)
def test_a_line_that_says_nothing_is_passed_over(line: bytes, tmp_path: Path) -> None:
    write(tmp_path, MARK)
    with (tmp_path / JOURNAL_NAME).open("ab") as file:
        file.write(line + b"\n")
    write(tmp_path, LOST)
    assert read_journal(tmp_path) == Story(None, (MARK, LOST))


def test_the_first_manifest_counts(tmp_path: Path) -> None:
    for duration_ns in (0, 9):
        with Journal(tmp_path) as journal:
            journal.open(replace(opened(tmp_path), duration_ns=duration_ns))
    assert read_journal(tmp_path).opened == opened(tmp_path)


def test_where_there_is_none(tmp_path: Path) -> None:
    assert read_journal(tmp_path) == Story(None, ())
    with pytest.raises(FolderNotWritable):
        Journal(tmp_path / "gone")


def test_a_full_disk_ends_the_journal_and_nothing_else(tmp_path: Path) -> None:
    """Later lines would only lengthen the torn one."""
    room = len(encode_event(MARK)) + 10
    with Journal(tmp_path) as journal:
        with no_room_beyond(room):
            for event in (MARK, LOST, GAP):
                journal.add(event)
        journal.add(GAP)
        journal.sync()
    assert (tmp_path / JOURNAL_NAME).stat().st_size == room
    assert read_journal(tmp_path).events == (MARK,)


def test_a_directory_that_goes_away_meanwhile(tmp_path: Path) -> None:
    directory = tmp_path / "a b 🎥"
    directory.mkdir()
    with Journal(directory) as journal:
        (directory / JOURNAL_NAME).unlink()
        directory.rmdir()
        journal.add(MARK)
        journal.sync()
    assert read_journal(directory) == Story(None, ())
