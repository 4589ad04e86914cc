"""The keys of destinations: from the environment, else the system's keyring, else a file for the user alone."""

import json
import os
from pathlib import Path

import keyring
from keyring.errors import KeyringError

from app.messages import Failure

KEY_VARIABLE = "AFTERWORD_API_KEY"
SERVICE = "afterword"


def find_key(destination: str, fallback: Path) -> str | None:
    """``destination`` is its URL; ``fallback`` a JSON file of keys by URL, made with mode 0600.

    Raises ``Failure`` where that file cannot be read.
    """
    return os.environ.get(KEY_VARIABLE) or _from_keyring(destination) or _from_file(destination, fallback)


def _from_keyring(destination: str) -> str | None:
    try:
        return keyring.get_password(SERVICE, destination)
    except KeyringError:  # a machine without one, or a locked one: the file is next
        return None


def _from_file(destination: str, fallback: Path) -> str | None:
    try:
        keys = json.loads(fallback.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Failure("credentials_unreadable", str(error), path=str(fallback)) from error
    key = keys.get(destination) if isinstance(keys, dict) else None
    return key if isinstance(key, str) else None
