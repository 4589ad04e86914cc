"""When nothing may be sent though it could be; and how a machine tells its circumstances."""

import subprocess
import threading
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from jeepney import new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

from tests.uploader.rig import FakeWallClock
from uploader.errors import DeliveryHeld
from uploader.gate import LOOK_S, OpenGate, RuledGate, circumstances, leaves_machine
from uploader.network.networkmanager import metered_by_networkmanager
from uploader.network.windows_cost import ConnectivityHint, metered_by_cost
from uploader.power_source import PowerStatus, power_by_pmset, power_by_status, power_by_supplies
from uploader.rules import Circumstances, Hold, Hours, Metered, PowerSource, Rules

NOON = time(12)
USUAL = Circumstances(Metered.NO, PowerSource.MAINS, NOON)
ALL = frozenset(Hold)
AT_NIGHT = Hours.parse("22:00-06:30")
NAME = "org.freedesktop.NetworkManager"


@pytest.mark.parametrize(
    ("rules", "found", "hold"),
    [
        (Rules(), Circumstances(Metered.YES, PowerSource.BATTERY, NOON), None),
        (Rules(ALL), USUAL, Hold.PAUSED),
        (Rules(ALL - {Hold.PAUSED}), USUAL, None),
        (Rules(ALL - {Hold.PAUSED}), Circumstances(Metered.YES, PowerSource.BATTERY, NOON), Hold.METERED),
        (Rules(ALL - {Hold.PAUSED}), Circumstances(Metered.NO, PowerSource.BATTERY, NOON), Hold.BATTERY),
        (Rules(ALL - {Hold.PAUSED}, AT_NIGHT), USUAL, Hold.HOURS),
        (Rules(frozenset({Hold.BATTERY}), AT_NIGHT), USUAL, None),
        (Rules(ALL - {Hold.PAUSED}), Circumstances(Metered.UNKNOWN, PowerSource.UNKNOWN, NOON), None),
    ],
)
def test_why_nothing_goes(rules: Rules, found: Circumstances, hold: Hold | None) -> None:
    assert rules.hold(found, leaves_machine=True) is hold


def test_only_a_pause_holds_what_stays_on_this_machine() -> None:
    found = Circumstances(Metered.YES, PowerSource.BATTERY, NOON)
    assert Rules(ALL - {Hold.PAUSED}, AT_NIGHT).hold(found, leaves_machine=False) is None
    assert Rules(ALL).hold(found, leaves_machine=False) is Hold.PAUSED


@pytest.mark.parametrize(
    ("hours", "at", "is_in"),
    [
        ("09:00-17:00", time(9), True),
        ("09:00-17:00", time(17), False),
        ("09:00-17:00", time(3), False),
        ("22:00-06:30", time(23, 59), True),
        ("22:00-06:30", time(6, 29, 59), True),
        ("22:00-06:30", time(6, 30), False),
        ("22:00-06:30", time(21, 59), False),
    ],
)
def test_a_time_of_day(hours: str, at: time, is_in: bool) -> None:  # noqa: FBT001 - a column of the table
    assert Hours.parse(hours).contain(at) is is_in


@pytest.mark.parametrize("text", ["", "22:00", "22:00-", "22-06-07", "25:00-06:00", "06:00-06:00", "06:00Z-07:00Z"])
def test_no_time_of_day(text: str) -> None:
    with pytest.raises(ValueError, match="is no time of day"):
        Hours.parse(text)


@pytest.mark.parametrize(
    ("destination", "leaves"),
    [
        ("local", False),
        ("http://127.0.0.1:8000", False),
        ("tus+http://localhost/files", False),
        ("http://[::1]:1", False),
        ("https://host.example", True),
        ("s3+https://host.example/", True),
    ],
)
def test_what_leaves_this_machine(destination: str, leaves: bool) -> None:  # noqa: FBT001 - a column of the table
    assert leaves_machine(destination) is leaves


def test_a_gate_asks_again_after_a_while() -> None:
    clock, rules = FakeWallClock(), [Rules(frozenset({Hold.PAUSED})), Rules()]
    gate = RuledGate(lambda: rules.pop(0), lambda: USUAL, clock)
    for _ in range(3):
        with pytest.raises(DeliveryHeld) as held:
            gate.require("https://host.example")
        assert held.value.code == "deliveries_paused"
    clock.now_s += LOOK_S
    gate.require("https://host.example")
    assert gate.hold("https://host.example") is OpenGate().hold("https://host.example") is None


