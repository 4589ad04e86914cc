"""Programs that record, windows that they show, and what the probes tell of them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from capture.clock import MonotonicClock
from capture.meetings.facts import MeetingProbe
from capture.meetings.linux.sound import SoundProbe
from tests.capture.audio.conftest import server_named, sound_server
from tests.capture.meetings.hearing import Facts
from tests.capture.meetings.pretender import Pretender
from tests.rig.screen import Display, private_xvfb, window_manager
from tests.rig.sound import SoundServer

__all__ = ["server_named", "sound_server"]  # fixtures


@pytest.fixture
def started() -> Iterator[Callable[[MeetingProbe], Facts]]:
    """Starts a probe and hears it; stops it at the end."""
    with ExitStack() as stack:

        def start(probe: MeetingProbe) -> Facts:
            facts = Facts()
            stack.callback(probe.stop)
            probe.start(facts)
            return facts

        yield start


@pytest.fixture
def heard(sound_server: SoundServer, started: Callable[[MeetingProbe], Facts]) -> Facts:
    """What the sound server tells, from before any program of the test."""
    del sound_server  # the environment leads to it
    facts = started(SoundProbe(MonotonicClock()))
    facts.quiet()
    return facts


@pytest.fixture
def pretender(sound_server: SoundServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pretender]:
    pretender = Pretender(tmp_path_factory.mktemp("programs"), sound_server)
    yield pretender
    pretender.end_all()


@pytest.fixture(scope="package")
def managed_display() -> Iterator[Display]:
    with private_xvfb() as display, window_manager(display):
        yield display
