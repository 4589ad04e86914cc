"""Where the trials run: one private screen and sound server, with a flash and a beep every two seconds."""

import contextlib
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.rig.content import Mode, showing
from tests.rig.desktop import Desktop, private_desktop


@dataclass(frozen=True, slots=True)
class Stage:
    """``flashes`` is the content's own log; ``folder`` is for the trials, ``once`` for what they share."""

    desktop: Desktop
    flashes: Path
    folder: Path
    once: threading.Lock = field(default_factory=threading.Lock)


@contextlib.contextmanager
def staged() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="torture-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        flashes = folder / "flashes.jsonl"
        with private_desktop() as desktop, showing(Mode.FLASH, desktop.environment, flashes):
            yield Stage(desktop, flashes, folder)
