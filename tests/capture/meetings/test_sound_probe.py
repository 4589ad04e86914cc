"""Who holds the microphone, on real sound servers."""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from capture.audio.pulse import PulseSource
from capture.clock import MonotonicClock
from capture.errors import SourceUnavailable
from capture.meetings.facts import Fact, Listening, MeetingProbe, Playing, Purpose, StreamState
from capture.meetings.linux.sound import SoundProbe
from capture.recording import DEFAULT_DEVICE, NS_PER_S, Side
from tests.capture.audio.listening import Listener
from tests.capture.meetings.hearing import Facts
from tests.capture.meetings.pretender import Pretender
from tests.rig.sound import MICROPHONE, MONITOR, SoundServer, end

TOLD_WITHIN_NS = 150_000_000
IDLE_SHARE = 0.001
IDLE_S = 2.0


def by(pid: int, state: StreamState = StreamState.RUNNING) -> Callable[[Fact], bool]:
    return lambda fact: isinstance(fact, Listening | Playing) and fact.program.pid == pid and fact.state is state


def test_program_that_records_is_told_of_at_once(heard: Facts, pretender: Pretender) -> None:
    """From before it is started; the best of three, since the machine may have other work to do."""
    delays_ns = []
    for _ in range(3):
        before_ns = time.monotonic_ns()
        process = pretender.record("zoom")
        fact = heard.wait_for(by(process.pid))
        delays_ns.append(fact.at_ns - before_ns)
        assert isinstance(fact, Listening)
        assert fact.purpose is Purpose.VOICE
        assert fact.program.names[0] == "zoom"
        end(process)
        heard.wait_for(by(process.pid, StreamState.ENDED))
    assert min(delays_ns) <= TOLD_WITHIN_NS


def test_program_that_records_already_is_told_of(
    sound_server: SoundServer, pretender: Pretender, heard: Facts, started: Callable[[MeetingProbe], Facts]
) -> None:
    process = pretender.record("zoom")
    heard.wait_for(by(process.pid))
    late = started(SoundProbe(MonotonicClock()))
    late.wait_for(by(process.pid))
    assert sound_server.answers()


def test_player_is_told_of(heard: Facts, pretender: Pretender) -> None:
    process = pretender.play("discord")
    fact = heard.wait_for(by(process.pid))
    assert isinstance(fact, Playing)
    end(process)
    heard.wait_for(by(process.pid, StreamState.ENDED))


def test_killed_program_has_ended(heard: Facts, pretender: Pretender) -> None:
    process = pretender.record("zoom")
    heard.wait_for(by(process.pid))
    process.kill()
    heard.wait_for(by(process.pid, StreamState.ENDED))


def test_muted_stream_is_held_all_the_same(heard: Facts, pretender: Pretender, sound_server: SoundServer) -> None:
    process = pretender.record("zoom")
    fact = heard.wait_for(by(process.pid))
    assert isinstance(fact, Listening)
    sound_server.control("set-source-output-mute", fact.stream.split()[1], "1")
    heard.wait_for(by(process.pid, StreamState.MUTED))
    sound_server.control("set-source-output-mute", fact.stream.split()[1], "0")
    heard.wait_for(by(process.pid))


def test_stream_that_moves_to_another_microphone_stays_one(
    heard: Facts, pretender: Pretender, sound_server: SoundServer
) -> None:
    process = pretender.record("zoom")
    fact = heard.wait_for(by(process.pid))
    assert isinstance(fact, Listening)
    sound_server.add_microphone("headset")
    sound_server.control("move-source-output", fact.stream.split()[1], "headset")
    moved = [told for told in heard.quiet() if isinstance(told, Listening) and told.program.pid == process.pid]
    assert {told.stream for told in moved} <= {fact.stream}
    end(process)
    ended = heard.wait_for(by(process.pid, StreamState.ENDED))
    assert ended == replace(fact, at_ns=ended.at_ns, state=StreamState.ENDED)
    sound_server.remove("headset")


@pytest.mark.parametrize(
    ("options", "purpose"),
    [((), Purpose.MONITOR), (("--rate=25", "--format=float32le", "--channels=1"), Purpose.MONITOR)],
)
def test_reader_of_a_monitor_has_no_microphone(
    heard: Facts, pretender: Pretender, options: tuple[str, ...], purpose: Purpose
) -> None:
    process = pretender.record("zoom", MONITOR, None, *options)
    fact = heard.wait_for(by(process.pid))
    assert isinstance(fact, Listening)
    assert fact.purpose is purpose


