"""Sound: the sources of every platform behind one protocol, the mixer and the meters.

The only place that chooses by platform. The modules behind it load a foreign library when they need it, not before.
"""

import sys

from capture.audio import portaudio, pulse, pulse_player
from capture.audio.base import AudioDevice, AudioSource, Samples
from capture.audio.portaudio import PortAudioSource
from capture.audio.pulse import PulseSource
from capture.audio.synthetic import SyntheticSource
from capture.errors import SourceUnavailable
from capture.recording import SYNTHETIC_DEVICE, DeviceId, Side


def open_microphone(device: DeviceId) -> AudioSource:
    """Holds nothing until it is started."""
    if device == SYNTHETIC_DEVICE:
        return SyntheticSource(Side.MICROPHONE)
    if sys.platform == "linux" and _has_sound_server():
        return PulseSource(device, Side.MICROPHONE)
    return PortAudioSource(device)


def open_system_audio(device: DeviceId) -> AudioSource:
    """What the machine plays. Holds nothing until it is started. Raises ``SourceUnavailable`` where there is no way."""
    if device == SYNTHETIC_DEVICE:
        return SyntheticSource(Side.SYSTEM)
    if sys.platform == "linux":
        return PulseSource(device, Side.SYSTEM)
    if sys.platform == "win32":
        from capture.audio.wasapi_loopback import WasapiLoopbackSource  # noqa: PLC0415 - each platform loads its own

        return WasapiLoopbackSource(device)
    if sys.platform == "darwin":
        from capture.audio.coreaudio_tap import CoreAudioTapSource  # noqa: PLC0415 - each platform loads its own

        return CoreAudioTapSource(device)
    raise _no_way()


def list_microphones() -> tuple[AudioDevice, ...]:
    """Monitors are not among them. Raises ``SourceUnavailable``."""
    if sys.platform == "linux" and _has_sound_server():
        return pulse.list_devices(Side.MICROPHONE)
    return portaudio.list_devices()


def list_system_audio() -> tuple[AudioDevice, ...]:
    """Each under the name of the loudspeaker that it listens to. Raises ``SourceUnavailable``."""
    if sys.platform == "linux":
        return pulse.list_devices(Side.SYSTEM)
    if sys.platform == "win32":
        from capture.audio import wasapi_loopback  # noqa: PLC0415 - each platform loads its own

        return wasapi_loopback.list_devices()
    if sys.platform == "darwin":
        from capture.audio import coreaudio_tap  # noqa: PLC0415 - each platform loads its own

        return coreaudio_tap.list_devices()
    raise _no_way()


def server_name() -> str | None:
    """What the sound server calls itself; ``None`` on systems that have none. Raises ``SourceUnavailable``."""
    return pulse.server_name() if sys.platform == "linux" else None


def play(samples: Samples) -> None:
    """Through the default loudspeaker, to the end. Raises ``SourceUnavailable``."""
    if sys.platform == "linux":
        pulse_player.play(samples)
    else:
        portaudio.play(samples)


def plays(device: DeviceId) -> bool:
    """Whether something plays where this system audio listens; no, where that cannot be told."""
    if device == SYNTHETIC_DEVICE:
        return False
    if sys.platform == "darwin":
        from capture.audio import coreaudio_tap  # noqa: PLC0415 - each platform loads its own

        return coreaudio_tap.plays()
    return sys.platform == "linux" and pulse.plays(device)


def _has_sound_server() -> bool:
    """Also said of a machine that has nothing else either: the sound server is what its user will miss."""
    return pulse.is_reachable() or not portaudio.has_devices()


def _no_way() -> SourceUnavailable:
    message = f"there is no way to listen to what {sys.platform} plays"
    return SourceUnavailable(message, side=Side.SYSTEM, platform=sys.platform)
