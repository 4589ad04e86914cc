import pytest

from capture import audio
from capture.audio.coreaudio_tap import CoreAudioTapSource
from capture.audio.portaudio import PortAudio, PortAudioSource
from capture.audio.pulse import PulseSource
from capture.audio.sound_check import tone
from capture.audio.synthetic import SyntheticSource
from capture.audio.wasapi_loopback import WasapiLoopbackSource
from capture.errors import ExtraMissing, SourceUnavailable
from capture.recording import DEFAULT_DEVICE, SYNTHETIC_DEVICE
from tests.capture.audio.fakes import FakeSoundDevice
from tests.rig.sound import SoundServer


def test_the_test_signal_needs_no_device() -> None:
    assert isinstance(audio.open_microphone(SYNTHETIC_DEVICE), SyntheticSource)
    assert isinstance(audio.open_system_audio(SYNTHETIC_DEVICE), SyntheticSource)


def test_linux_listens_to_its_sound_server(sound_server: SoundServer) -> None:
    assert sound_server.answers()
    assert isinstance(audio.open_microphone(DEFAULT_DEVICE), PulseSource)
    assert isinstance(audio.open_system_audio(DEFAULT_DEVICE), PulseSource)


@pytest.mark.parametrize(
    ("platform", "kind", "extra"),
    [("win32", WasapiLoopbackSource, "windows"), ("darwin", CoreAudioTapSource, "macos")],
)
def test_elsewhere_the_microphone_is_portaudios_and_system_sound_asks_for_an_extra(
    monkeypatch: pytest.MonkeyPatch, platform: str, kind: type, extra: str
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    assert isinstance(audio.open_microphone(DEFAULT_DEVICE), PortAudioSource)
    assert isinstance(audio.open_system_audio(DEFAULT_DEVICE), kind)
    with pytest.raises(ExtraMissing) as caught:
        audio.list_system_audio()
    assert caught.value.data["extra"] == extra
    assert not audio.plays(DEFAULT_DEVICE)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_the_tone_is_played_through_portaudio(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    module = FakeSoundDevice()
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr("capture.audio.portaudio.library", lambda: PortAudio(module))
    audio.play(tone())
    assert len(module.played) == 1


def test_on_any_other_system_there_is_no_system_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "freebsd14")
    for ask in (lambda: audio.open_system_audio(DEFAULT_DEVICE), audio.list_system_audio):
        with pytest.raises(SourceUnavailable) as caught:
            ask()
        assert caught.value.data == {"side": "system", "platform": "freebsd14"}


@pytest.mark.parametrize(("has_cards", "kind"), [(True, PortAudioSource), (False, PulseSource)])
def test_linux_without_a_sound_server(monkeypatch: pytest.MonkeyPatch, *, has_cards: bool, kind: type) -> None:
    """The sound cards themselves; where there is none either, the sound server is what is missing."""
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent/native")
    monkeypatch.setattr("capture.audio.portaudio.has_devices", lambda: has_cards)
    assert isinstance(audio.open_microphone(DEFAULT_DEVICE), kind)
