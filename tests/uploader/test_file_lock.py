import subprocess
import sys
import threading
from pathlib import Path

import pytest

from uploader.file_lock import FileLock

HOLD = """
import sys
from pathlib import Path
from uploader.file_lock import FileLock
lock = FileLock(Path(sys.argv[1]))
lock.take()
print("taken", flush=True)
sys.stdin.read()
"""


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.try_take()
    assert not second.try_take()
    first.release()
    first.release()
    assert second.try_take()
    second.release()


def test_who_dies_holds_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"taken\n"
        assert not FileLock(tmp_path / "lock").try_take()
        holder.kill()
        holder.wait()
        with FileLock(tmp_path / "lock"):
            pass


def test_who_waits_has_a_turn(tmp_path: Path) -> None:
    holder = FileLock(tmp_path / "lock")
    holder.take()
    has_taken = threading.Event()

    def wait() -> None:
        with FileLock(tmp_path / "lock"):
            has_taken.set()

    thread = threading.Thread(target=wait)
    thread.start()
    assert not has_taken.is_set()
    holder.release()
    assert has_taken.wait(30)
    thread.join()


def test_where_no_lock_can_be(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileLock(tmp_path / "absent" / "lock").try_take()


def test_a_file_without_rights_is_held_by_nobody() -> None:
    """Of this one root has none either."""
    with pytest.raises(OSError, match="ostype"):
        FileLock(Path("/proc/sys/kernel/ostype")).try_take()
