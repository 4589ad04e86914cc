import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from app import login_item


def test_it_is_off_until_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert not login_item.is_on()
    login_item.switch(on=True)
    login_item.switch(on=True)
    assert login_item.is_on()
    entry = tmp_path / "config" / "autostart" / "afterword.desktop"
    (command,) = (line.removeprefix("Exec=") for line in entry.read_text().splitlines() if line.startswith("Exec="))
    done = subprocess.run([*shlex.split(command), "--version"], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout.startswith("afterword ")
    assert f"TryExec={sys.executable}" in entry.read_text().splitlines()
    login_item.switch(on=False)
    login_item.switch(on=False)
    assert not login_item.is_on()
