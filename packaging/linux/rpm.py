# ruff: noqa: INP001, S603 - a script beside others, no package. It starts Debian's own programs.
"""The package for Fedora, openSUSE and their like. It names libraries, not packages, for each calls those otherwise."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

from needs import needs_of
from tree import BUNDLE, Release, lay_out, machine, settle

RECIPE = """\
Name: afterword
Version: {version}
Release: 1
Summary: Record meetings on your own machine
License: GPL-3.0-or-later
Group: Productivity/Multimedia/Sound/Editors and Convertors
Packager: {maintainer}
BuildArch: {architecture}
AutoReqProv: no
{requires}

%description
Afterword records the screen, your microphone and the sound of the other side
on one timeline, into ordinary files that survive a crash, and delivers them to
a recordings backend: the one that comes with it, or a server of yours.

Recordings stay in your home folder when this package is removed.

%files
%doc /usr/share/doc/afterword
/usr/bin/afterword
/usr/lib/afterword
/usr/share/applications/afterword.desktop
/usr/share/bash-completion/completions/afterword
/usr/share/fish/vendor_completions.d/afterword.fish
/usr/share/icons/hicolor/*/apps/afterword.*
/usr/share/man/man1/afterword.1.gz
/usr/share/metainfo/org.afterword.Afterword.metainfo.xml
/usr/share/zsh/vendor-completions/_afterword

%changelog
* {day} {maintainer} - {version}-1
- See /usr/share/doc/afterword/changelog.gz
"""
SETTINGS = {
    "__os_install_post": "%{nil}",  # no stripping, no compiling: it is ready
    "_build_id_links": "none",
    "_buildhost": "afterword",
    "clamp_mtime_to_source_date_epoch": "1",
    "debug_package": "%{nil}",
    "use_source_date_epoch_as_buildtime": "1",
}
WIDE = "()(64bit)"


def build_rpm(release: Release, maintainer: str, folder: Path, place: Path, payload: str) -> Path:
    """Into ``place``. ``folder`` is empty, for work. ``payload`` says how it is compressed, in rpm's words."""
    root = folder / "root"
    lay_out(release, root / "usr")
    settle(root, release.stamp_s)
    architecture = machine({})
    recipe = folder / "afterword.spec"
    recipe.write_text(
        RECIPE.format(
            version=release.version,
            maintainer=maintainer,
            architecture=architecture,
            requires=requirements(),
            day=datetime.fromtimestamp(release.stamp_s, UTC).strftime("%a %b %d %Y"),
        ),
        "utf-8",
    )
    settings = {**SETTINGS, "_binary_payload": payload, "_rpmdir": str(folder / "made"), "_topdir": str(folder)}
    defined = (word for name, value in settings.items() for word in ("--define", f"{name} {value}"))
    command = ("rpmbuild", "-bb", "--quiet", f"--buildroot={root}", *defined, str(recipe))
    environment = {"SOURCE_DATE_EPOCH": str(release.stamp_s), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    subprocess.run(command, env=environment, check=True)
    (made,) = (folder / "made").rglob("*.rpm")
    place.mkdir(parents=True, exist_ok=True)
    return made.rename(place / made.name)


def requirements() -> str:
    needs = needs_of(BUNDLE)
    linked = {name for name in (*needs.linked, *needs.opened) if not name.startswith("ld-linux")}
    lines = [f"Requires: libc.so.6(GLIBC_{needs.glibc})(64bit)"]
    lines += [f"Requires: {name}{WIDE}" for name in sorted(linked - {"libc.so.6"})]
    lines += [f"Recommends: {name}{WIDE}" for name in needs.better_with]
    return "\n".join([*lines, "Recommends: xdg-desktop-portal"])
