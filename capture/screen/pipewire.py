"""A PipeWire video stream: from the descriptor that a portal hands out to pictures with their damage."""

import ctypes
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from capture.screen import pipewire_library as pw
from capture.screen import spa
from capture.screen.base import Pixels
from capture.screen.geometry import Rectangle
from capture.screen.pipewire_library import Address, LibPipeWire, StreamState
from capture.screen.trouble import Trouble, unavailable

logger = logging.getLogger(__name__)

CLIENT_NAME = b"Afterword"
PROPERTIES = b"{ media.type = Video, media.category = Capture, media.role = Screen }"
BYTES_PER_PIXEL = 4
REVERSED = {spa.PixelOrder.RGBX, spa.PixelOrder.RGBA}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One picture as it comes.

    ``pixels`` are blue, green, red and perhaps a fourth byte without meaning; they are the compositor's memory, and
    hold until the listener returns. ``damage`` and ``crop`` are in their coordinates; ``damage`` is ``None`` where it
    is not known. ``captured_ns`` is on the monotonic clock, by the compositor.
    """

    pixels: Pixels
    damage: tuple[Rectangle, ...] | None
    crop: Rectangle | None
    captured_ns: int | None


class StreamListener(Protocol):
    """Called on PipeWire's thread; must not block, and must not call the stream."""

    def on_format(self, width_px: int, height_px: int) -> None:
        """Of the deliveries to come, before a crop."""
        ...

    def on_delivery(self, delivery: Delivery) -> None: ...

    def on_state(self, state: StreamState, reason: str) -> None:
        """``reason`` is empty unless the stream failed."""
        ...


class PipeWireStream:
    """Used by one thread at a time. Opened once."""

    def __init__(self, library: LibPipeWire, rate_fps: int, listener: StreamListener) -> None:
        self._pipewire = library
        self._rate_fps = rate_fps
        self._listener = listener
        self._format: spa.PictureFormat | None = None
        self._loop: Address = None
        self._context: Address = None
        self._connection: Address = None
        self._stream: Address = None
        self._hook = ctypes.create_string_buffer(pw.HOOK_BYTES)
        self._events = pw.StreamEvents(
            version=pw.STREAM_EVENTS_VERSION,
            state_changed=pw.StateCallback(self._guarded(self._state_changed)),
            param_changed=pw.ParameterCallback(self._guarded(self._parameter_changed)),
            process=pw.ProcessCallback(self._guarded(self._process)),
        )

    def open(self, remote_fd: int, node: int) -> None:
        """Takes ``remote_fd`` over, whatever comes. Raises ``SourceUnavailable``, and then holds nothing."""
        self._loop = self._pipewire.loop_new(CLIENT_NAME, None)
        self._context = self._pipewire.context_new(self._pipewire.loop_get_loop(self._loop), None, 0)
        if self._context is None:
            os.close(remote_fd)
            self._fail(Trouble.NO_LIBRARY)
        self._connection = self._pipewire.context_connect_fd(self._context, remote_fd, None, 0)
        if self._connection is None:
            self._fail(Trouble.PIPEWIRE_SILENT)
        self._connect_stream(node)
        self._pipewire.loop_start(self._loop)

    def set_active(self, *, active: bool) -> None:
        """An inactive stream rests: the compositor draws nothing for it."""
        self._pipewire.loop_lock(self._loop)
        try:
            self._pipewire.stream_set_active(self._stream, active)
        finally:
            self._pipewire.loop_unlock(self._loop)

    def close(self) -> None:
        """Idempotent. The listener hears nothing more once it returns."""
        if self._loop is not None:
            self._pipewire.loop_stop(self._loop)
        if self._stream is not None:
            self._pipewire.stream_destroy(self._stream)
        if self._connection is not None:
            self._pipewire.core_disconnect(self._connection)
        if self._context is not None:
            self._pipewire.context_destroy(self._context)
        if self._loop is not None:
            self._pipewire.loop_destroy(self._loop)
        self._stream = self._connection = self._context = self._loop = None

    def _connect_stream(self, node: int) -> None:
        properties = self._pipewire.properties_new(PROPERTIES)
        self._stream = self._pipewire.stream_new(self._connection, CLIENT_NAME, properties)
        self._pipewire.stream_add_listener(self._stream, self._hook, ctypes.byref(self._events), None)
        formats = _pointers([spa.offered_format(self._rate_fps)])
        flags = pw.StreamFlags.AUTOCONNECT | pw.StreamFlags.MAP_BUFFERS
        error = self._pipewire.stream_connect(self._stream, pw.INPUT, node, flags, formats, len(formats))
        if error < 0:
            self._fail(f"PipeWire refuses the stream: {os.strerror(-error)}")

    def _fail(self, reason: str) -> None:
        self.close()
        raise unavailable(reason)

    def _guarded(self, act: Callable[..., None]) -> Callable[..., None]:
        """The top of PipeWire's thread: a fault of ours is told like a failure of the stream."""

        def top(*arguments: Any) -> None:  # noqa: ANN401 - as the library calls it
            try:
                act(*arguments)
            except Exception as error:
                logger.exception("a picture could not be taken")
                self._listener.on_state(StreamState.ERROR, str(error))

        return top

    def _state_changed(self, _: Address, _before: int, now: int, error: bytes | None) -> None:
        self._listener.on_state(StreamState(now), (error or b"").decode(errors="replace"))

    def _parameter_changed(self, _: Address, parameter: int, pod: Address) -> None:
        """The compositor has chosen a format, at first or because the screen's size has changed."""
        if parameter != spa.Parameter.FORMAT or pod is None:
            return
        length = spa.pod_bytes(ctypes.string_at(pod, spa.HEADER_BYTES))
        self._format = spa.read_format(ctypes.string_at(pod, length))
        self._listener.on_format(self._format.width_px, self._format.height_px)
        buffers = _pointers(spa.wanted_buffers())
        self._pipewire.stream_update_params(self._stream, buffers, len(buffers))

    def _process(self, _: Address) -> None:
        while (buffer := self._pipewire.stream_dequeue_buffer(self._stream)) is not None:
            try:
                self._take(buffer)
            finally:
                self._pipewire.stream_queue_buffer(self._stream, buffer)

    def _take(self, buffer: int) -> None:
        delivery = read_buffer(buffer, self._format) if self._format is not None else None
        if delivery is not None:
            self._listener.on_delivery(delivery)


