"""Where a scenario plays: a private desktop of its kind, with the content on its screen."""

import contextlib
from collections.abc import Iterator, Mapping

from tests.benchmarks.capture.film import make
from tests.benchmarks.capture.measurement import Scenario, Stage
from tests.benchmarks.capture.player import playing
from tests.benchmarks.capture.recorders import Platform
from tests.rig.screen import private_xvfb
from tests.rig.wayland import BusName, WaylandDesktop, private_wayland


@contextlib.contextmanager
def staged(scenario: Scenario, sound: Mapping[str, str]) -> Iterator[Stage]:
    """``sound``: the environment that leads to a sound server. Raises ``RigFailed``."""
    with _on_x11(scenario, sound) if scenario.platform is Platform.X11 else _on_wayland(scenario, sound) as stage:
        yield stage


@contextlib.contextmanager
def _on_x11(scenario: Scenario, sound: Mapping[str, str]) -> Iterator[Stage]:
    film = make(scenario.kind, scenario.width_px, scenario.height_px)
    with (
        private_xvfb(scenario.width_px, scenario.height_px) as display,
        playing(scenario.kind, scenario.updates_per_s, display.environment) as log,
    ):
        environment = {**display.environment, **sound, **display.variables}
        yield Stage(scenario, film, log, environment, {"X server": display.server_pid}, lambda: None)


@contextlib.contextmanager
def _on_wayland(scenario: Scenario, sound: Mapping[str, str]) -> Iterator[Stage]:
    film = make(scenario.kind, scenario.width_px, scenario.height_px)
    with (
        private_wayland(scenario.width_px, scenario.height_px) as desktop,
        playing(scenario.kind, scenario.updates_per_s, desktop.environment) as log,
    ):
        environment = {**desktop.environment, **sound, **desktop.variables}
        yield Stage(scenario, film, log, environment, _servers(desktop), desktop.stir)


def _servers(desktop: WaylandDesktop) -> Mapping[str, int]:
    portal = desktop.owner(BusName.BACKEND)
    servers = {"sway": desktop.pid("sway"), "pipewire": desktop.pid("pipewire")}
    return servers if portal is None else {**servers, "portal": portal}
