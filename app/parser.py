"""What the command line is parsed by."""

import argparse
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import NoReturn, TypeAlias, TypeVar

from app.console import Console
from app.messages import ExitStatus, describe

E = TypeVar("E", bound=StrEnum)

REGION_PARTS = 4
LAST_PORT, PORT_DIGITS = 65535, 5


class Parser(argparse.ArgumentParser):
    """Wrong usage is an error document too, where documents are asked for."""

    def error(self, message: str) -> NoReturn:
        if "--json" in sys.argv or "--events" in sys.argv:
            Console(as_json=True).complain(describe("wrong_usage", message))
            sys.exit(ExitStatus.WRONG_USAGE)
        super().error(message)


Verbs: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - argparse has no public name for it


def number(text: str) -> float:
    """Raises ``ArgumentTypeError``."""
    try:
        return float(text)
    except ValueError:
        message = f"{text} is no number"
        raise argparse.ArgumentTypeError(message) from None


def one_of(kind: type[E]) -> Callable[[str], E]:
    """A type of arguments. As ``number``."""

    def parse(text: str) -> E:
        try:
            return kind(text)
        except ValueError:
            message = f"{text} is none of {', '.join(kind)}"
            raise argparse.ArgumentTypeError(message) from None

    return parse


def port(text: str) -> int:
    """As ``number``."""
    if not (text.isascii() and text.isdigit() and len(text) <= PORT_DIGITS and int(text) <= LAST_PORT):
        message = f"{text} is no number from 0 to {LAST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def region(text: str) -> tuple[int, ...]:
    """As ``number``."""
    try:
        parts = tuple(int(part) for part in text.split(","))
    except ValueError:
        parts = ()
    if len(parts) != REGION_PARTS:
        message = f"{text} is not X,Y,WIDTH,HEIGHT"
        raise argparse.ArgumentTypeError(message)
    return parts
