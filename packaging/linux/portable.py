# ruff: noqa: INP001, S603 - a script beside others, no package. It starts Debian's own programs.
"""One file for any Linux: a shell script that unpacks and installs itself for one user, without root."""

import shutil
import subprocess
from pathlib import Path

from tree import HERE, Release, lay_out, machine, settle


def build_portable(release: Release, folder: Path, place: Path, compression: tuple[str, ...]) -> Path:
    """Into ``place``. ``folder`` is empty, for work. ``compression``: options of ``makeself``."""
    root = folder / "afterword"
    lay_out(release, root)
    shutil.copy(HERE / "install.sh", root / "install.sh")
    settle(root, release.stamp_s)
    (root / "install.sh").chmod(0o755)
    place.mkdir(parents=True, exist_ok=True)
    made = place / f"afterword-{release.version}-linux-{machine({})}.run"
    sorted_tar = "--sort=name --owner=0 --group=0 --numeric-owner"
    options = (*compression, "--nox11", "--sha256", "--packaging-date", release.date, "--tar-extra", sorted_tar)
    words = ("makeself", "--quiet", *options, str(root), str(made), f"Afterword {release.version}", "./install.sh")
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return made
