# ruff: noqa: INP001, S603, S607 - a script beside others, no package. It starts Debian's own programs.
"""Which shared libraries a bundle asks the system for, and in which packages they are."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TABLE = tomllib.loads(Path(__file__).with_name("needs.toml").read_text("utf-8"))
NEEDED = re.compile(r"^\s+(NEEDED|SONAME)\s+(\S+)$", re.MULTILINE)
GLIBC = re.compile(r"\bGLIBC_2\.(\d+)$", re.MULTILINE)
MAGIC = b"\x7fELF"


@dataclass(frozen=True)
class Needs:
    """``linked`` and the rest are names of shared libraries; ``glibc`` is the oldest that will do, as in ``2.35``."""

    linked: tuple[str, ...]
    opened: tuple[str, ...]
    better_with: tuple[str, ...]
    glibc: str

    @property
    def depends(self) -> str:
        """As Debian has it."""
        names = {TABLE["linked"][name] for name in self.linked} | {TABLE["opened"][name] for name in self.opened}
        return ", ".join([f"libc6 (>= {self.glibc})", *sorted(names - {"libc6"})])

    @property
    def recommends(self) -> str:
        """As Debian has it."""
        return ", ".join(sorted({TABLE["better-with"][name] for name in self.better_with}))


def needs_of(bundle: Path) -> Needs:
    """Exits where it asks for a library whose package nobody has written down."""
    files = tuple(programs(bundle))
    tables = subprocess.run(("objdump", "--private-headers", *files), capture_output=True, text=True, check=True).stdout
    own = {path.name for path in files} | {name for kind, name in NEEDED.findall(tables) if kind == "SONAME"}
    linked = {name for kind, name in NEEDED.findall(tables) if kind == "NEEDED"} - own
    unknown = linked - TABLE["linked"].keys()
    if unknown:
        sys.exit(f"packaging/linux/needs.toml does not know {', '.join(sorted(unknown))}")
    glibc = max(int(minor) for minor in GLIBC.findall(tables))
    return Needs(tuple(sorted(linked)), tuple(TABLE["opened"]), tuple(TABLE["better-with"]), f"2.{glibc}")


def programs(bundle: Path) -> Iterator[Path]:
    """Programs and libraries, in order."""
    for path in sorted(bundle.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(len(MAGIC)) == MAGIC:
                    yield path
