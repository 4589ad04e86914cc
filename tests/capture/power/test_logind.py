"""The watch over a private bus and a logind of our own, which is a process of its own."""

import queue
import threading
from collections.abc import Iterator

import pytest

from capture.errors import PowerUnwatched
from capture.power import watch_power
from capture.power.base import PowerWatch
from capture.recording import PowerChange
from tests.rig.logind import PrivateLogind, private_logind

LIMIT_S = 10.0


@pytest.fixture(scope="module")
def system() -> Iterator[PrivateLogind]:
    with private_logind() as logind:
        yield logind


@pytest.fixture
def told() -> "queue.SimpleQueue[PowerChange]":
    return queue.SimpleQueue()


@pytest.fixture
def logind(system: PrivateLogind, monkeypatch: pytest.MonkeyPatch) -> PrivateLogind:
    for name, value in system.variables.items():
        monkeypatch.setenv(name, value)
    return system


@pytest.fixture
def watch(logind: PrivateLogind, told: "queue.SimpleQueue[PowerChange]") -> Iterator[PowerWatch]:
    watch = watch_power(told.put)
    assert logind.wait_for("inhibited", "sleep")["mode"] == "delay"
    yield watch
    watch.close()


def test_sleep_is_held_up_until_it_is_released(
    logind: PrivateLogind, watch: PowerWatch, told: "queue.SimpleQueue[PowerChange]"
) -> None:
    logind.act("sleep")
    assert told.get(timeout=LIMIT_S) is PowerChange.SLEPT
    watch.release()
    assert logind.wait_for("released")["what"] == "sleep"
    logind.act("wake")
    assert told.get(timeout=LIMIT_S) is PowerChange.WOKE
    assert logind.wait_for("inhibited")["what"] == "sleep", "the next sleep is held up too"


def test_the_machine_does_not_fall_asleep_by_itself(logind: PrivateLogind) -> None:
    watch = watch_power(lambda _: None)
    assert logind.wait_for("inhibited", "idle")["mode"] == "block"
    logind.wait_for("screen_saver")
    watch.close()
    assert {logind.wait_for("released")["what"] for _ in range(2)} == {"sleep", "idle"}


def test_a_lock_is_told_once_however_often_the_desktop_says_it(
    logind: PrivateLogind, watch: PowerWatch, told: "queue.SimpleQueue[PowerChange]"
) -> None:
    for act in ("lock", "hint-locked", "hint-unlocked", "unlock", "hint-locked"):
        logind.act(act)
    heard = [told.get(timeout=LIMIT_S) for _ in range(3)]
    watch.close()
    assert heard == [PowerChange.LOCKED, PowerChange.UNLOCKED, PowerChange.LOCKED]
    assert told.empty()


def test_after_its_end_nothing_is_told(
    logind: PrivateLogind, watch: PowerWatch, told: "queue.SimpleQueue[PowerChange]"
) -> None:
    watch.close()
    watch.close()
    logind.act("sleep")
    logind.wait_for("signalled", "sleep")
    assert "power" not in {thread.name for thread in threading.enumerate()}
    assert told.empty()


def test_the_end_of_the_bus_is_told(monkeypatch: pytest.MonkeyPatch, told: "queue.SimpleQueue[PowerChange]") -> None:
    with private_logind() as logind:
        for name, value in logind.variables.items():
            monkeypatch.setenv(name, value)
        watch = watch_power(told.put)
        logind.end_bus()
        assert told.get(timeout=LIMIT_S) is PowerChange.UNWATCHED
        watch.close()


@pytest.mark.parametrize("address", ["unix:path=/nowhere/bus", "nonsense", "tcp:host=localhost"])
def test_a_machine_without_it(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
    with pytest.raises(PowerUnwatched):
        watch_power(lambda _: None)
