# ruff: noqa: INP001, S603 - a script beside others, no package. It starts the system's own programs.
"""What a Linux package installs: the bundle, and what desktops, shells and ``man`` look for below ``share``."""

import gzip
import os
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from manual import manual_page, write_completions

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUNDLE = ROOT / "build" / "bundle" / "afterword"
PROGRAMS = ("afterword", "afterword-capture", "afterword-tray")
ICON_SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256)


@dataclass(frozen=True)
class Release:
    """``stamp_s``: seconds since 1970 of the last change to the sources, the date of every file that is packed."""

    version: str
    stamp_s: int

    @cached_property
    def date(self) -> str:
        return datetime.fromtimestamp(self.stamp_s, UTC).date().isoformat()


def this_release() -> Release:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    given = os.environ.get("SOURCE_DATE_EPOCH")
    command = ("git", "-C", str(ROOT), "log", "-1", "--format=%ct")
    stamp = given or subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return Release(project["version"], int(stamp))


def lay_out(release: Release, prefix: Path) -> None:
    """``prefix`` is what ``/usr`` will be."""
    shutil.copytree(BUNDLE, prefix / "lib" / "afterword", symlinks=True, copy_function=os.link)
    program = prefix / "bin" / "afterword"
    program.parent.mkdir(parents=True)
    program.symlink_to("../lib/afterword/afterword")
    share = prefix / "share"
    write_completions(share)
    write_icons(share / "icons" / "hicolor")
    place(share / "applications" / "afterword.desktop", (HERE / "afterword.desktop").read_text("utf-8"))
    metainfo = HERE / "org.afterword.Afterword.metainfo.xml"
    filled = metainfo.read_text("utf-8").replace("@VERSION@", release.version).replace("@DATE@", release.date)
    place(share / "metainfo" / metainfo.name, filled)
    place_compressed(share / "man" / "man1" / "afterword.1.gz", manual_page(release.version, release.date))
    documents = share / "doc" / "afterword"
    place_compressed(documents / "changelog.gz", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    place(documents / "copyright", (HERE / "copyright").read_text("utf-8"))


def write_icons(themed: Path) -> None:
    """By Qt, on no screen. Icons of the program itself are those of its tray at rest."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - asks for a platform as soon as it is loaded

    from app.icons import Icon, drawn  # noqa: PLC0415 - asks for a platform as soon as it is loaded

    qt = QGuiApplication([])
    for size_px in ICON_SIZES_PX:
        path = themed / f"{size_px}x{size_px}" / "apps" / "afterword.png"
        path.parent.mkdir(parents=True)
        if not drawn(Icon.IDLE, size_px).save(str(path)):
            message = f"{path} could not be written"
            raise OSError(message)
    qt.shutdown()
    place(themed / "scalable" / "apps" / "afterword.svg", (ROOT / "resources/icons/idle.svg").read_text("utf-8"))


def place(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def place_compressed(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def settle(root: Path, stamp_s: int) -> None:
    """The same rights and dates on every machine. Files are links to the bundle's, which get them too."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            is_program = path.parent.name == "afterword" and path.name in PROGRAMS
            path.chmod(0o755 if path.is_dir() or is_program else 0o644)
        os.utime(path, (stamp_s, stamp_s), follow_symlinks=False)


def machine(names: dict[str, str]) -> str:
    """This one's, as a packager calls it."""
    own = os.uname().machine
    return names.get(own, own)
