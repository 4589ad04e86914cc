# ruff: noqa: INP001, S603 - a script beside others, no package. It starts programs that it names itself.
"""Freezes Afterword into ``build/bundle/afterword``; the Python that runs it has all that goes in, and PyInstaller."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bill import write_bill

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build"
BUNDLE = BUILD / "bundle" / "afterword"
STAMP = BUILD / "bundle" / "frozen"
COLLECTED = BUILD / "work" / "afterword" / "collected.json"
SOURCES = ("app", "capture", "uploader", "resources", "packaging/bundle", "pyproject.toml", "LICENSE")
MEGABYTE = 10**6


def main() -> None:
    began_s = time.monotonic()
    state = fingerprint()
    if not STAMP.exists() or STAMP.read_text("utf-8") != state:
        STAMP.unlink(missing_ok=True)
        freeze()
        if sys.platform == "linux":
            strip()
        write_bill(json.loads(COLLECTED.read_text("utf-8")), BUNDLE)
        STAMP.write_text(state, "utf-8")
    files = [path for path in BUNDLE.rglob("*") if path.is_file()]
    size_mb = sum(path.stat().st_size for path in files) / MEGABYTE
    print(f"bundle: {len(files)} files, {size_mb:.0f} MB, {time.monotonic() - began_s:.0f} s")  # noqa: T201 - its report


def fingerprint() -> str:
    """Of all that decides what is in it."""
    seen = hashlib.sha256(sys.version.encode())
    for path in sources():
        seen.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()


def sources() -> Iterator[Path]:
    for name in SOURCES:
        path = ROOT / name
        yield from [path] if path.is_file() else sorted(each for each in path.rglob("*") if is_source(each))


def is_source(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def freeze() -> None:
    """The seed of hashes and the date are fixed, so that the same sources make the same bundle."""
    fixed = {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": source_date()}
    folders = ("--distpath", str(BUNDLE.parent), "--workpath", str(BUILD / "work"))
    recipe = str(ROOT / "packaging" / "bundle" / "afterword.spec")
    command = (sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR", *folders, recipe)
    subprocess.run(command, env=os.environ | fixed, check=True)


def source_date() -> str:
    """Seconds since 1970: when the last change to the sources was made."""
    git = shutil.which("git") or "git"
    command = (git, "-C", str(ROOT), "log", "-1", "--format=%ct")
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return given or subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def strip() -> None:
    """Of symbols that nobody reads. Not what auditwheel has rewritten: ``strip`` breaks it. Qt has none."""
    found = [path for path in BUNDLE.rglob("*.so*") if path.is_file() and not path.is_symlink()]
    own = [str(path) for path in found if "Qt" not in path.parts and not path.parent.name.endswith(".libs")]
    subprocess.run((shutil.which("strip") or "strip", "--strip-unneeded", *own), check=True)


if __name__ == "__main__":
    main()
