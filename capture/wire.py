"""Dataclasses to JSON and back: the worker protocol's lines, and the documents on disk.

Fields that a newer program added are ignored; what is missing or of the wrong type is named. cattrs, and what it makes
of our classes, takes a fifth of a second: it is loaded once something is converted.
"""

import dataclasses
import json
import operator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from capture.commands import Command
from capture.errors import ProtocolError
from capture.events import Event
from capture.recording import AllMonitors, Monitor, Region, ScreenTarget, TestPattern, Window

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")

SCREEN_TAGS = {
    Monitor: "monitor",
    AllMonitors: "all",
    Region: "region",
    Window: "window",
    TestPattern: "test_pattern",
}


@cache
def _converter() -> "Converter":
    from cattrs import Converter  # noqa: PLC0415 - not for who merely names these functions
    from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn  # noqa: PLC0415 - not for who merely names these functions
    from cattrs.strategies import configure_tagged_union  # noqa: PLC0415 - not for who merely names these functions

    converter = Converter(detailed_validation=True)
    converter.register_unstructure_hook(Path, str)
    converter.register_structure_hook(Path, lambda value, _: Path(value))
    for scalar in (str, int, float, bool):
        converter.register_structure_hook(scalar, _strict)
    converter.register_structure_hook(StrEnum, lambda value, kind: kind(value))
    converter.register_unstructure_hook_factory(
        dataclasses.is_dataclass, lambda cls: make_dict_unstructure_fn(cls, converter, **_public_names(cls))
    )
    converter.register_structure_hook_factory(
        dataclasses.is_dataclass, lambda cls: make_dict_structure_fn(cls, converter, **_public_names(cls))
    )
    tagged: Any = ScreenTarget
    configure_tagged_union(tagged, converter, tag_name="kind", tag_generator=SCREEN_TAGS.__getitem__)
    converter.register_unstructure_hook(
        ScreenTarget | None, lambda value: value and converter.unstructure(value, tagged)
    )
    converter.register_structure_hook(
        ScreenTarget | None, lambda value, _: value and converter.structure(value, tagged)
    )
    for union in (Event, Command):
        configure_tagged_union(union, converter, tag_name="type", tag_generator=operator.attrgetter("type"))
    return converter


def _strict(value: object, scalar: type) -> object:
    """JSON has types of its own: "3" is not the number 3, and true is not 1."""
    accepted = (int, float) if scalar is float else (scalar,)
    if not isinstance(value, accepted) or (isinstance(value, bool) and scalar is not bool):
        message = f"expected {scalar.__name__}, got {type(value).__name__}"
        raise TypeError(message)
    return value


def _public_names(cls: type) -> dict[str, Any]:
    """A trailing underscore keeps a Python keyword free: ``from_`` is ``from`` on the wire."""
    from cattrs.gen import override  # noqa: PLC0415 - not for who merely names these functions

    names = [field.name for field in dataclasses.fields(cls)]
    return {name: override(rename=name.rstrip("_")) for name in names if name.endswith("_")}


def to_document(value: object, shape: Any = None) -> Any:  # noqa: ANN401 - a JSON document has no better type
    """What ``json`` can write. ``shape`` is needed where ``value`` belongs to a tagged union."""
    return _converter().unstructure(value, unstructure_as=shape)


def from_document(document: object, shape: type[T]) -> T:
    """Raises ``ProtocolError`` that names each field that is missing or of the wrong type."""
    from cattrs import transform_error  # noqa: PLC0415 - not for who merely names these functions
    from cattrs.errors import BaseValidationError  # noqa: PLC0415 - not for who merely names these functions

    try:
        return _converter().structure(document, shape)
    except (BaseValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        problems = transform_error(error, path="document") if isinstance(error, BaseValidationError) else [str(error)]
        raise ProtocolError("; ".join(problems)) from error


def encode_event(event: Event) -> str:
    """One line, without its line end."""
    return _line(event, Event)


def encode_command(command: Command) -> str:
    return _line(command, Command)


def decode_event(line: str) -> Event | None:
    """``None`` for a type that this version does not know. Raises ``ProtocolError`` for anything but such an object."""
    event: Event | None = _from_line(line, Event)
    return event


def decode_command(line: str) -> Command | None:
    command: Command | None = _from_line(line, Command)
    return command


def _line(value: object, union: Any) -> str:  # noqa: ANN401 - a union is no type to mypy
    """ASCII alone: a window's title may hold what no encoding can write, and what some readers take for a line end."""
    return json.dumps(to_document(value, union), separators=(",", ":"))


def _from_line(line: str, union: Any) -> Any:  # noqa: ANN401 - a union is no type to mypy
    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as error:
        message = f"not JSON: {error}"
        raise ProtocolError(message) from error
    if not isinstance(document, dict) or not isinstance(document.get("type"), str):
        message = "an object with a type is expected"
        raise ProtocolError(message)
    if document["type"] not in {member.type for member in get_args(union)}:
        return None
    return from_document(document, union)
