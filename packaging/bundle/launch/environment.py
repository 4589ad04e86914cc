# ruff: noqa: INP001 - no package: it is part of the frozen programs.
"""What a frozen program gives to those that it starts."""

import os

SEARCH_PATH = "LD_LIBRARY_PATH"


def give_back() -> None:
    """The loader has put the bundle's libraries first, for itself; a browser or a file manager must find its own."""
    if f"{SEARCH_PATH}_ORIG" in os.environ:
        os.environ[SEARCH_PATH] = os.environ.pop(f"{SEARCH_PATH}_ORIG")
    else:
        os.environ.pop(SEARCH_PATH, None)
