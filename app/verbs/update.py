"""``afterword update URL``: asks whether to look for a newer release, then looks. It installs nothing."""

import argparse
import sys
from dataclasses import asdict
from importlib.metadata import version
from urllib.parse import urlsplit

from app.console import Console
from app.messages import ExitStatus
from app.paths import Paths
from app.update import is_newer, newest


def run(options: argparse.Namespace, _: Paths, console: Console) -> ExitStatus:
    if not (options.yes or _agreed(options.url, console)):
        console.document({"looked": False}, "Nobody was asked.")
        return ExitStatus.DONE
    own, release = version("afterword"), newest(options.url)
    is_old = is_newer(release.version, own)
    words = f"{release.version} is there: {release.page}" if is_old else f"{own} is the newest."
    console.document({"looked": True, "version": own, "newest": asdict(release), "is_newer": is_old}, words)
    return ExitStatus.DONE


def _agreed(url: str, console: Console) -> bool:
    """No, where nobody sits at a terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    console.say(f"{urlsplit(url).hostname} will be asked, and sees this machine's address. Nothing else is told.")
    sys.stderr.write("Look for a newer release? [y/N] ")
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
