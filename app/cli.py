"""Runs a verb; the one place where errors become words and an exit status."""

from collections.abc import Callable, Sequence
from importlib import import_module

from app.arguments import make_parser
from app.console import Console
from app.messages import ExitStatus, Failure, describe
from app.paths import find_paths
from capture.errors import CaptureError
from uploader.errors import UploaderError


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit status. Never raises for what a user can do wrong."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    console = Console(as_json=options.json, as_events=options.events)
    try:
        status: ExitStatus = _verb(options.run or "tray.run")(options, find_paths(options.basedir), console)
    except Failure as failure:
        message = failure.message
    except (CaptureError, UploaderError) as error:
        message = describe(error.code, error.reason, error.data)
    else:
        return status
    console.complain(message)
    return message.exit_status


def _verb(name: str) -> Callable[..., ExitStatus]:
    """``name`` is a module below ``app.verbs`` and a function in it."""
    module, function = name.split(".")
    verb: Callable[..., ExitStatus] = getattr(import_module(f"app.verbs.{module}"), function)
    return verb
