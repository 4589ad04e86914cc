"""The user's settings, as the rules that deliveries obey."""

from app.paths import Paths
from app.settings import Deliveries, Settings, When, read
from uploader.gate import RuledGate
from uploader.rules import Hold, Hours, Rules


def rules_of(settings: Settings) -> Rules:
    obeyed = {
        Hold.PAUSED: settings.deliveries is Deliveries.PAUSED,
        Hold.METERED: settings.metered_network is When.WAIT,
        Hold.BATTERY: settings.battery is When.WAIT,
        Hold.HOURS: bool(settings.delivery_hours),
    }
    hours = Hours.parse(settings.delivery_hours) if settings.delivery_hours else None
    return Rules(frozenset(hold for hold, is_obeyed in obeyed.items() if is_obeyed), hours)


def gate_of(paths: Paths) -> RuledGate:
    """Obeys what the settings say at the time."""
    return RuledGate(lambda: rules_of(read(paths.settings).settings))
