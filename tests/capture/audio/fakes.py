"""A ``sounddevice`` with a microphone that hums and a loudspeaker."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from capture.audio.base import RATE_HZ
from capture.audio.portaudio import BLOCK_FRAMES, WASAPI

MICROPHONE_NAME = "Microphone (USB)"
HUM_HZ = 440


class FakePortAudioError(Exception):
    pass


class FakeStream:
    """A thread calls back at the pace of a real device, as PortAudio's does."""

    def __init__(
        self, callback: Callable[[object, int, object, object], None], finished_callback: Callable[[], None]
    ) -> None:
        self._callback = callback
        self._finished_callback = finished_callback
        self._closing = threading.Event()
        self._muffled = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()

    def fail(self) -> None:
        """As when the cable is pulled: the stream ends, and says so."""
        self.close()

    def fall_silent(self) -> None:
        """As when the sound server behind it hangs: no more data, and not a word."""
        self._muffled.set()

    def _run(self) -> None:
        hum = 0.5 * np.sin(2 * np.pi * HUM_HZ * np.arange(BLOCK_FRAMES) / RATE_HZ)
        buffer = np.zeros((BLOCK_FRAMES, 1), np.float32)  # one for all blocks, as PortAudio's is
        while not self._closing.wait(BLOCK_FRAMES / RATE_HZ):
            if not self._muffled.is_set():
                buffer[:, 0] = hum
                self._callback(buffer, BLOCK_FRAMES, None, None)
                buffer[:] = 0.0
        self._finished_callback()


class FakeOutputStream:
    """As sounddevice's: what is written is heard only by who waits for its end with ``stop``."""

    def __init__(self, played: list[tuple[int, NDArray[np.float32]]], rate_hz: int, channels: int) -> None:
        self._played = played
        self._rate_hz = rate_hz
        self._channels = channels
        self._written: list[NDArray[np.float32]] = []
        self.closed = False

    def start(self) -> None:
        assert not self.closed

    def write(self, data: NDArray[np.float32]) -> bool:
        assert data.dtype == np.float32
        assert data.shape[1] == self._channels
        assert data.flags.c_contiguous
        self._written.append(data)
        return False

    def stop(self) -> None:
        self._played += [(self._rate_hz, data) for data in self._written]

    def close(self) -> None:
        self.closed = True


class FakeSoundDevice:
    """The part of the module ``sounddevice`` that is used, over two host APIs with the same microphone."""

    PortAudioError: type[Exception] = FakePortAudioError

    def __init__(self) -> None:
        self.plugged = True
        self.broken = False
        self.streams: list[FakeStream] = []
        self.options: list[Mapping[str, Any]] = []
        self.played: list[tuple[int, NDArray[np.float32]]] = []
        self.outputs: list[FakeOutputStream] = []
        self.restarts_while_open = 0
        self._listed = True

    def query_hostapis(self) -> Sequence[Mapping[str, Any]]:
        inputs = [1] if self._listed else []
        return (
            {"name": "MME", "devices": [0], "default_input_device": 0},
            {"name": WASAPI, "devices": [*inputs, 2], "default_input_device": 1 if inputs else -1},
        )

    def query_devices(self) -> Sequence[Mapping[str, Any]]:
        return (
            {"name": "Microsoft Sound Mapper", "max_input_channels": 2},
            {"name": MICROPHONE_NAME, "max_input_channels": 1},
            {"name": "Loudspeaker", "max_input_channels": 0},
        )

    def InputStream(self, **options: Any) -> FakeStream:  # noqa: N802, ANN401 - the library's own name and options
        if self.broken or not self.plugged:
            message = "Device unavailable"
            raise FakePortAudioError(message)
        self.options.append(options)
        stream = FakeStream(options["callback"], options["finished_callback"])
        self.streams.append(stream)
        return stream

    def OutputStream(self, **options: Any) -> FakeOutputStream:  # noqa: N802, ANN401 - the library's own name and options
        if self.broken:
            message = "Device unavailable"
            raise FakePortAudioError(message)
        assert options["dtype"] == "float32"
        self.outputs.append(FakeOutputStream(self.played, options["samplerate"], options["channels"]))
        return self.outputs[-1]

    def WasapiSettings(self, *, auto_convert: bool) -> object:  # noqa: N802 - the library's own name
        return ("wasapi", auto_convert)

    def _terminate(self) -> None:
        self.restarts_while_open += sum(stream._thread.is_alive() for stream in self.streams)

    def _initialize(self) -> None:
        self._listed = self.plugged
