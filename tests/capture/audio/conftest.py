"""Real sound servers: each test that asks for one is run on every kind that the machine has."""

import functools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from capture.audio.base import AudioSource
from capture.audio.pulse import PulseSource
from capture.recording import DEFAULT_DEVICE, Side
from tests.capture.audio import sounds as sounds_of
from tests.capture.audio.listening import Listener
from tests.rig.sound import SoundServer, has_pipewire, private_pipewire, private_pulseaudio

SERVERS: dict[str, Callable[[], AbstractContextManager[SoundServer]]] = {"PulseAudio": private_pulseaudio}
if has_pipewire():
    SERVERS["PipeWire"] = private_pipewire


@pytest.fixture(scope="package")
def server_named() -> Iterator[Callable[[str], SoundServer]]:
    """Started when it is first asked for. At rest the two take a fifth of a processor."""
    with ExitStack() as running:
        yield functools.cache(lambda name: running.enter_context(SERVERS[name]()))


@pytest.fixture(params=SERVERS)
def sound_server(
    request: pytest.FixtureRequest, server_named: Callable[[str], SoundServer], monkeypatch: pytest.MonkeyPatch
) -> Iterator[SoundServer]:
    """The one that this process finds; players end with the test."""
    server = server_named(request.param)
    if not server.is_intact():
        server.restart()
    for name, value in server.variables.items():
        monkeypatch.setenv(name, value)
    yield server
    server.hush()


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def start(listener: Listener) -> Iterator[Callable[[AudioSource], Listener]]:
    """Starts a source and hears it; stops it at the end. The first one is heard by the fixture ``listener``."""
    listeners, sources = [listener], []

    def start_source(source: AudioSource) -> Listener:
        hearer = listeners.pop() if listeners else Listener()
        source.start(hearer.on_block, hearer.on_event)
        sources.append(source)
        return hearer

    yield start_source
    for source in sources:
        source.stop()


@dataclass(frozen=True, slots=True)
class Sounds:
    """Files that last longer than any test."""

    beacon: Path
    tone: Path
    click: Path


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Sounds:
    folder = tmp_path_factory.mktemp("sounds")
    return Sounds(
        beacon=sounds_of.write(sounds_of.beacon(60), folder / "beacon.wav"),
        tone=sounds_of.write(sounds_of.tone(60), folder / "tone.wav"),
        click=sounds_of.write(sounds_of.beacon(0.1), folder / "click.wav"),
    )


@pytest.fixture
def meeting(sound_server: SoundServer, sounds: Sounds) -> SoundServer:
    """The local user is a beacon, the other side a tone, and both are to be heard already."""
    sound_server.say(Side.MICROPHONE, sounds.beacon)
    sound_server.say(Side.SYSTEM, sounds.tone)
    for side, hz in ((Side.MICROPHONE, sounds_of.BEACON_HZ), (Side.SYSTEM, sounds_of.TONE_HZ)):
        source, hearer = PulseSource(DEFAULT_DEVICE, side), Listener()
        source.start(hearer.on_block, hearer.on_event)
        hearer.wait_for_tone(hz)
        source.stop()
    return sound_server
