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
    raise _not_yet(Side.SYSTEM)


def list_microphones() -> tuple[AudioDevice, ...]:
    """Monitors are not among them. Raises ``SourceUnavailable``."""
    if sys.platform == "linux" and _has_sound_server():
        return pulse.list_devices(Side.MICROPHONE)
    return portaudio.list_devices()


def list_system_audio() -> tuple[AudioDevice, ...]:
    """Each under the name of the loudspeaker that it listens to. Raises ``SourceUnavailable``."""
    if sys.platform == "linux":
        return pulse.list_devices(Side.SYSTEM)
    raise _not_yet(Side.SYSTEM)


def server_name() -> str | None:
    """What the sound server calls itself; ``None`` on systems that have none. Raises ``SourceUnavailable``."""
    return pulse.server_name() if sys.platform == "linux" else None


def play(samples: Samples) -> None:
    """Through the default loudspeaker, to the end. Raises ``SourceUnavailable``."""
    if sys.platform != "linux":
        message = f"nothing is played on {sys.platform} yet"
        raise SourceUnavailable(message, platform=sys.platform)
    pulse_player.play(samples)


def plays(device: DeviceId) -> bool:
    """Whether something plays where this system audio listens; no, where that cannot be told."""
    return sys.platform == "linux" and device != SYNTHETIC_DEVICE and pulse.plays(device)


def _has_sound_server() -> bool:
    """Also said of a machine that has nothing else either: the sound server is what its user will miss."""
    return pulse.is_reachable() or not portaudio.has_devices()


def _not_yet(side: Side) -> SourceUnavailable:
    message = f"{side} cannot be captured on {sys.platform} yet"
    return SourceUnavailable(message, side=side, platform=sys.platform)
