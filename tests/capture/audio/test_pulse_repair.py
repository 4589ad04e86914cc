"""Real sound servers and virtual devices that go away and come back."""

import time
from collections.abc import Callable, Iterator

import pytest

from capture.audio.base import AudioSource, DeviceLost, DeviceRecovered
from capture.audio.pulse import PulseSource, list_devices
from capture.audio.repair import LossReason
from capture.errors import SourceUnavailable
from capture.recording import DEFAULT_DEVICE, NS_PER_S, DeviceId, Side
from tests.capture.audio.conftest import Sounds
from tests.capture.audio.listening import Listener, loudest, onsets_ns
from tests.capture.audio.sounds import BEACON_HZ, TONE_HZ
from tests.rig.sound import FEED, MICROPHONE, MONITOR, SPEAKER, SoundServer

Start = Callable[[AudioSource], Listener]

MS = 1_000_000
TIME_ERROR_NS = 20 * MS
SOON_NS = 100 * MS
RECOVERY_NS = 2 * NS_PER_S
NOTHING = 0.01
"""34 dB below what is played: more than a tone that is cut off leaks, less than ten samples of the other side."""

OTHER_SPEAKER = "headset"
OTHER_MICROPHONE = "headset-mic"


def microphone(device: str = MICROPHONE) -> PulseSource:
    return PulseSource(DeviceId(device), Side.MICROPHONE)


def system(device: str = MONITOR) -> PulseSource:
    return PulseSource(DeviceId(device), Side.SYSTEM)


def assert_same_time(listener: Listener, reference: Listener) -> None:
    """For the next second both agree when each burst of the beacon began.

    The reference is another stream of the same device: on a busy machine PipeWire's virtual microphones fall up to
    90 ms behind what they are fed with, and one that has just thawed gives silence for a while.
    """
    reference.wait_for_tone(BEACON_HZ)
    begin_ns = time.monotonic_ns()
    for hearer in (listener, reference):
        hearer.wait_until(begin_ns + NS_PER_S)
    expected_ns = onsets_ns(reference.blocks)
    heard_ns = onsets_ns([block for block in listener.blocks if block.captured_ns > begin_ns])[:-1]
    assert len(heard_ns) >= 2
    errors_ns = [int(min(abs(expected_ns - onset_ns))) for onset_ns in heard_ns]
    assert max(errors_ns) <= TIME_ERROR_NS, errors_ns


def assert_hears_only(listener: Listener, hz: float) -> None:
    """In all that it ever delivered."""
    (other_hz,) = {BEACON_HZ, TONE_HZ} - {hz}
    assert loudest(listener.blocks, other_hz) < NOTHING


def assert_comes_back(listener: Listener, after_ns: int, device: str = MICROPHONE) -> None:
    """In time, and on the right device."""
    recovered = listener.wait_for_event(DeviceRecovered)
    assert recovered.device == device
    assert recovered.at_ns - after_ns < RECOVERY_NS


@pytest.fixture
def other_devices(meeting: SoundServer) -> Iterator[SoundServer]:
    meeting.add_sink(OTHER_SPEAKER)
    meeting.add_microphone(OTHER_MICROPHONE)
    yield meeting
    meeting.set_default_sink(SPEAKER)
    meeting.set_default_source(MICROPHONE)
    meeting.remove(OTHER_MICROPHONE)
    meeting.remove(OTHER_SPEAKER)


@pytest.mark.parametrize("device", [MICROPHONE, DEFAULT_DEVICE])
def test_the_microphone_is_unplugged(meeting: SoundServer, start: Start, device: str) -> None:
    """With it the default microphone becomes the monitor of the loudspeaker: not a sample of that may be heard."""
    mine, theirs = start(microphone(device)), start(system())
    mine.wait_for_tone(BEACON_HZ)
    meeting.unload_microphone()
    gone_ns = time.monotonic_ns()
    lost = mine.wait_for_event(DeviceLost)
    assert lost.reason in {LossReason.FAILED, LossReason.DEFAULT_CHANGED}
    assert lost.at_ns - gone_ns < SOON_NS
    heard = len(mine.blocks)
    theirs.wait_for_seconds(0.5)
    assert len(mine.blocks) == heard
    meeting.load_microphone()
    assert_comes_back(mine, time.monotonic_ns())
    assert_same_time(mine, start(microphone()))
    assert_hears_only(mine, BEACON_HZ)
    assert not theirs.events