def test_this_machine_tells_what_it_can() -> None:
    found = circumstances()
    assert found.metered in set(Metered)
    assert found.power in set(PowerSource)


@pytest.mark.parametrize(
    ("supplies", "power"),
    [
        ({}, PowerSource.UNKNOWN),
        (
            {"AC": {"type": "Mains", "online": "1"}, "BAT0": {"type": "Battery", "status": "Charging"}},
            PowerSource.MAINS,
        ),
        ({"AC": {"type": "Mains", "online": "0"}, "BAT0": {"type": "Battery", "status": "Discharging"}}, "battery"),
        ({"BAT0": {"type": "Battery", "status": "Full"}}, PowerSource.MAINS),
        ({"mouse": {"type": "Battery", "status": "Discharging", "scope": "Device"}}, PowerSource.UNKNOWN),
        ({"ucsi": {"type": "USB", "online": "1"}, "BAT0": {"type": "Battery", "status": "Discharging"}}, "mains"),
    ],
)
def test_linux_power(tmp_path: Path, supplies: dict[str, dict[str, str]], power: str) -> None:
    for name, files in supplies.items():
        (tmp_path / name).mkdir()
        for file, text in files.items():
            (tmp_path / name / file).write_text(text + "\n")
    assert power_by_supplies(tmp_path) == power
    assert power_by_supplies(tmp_path / "none") is PowerSource.UNKNOWN


@pytest.mark.parametrize(("on_mains", "power"), [(0, "battery"), (1, "mains"), (255, "unknown")])
def test_windows_power(on_mains: int, power: str) -> None:
    def fill(status: PowerStatus) -> bool:
        status.on_mains = on_mains
        return True

    assert power_by_status(fill) == power
    assert power_by_status(lambda _: False) is PowerSource.UNKNOWN


def test_macos_power() -> None:
    assert power_by_pmset(lambda: "Now drawing from 'Battery Power'\n -InternalBattery-0\t83%") is PowerSource.BATTERY
    assert power_by_pmset(lambda: "Now drawing from 'AC Power'\n") is PowerSource.MAINS
    assert power_by_pmset(lambda: "") is PowerSource.UNKNOWN
    assert power_by_pmset() in set(PowerSource)


@pytest.mark.parametrize(
    ("cost", "roaming", "metered"), [(0, 0, "unknown"), (1, 0, "no"), (2, 0, "yes"), (3, 0, "yes"), (1, 1, "yes")]
)
def test_windows_cost(cost: int, roaming: int, metered: str) -> None:
    def fill(hint: ConnectivityHint) -> int:
        hint.cost, hint.roaming = cost, roaming
        return 0

    assert metered_by_cost(fill) == metered
    assert metered_by_cost(lambda _: 1) is Metered.UNKNOWN


@pytest.fixture
def bus() -> Iterator[str]:
    """A message bus of one's own."""
    command = ["dbus-daemon", "--session", "--print-address=1", "--nofork", "--nopidfile"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


def network_manager(bus: str, value: int, questions: int) -> threading.Thread:
    """Answers so many questions on the bus, in the name of NetworkManager."""
    connection = open_dbus_connection(bus=bus)
    Proxy(message_bus, connection).RequestName(NAME)

    def answer() -> None:
        with connection:
            for _ in range(questions):
                asked = connection.receive(timeout=30)
                connection.send(new_method_return(asked, "v", (("u", value),)))

    thread = threading.Thread(target=answer)
    thread.start()
    return thread


@pytest.mark.parametrize(("value", "metered"), [(0, "unknown"), (1, "yes"), (2, "no"), (3, "yes"), (4, "no")])
def test_networkmanager_tells(bus: str, value: int, metered: str) -> None:
    answering = network_manager(bus, value, 1)
    assert metered_by_networkmanager(bus) == metered
    answering.join()


def test_without_networkmanager_nobody_knows(bus: str, tmp_path: Path) -> None:
    assert metered_by_networkmanager(bus) is Metered.UNKNOWN
    assert metered_by_networkmanager(f"unix:path={tmp_path}/none") is Metered.UNKNOWN
