"""How one of our programs starts another: by the Python that runs it or, in a bundle, as the program beside it."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Final

import capture


class Program(StrEnum):
    """Its package, as in ``python -m``."""

    APP = "app"
    CAPTURE = "capture"


BUNDLED: Final = {Program.APP: "afterword-tray", Program.CAPTURE: "afterword-capture"}
"""What they are called in a bundle; ``packaging/bundle/afterword.spec`` makes them."""


def is_bundled() -> bool:
    """Whether all is frozen into one folder, with a Python that is no program of its own."""
    return bool(getattr(sys, "frozen", False))


def command_of(program: Program) -> tuple[str, ...]:
    """To be started with ``ENVIRONMENT``, unless that program is installed."""
    if is_bundled():
        here = Path(sys.executable)
        return (str(here.with_name(BUNDLED[program] + here.suffix)),)
    # -P: what lies in the folder that we are called from is not ours, whatever its name
    return (sys.executable, "-P", "-m", program)


ENVIRONMENT: Final = {} if is_bundled() else {"PYTHONPATH": str(Path(capture.__path__[0]).parent)}
"""In which they find themselves."""
