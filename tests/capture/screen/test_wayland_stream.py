"""From PipeWire's buffers to the recorder's frame, without a compositor: the buffers are made here, byte by byte."""

import ctypes
import os
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from capture.errors import SourceUnavailable
from capture.screen import pipewire_library as pw
from capture.screen import spa
from capture.screen.base import VideoFormat
from capture.screen.letterbox import Letterbox
from capture.screen.mirror import BAND_ROWS, Mirror
from capture.screen.pipewire import Delivery, PipeWireStream
from capture.screen.pipewire_library import LibPipeWire, StreamState
from capture.screen.trouble import Trouble

WIDTH_PX, HEIGHT_PX = 12, 10
ALL_ROWS = (0, HEIGHT_PX)
Picture = NDArray[np.uint8]


@dataclass(slots=True)
class Heard:
    """A ``StreamListener`` that feeds a mirror and remembers the rest."""

    mirror: Mirror = field(default_factory=Mirror)
    sizes: list[tuple[int, int]] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    states: list[tuple[StreamState, str]] = field(default_factory=list)

    def on_format(self, width_px: int, height_px: int) -> None:
        self.sizes.append((width_px, height_px))

    def on_delivery(self, delivery: Delivery) -> None:
        self.deliveries.append(delivery)
        self.mirror.put(delivery)

    def on_state(self, state: StreamState, reason: str) -> None:
        self.states.append((state, reason))


class FakePipeWire(LibPipeWire):
    """The library's calls, as far as a stream makes them; addresses are numbers that nobody follows."""

    def __init__(self) -> None:
        self.loop_new = lambda *_: 1
        self.loop_get_loop = lambda *_: 2
        self.loop_start = lambda *_: 0
        self.loop_stop = lambda *_: None
        self.loop_destroy = lambda *_: None
        self.context_new = lambda *_: 3
        self.context_destroy = lambda *_: None
        self.context_connect_fd = lambda *_: 4
        self.core_disconnect = lambda *_: 0
        self.properties_new = lambda *_: 5
        self.stream_new = lambda *_: 6
        self.stream_destroy = lambda *_: None
        self.stream_connect = lambda *_: 0
        self.stream_update_params = lambda *_: 0
        self.stream_add_listener = self._listen
        self.stream_dequeue_buffer = lambda _: self.waiting.popleft() if self.waiting else None
        self.stream_queue_buffer = self._take_back
        self.waiting: deque[int] = deque()
        self.returned: list[int | None] = []
        self.events: Any = None

    def _listen(self, _stream: int | None, _hook: object, events: Any, _data: None) -> None:  # noqa: ANN401 - byref's type has no name
        self.events = events._obj

    def _take_back(self, _stream: int | None, buffer: int | None) -> int:
        self.returned.append(buffer)
        return 0


class Sender:
    """The compositor's end: makes buffers and keeps them alive."""

    def __init__(self, library: FakePipeWire) -> None:
        self._library = library
        self._kept: list[object] = []

    def agree(self, width_px: int = WIDTH_PX, height_px: int = HEIGHT_PX, order: int = spa.PixelOrder.BGRX) -> None:
        size, kind = np.array([width_px, height_px], np.uint32).tobytes(), np.uint32(order).tobytes()
        body = _words(0x40003, 4) + _words(0x20001, 0, 4, 3) + kind + bytes(4) + _words(0x20003, 0, 8, 10) + size
        pod = ctypes.create_string_buffer(_words(len(body), 15) + body)
        self._library.events.param_changed(None, spa.Parameter.FORMAT, ctypes.addressof(pod))

    def send(self, picture: Picture, *metas: tuple[int, bytes], flags: int = 0, cut_bytes: int = 0) -> None:
        """``picture`` is ``(height, stride in pixels, 4)``; ``metas`` are types and contents."""
        memory = ctypes.create_string_buffer(picture.tobytes(), picture.nbytes)
        chunk = pw.SpaChunk(0, picture.nbytes - cut_bytes, picture.shape[1] * 4, flags)
        data = pw.SpaData(maxsize=picture.nbytes, data=ctypes.addressof(memory), chunk=ctypes.addressof(chunk))
        contents = [ctypes.create_string_buffer(content, len(content)) for _, content in metas]
        headers = (pw.SpaMeta * max(1, len(metas)))(
            *(
                pw.SpaMeta(kind, len(content), ctypes.addressof(buffer))
                for (kind, content), buffer in zip(metas, contents, strict=True)
            )
        )
        buffer = pw.SpaBuffer(len(metas), 1, ctypes.addressof(headers), ctypes.addressof(data))
        outer = pw.PwBuffer(ctypes.addressof(buffer), None, 0)
        self._kept += [memory, chunk, data, contents, headers, buffer, outer]
        self._library.waiting.append(ctypes.addressof(outer))
        self._library.events.process(None)


