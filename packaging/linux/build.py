# ruff: noqa: INP001 - a script beside others, no package
"""Makes Linux packages of the bundle: ``build.py [--quick] deb|rpm|portable…``, into ``dist``.

``tree`` only lays out what they install.
"""

import argparse
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from deb import build_deb
from portable import build_portable
from rpm import build_rpm
from tree import ROOT, Release, lay_out, settle, this_release

NAME = os.environ.get("DEBFULLNAME", "Afterword maintainers")
MAINTAINER = f"{NAME} <{os.environ.get('DEBEMAIL', 'maintainers@afterword.example')}>"
"""Who makes a release says it as Debian's own tools want it said; ``make release`` asks for it."""

MEGABYTE = 10**6


@dataclass(frozen=True)
class Packing:
    """In the words of each packer."""

    deb: tuple[str, ...]
    rpm: str
    portable: tuple[str, ...]


SMALL = Packing(("-Zxz", "-z9", "--threads-max=1"), "w9.xzdio", ("--xz", "--complevel", "9"))
"""One thread: several cut what they pack into pieces that know nothing of each other."""

QUICK = Packing(("-Zgzip", "-z1"), "w1.gzdio", ("--gzip", "--complevel", "1"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="for trying out: large, and into build/quick")
    parser.add_argument("kinds", nargs="+", choices=["deb", "rpm", "portable", "tree"])
    options = parser.parse_args()
    release, is_quick = this_release(), options.quick
    place = ROOT / "build" / "quick" if is_quick else ROOT / "dist"
    if is_quick:
        shutil.rmtree(place, ignore_errors=True)
    packing = QUICK if is_quick else SMALL
    makers = {
        "deb": partial(build_deb, release, MAINTAINER, compression=packing.deb),
        "rpm": partial(build_rpm, release, MAINTAINER, payload=packing.rpm),
        "tree": partial(build_tree, release),
        "portable": partial(build_portable, release, compression=packing.portable),
    }
    for kind in options.kinds:
        began_s = time.monotonic()
        with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
            made = makers[kind](folder=Path(folder), place=place)
        size_mb = made.stat().st_size / MEGABYTE
        print(f"{made.relative_to(ROOT)}: {size_mb:.1f} MB, {time.monotonic() - began_s:.0f} s")  # noqa: T201 - its report


def build_tree(release: Release, folder: Path, place: Path) -> Path:
    """For others to pack."""
    laid_out = place / "tree"
    shutil.rmtree(laid_out, ignore_errors=True)
    place.mkdir(parents=True, exist_ok=True)
    lay_out(release, folder / "tree")
    settle(folder / "tree", release.stamp_s)
    return (folder / "tree").rename(laid_out)


if __name__ == "__main__":
    main()
