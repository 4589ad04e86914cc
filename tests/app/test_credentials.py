import io
import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError, PasswordDeleteError

from app.cli import run
from app.credentials import (
    KEY_VARIABLE,
    SECRET_VARIABLE,
    SERVICE,
    WEBHOOK_SECRET,
    KeptIn,
    find_key,
    find_webhook_secret,
    forget_key,
    keep_key,
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
        if self._keys is None:
            raise NoKeyringError
        self._keys[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self._keys is None or self._keys.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture(autouse=True)
def usual_keyring() -> Iterator[None]:
    usual = keyring.get_keyring()
    yield
    keyring.set_keyring(usual)


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


def test_a_key_is_kept_in_the_keyring_and_then_no_longer_in_the_file(fallback: Path) -> None:
    keyring.set_keyring(Keys({}))
    assert keep_key(URL, "new", fallback) is KeptIn.KEYRING
    assert find_key(URL, fallback) == "new"
    assert json.loads(fallback.read_text()) == {}
    forget_key(URL, fallback)
    assert find_key(URL, fallback) is None


@pytest.mark.parametrize("make_ring", [lambda: Keys(None), keyring.backends.null.Keyring])
def test_without_a_keyring_it_is_kept_in_a_file_for_the_user_alone(
    make_ring: Callable[[], KeyringBackend], tmp_path: Path
) -> None:
    """One that takes everything and keeps nothing is none either."""
    path = tmp_path / "new" / "credentials.json"
    keyring.set_keyring(make_ring())
    assert keep_key(URL, "one", path) is KeptIn.FILE
    assert keep_key("https://other.example", "two", path) is KeptIn.FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (find_key(URL, path), find_key("https://other.example", path)) == ("one", "two")
    forget_key(URL, path)
    forget_key(URL, path)
    assert (find_key(URL, path), find_key("https://other.example", path)) == (None, "two")


def test_the_verb_reads_it_from_standard_input_and_says_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring.set_keyring(Keys(None))
    monkeypatch.setattr("sys.stdin", io.StringIO("the secret\n"))
    assert run(["--basedir", str(tmp_path), "key", "HTTPS://Recordings.example/", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == {"destination": URL, "kept_in": "file"}
    assert "plain text" in said.err
    assert "the secret" not in said.out + said.err
    path = tmp_path / "config" / "credentials.json"
    assert find_key(URL, path) == "the secret"
    assert run(["--basedir", str(tmp_path), "key", URL, "--json"]) == 2
    assert run(["--basedir", str(tmp_path), "key", URL, "--forget", "--json"]) == 0
    assert find_key(URL, path) is None
