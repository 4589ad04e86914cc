import pytest

from capture import audio
from capture.audio.portaudio import PortAudioSource
from capture.audio.pulse import PulseSource
from capture.audio.synthetic import SyntheticSource
from capture.errors import SourceUnavailable
from capture.recording import DEFAULT_DEVICE, SYNTHETIC_DEVICE
from tests.rig.sound import SoundServer


def test_the_test_signal_needs_no_device() -> None:
    assert isinstance(audio.open_microphone(SYNTHETIC_DEVICE), SyntheticSource)
    assert isinstance(audio.open_system_audio(SYNTHETIC_DEVICE), SyntheticSource)


def test_linux_listens_to_its_sound_server(sound_server: SoundServer) -> None:
    assert sound_server.answers()
    assert isinstance(audio.open_microphone(DEFAULT_DEVICE), PulseSource)
    assert isinstance(audio.open_system_audio(DEFAULT_DEVICE), PulseSource)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_the_microphone_is_portaudios_and_system_sound_is_not_promised(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    assert isinstance(audio.open_microphone(DEFAULT_DEVICE), PortAudioSource)
    for ask in (lambda: audio.open_system_audio(DEFAULT_DEVICE), audio.list_system_audio):
        with pytest.raises(SourceUnavailable) as caught:
            ask()
        assert caught.value.data == {"side": "system", "platform": platform}


@pytest.mark.parametrize(("has_cards", "kind"), [(True, PortAudioSource), (False, PulseSource)])
def test_linux_without_a_sound_server(monkeypatch: pytest.MonkeyPatch, *, has_cards: bool, kind: type) -> None:
    """The sound cards themselves; where there is none either, the sound server is what is missing."""
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent/native")
    monkeypatch.setattr("capture.audio.portaudio.has_devices", lambda: has_cards)
    assert isinstance(audio.open_microphone(DEFAULT_DEVICE), kind)