def test_the_server_dies_and_is_started_again(meeting: SoundServer, start: Start, sounds: Sounds) -> None:
    mine, theirs = start(microphone()), start(system(DEFAULT_DEVICE))
    mine.wait_for_seconds(0.3)
    meeting.kill()
    killed_ns = time.monotonic_ns()
    for listener in (mine, theirs):
        lost = listener.wait_for_event(DeviceLost)
        assert lost.reason == LossReason.SERVER_GONE
        assert lost.at_ns - killed_ns < SOON_NS
    meeting.start()
    restarted_ns = time.monotonic_ns()
    meeting.say(Side.MICROPHONE, sounds.beacon)
    meeting.say(Side.SYSTEM, sounds.tone)
    assert_comes_back(mine, restarted_ns)
    assert_comes_back(theirs, restarted_ns, MONITOR)
    reference = start(microphone())
    theirs.wait_for_tone(TONE_HZ)
    assert_same_time(mine, reference)
    assert_hears_only(mine, BEACON_HZ)
    assert_hears_only(theirs, TONE_HZ)


def test_the_server_freezes_and_thaws(meeting: SoundServer, start: Start) -> None:
    mine = start(microphone())
    mine.wait_for_seconds(0.3)
    meeting.freeze()
    frozen_ns = time.monotonic_ns()
    lost = mine.wait_for_event(DeviceLost)
    assert lost.reason == LossReason.NO_DATA
    assert 900 * MS < lost.at_ns - frozen_ns < 1300 * MS
    with pytest.raises(SourceUnavailable):
        list_devices(Side.MICROPHONE)
    meeting.thaw()
    assert_comes_back(mine, time.monotonic_ns())
    reference = start(microphone())
    assert_same_time(mine, reference)
    assert_hears_only(mine, BEACON_HZ)


def test_the_source_is_suspended_and_resumed(meeting: SoundServer, start: Start) -> None:
    """PulseAudio delivers nothing meanwhile, and says so. PipeWire goes on for those who listen already.

    Measured on PipeWire 0.3.65: a source that is listened to stays ``RUNNING`` and is heard without a break (who opens
    it after that hears nothing until it is loaded anew). A sink stays ``RUNNING`` too, but its monitor delivers zeros,
    to everybody and even after it is resumed; there is a ``change`` event, as for a new volume, and no other sign. So
    it is left to the ``SilenceWatch`` to tell the user, after ten seconds.
    """
    mine, theirs = start(microphone()), start(system())
    feed = start(system(f"{FEED}.monitor"))
    mine.wait_for_seconds(0.5)
    meeting.suspend(MICROPHONE)
    suspended_ns = time.monotonic_ns()
    theirs.wait_for_seconds(0.5)
    if meeting.name == "PulseAudio":
        lost = mine.wait_for_event(DeviceLost)
        assert lost.reason == LossReason.SUSPENDED
        assert lost.at_ns - suspended_ns < SOON_NS
    else:
        assert_same_time(mine, feed)
    meeting.suspend(MICROPHONE, suspended=False)
    if meeting.name == "PulseAudio":
        assert_comes_back(mine, time.monotonic_ns())
    assert_same_time(mine, feed)
    assert_hears_only(mine, BEACON_HZ)
    assert not mine.events + theirs.events + feed.events
    meeting.unload_microphone()
    meeting.load_microphone()


def test_the_default_is_followed_and_a_choice_is_kept(other_devices: SoundServer, start: Start, sounds: Sounds) -> None:
    other_devices.play(OTHER_SPEAKER, sounds.beacon)
    mine, theirs = start(microphone(DEFAULT_DEVICE)), start(system(DEFAULT_DEVICE))
    chosen, chosen_monitor = start(microphone()), start(system())
    theirs.wait_for_seconds(0.3)
    assert_hears_only(theirs, TONE_HZ)
    switched_ns = time.monotonic_ns()
    other_devices.set_default_sink(OTHER_SPEAKER)
    other_devices.set_default_source(OTHER_MICROPHONE)
    for listener, device in ((theirs, f"{OTHER_SPEAKER}.monitor"), (mine, OTHER_MICROPHONE)):
        assert listener.wait_for_event(DeviceLost).reason == LossReason.DEFAULT_CHANGED
        assert_comes_back(listener, switched_ns, device)
    theirs.wait_for_tone(BEACON_HZ)
    assert_same_time(mine, start(microphone(OTHER_MICROPHONE)))
    assert_hears_only(chosen_monitor, TONE_HZ)
    other_devices.set_default_sink(SPEAKER)
    assert_comes_back(theirs, time.monotonic_ns(), MONITOR)
    assert not chosen.events + chosen_monitor.events
    assert_hears_only(mine, BEACON_HZ)
    assert_hears_only(chosen, BEACON_HZ)


def test_it_stops_while_its_device_is_away(meeting: SoundServer, start: Start, listener: Listener) -> None:
    source = microphone()
    start(source)
    meeting.unload_microphone()
    listener.wait_for_event(DeviceLost)
    begin_s = time.monotonic()
    source.stop()
    assert time.monotonic() - begin_s < 0.2
    meeting.load_microphone()
    other = start(microphone())
    other.wait_for_tone(BEACON_HZ)
    assert not listener.events
