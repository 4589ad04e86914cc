"""``afterword repair``: mends anybody's broken media file into a new one; the broken one is only read."""

import argparse
from typing import Any

from app.capture_process import repair
from app.console import Console
from app.messages import ExitStatus, Failure, describe
from app.paths import Paths
from capture.events import Error
from capture.media import Repaired
from capture.recording import NS_PER_S


def run(options: argparse.Namespace, _: Paths, console: Console) -> ExitStatus:
    if not options.file.is_file():
        raise Failure("unknown_file", path=str(options.file))
    repaired = repair(options.file, options.output)
    if isinstance(repaired, Error):
        raise Failure.of(describe(repaired.code, repaired.reason, {"path": str(options.file), **repaired.data}))
    console.document(_document(repaired), _text(repaired))
    return ExitStatus.DONE


def _document(repaired: Repaired) -> dict[str, Any]:
    return {
        "file": str(repaired.file),
        "output": None if repaired.output is None else str(repaired.output),
        "duration_s": _s(repaired.played_ns),
        "lost": {"bytes": repaired.lost_bytes, "duration_s": _s(repaired.lost_ns)},
    }


def _text(repaired: Repaired) -> str:
    if repaired.output is None:
        return f"Nothing is broken: {repaired.file} plays for {_s(repaired.played_ns):.1f} s."
    text = f"{repaired.output} plays for {_s(repaired.played_ns):.1f} s."
    if repaired.lost_ns:
        return f"{text} The last {_s(repaired.lost_ns):.1f} s are lost."
    if repaired.lost_bytes:
        return f"{text} {repaired.lost_bytes:,} bytes were torn, and are left out."
    return f"{text} Nothing is lost."


def _s(length_ns: int) -> float:
    return round(length_ns / NS_PER_S, 3)