def read_buffer(address: int, picture: spa.PictureFormat) -> Delivery | None:
    """``None`` for a buffer without a whole picture: it tells of the pointer alone, or is spoilt."""
    buffer = pw.SpaBuffer.from_address(pw.PwBuffer.from_address(address).buffer)
    pixels = _pixels(buffer, picture)
    if pixels is None:
        return None
    damage: tuple[Rectangle, ...] = ()
    crop, captured_ns = None, None
    for meta in _array(pw.SpaMeta, buffer.metas, buffer.n_metas):
        match meta.type:
            case spa.MetaType.HEADER:
                captured_ns = pw.MetaHeader.from_address(meta.data).pts
            case spa.MetaType.VIDEO_CROP:
                crop = next(_regions(meta), None)
            case spa.MetaType.VIDEO_DAMAGE:
                damage = tuple(_regions(meta))
    # A picture is sent because something has changed. Where nothing is said to have, it is not known what.
    return Delivery(pixels, damage or None, crop, captured_ns if captured_ns and captured_ns > 0 else None)


def _pixels(buffer: Any, picture: spa.PictureFormat) -> Pixels | None:  # noqa: ANN401 - ctypes knows no field types
    data = pw.SpaData.from_address(buffer.datas)
    chunk = pw.SpaChunk.from_address(data.chunk)
    row_bytes = picture.width_px * BYTES_PER_PIXEL
    stride_bytes = chunk.stride or row_bytes
    needed_bytes = stride_bytes * (picture.height_px - 1) + row_bytes
    there_bytes = min(chunk.size, data.maxsize - chunk.offset)
    if data.data is None or chunk.flags & pw.CHUNK_CORRUPTED or stride_bytes < row_bytes or there_bytes < needed_bytes:
        return None
    memory = (ctypes.c_uint8 * needed_bytes).from_address(data.data + chunk.offset)
    shape = (picture.height_px, picture.width_px, BYTES_PER_PIXEL)
    pixels: Pixels = np.ndarray(shape, np.uint8, memoryview(memory), strides=(stride_bytes, BYTES_PER_PIXEL, 1))
    return pixels[..., 2::-1] if picture.order in REVERSED else pixels


def _regions(meta: Any) -> Iterator[Rectangle]:  # noqa: ANN401 - ctypes knows no field types
    """An empty one ends the list."""
    for region in _array(pw.Region, meta.data, meta.size // spa.REGION_BYTES):
        if not region.width or not region.height:
            return
        yield Rectangle(region.x, region.y, region.width, region.height)


def _array(kind: type[ctypes.Structure], address: Address, count: int) -> Iterable[Any]:
    return (kind * count).from_address(address) if address and count else ()


def _pointers(pods: Iterable[bytes]) -> "ctypes.Array[ctypes.c_char_p]":
    """The array keeps alive what it points to."""
    kept = tuple(pods)
    return (ctypes.c_char_p * len(kept))(*kept)
