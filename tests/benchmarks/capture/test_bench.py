"""The instrument is measured before it measures."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.capture import stamp
from tests.benchmarks.capture.film import Film, Kind, make, shown
from tests.benchmarks.capture.inspection import Continuity, Stream, continuity, likeness, numbers, probe
from tests.benchmarks.capture.player import numbers_shown, playing
from tests.benchmarks.capture.processes import NS_PER_S, reap, tree_cpu_ns
from tests.benchmarks.capture.stamp import Pixels
from tests.rig.screen import private_xvfb

WIDTH_PX, HEIGHT_PX = 960, 540
UNTAGGED = Stream(0.0, "unknown", 12)
UPDATES = [0, 1, 2, 2, 5, 0xABCDEF, 47, 48]
BUSY = "import time\nwhile time.process_time() < 0.3: pass\n"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}]); print(flush=True); input()"


@pytest.fixture(scope="module")
def film() -> Film:
    return make(Kind.MOTION, WIDTH_PX, HEIGHT_PX)


def encode(pictures: list[Pixels], path: Path, quality: int) -> Path:
    size = ("-f", "rawvideo", "-pixel_format", "bgr0", "-video_size", f"{WIDTH_PX}x{HEIGHT_PX}", "-framerate", "30")
    codec = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", str(quality), "-pix_fmt", "yuv420p")
    command = ("ffmpeg", "-loglevel", "error", *size, "-i", "-", *codec, str(path))
    subprocess.run(command, input=b"".join(picture.tobytes() for picture in pictures), check=True, timeout=60)
    return path


@pytest.mark.parametrize("quality", [18, 40])
def test_numbers_survive_the_encoder(film: Film, tmp_path: Path, quality: int) -> None:
    video = encode([shown(film, update) for update in UPDATES], tmp_path / "out.mp4", quality)
    assert numbers(video, film) == UPDATES
    assert probe(video).duration_s == pytest.approx(len(UPDATES) / 30, abs=0.05)


def test_a_torn_picture_is_not_read() -> None:
    upper, lower = (np.zeros((stamp.HEIGHT_PX, stamp.WIDTH_PX, 4), np.uint8) for _ in range(2))
    stamp.paint(upper, 6)
    stamp.paint(lower, 7)
    upper[stamp.BLOCK_PX :] = lower[stamp.BLOCK_PX :]
    assert stamp.read(upper[..., 0]) is None


def test_what_is_missed_and_repeated_is_counted() -> None:
    recorded = [1, 2, 2, None, 5, 6, 9]
    assert continuity(recorded, [2, 3, 5, 6, 7]) == Continuity(shown=5, missed=2, duplicated=1, unreadable=1)


def test_likeness_tells_good_from_bad(film: Film, tmp_path: Path) -> None:
    pictures = [shown(film, update) for update in range(12)]
    good, bad = (encode(pictures, tmp_path / f"{quality}.mp4", quality) for quality in (5, 45))
    recorded = list(range(12))
    assert likeness(good, film, recorded, UNTAGGED) > 0.98
    assert likeness(bad, film, recorded, UNTAGGED) < 0.6
    assert likeness(good, film, [number + 20 for number in recorded], UNTAGGED) < 0.6


@pytest.mark.parametrize("kind", [Kind.TYPING, Kind.SCROLLING, Kind.MOTION])
def test_the_player_shows_what_its_log_says(kind: Kind, tmp_path: Path) -> None:
    """By a lossless recording of other code, past the place where each film begins anew."""
    film = make(kind, WIDTH_PX, HEIGHT_PX)
    with private_xvfb(WIDTH_PX, HEIGHT_PX) as display, playing(kind, 50, display.environment) as log:
        video = tmp_path / "out.mkv"
        grab = ("-f", "x11grab", "-framerate", "10", "-draw_mouse", "0", "-i", display.name, "-t", "5")
        command = ("ffmpeg", "-loglevel", "error", *grab, "-c:v", "libx264", "-preset", "ultrafast", "-qp", "0")
        subprocess.run((*command, "-pix_fmt", "yuv420p", str(video)), check=True, timeout=60)
        logged = numbers_shown(log, 0, sys.maxsize)
    recorded = numbers(video, film)
    read = [number for number in recorded if number is not None]
    assert len(read) == len(recorded)
    assert set(read) <= {*logged, logged[-1] + 1}
    assert read[-1] - read[0] > 60
    assert len(set(read)) > 5
    assert likeness(video, film, recorded, UNTAGGED) > 0.999


def test_the_cost_of_a_process_includes_its_children() -> None:
    command = (sys.executable, "-c", PARENT)
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        alive_ns = tree_cpu_ns(process.pid)
        process.stdin.write(b"\n")
        process.stdin.close()
        cost = reap(process, 10)
    assert 0.3 * NS_PER_S <= alive_ns <= cost.cpu_ns + 0.02 * NS_PER_S
