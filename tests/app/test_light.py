"""What is asked for often, and at each login, loads none of the libraries that record and deliver."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rig.desktop import Desktop

HEAVY = {"PySide6", "av", "cattrs", "httpx", "jeepney", "keyring", "numpy", "sqlalchemy", "tomlkit", "uvicorn"}
PROGRAM = """
import json, sys
try:
    {act}
finally:
    print(json.dumps(sorted(sys.modules)))
"""
MAIN = "from app.__main__ import main; sys.argv = ['afterword', *sys.argv[1:]]; main()"


def loaded(act: str, *arguments: str | Path) -> set[str]:
    """By a process that does nothing else."""
    command = (sys.executable, "-c", PROGRAM.format(act=act), *map(str, arguments))
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_version_is_told_at_once() -> None:
    assert "app.cli" not in loaded(MAIN, "--version")


@pytest.mark.parametrize("verb", ["status", "recordings"])
def test_verbs_that_only_look(verb: str, basedir: Path) -> None:
    modules = loaded(MAIN, "--basedir", basedir, verb)
    assert "app.cli" in modules
    assert not modules & HEAVY


def test_a_recording_that_stays_here_loads_nothing_that_delivers(
    desktop: Desktop, basedir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in desktop.variables.items():
        monkeypatch.setenv(name, value)
    modules = loaded(MAIN, "--basedir", basedir, "record", "--duration", "0.2", "--no-video", "--no-deliver")
    assert "app.later_transcripts" in modules, "it came to its end"
    assert not modules & {"httpx", "sqlalchemy"}


def test_an_engine_for_transcripts_is_opened_by_somebody_else() -> None:
    """What its library does to a process is not done to the tray's."""
    act = "from app.transcripts import EngineChoice, engine_trouble"
    act += "; engine_trouble(EngineChoice('pocketsphinx'), ('true',))"
    modules = loaded(act)
    assert "app.transcripts" in modules
    assert not modules & {"numpy", "pocketsphinx"}


def test_the_icon_is_there_before_what_records_and_delivers() -> None:
    assert loaded("import app.application") & HEAVY == {"PySide6"}