def _words(*values: int) -> bytes:
    return np.array(values, np.uint32).tobytes()


def damage(*regions: tuple[int, int, int, int]) -> tuple[int, bytes]:
    return spa.MetaType.VIDEO_DAMAGE, _words(*(value for region in regions for value in region), 0, 0, 0, 0)


def crop(left_px: int, top_px: int, width_px: int, height_px: int) -> tuple[int, bytes]:
    return spa.MetaType.VIDEO_CROP, _words(left_px, top_px, width_px, height_px)


def header(pts_ns: int) -> tuple[int, bytes]:
    return spa.MetaType.HEADER, bytes(8) + np.int64(pts_ns).tobytes() + bytes(16)


def noise(seed: int, width_px: int = WIDTH_PX, height_px: int = HEIGHT_PX) -> Picture:
    return np.random.default_rng(seed).integers(0, 255, (height_px, width_px, 4), np.uint8)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def library() -> FakePipeWire:
    return FakePipeWire()


@pytest.fixture
def sender(library: FakePipeWire, heard: Heard) -> Iterator[Sender]:
    stream = PipeWireStream(library, 30, heard)
    stream.open(0, 42)
    sender = Sender(library)
    sender.agree()
    yield sender
    stream.close()


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox(VideoFormat(WIDTH_PX, HEIGHT_PX))


def test_picture_with_time_and_damage(sender: Sender, heard: Heard, letterbox: Letterbox) -> None:
    first, second = noise(1), noise(2)
    sender.send(first, header(123_456_789), damage((0, 0, WIDTH_PX, HEIGHT_PX)))
    change = heard.mirror.take(letterbox)
    assert change is not None
    assert (change.rows, change.captured_ns) == (ALL_ROWS, 123_456_789)
    assert heard.sizes == [(WIDTH_PX, HEIGHT_PX)]
    sender.send(second, damage((1, 2, 3, 1), (5, 6, 1, 2)))
    change = heard.mirror.take(letterbox)
    assert change is not None
    assert (change.rows, change.captured_ns) == ((2, 8), None)
    assert np.array_equal(letterbox.pixels[2:8], second[2:8])
    assert np.array_equal(letterbox.pixels[:2], first[:2])
    assert heard.mirror.take(letterbox) is None


@pytest.mark.parametrize("metas", [(), (damage(),)], ids=["absent", "empty"])
def test_unknown_damage_is_everything(
    sender: Sender, heard: Heard, letterbox: Letterbox, metas: tuple[tuple[int, bytes], ...]
) -> None:
    sender.send(noise(1))
    heard.mirror.take(letterbox)
    picture = noise(2)
    sender.send(picture, *metas)
    change = heard.mirror.take(letterbox)
    assert change is not None
    assert change.rows == ALL_ROWS
    assert np.array_equal(letterbox.pixels, picture)


def tall(seed: int) -> Picture:
    return noise(seed, height_px=5 * BAND_ROWS)


@pytest.mark.parametrize("order", [spa.PixelOrder.BGRX, spa.PixelOrder.RGBX])
@pytest.mark.parametrize("metas", [(), (damage((0, 0, WIDTH_PX, 5 * BAND_ROWS)),)], ids=["absent", "of all"])
def test_damage_that_says_nothing_is_looked_into(
    sender: Sender, heard: Heard, metas: tuple[tuple[int, bytes], ...], order: spa.PixelOrder
) -> None:
    letterbox, picture = Letterbox(VideoFormat(WIDTH_PX, 5 * BAND_ROWS)), tall(1)
    sender.agree(height_px=len(picture), order=order)
    sender.send(picture, *metas)
    assert heard.mirror.take(letterbox) is not None
    sender.send(picture, *metas)
    assert not heard.mirror.stirred.is_set()
    assert heard.mirror.take(letterbox) is None
    picture[BAND_ROWS + 3] = tall(2)[0]
    picture[3 * BAND_ROWS - 1] = tall(3)[0]
    sender.send(picture, *metas)
    change = heard.mirror.take(letterbox)
    assert change is not None
    assert change.rows == (BAND_ROWS, 3 * BAND_ROWS)
    shown = picture if order is spa.PixelOrder.BGRX else picture[..., 2::-1]
    assert np.array_equal(letterbox.pixels[..., :3], shown[..., :3])


