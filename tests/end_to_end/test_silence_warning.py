"""Ten seconds in which a side is silent as no room is, on real sound servers: the user is told; else nobody is."""

import signal
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from tests.capture.audio.sounds import write
from tests.end_to_end.afterword import Answer, Running
from tests.rig.sound import SPEAKER, SoundServer, private_pipewire, private_pulseaudio

RECORD = ("record", "--no-video", "--no-deliver", "--duration")
QUIET_S = "12.5"
LONGEST_S = "60"
"""Where a machine that stands still for a second interrupts the zeros, they are counted anew."""

TOLD = ("The microphone has delivered nothing but zeros", "only silence arrives from the system")
IDLE, PLAYING, NOISY_MICROPHONE = "idle", "playing", "noisy"
SERVERS = ("PulseAudio", "PipeWire")

Recordings = Mapping[tuple[str, str], Answer]


def add_noise(server: SoundServer, folder: Path) -> None:
    """A microphone that hears the quietest that 16 bits can hold, and a loudspeaker that nothing plays to."""
    server.add_sink(IDLE)
    server.add_sink(PLAYING)
    server.play(
        PLAYING, write(np.resize(np.array([1, -1], np.float32) / 32_000, (20 * 48_000, 1)), folder / "hiss.wav")
    )
    server.control("load-module", "module-remap-source", f"source_name={NOISY_MICROPHONE}", f"master={PLAYING}.monitor")


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Recordings:
    """All at the same time. The rig itself plays zeros to its loudspeaker and into its microphone.

    Which sounds are quiet and which are zeros is the same on both servers.
    """
    folder = tmp_path_factory.mktemp("silence")
    running: dict[tuple[str, str], Running] = {}
    with ExitStack() as stack:
        for start in (private_pulseaudio, private_pipewire):
            server = stack.enter_context(start())
            base = ("--basedir", folder / server.name, *RECORD)
            zeros = ("--system-audio", f"{SPEAKER}.monitor")
            running[server.name, "zeros"] = Running(server.environment, *base, LONGEST_S, *zeros)
            if start is private_pulseaudio:
                add_noise(server, folder)
                quiet = ("--microphone", NOISY_MICROPHONE, "--system-audio", f"{IDLE}.monitor")
                running[server.name, "quiet"] = Running(server.environment, *base, QUIET_S, *quiet)
        for (_, kind), each in running.items():
            if kind == "zeros":
                each.listen_for(*TOLD)
                each.signal(signal.SIGINT)
        return {name: each.finish() for name, each in running.items()}


@pytest.mark.parametrize("server", SERVERS)
def test_zeros_are_told_in_words_and_in_the_receipt(recordings: Recordings, server: str) -> None:
    """Of the microphone always; of the system because something plays there."""
    found = recordings[server, "zeros"]
    assert found.exit_status == 0, found.words
    warnings = found.document["receipt"]["warnings"]
    assert {(each["code"], each["source"]) for each in warnings} == {
        ("digital_silence", "microphone"),
        ("digital_silence", "system"),
    }
    assert len(warnings) == 2
    gaps = {side["source"]: side["gaps"] for side in found.document["receipt"]["audio"]}
    for each in warnings:
        begun_s = max((gap["start_s"] + gap["duration_s"] for gap in gaps[each["source"]]), default=0.0)
        assert 10 <= each["at_s"] <= begun_s + 12.5
    assert all(words in found.words for words in TOLD)


def test_a_quiet_microphone_and_a_system_that_plays_nothing_are_left_alone(recordings: Recordings) -> None:
    found = recordings["PulseAudio", "quiet"]
    assert found.exit_status == 0, found.words
    assert found.document["receipt"]["warnings"] == []
    assert found.document["receipt"]["audio"][0]["device"] == NOISY_MICROPHONE
