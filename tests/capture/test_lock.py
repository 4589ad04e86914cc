import contextlib
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from capture.errors import FolderNotWritable, RecordingRunning
from capture.lock import LOCK_NAME, Lock, is_running

ROOT = Path(__file__).parents[2]
LIMIT_S = 20
HOLD = """
import sys
from pathlib import Path
from capture.lock import Lock
lock = Lock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def holder(directory: Path) -> subprocess.Popen[str]:
    """A process that has the lock until it is killed."""
    pipe = subprocess.PIPE
    process = subprocess.Popen((sys.executable, "-c", HOLD, directory), cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_lock_ends_with_its_process(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        assert is_running(tmp_path)
        with pytest.raises(RecordingRunning) as caught:
            Lock(tmp_path)
        assert caught.value.data == {"id": tmp_path.name}
        process.kill()
        process.wait(LIMIT_S)
        assert not is_running(tmp_path)
        Lock(tmp_path).release()


def test_the_lock_is_not_handed_down(tmp_path: Path) -> None:
    """What a recorder starts may outlive it."""
    lock = Lock(tmp_path)
    with subprocess.Popen((sys.executable, "-c", "input()"), stdin=subprocess.PIPE, close_fds=False) as child:
        lock.release()
        assert not is_running(tmp_path)
        child.kill()


def test_one_process_does_not_hold_it_twice(tmp_path: Path) -> None:
    with Lock(tmp_path), pytest.raises(RecordingRunning):
        Lock(tmp_path)
    assert not is_running(tmp_path)


def test_to_ask_leaves_nothing_behind(tmp_path: Path) -> None:
    assert not is_running(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_of_many_that_want_it_one_gets_it(tmp_path: Path) -> None:
    """Whoever was refused has left it as it was."""
    gate = threading.Barrier(8)
    held: list[Lock] = []

    def want() -> None:
        gate.wait(LIMIT_S)
        with contextlib.suppress(RecordingRunning):
            held.append(Lock(tmp_path))

    wanting = [threading.Thread(target=want) for _ in range(8)]
    for thread in wanting:
        thread.start()
    for thread in wanting:
        thread.join(LIMIT_S)
    assert len(held) == 1
    held[0].release()


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable):
        Lock(tmp_path / "gone")
    assert not is_running(tmp_path / "gone")


@pytest.mark.parametrize("name", ["a b", "🎥 Überblick", "x" * 200])
def test_the_directory_is_deleted_with_its_lock(name: str, tmp_path: Path) -> None:
    directory = tmp_path / name
    (directory / "audio_separate").mkdir(parents=True)
    (directory / "audio_separate" / "microphone.ogg").write_bytes(b"sound")
    (directory / ".headroom").touch()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").touch()
    (directory / "link").symlink_to(elsewhere)
    Lock(directory).delete_directory()
    assert [path.name for path in tmp_path.iterdir()] == ["elsewhere"]
    assert (elsewhere / "precious").exists()


def test_a_directory_that_was_deleted_meanwhile(tmp_path: Path) -> None:
    directory = tmp_path / "recording"
    directory.mkdir()
    lock = Lock(directory)
    (directory / LOCK_NAME).unlink()
    directory.rmdir()
    with pytest.raises(FolderNotWritable):
        lock.delete_directory()
    lock.release()
