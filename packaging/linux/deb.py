# ruff: noqa: INP001, S603 - a script beside others, no package. It starts Debian's own programs.
"""The package for Debian, Ubuntu and their like."""

import subprocess
from pathlib import Path

from needs import needs_of
from tree import BUNDLE, Release, lay_out, machine, settle

CONTROL = """\
Package: afterword
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {size_kib}
Depends: {depends}
Recommends: {recommends}
Suggests: gnome-keyring | libsecret-1-0
Section: sound
Priority: optional
Description: record meetings on your own machine
 Afterword records the screen, your microphone and the sound of the other side
 on one timeline, into ordinary files that survive a crash, and delivers them to
 a recordings backend: the one that comes with it, or a server of yours.
 .
 Recordings stay in your home folder when this package is removed.
"""
MORE = "xkb-data, fonts-dejavu-core | fonts-freefont-ttf, xdg-desktop-portal"
"""Keys, letters, and the way to a Wayland desktop's screen."""


def build_deb(release: Release, maintainer: str, folder: Path, place: Path, compression: tuple[str, ...]) -> Path:
    """Into ``place``. ``folder`` is empty, for work. ``compression``: options of ``dpkg-deb``."""
    lay_out(release, folder / "usr")
    needs = needs_of(BUNDLE)
    architecture = machine({"x86_64": "amd64", "aarch64": "arm64"})
    size_kib = sum(-(-path.lstat().st_size // 1024) for path in folder.rglob("*"))
    control = folder / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        CONTROL.format(
            version=release.version,
            architecture=architecture,
            maintainer=maintainer,
            size_kib=size_kib,
            depends=needs.depends,
            recommends=f"{needs.recommends}, {MORE}",
        ),
        "utf-8",
    )
    settle(folder, release.stamp_s)
    made = place / f"afterword_{release.version}_{architecture}.deb"
    place.mkdir(parents=True, exist_ok=True)
    options = ("--root-owner-group", *compression)
    environment = {"SOURCE_DATE_EPOCH": str(release.stamp_s), "PATH": "/usr/bin:/bin"}
    command = ("dpkg-deb", *options, "--build", str(folder), str(made))
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return made
