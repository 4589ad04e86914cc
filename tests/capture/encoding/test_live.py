"""What others can hear and see of a recording while it runs."""

import base64
import io
import queue
from collections.abc import Callable

import av
import numpy as np
import pytest

from capture.audio.base import RATE_HZ, Samples
from capture.encoding.converter import Picture
from capture.encoding.live import LIVE_RATE_HZ, Live, PictureWatch, SoundTap, png
from capture.events import LivePicture, LiveSound
from capture.recording import NS_PER_S, LiveMedia, Side
from tests.capture.encoding.pictures import picture

LIMIT_S = 20.0


def tone(pitch_hz: float, seconds: float) -> Samples:
    wave = 0.5 * np.sin(2 * np.pi * pitch_hz * np.arange(round(seconds * RATE_HZ)) / RATE_HZ)
    return np.repeat(wave[:, np.newaxis], 2, axis=1).astype(np.float32)


def heard(sound: Samples, block: int) -> tuple[np.ndarray, list[LiveSound]]:
    told: list[LiveSound] = []
    tap = SoundTap(told.append)
    for begin in range(0, len(sound), block):
        tap.hear(sound[begin : begin + block])
    return np.frombuffer(b"".join(base64.b64decode(each.buffer) for each in told), "<i2"), told


@pytest.mark.parametrize("block", [480, 4801, 48_000])
def test_sound_is_unbroken_and_each_piece_says_where_it_begins(block: int) -> None:
    samples, told = heard(tone(1000, 3), block)
    assert len(samples) == pytest.approx(3 * LIVE_RATE_HZ, abs=LIVE_RATE_HZ * 0.01)
    spectrum = np.abs(np.fft.rfft(samples[:LIVE_RATE_HZ] / 32768))
    assert np.argmax(spectrum) == 1000
    assert samples.max() == pytest.approx(0.5 * 32768, rel=0.01)
    at = 0
    for each in told:
        assert each.at_ns == at * NS_PER_S // LIVE_RATE_HZ
        at += len(base64.b64decode(each.buffer)) // 2


def test_what_16_khz_cannot_hold_is_not_folded_into_it() -> None:
    samples, _ = heard(tone(10_000, 1), 4800)
    assert np.abs(samples[LIVE_RATE_HZ // 10 :]).max() < 100


def test_no_sound_is_no_news() -> None:
    told: list[LiveSound] = []
    SoundTap(told.append).hear(np.zeros((0, 2), np.float32))
    assert told == []


def pixels(width_px: int, height_px: int) -> np.ndarray:
    found = np.zeros((height_px, width_px, 4), np.uint8)
    found[: height_px // 2] = (0, 0, 255, 255)
    return found


@pytest.mark.parametrize(
    ("size", "expected"),
    [((640, 360), (640, 360)), ((1920, 1080), (1280, 720)), ((2000, 500), (1280, 320)), ((500, 2000), (180, 720))],
)
def test_pictures_keep_their_proportions(size: tuple[int, int], expected: tuple[int, int]) -> None:
    with av.open(io.BytesIO(png(picture(pixels(*size)).planes)), "r") as file:
        (shown,) = file.decode(video=0)
    rgb = shown.to_ndarray(format="rgb24")
    assert (shown.width, shown.height) == expected
    assert np.abs(rgb[10, 10].astype(int) - (255, 0, 0)).max() < 12
    assert rgb[-10, 10].max() < 12


class FakeStudio:
    """Shows what it is given, one picture a look, and then the last for ever."""

    def __init__(self, *pictures: Picture | None) -> None:
        self._pictures = list(pictures)
        self.hears: list[Callable[[Samples], None]] = []

    def listen(self, hear: Callable[[Samples], None]) -> None:
        self.hears.append(hear)

    def listen_to(self, side: Side, hear: Callable[[Samples], None]) -> None:  # noqa: ARG002 - whoever asks is counted
        self.hears.append(hear)

    def seen(self) -> Picture | None:
        return self._pictures.pop(0) if len(self._pictures) > 1 else self._pictures[0]

    def now_ns(self) -> int:
        return 7


def test_a_picture_that_stands_is_told_again_and_none_where_there_is_none() -> None:
    told: queue.SimpleQueue[LivePicture] = queue.SimpleQueue()
    standing = picture(pixels(64, 64))
    watch = PictureWatch(FakeStudio(None, standing, standing), told.put)
    first, second = (told.get(timeout=LIMIT_S) for _ in range(2))
    watch.stop()
    assert first.buffer is second.buffer
    assert first.at_ns == 7


def test_what_nobody_wants_is_not_even_listened_to() -> None:
    for wanted, count in (((), 0), ((LiveMedia.SOUND,), 1), ((LiveMedia.SIDES,), 2)):
        studio = FakeStudio(None)
        live = Live(wanted, lambda _: None)
        live.attach(studio)
        live.close()
        assert len(studio.hears) == count
