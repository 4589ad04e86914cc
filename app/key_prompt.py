"""Asks a person for the key of a destination; never from an argument, which other users of the machine can read."""

import getpass
import os
import sys

from app.console import Console
from app.credentials import KEY_VARIABLE, KeptIn, keep_key
from app.paths import Paths


def ask_key(destination: str, paths: Paths, console: Console) -> bool:
    """Whether one was given; it is kept. Asks nobody where nobody sits at a terminal, or the environment has one."""
    if os.environ.get(KEY_VARIABLE) or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    console.say(f"{destination} wants another API key.")
    key = getpass.getpass("API key (empty to leave it): ", sys.stderr).strip()
    if key:
        keep(destination, key, paths, console)
    return bool(key)


def keep(destination: str, key: str, paths: Paths, console: Console) -> KeptIn:
    """Says where, if that is a file."""
    kept = keep_key(destination, key, paths.credentials)
    if kept is KeptIn.FILE:
        console.say(
            f"This machine has no keyring that is open: the key is in {paths.credentials}, as plain text that only "
            "your account can read."
        )
    return kept
