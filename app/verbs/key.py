"""``afterword key``: keeps the API key of a destination."""

import argparse
import getpass
import sys

from app.console import Console
from app.credentials import forget_key
from app.delivery_ledger import open_ledger
from app.key_prompt import keep
from app.messages import ExitStatus, Failure
from app.paths import Paths
from uploader.destinations.addresses import normalised


def run(options: argparse.Namespace, paths: Paths, console: Console) -> ExitStatus:
    destination = normalised(options.url)
    if options.forget:
        forget_key(destination, paths.credentials)
        console.document({"destination": destination, "kept_in": None}, f"No key is kept for {destination}.")
        return ExitStatus.DONE
    key = _given()
    if not key:
        raise Failure("no_key_given")
    kept = keep(destination, key, paths, console)
    if paths.ledger.exists():
        with open_ledger(paths) as ledger:
            ledger.resume(destination)
    console.document({"destination": destination, "kept_in": kept}, f"The key for {destination} is in the {kept}.")
    return ExitStatus.DONE


def _given() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("API key: ", sys.stderr).strip()
    return sys.stdin.readline().strip()
