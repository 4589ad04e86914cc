# ruff: noqa: INP001, S603, S607, T201 - a script, no package. It starts git, and reports to who calls it.
"""What a release needs: ``release.py checksums`` for what lies in ``dist``, ``release.py check`` before a tag is set.

The version stands in ``pyproject.toml``; the changelog has a part for it, with a date; the tree has no changes that are
not committed. ``check`` tells what would be done, and does none of it.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
SUMS = DIST / "SHA256SUMS"
VERSION = re.compile(r"\d+\.\d+\.\d+")


def main() -> None:
    if sys.argv[1:] == ["checksums"]:
        write_checksums()
    elif sys.argv[1:] == ["check"]:
        check()
    else:
        sys.exit("usage: release.py checksums|check")


def write_checksums() -> None:
    """``sha256sum --check SHA256SUMS`` verifies them; ``latest.json`` is what ``afterword update`` reads."""
    release = version()
    files = [path for path in sorted(DIST.iterdir()) if release in path.name]
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    SUMS.write_text("".join(lines), "utf-8")
    page = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"].get("urls", {}).get("Releases", "")
    (DIST / "latest.json").write_text(json.dumps({"version": release, "page": page}) + "\n", "utf-8")
    print("".join(lines), end="")


def check() -> None:
    release = version()
    notes = changes(release)
    complaints = [
        *([] if VERSION.fullmatch(release) else [f"{release} is no version of three numbers"]),
        *([] if notes else [f"CHANGELOG.md has no part `## [{release}] - DATE`"]),
        *([] if "DEBEMAIL" in os.environ else ["DEBEMAIL is not set: packages would name nobody who can be asked"]),
        *(["there are changes that are not committed"] if git("status", "--porcelain") else []),
        *([f"the tag v{release} is there already"] if git("tag", "--list", f"v{release}") else []),
    ]
    print(f"version    {release}")
    print(f"changes    {len(notes.splitlines())} lines in CHANGELOG.md")
    print(f"would do   git tag --sign v{release} && git push origin v{release}")
    print("           then .github/workflows/packages.yml makes the packages; sign dist/SHA256SUMS and publish dist/")
    if complaints:
        sys.exit("".join(f"not ready  {each}\n" for each in complaints).rstrip())


def version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def changes(release: str) -> str:
    """Its part of the changelog; empty where there is none with a date."""
    parts = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)
    wanted = re.compile(rf"\[{re.escape(release)}\] - \d{{4}}-\d\d-\d\d\n")
    return next((part.partition("\n")[2].strip() for part in parts if wanted.match(part)), "")


def git(*arguments: str) -> str:
    done = subprocess.run(("git", "-C", str(ROOT), *arguments), capture_output=True, text=True, check=True)
    return done.stdout.strip()


if __name__ == "__main__":
    main()
