"""What a recording holds: its numbers, its length, and how true its pictures are."""

import itertools
import json
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.benchmarks.capture import stamp
from tests.benchmarks.capture.film import Film, shown
from tests.rig.sound import RigFailed

LIMIT_S = 600
SAMPLES = 8
"""Pictures that are compared; each costs as many bytes as a screen has."""

SSIM = re.compile(r"SSIM Y:([\d.]+)")


@dataclass(frozen=True, slots=True)
class Stream:
    duration_s: float
    colour_space: str
    pictures: int


@dataclass(frozen=True, slots=True)
class Continuity:
    """By the numbers in the pictures. ``shown`` were on the screen, ``missed`` of them are in no picture.

    ``duplicated`` pictures repeat the one before; ``unreadable`` ones are torn or coded beyond reading.
    """

    shown: int
    missed: int
    duplicated: int
    unreadable: int


def probe(video: Path) -> Stream:
    """Raises ``RigFailed`` where there is no video."""
    entries = ("-count_packets", "-show_entries", "format=duration:stream=color_space,nb_read_packets", "-of", "json")
    answer = json.loads(_run(("ffprobe", "-loglevel", "error", "-select_streams", "v:0", *entries, str(video))))
    stream = answer["streams"][0]
    pictures = int(stream["nb_read_packets"])
    return Stream(float(answer["format"]["duration"]), stream.get("color_space", "unknown"), pictures)


def numbers(video: Path, film: Film) -> list[int | None]:
    """Of every picture in the file, in order."""
    if film.area is None:
        return []
    crop = f"crop={stamp.WIDTH_PX}:{stamp.HEIGHT_PX}:{film.area.x_px}:{film.area.y_px},format=gray"
    raw = ("-fps_mode", "passthrough", "-f", "rawvideo", "-")
    pictures = _run(("ffmpeg", "-loglevel", "error", "-threads", "1", "-i", str(video), "-vf", crop, *raw))
    grey = np.frombuffer(pictures, np.uint8).reshape(-1, stamp.HEIGHT_PX, stamp.WIDTH_PX)
    return [stamp.read(picture) for picture in grey]


def continuity(recorded: Sequence[int | None], on_screen: Sequence[int]) -> Continuity:
    """``on_screen``: what was shown while the recorder surely ran."""
    read = [number for number in recorded if number is not None]
    duplicated = sum(one == following for one, following in itertools.pairwise(read))
    due = set(on_screen)
    return Continuity(len(due), len(due - set(read)), duplicated, len(recorded) - len(read))


def likeness(video: Path, film: Film, recorded: Sequence[int | None], stream: Stream) -> float:
    """Structural similarity (SSIM) of the luma against what was on the screen: the mean of a few pictures."""
    samples = _samples(recorded, stream.pictures)
    height_px, width_px = film.background.shape[:2]
    matrix = "bt709" if stream.colour_space == "bt709" else "bt601"
    chosen = "+".join(f"eq(n,{position})" for position in samples)
    still = "settb=1/30,setpts=N"
    graph = (
        f"[0:v]select='{chosen}',format=yuv420p,{still}[recorded];"
        f"[1:v]scale=out_color_matrix={matrix}:out_range=tv,format=yuv420p,{still}[screen];"
        "[recorded][screen]ssim"
    )
    raw = ("-f", "rawvideo", "-pixel_format", "bgr0", "-video_size", f"{width_px}x{height_px}", "-i", "-")
    command = ("ffmpeg", "-threads", "1", "-i", str(video), *raw, "-lavfi", graph, "-f", "null", "-")
    screens = b"".join(shown(film, number).tobytes() for number in samples.values())
    found = SSIM.search(_run((*command[:1], "-hide_banner", *command[1:]), screens, said=True).decode())
    if found is None:
        message = "ffmpeg measured nothing"
        raise RigFailed(message)
    return float(found[1])


def _samples(recorded: Sequence[int | None], pictures: int) -> dict[int, int]:
    """Numbers by position in the file, in its last two thirds. Without numbers all pictures show the same."""
    if not recorded:
        return {min(3, pictures - 1): 0}
    readable = [(position, number) for position, number in enumerate(recorded) if number is not None]
    late = readable[len(readable) // 3 :]
    if not late:
        message = "no picture of the recording can be read"
        raise RigFailed(message)
    return dict(sorted({late[len(late) * sample // SAMPLES] for sample in range(SAMPLES)}))


def _run(command: tuple[str, ...], given: bytes = b"", *, said: bool = False) -> bytes:
    """What it wrote, or what it ``said`` on standard error."""
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=LIMIT_S, check=False)
    except subprocess.TimeoutExpired as error:
        message = f"{command[0]} took more than {LIMIT_S} s"
        raise RigFailed(message) from error
    if done.returncode:
        message = f"{command[0]}: {done.stderr.decode(errors='replace')[-2000:]}"
        raise RigFailed(message)
    return done.stderr if said else done.stdout
