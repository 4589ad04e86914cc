"""Whether the microphone is muted, as real sound servers tell it."""

import queue
from collections.abc import Iterator

import pytest

from capture.audio.mute_watch import MuteWatch
from capture.errors import SourceUnavailable
from capture.recording import DEFAULT_DEVICE, DeviceId
from tests.rig.sound import MICROPHONE, MONITOR, SoundServer

LIMIT_S = 30.0


class Told:
    def __init__(self) -> None:
        self._told: queue.SimpleQueue[bool] = queue.SimpleQueue()

    def __call__(self, is_muted: bool) -> None:  # noqa: FBT001 - a callback of one argument
        self._told.put(is_muted)

    def next(self) -> bool:
        return self._told.get(timeout=LIMIT_S)

    @property
    def is_silent(self) -> bool:
        return self._told.empty()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture(params=[DEFAULT_DEVICE, DeviceId(MICROPHONE)])
def watch(request: pytest.FixtureRequest, sound_server: SoundServer, told: Told) -> Iterator[MuteWatch]:
    watch = MuteWatch(request.param, told)
    watch.start()
    yield watch
    watch.stop()
    sound_server.control("set-source-mute", MICROPHONE, "0")


@pytest.mark.usefixtures("watch")
def test_microphone_is_muted_and_unmuted(sound_server: SoundServer, told: Told) -> None:
    assert told.next() is False
    for is_muted in (True, False):
        sound_server.control("set-source-mute", MICROPHONE, str(int(is_muted)))
        assert told.next() is is_muted


def test_another_default_is_another_microphone(sound_server: SoundServer, told: Told) -> None:
    sound_server.control("set-source-mute", MICROPHONE, "1")
    watch = MuteWatch(DEFAULT_DEVICE, told)
    watch.start()
    try:
        assert told.next() is True
        sound_server.set_default_source(MONITOR)
        assert told.next() is False
    finally:
        watch.stop()
        sound_server.set_default_source(MICROPHONE)
        sound_server.control("set-source-mute", MICROPHONE, "0")


def test_server_that_comes_back_is_asked_again(sound_server: SoundServer, told: Told) -> None:
    watch = MuteWatch(DEFAULT_DEVICE, told)
    watch.start()
    try:
        assert told.next() is False
        sound_server.kill()
        sound_server.restart()
        assert told.next() is False
    finally:
        watch.stop()


def test_without_a_sound_server(monkeypatch: pytest.MonkeyPatch, told: Told) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent/native")
    with pytest.raises(SourceUnavailable):
        MuteWatch(DEFAULT_DEVICE, told).start()


def test_stop_is_final_and_may_be_said_twice(sound_server: SoundServer, told: Told) -> None:
    watch = MuteWatch(DEFAULT_DEVICE, told)
    watch.start()
    assert told.next() is False
    watch.stop()
    watch.stop()
    sound_server.control("set-source-mute", MICROPHONE, "1")
    sound_server.control("set-source-mute", MICROPHONE, "0")
    assert told.is_silent


def test_stop_while_the_server_is_frozen(sound_server: SoundServer, told: Told) -> None:
    watch = MuteWatch(DEFAULT_DEVICE, told)
    watch.start()
    sound_server.freeze()
    try:
        watch.stop()
    finally:
        sound_server.thaw()
