import os
import subprocess
import sys
from pathlib import Path

import pytest

from capture.program import BUNDLED, ENVIRONMENT, Program, command_of


@pytest.mark.parametrize("program", Program)
def test_from_anywhere_it_is_found(program: Program, tmp_path: Path) -> None:
    command = (*command_of(program), "--help")
    done = subprocess.run(command, cwd=tmp_path, env=os.environ | ENVIRONMENT, capture_output=True, check=False)
    assert done.returncode == 0
    assert b"usage" in done.stdout


@pytest.mark.parametrize(("own", "suffix"), [("afterword", ""), ("afterword.exe", ".exe")])
def test_a_bundle_has_it_beside(own: str, suffix: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / own))
    for program, name in BUNDLED.items():
        assert command_of(program) == (str(tmp_path / f"{name}{suffix}"),)
