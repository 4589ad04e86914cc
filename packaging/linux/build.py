# ruff: noqa: INP001 - a script beside others, no package
"""Makes Linux packages of the bundle: ``build.py [--quick] deb|rpm|portable…``, into ``dist``."""

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from deb import build_deb
from tree import ROOT, this_release

MAINTAINER = "Afterword maintainers <maintainers@afterword.example>"
SMALL = ("-Zxz", "-z6")
QUICK = ("-Zgzip", "-z1")
MEGABYTE = 10**6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="for trying out: large, and into build/quick")
    parser.add_argument("kinds", nargs="+", choices=["deb"])
    options = parser.parse_args()
    release = this_release()
    place = ROOT / "build" / "quick" if options.quick else ROOT / "dist"
    if options.quick:
        shutil.rmtree(place, ignore_errors=True)
    for _ in options.kinds:
        began_s = time.monotonic()
        with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
            made = build_deb(release, MAINTAINER, Path(folder), place, QUICK if options.quick else SMALL)
        size_mb = made.stat().st_size / MEGABYTE
        print(f"{made.relative_to(ROOT)}: {size_mb:.1f} MB, {time.monotonic() - began_s:.0f} s")  # noqa: T201 - its report


if __name__ == "__main__":
    main()
