"""The instrument on a Wayland desktop, small and short: every recorder gets to see what the player shows."""

import dataclasses
from collections.abc import Iterator

import pytest

from tests.benchmarks.capture.measurement import SCENARIOS, Run, Stage, measure
from tests.benchmarks.capture.recorders import Platform, recorders
from tests.benchmarks.capture.report import PEERS, Report, markdown, this_machine
from tests.benchmarks.capture.stages import staged

OURS, PEER = "afterword, no sound", PEERS[Platform.WAYLAND]
TYPING = next(scenario for scenario in SCENARIOS if scenario.name == "wayland-typing")
SECONDS = 2.5


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with staged(dataclasses.replace(TYPING, width_px=960, height_px=540), {}) as stage:
        yield stage


@pytest.fixture(scope="module")
def runs(stage: Stage) -> dict[str, Run]:
    known = {recorder.name: recorder for recorder in recorders(Platform.WAYLAND)}
    return {name: measure(known[name], stage, SECONDS) for name in (OURS, PEER)}


@pytest.mark.parametrize("name", [OURS, PEER])
def test_recorder_sees_what_is_shown(runs: dict[str, Run], name: str) -> None:
    output = runs[name].output
    assert output is not None
    assert output.continuity is not None
    assert output.continuity.shown > 5
    assert output.continuity.missed <= output.continuity.shown / 4
    assert output.continuity.unreadable == 0
    assert output.ssim > 0.9
    assert output.duration_s >= SECONDS


@pytest.mark.parametrize("name", [OURS, PEER])
def test_servers_are_measured_beside_it(runs: dict[str, Run], name: str) -> None:
    assert runs[name].cpu > 0
    assert runs[name].server_cpu.keys() == {"sway", "pipewire", "portal"}
    assert runs[name].server_cpu["sway"] > 0


def test_only_ours_goes_through_the_portal(runs: dict[str, Run]) -> None:
    assert runs[OURS].remark.startswith("wayland-portal: ")
    assert runs[OURS].server_cpu["portal"] > runs[PEER].server_cpu["portal"]


def test_report_stands_them_side_by_side(runs: dict[str, Run]) -> None:
    text = markdown(Report(this_machine(), SECONDS, 1, list(runs.values()), []), recorders(Platform.WAYLAND))
    heading, _, ours, peer = (line for line in text.splitlines() if line.startswith("|"))
    assert "| sway | pipewire | portal | missed |" in heading
    assert {heading.count("|")} == {ours.count("|"), peer.count("|")}
    assert peer.split(" | ")[2] == "1.00"
