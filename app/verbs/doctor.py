"""``afterword doctor``: whether a meeting could be recorded now."""

import argparse
from dataclasses import asdict

from app.checkup import State, check_all
from app.console import Console
from app.messages import ExitStatus
from app.paths import Paths
from app.settings import load

SIGNS = {State.OK: "✓", State.WARN: "!", State.FAIL: "✗"}


def run(_: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    settings = load(paths, console)
    console.show("Looking and listening; a short tone will be played …")
    checks = tuple(check_all(paths, settings))
    lines = []
    for check in checks:
        lines.append(f"{SIGNS[check.state]} {check.name:<13} {check.message}")
        lines += [f"{'':<15} {check.hint}"] if check.hint else []
    console.document({"checks": [asdict(check) for check in checks]}, "\n".join(lines))
    return ExitStatus.FAILED if any(check.state is State.FAIL for check in checks) else ExitStatus.DONE
