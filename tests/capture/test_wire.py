import dataclasses
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capture.commands import Command, Mute, Pause, Start
from capture.errors import ProtocolError
from capture.events import Event, Ready
from capture.recording import AllMonitors, DeviceId, Monitor, RecordingId, RecordingSpec, Region, Side
from capture.recording import TestPattern as Pattern
from capture.wire import (
    decode_command,
    decode_event,
    encode_command,
    encode_event,
    from_document,
    to_document,
)

settings.register_profile("wire", suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
WIRE = settings.get_profile("wire")

st.register_type_strategy(Path, st.text("abc/ü ", min_size=1).map(Path))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(str, st.text(st.characters()))  # also what no encoding can write

MEMBERS = {member.type: member for member in (*get_args(Event), *get_args(Command))}
EVENTS = {member.type: st.from_type(member) for member in get_args(Event)}
COMMANDS = {member.type: st.from_type(member) for member in get_args(Command)}

SPEC = RecordingSpec(RecordingId("r"), Path("/r"), Pattern())


@pytest.mark.parametrize("kind", EVENTS)
@settings(WIRE)
@given(data=st.data())
def test_every_event_comes_back_as_it_was(kind: str, data: st.DataObject) -> None:
    event: Event = data.draw(EVENTS[kind])
    line = encode_event(event)
    assert line.encode()
    assert line.splitlines() == [line]
    assert json.loads(line)["type"] == kind
    assert decode_event(line) == event


@pytest.mark.parametrize("kind", COMMANDS)
@settings(WIRE)
@given(data=st.data())
def test_every_command_comes_back_as_it_was(kind: str, data: st.DataObject) -> None:
    command: Command = data.draw(COMMANDS[kind])
    line = encode_command(command)
    assert line.encode()
    assert line.splitlines() == [line]
    assert decode_command(line) == command


@pytest.mark.parametrize("kind", MEMBERS)
@settings(WIRE, max_examples=10)
@given(data=st.data())
def test_fields_of_a_newer_program_are_ignored(kind: str, data: st.DataObject) -> None:
    is_event = kind in EVENTS
    value = data.draw(EVENTS[kind] if is_event else COMMANDS[kind])
    document = json.loads(encode_event(value) if is_event else encode_command(value))
    line = json.dumps(_with_news(document))
    assert (decode_event(line) if is_event else decode_command(line)) == value


OPEN_ENDED = {"data", "extra_data", "durable_bytes"}
"""Fields whose keys are data."""


def _with_news(document: Any) -> Any:  # noqa: ANN401 - a JSON document has no better type
    """Every object in it says more than it does today, but for those whose keys are data."""
    if isinstance(document, list):
        return [_with_news(each) for each in document]
    if isinstance(document, dict):
        known = {key: value if key in OPEN_ENDED else _with_news(value) for key, value in document.items()}
        return {**known, "from_the_future": {"of": 1}}
    return document


@pytest.mark.parametrize("line", ['{"type":"dance"}', '{"type":"ready_or_not","at_ns":"soon"}'])
def test_types_of_a_newer_program_are_ignored(line: str) -> None:
    assert decode_command(line) is None
    assert decode_event(line) is None


def test_a_command_is_no_event() -> None:
    assert decode_event(encode_command(Pause())) is None
    assert decode_command(encode_event(Ready())) is None


@pytest.mark.parametrize(
    "line",
    [
        *("", "{", "[]", "3", "null", '"pause"', "{}", '{"type":null}', '{"type":["pause"]}'),
        pytest.param("[" * 100_000, id="too deep"),
    ],
)
def test_a_line_that_is_no_message_is_refused(line: str) -> None:
    for decode in (decode_command, decode_event):
        with pytest.raises(ProtocolError):
            decode(line)


def spec_document(**changes: object) -> Mapping[str, Any]:
    return {**to_document(SPEC), **changes}


def names(error: ProtocolError) -> set[str]:
    """Every word of the paths that it shows."""
    return {word for problem in error.reason.split("; ") for word in re.findall(r"\w+", problem)}


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"type": "mute"}, "side"),
        ({"type": "mute", "side": "left"}, "side"),
        ({"type": "mute", "side": "system", "muted": "yes"}, "muted"),
        ({"type": "mute", "side": "system", "muted": 1}, "muted"),
        ({"type": "mark", "text": 3}, "text"),
        ({"type": "start"}, "spec"),
        ({"type": "start", "spec": 3}, "spec"),
        ({"type": "start", "spec": spec_document(id=7)}, "id"),
        ({"type": "start", "spec": spec_document(directory=None)}, "directory"),
        ({"type": "start", "spec": spec_document(frame_rate_fps="30")}, "frame_rate_fps"),
        ({"type": "start", "spec": spec_document(frame_rate_fps=29.97)}, "frame_rate_fps"),
        ({"type": "start", "spec": spec_document(duration_ns=True)}, "duration_ns"),
        ({"type": "start", "spec": spec_document(screen={"kind": "monitor"})}, "screen"),
        ({"type": "start", "spec": spec_document(screen={"kind": "hologram"})}, "screen"),
        ({"type": "start", "spec": spec_document(meeting={"title": 5})}, "title"),
    ],
)
def test_a_field_that_is_wrong_is_named(document: Mapping[str, object], field: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        decode_command(json.dumps(document))
    assert names(caught.value) >= {field}


def test_every_field_that_is_wrong_is_named() -> None:
    document = spec_document(id=None, profile=1)
    with pytest.raises(ProtocolError) as caught:
        from_document(document, RecordingSpec)
    assert names(caught.value) >= {"id", "profile"}


def test_what_is_left_out_has_its_default() -> None:
    line = '{"type":"start","spec":{"id":"r","directory":"/r","screen":{"kind":"test_pattern"}}}'
    assert decode_command(line) == Start(SPEC)
    assert decode_command('{"type":"mute","side":"system"}') == Mute(Side.SYSTEM, muted=True)


@pytest.mark.parametrize(
    ("screen", "document"),
    [
        (Monitor("2"), {"kind": "monitor", "id": "2"}),
        (AllMonitors(), {"kind": "all"}),
        (Region(-5, 0, 320, 240), {"kind": "region", "x_px": -5, "y_px": 0, "width_px": 320, "height_px": 240}),
        (Pattern(64, 36), {"kind": "test_pattern", "width_px": 64, "height_px": 36}),
        (None, None),
    ],
)
def test_what_is_recorded_of_the_screen(screen: Monitor | None, document: object) -> None:
    spec = dataclasses.replace(SPEC, screen=screen, microphone=DeviceId("m"))
    assert to_document(spec)["screen"] == document
    assert from_document(to_document(spec), RecordingSpec) == spec


@dataclass(frozen=True, slots=True)
class Move:
    from_: str


def test_a_name_that_python_keeps_for_itself() -> None:
    assert to_document(Move("a")) == {"from": "a"}
    assert from_document({"from": "a"}, Move) == Move("a")
