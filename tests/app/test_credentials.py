import json
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError

from app.credentials import (
    KEY_VARIABLE,
    SECRET_VARIABLE,
    SERVICE,
    WEBHOOK_SECRET,
    find_key,
    find_webhook_secret,
)

URL = "https://recordings.example"


class Keys(KeyringBackend):
    """A keyring in memory."""

    priority = 1.0

    def __init__(self, keys: dict[tuple[str, str], str] | None) -> None:
        self._keys = keys

    def get_password(self, service: str, username: str) -> str | None:
        if self._keys is None:
            raise NoKeyringError
        return self._keys.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Nobody writes here."""

    def delete_password(self, service: str, username: str) -> None:
        """Nor here."""


@pytest.fixture
def fallback(tmp_path: Path) -> Path:
    path = tmp_path / "credentials.json"
    path.write_text(json.dumps({URL: "from file"}))
    return path


def test_the_environment_goes_before_all(fallback: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "from environment")
    keyring.set_keyring(Keys({(SERVICE, URL): "from keyring"}))
    assert find_key(URL, fallback) == "from environment"


def test_then_the_keyring_then_the_file(fallback: Path) -> None:
    keyring.set_keyring(Keys({(SERVICE, URL): "from keyring"}))
    assert find_key(URL, fallback) == "from keyring"
    keyring.set_keyring(Keys({}))
    assert find_key(URL, fallback) == "from file"


def test_a_machine_without_a_keyring_is_no_trouble(fallback: Path, tmp_path: Path) -> None:
    keyring.set_keyring(Keys(None))
    assert find_key(URL, fallback) == "from file"
    assert find_key("https://other.example", fallback) is None
    assert find_key(URL, tmp_path / "none.json") is None


def test_the_secret_of_webhooks_is_found_in_the_same_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "credentials.json"
    kept.write_text(json.dumps({WEBHOOK_SECRET: "from file"}))
    keyring.set_keyring(Keys(None))
    monkeypatch.setenv(KEY_VARIABLE, "a key is no secret")
    assert find_webhook_secret(kept) == "from file"
    keyring.set_keyring(Keys({(SERVICE, WEBHOOK_SECRET): "from keyring"}))
    assert find_webhook_secret(kept) == "from keyring"
    monkeypatch.setenv(SECRET_VARIABLE, "from environment")
    assert find_webhook_secret(kept) == "from environment"