def test_window_is_cropped(sender: Sender, heard: Heard) -> None:
    """The picture of a window lies somewhere in a larger buffer; damage is in the buffer's pixels."""
    letterbox, picture = Letterbox(VideoFormat(6, 4)), noise(1)
    sender.send(picture, crop(3, 2, 6, 4))
    assert heard.mirror.size_px == (6, 4)
    heard.mirror.take(letterbox)
    assert np.array_equal(letterbox.pixels, picture[2:6, 3:9])
    picture = noise(2)
    sender.send(picture, crop(3, 2, 6, 4), damage((0, 4, 12, 1)))
    change = heard.mirror.take(letterbox)
    assert change is not None
    assert change.rows == (2, 3)
    assert np.array_equal(letterbox.pixels[2], picture[4, 3:9])
    sender.send(noise(3), crop(3, 2, 6, 4), damage((0, 8, 12, 2)))
    assert heard.mirror.take(letterbox) is None


def test_moved_crop_is_a_new_picture(sender: Sender, heard: Heard) -> None:
    letterbox, picture = Letterbox(VideoFormat(6, 4)), noise(1)
    sender.send(picture, crop(3, 2, 6, 4))
    heard.mirror.take(letterbox)
    sender.send(picture, crop(4, 2, 6, 4), damage((0, 0, 1, 1)))
    change = heard.mirror.take(letterbox)
    assert change is not None
    assert change.rows == (0, 4)
    assert np.array_equal(letterbox.pixels, picture[2:6, 4:10])


def test_stride_is_longer_than_the_row(sender: Sender, heard: Heard, letterbox: Letterbox) -> None:
    padded = noise(1, width_px=WIDTH_PX + 4)
    sender.send(padded)
    heard.mirror.take(letterbox)
    assert np.array_equal(letterbox.pixels, padded[:, :WIDTH_PX])


def test_red_before_blue(library: FakePipeWire, sender: Sender, heard: Heard, letterbox: Letterbox) -> None:
    sender.agree(order=spa.PixelOrder.RGBA)
    picture = noise(1)
    sender.send(picture)
    heard.mirror.take(letterbox)
    assert np.array_equal(letterbox.pixels[..., :3], picture[..., 2::-1])
    assert len(library.returned) == 1


@pytest.mark.parametrize("spoil", [{"flags": pw.CHUNK_CORRUPTED}, {"cut_bytes": 4}], ids=["corrupted", "cut short"])
def test_spoilt_buffer_is_left_out(library: FakePipeWire, sender: Sender, heard: Heard, spoil: dict[str, int]) -> None:
    sender.send(noise(1), **spoil)
    assert heard.deliveries == []
    assert len(library.returned) == 1


def test_format_that_was_not_offered_is_a_failure(sender: Sender, heard: Heard) -> None:
    sender.agree(order=spa.PixelOrder.BGRX + 1)
    assert [state for state, _ in heard.states] == [StreamState.ERROR]


def test_fault_of_the_listener_is_a_failure(
    library: FakePipeWire, sender: Sender, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heard.mirror, "put", _fail)
    sender.send(noise(1))
    assert heard.states == [(StreamState.ERROR, "out of order")]
    assert len(library.returned) == 1


def _fail(_: Delivery) -> None:
    message = "out of order"
    raise RuntimeError(message)


@pytest.mark.parametrize(
    ("call", "answer", "trouble"),
    [
        ("context_new", None, Trouble.NO_LIBRARY),
        ("context_connect_fd", None, Trouble.PIPEWIRE_SILENT),
        ("stream_connect", -13, "refuses"),
    ],
)
def test_refusals(library: FakePipeWire, heard: Heard, call: str, answer: int | None, trouble: str) -> None:
    refuse: Callable[..., int | None] = lambda *_: answer  # noqa: E731 - its type needs a name
    setattr(library, call, refuse)
    with pytest.raises(SourceUnavailable, match=trouble):
        PipeWireStream(library, 30, heard).open(os.open("/dev/null", os.O_RDONLY), 42)


def test_library_is_told_the_rate_and_the_memory() -> None:
    offered = spa.offered_format(15)
    assert spa.pod_bytes(offered) == len(offered)
    assert offered.count(np.array([15, 1], np.uint32).tobytes()) == 3
    assert all(spa.pod_bytes(pod) == len(pod) for pod in spa.wanted_buffers())
