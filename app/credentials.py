"""The keys of destinations: from the environment, else the system's keyring, else a file for the user alone."""

import json
import os
from pathlib import Path

import keyring
from keyring.errors import KeyringError

from app.messages import Failure

KEY_VARIABLE = "AFTERWORD_API_KEY"
SECRET_VARIABLE = "AFTERWORD_WEBHOOK_SECRET"  # noqa: S105 - the name of a variable
SERVICE = "afterword"
WEBHOOK_SECRET = "webhook_secret"  # noqa: S105 - the name that it is kept under


def find_key(destination: str, fallback: Path) -> str | None:
    """``destination`` is its URL; ``fallback`` a JSON file of keys by URL, made with mode 0600.

    Raises ``Failure`` where that file cannot be read.
    """
    return os.environ.get(KEY_VARIABLE) or _from_keyring(destination) or _from_file(destination, fallback)


def find_webhook_secret(fallback: Path) -> str | None:
    """What live events are signed with; kept where keys are, under ``webhook_secret``. Raises as ``find_key`` does."""
    return os.environ.get(SECRET_VARIABLE) or _from_keyring(WEBHOOK_SECRET) or _from_file(WEBHOOK_SECRET, fallback)


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