def test_meter_has_no_voice(heard: Facts, pretender: Pretender) -> None:
    process = pretender.record("mixer", MICROPHONE, None, "--rate=25", "--format=float32le", "--channels=1")
    fact = heard.wait_for(by(process.pid))
    assert isinstance(fact, Listening)
    assert fact.purpose is Purpose.METER


def test_own_stream_is_known(heard: Facts, sound_server: SoundServer) -> None:
    source, listener = PulseSource(DEFAULT_DEVICE, Side.MICROPHONE), Listener()
    source.start(listener.on_block, listener.on_event)
    fact = heard.wait_for(by(os.getpid()))
    source.stop()
    assert isinstance(fact, Listening)
    assert fact.purpose is Purpose.OWN
    assert sound_server.answers()


def test_names_that_a_program_gives_itself(heard: Facts, pretender: Pretender) -> None:
    properties = {"application.id": "org.example.Call"}
    process = pretender.record("example", MICROPHONE, properties, "--client-name=Example Call")
    fact = heard.wait_for(by(process.pid))
    assert isinstance(fact, Listening)
    assert fact.program.names == ("example", "org.example.Call", "Example Call")


def test_sandboxed_program_is_known_by_its_portals_id(heard: Facts, pretender: Pretender) -> None:
    """What it says of its process is not believed: that is a number inside the sandbox."""
    properties = {"pipewire.access.portal.app_id": "us.zoom.Zoom", "application.process.id": str(os.getpid())}
    pretender.record("zoom", properties={**properties, "application.process.binary": "zoom"})
    fact = heard.wait_for(lambda fact: isinstance(fact, Listening) and "us.zoom.Zoom" in fact.program.names)
    assert isinstance(fact, Listening)
    assert fact.program.names[0] == "us.zoom.Zoom"
    assert fact.program.pid is None


def test_process_of_another_file_is_not_believed(heard: Facts, pretender: Pretender) -> None:
    properties = {"application.process.id": "1", "application.process.binary": "zoom"}
    pretender.record("liar", properties=properties)
    fact = heard.wait_for(lambda fact: isinstance(fact, Listening) and "zoom" in fact.program.names)
    assert isinstance(fact, Listening)
    assert fact.program.pid is None


def test_sound_server_goes_and_comes_back(heard: Facts, pretender: Pretender, sound_server: SoundServer) -> None:
    process = pretender.record("zoom")
    heard.wait_for(by(process.pid))
    sound_server.kill()
    heard.wait_for(by(process.pid, StreamState.ENDED))
    sound_server.start()
    again = pretender.record("zoom")
    heard.wait_for(by(again.pid))


def test_without_a_sound_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    probe = SoundProbe(MonotonicClock())
    with pytest.raises(SourceUnavailable):
        probe.start(Facts())
    probe.stop()


def test_stop_is_final_and_may_be_said_twice(sound_server: SoundServer, pretender: Pretender, heard: Facts) -> None:
    probe, facts = SoundProbe(MonotonicClock()), Facts()
    probe.start(facts)
    facts.quiet()
    probe.stop()
    probe.stop()
    heard.wait_for(by(pretender.record("zoom").pid))
    assert facts.quiet(0.05) == []
    assert sound_server.answers()


def test_stop_while_the_server_is_frozen(sound_server: SoundServer) -> None:
    probe = SoundProbe(MonotonicClock())
    probe.start(Facts())
    sound_server.freeze()
    try:
        probe.stop()
    finally:
        sound_server.thaw()


def test_costs_nothing_while_nothing_happens(heard: Facts) -> None:
    """The processor time of the probe's own thread."""
    thread = next(thread for thread in threading.enumerate() if thread.name == "meeting sound")
    assert thread.ident is not None
    clock = time.pthread_getcpuclockid(thread.ident)
    heard.quiet()
    before_ns = time.clock_gettime_ns(clock)
    heard.quiet(IDLE_S)
    assert time.clock_gettime_ns(clock) - before_ns <= IDLE_SHARE * IDLE_S * NS_PER_S
