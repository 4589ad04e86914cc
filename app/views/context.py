"""What every view is given: where things are, what goes on, and whom to tell what the user wants."""

from collections.abc import Callable
from dataclasses import dataclass

from app.background import Background
from app.bridge import Bridge
from app.intents import Intent
from app.look import Colours
from app.paths import Paths
from app.settings import Settings
from app.situation import Situation


@dataclass(frozen=True, slots=True)
class ViewContext:
    """Main thread only.

    ``situations.arrived`` carries a ``Situation`` at each change, several in a second while it records; ``situation``
    is how things stand now, ``colours`` and ``settings`` are those of the moment. Recordings are read with
    ``app.library``, by ``background``.
    """

    paths: Paths
    situations: Bridge
    situation: Callable[[], Situation]
    background: Background
    intend: Callable[[Intent], None]
    colours: Callable[[], Colours]
    settings: Callable[[], Settings] = Settings
