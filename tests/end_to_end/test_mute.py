"""Muting the local side is a matter of the recording: what that holds, while the device goes on as it was."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from app.capture_process import CaptureProcess
from capture.audio.base import Samples
from capture.commands import Mute, Start, Stop
from capture.events import Ended, Event, SourceLost, SourceRecovered, Started
from capture.manifest import Manifest, read_manifest
from capture.recording import DeviceId, RecordingId, RecordingSpec, Side
from tests.capture.decoding import sound
from tests.end_to_end.pilots import PILOT, Pilots, amplitude
from tests.rig.sound import MICROPHONE, MONITOR, SoundServer, private_pulseaudio

LIMIT_S = 15.0
MUTED_S = 0.75
EXACTLY_S = 0.15
"""A command's way into the worker, and what the codec smears."""

NOTHING = PILOT / 30


class Worker:
    """The process that records, told what to do while it is heard."""

    def __init__(self, log: Path) -> None:
        self._process = CaptureProcess(log)
        self._heard: list[Event] = []
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.send = self._process.send

    def wait_for(self, *kinds: type[Event]) -> None:
        """Until there has been one of each."""
        with self._changed:
            assert self._changed.wait_for(lambda: {*kinds} <= {type(event) for event in self._heard}, LIMIT_S), kinds

    def close(self) -> None:
        self._process.close()
        self._reader.join(LIMIT_S)

    def _read(self) -> None:
        for event in self._process.events():
            with self._changed:
                self._heard.append(event)
                self._changed.notify_all()


@dataclass(frozen=True, slots=True)
class Muted:
    """``muted_s``: how long each of the two mutes was meant to last; the second began in a gap and outlasted it."""

    manifest: Manifest
    tracks: dict[Side, Samples]
    mixed: Samples
    muted_s: tuple[float, float]
    device_was_muted: bool


@pytest.fixture(scope="module")
def server() -> Iterator[SoundServer]:
    with private_pulseaudio() as server, pytest.MonkeyPatch.context() as patch:
        for name, value in server.variables.items():
            patch.setenv(name, value)
        yield server


@pytest.fixture(scope="module")
def muted(server: SoundServer, tmp_path_factory: pytest.TempPathFactory) -> Muted:
    folder = tmp_path_factory.mktemp("mute")
    pilots, worker = Pilots(server, folder), Worker(folder / "worker.log")
    pilots.begin()
    devices = DeviceId(MICROPHONE), DeviceId(MONITOR)
    worker.send(Start(RecordingSpec(RecordingId("mute"), folder / "mute", None, *devices)))
    worker.wait_for(Started)
    pilots.wait_for_beeps(2)
    first_s = _mute(worker, pilots)
    device_was_muted = server.control("get-source-mute", MICROPHONE) != "Mute: no"
    pilots.wait_for_beeps(2)
    server.unload_microphone()
    worker.wait_for(SourceLost)
    second_s = _mute(worker, pilots, server)
    pilots.wait_for_beeps(2)
    worker.send(Stop())
    worker.wait_for(Ended)
    worker.close()
    pilots.end()
    parts = folder / "mute" / "audio_separate"
    tracks = {side: sound(parts / f"{side}.ogg") for side in Side}
    mixed = sound(folder / "mute" / "audio_mixed.mp3")
    return Muted(read_manifest(folder / "mute"), tracks, mixed, (first_s, second_s), device_was_muted)


def test_the_local_side_is_silent_just_as_long_as_it_is_muted(muted: Muted) -> None:
    begin_s, end_s = silences_s(muted.tracks[Side.MICROPHONE])[0]
    assert end_s - begin_s == pytest.approx(muted.muted_s[0], abs=EXACTLY_S)


def test_a_mute_in_a_gap_holds_beyond_it(muted: Muted) -> None:
    """The device is back and heard, but not recorded, until the mute is lifted."""
    (microphone,) = (each for each in muted.manifest.receipt.audio if each.source == Side.MICROPHONE)
    (gap,) = microphone.gaps
    _, (begin_s, end_s) = silences_s(muted.tracks[Side.MICROPHONE])
    assert begin_s == pytest.approx(gap.start_s, abs=EXACTLY_S)
    assert end_s - (gap.start_s + gap.duration_s) > MUTED_S / 2
    assert end_s - begin_s >= muted.muted_s[1] - EXACTLY_S


def test_the_mix_has_what_the_tracks_have(muted: Muted) -> None:
    for begin_s, end_s in silences_s(muted.tracks[Side.MICROPHONE]):
        stretch = slice(round((begin_s + EXACTLY_S) * 100), round((end_s - EXACTLY_S) * 100))
        assert amplitude(muted.mixed, Side.MICROPHONE)[stretch].max() < PILOT / 10  # what MP3 makes of a beep's end
        assert np.median(amplitude(muted.mixed, Side.SYSTEM)[stretch]) > PILOT / 2


def test_neither_the_other_side_nor_the_device_is_touched(muted: Muted) -> None:
    assert silences_s(muted.tracks[Side.SYSTEM], Side.SYSTEM) == []
    assert not muted.device_was_muted


def silences_s(track: Samples, side: Side = Side.MICROPHONE) -> list[tuple[float, float]]:
    """Where its pilot is not heard for a fifth of a second or more; the track's own edges do not count."""
    silent = amplitude(track, side)[20:-20] < NOTHING
    edges = np.flatnonzero(np.diff(np.concatenate([[False], silent, [False]]).astype(np.int8)))
    spans = [((begin + 20) / 100, (end + 20) / 100) for begin, end in edges.reshape(-1, 2)]
    return [(begin_s, end_s) for begin_s, end_s in spans if end_s - begin_s >= 0.2]


def _mute(worker: Worker, pilots: Pilots, absent: SoundServer | None = None) -> float:
    """For a while; meanwhile a microphone that is ``absent`` comes back. How long it lasted."""
    began_s = time.monotonic()
    worker.send(Mute(Side.MICROPHONE))
    if absent is not None:
        pilots.wait_for_beeps(1, Side.SYSTEM)
        absent.load_microphone()
        worker.wait_for(SourceRecovered)
    pilots.wait_for_beeps(round(MUTED_S / 0.25), Side.SYSTEM)
    worker.send(Mute(Side.MICROPHONE, muted=False))
    return time.monotonic() - began_s
