"""The keys of destinations: from the environment, else the system's keyring, else a file for the user alone."""

import contextlib
import json
import os
from enum import StrEnum
from pathlib import Path
from typing import Any

import keyring
from keyring.errors import KeyringError

from app.messages import Failure
from capture.manifest import storage_error, write_json

KEY_VARIABLE = "AFTERWORD_API_KEY"
SECRET_VARIABLE = "AFTERWORD_WEBHOOK_SECRET"  # noqa: S105 - the name of a variable
SERVICE = "afterword"
TRANSCRIPTION_VARIABLE = "AFTERWORD_TRANSCRIPTION_KEY"
WEBHOOK_SECRET = "webhook_secret"  # noqa: S105 - the name that it is kept under


def find_key(destination: str, fallback: Path) -> str | None:
    """``destination`` is its URL; ``fallback`` a JSON file of keys by URL, made with mode 0600.

    Raises ``Failure`` where that file cannot be read.
    """
    return os.environ.get(KEY_VARIABLE) or _from_keyring(destination) or _from_file(destination, fallback)


def find_webhook_secret(fallback: Path) -> str | None:
    """What live events are signed with; kept where keys are, under ``webhook_secret``. Raises as ``find_key`` does."""
    return os.environ.get(SECRET_VARIABLE) or _from_keyring(WEBHOOK_SECRET) or _from_file(WEBHOOK_SECRET, fallback)


def find_transcription_key(url: str, fallback: Path) -> str | None:
    """Of the service at ``url``; kept where keys are. Raises as ``find_key`` does."""
    return os.environ.get(TRANSCRIPTION_VARIABLE) or _from_keyring(url) or _from_file(url, fallback)


class KeptIn(StrEnum):
    KEYRING = "keyring"
    FILE = "file"


def keep_key(destination: str, key: str, fallback: Path) -> KeptIn:
    """In the system's keyring, else in ``fallback``, with mode 0600. Raises ``Failure``."""
    try:
        keyring.set_password(SERVICE, destination, key)
        if keyring.get_password(SERVICE, destination) == key:  # one that keeps nothing says nothing either
            _change_file(fallback, destination, None)
            return KeptIn.KEYRING
    except KeyringError:  # a machine without one, or a locked one: the file is next
        pass
    _change_file(fallback, destination, key)
    return KeptIn.FILE


def forget_key(destination: str, fallback: Path) -> None:
    """In both places. Idempotent. Raises ``Failure``."""
    with contextlib.suppress(KeyringError):
        keyring.delete_password(SERVICE, destination)
    _change_file(fallback, destination, None)


def _change_file(fallback: Path, destination: str, key: str | None) -> None:
    keys = _keys_in(fallback)
    if keys.get(destination) == key:
        return
    changed = {name: value for name, value in keys.items() if name != destination}
    changed |= {} if key is None else {destination: key}
    try:
        fallback.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, fallback) from error
    write_json(changed, fallback)  # through a temporary file, which is the user's alone from its beginning


def _from_keyring(destination: str) -> str | None:
    try:
        return keyring.get_password(SERVICE, destination)
    except KeyringError:  # a machine without one, or a locked one: the file is next
        return None


def _from_file(destination: str, fallback: Path) -> str | None:
    key = _keys_in(fallback).get(destination)
    return key if isinstance(key, str) else None


def _keys_in(fallback: Path) -> dict[str, Any]:
    try:
        keys = json.loads(fallback.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise Failure("credentials_unreadable", str(error), path=str(fallback)) from error
    return keys if isinstance(keys, dict) else {}
