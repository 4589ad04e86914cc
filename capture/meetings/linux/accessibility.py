"""AT-SPI, the accessibility bus of Linux desktops: which windows there are, and what stands in them.

Programs answer on their main thread, so they are asked little, in pieces, and never waited for twice. Whether they
tell anything is the user's choice: most do only where the desktop's accessibility is switched on.
"""

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from jeepney import DBusAddress, DBusErrorResponse, HeaderFields, Message, MessageType, message_bus, new_method_call
from jeepney.bus import get_connectable_addresses
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection, prep_socket
from jeepney.wrappers import unwrap_msg

from capture.errors import SourceUnavailable
from capture.meetings.accessible import AccessibleWindow, Element, Place, Wanted
from capture.meetings.facts import Program
from capture.meetings.linux.programs import file_of, name_program

BUS: Final = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
DESKTOP: Final = Place("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"

CALL_LIMIT_S: Final = 2.0
"""For the bus itself, which may have to be started first."""

ANSWER_LIMIT_S: Final = 1.0
"""For programs: they answer within a millisecond, or two hundred where they start up on a busy machine."""

SILENCE_S: Final = 10.0

PIECE: Final = 128
"""So many questions are on their way at once: enough to save the waiting, few enough to be taken back by silence."""

CHILDLESS: Final = frozenset({"static", "text leaf", "image", "icon", "separator"})
"""Of a page's elements a third."""

Body = tuple[Any, ...]


class AccessibilityBus:
    """An ``AccessibleTree``."""

    def __init__(self, silence_s: float = SILENCE_S) -> None:
        """``silence_s``: for how long who did not answer is left alone."""
        self._silence_s = silence_s
        self._bus: DBusConnection | None = None
        self._silent_until_s: dict[str, float] = {}
        self._programs: dict[str, Program] = {}
        self._known_roles: dict[Place, str] = {}

    def open(self) -> None:
        try:
            with open_dbus_connection("SESSION") as session:
                asked = new_method_call(BUS, "GetAddress")
                (address,) = unwrap_msg(session.send_and_get_reply(asked, timeout=CALL_LIMIT_S))
            self._bus = _connected(address)
        except (OSError, KeyError, ValueError, RuntimeError, StopIteration, DBusErrorResponse) as error:
            message = "no accessibility bus"
            raise SourceUnavailable(message, source="accessibility") from error

    def close(self) -> None:
        if self._bus is not None:
            self._bus.close()
            self._bus = None

    def windows(self) -> Sequence[AccessibleWindow]:
        self._known_roles.clear()
        (programs,) = self._children([DESKTOP])
        places = [(program, place) for program, own in self._below(programs) for place in own]
        titles = self._names([place for _, place in places])
        return [
            AccessibleWindow(place, self._program(program), title)
            for (program, place), title in zip(places, titles, strict=True)
            if title
        ]

    def read(self, places: Sequence[Place], wanted: Wanted) -> Sequence[Element | None]:
        roles = self._roles(places)
        parents = [place for place in places if roles[place] not in CHILDLESS]
        below = dict(zip(parents, self._children(parents), strict=True))
        children = [below.get(place, [] if roles[place] in CHILDLESS else None) for place in places]
        there = [place for place, own in zip(places, children, strict=True) if own is not None and roles[place]]
        named = [place for place in there if wanted.text is None or roles[place] in wanted.text]
        styled = [place for place in there if wanted.classes is None or roles[place] in wanted.classes]
        texts = dict(zip(named, self._names(named), strict=True))
        classes = dict(zip(styled, self._classes(styled), strict=True))
        found = set(there)
        return [
            Element(place, roles[place], tuple(own or ()), texts.get(place, ""), classes.get(place, frozenset()))
            if place in found
            else None
            for place, own in zip(places, children, strict=True)
        ]

    def _below(self, programs: Sequence[Place] | None) -> Iterator[tuple[Place, Sequence[Place]]]:
        programs = programs or ()
        for program, own in zip(programs, self._children(programs), strict=True):
            yield program, own or ()

    def _children(self, places: Sequence[Place]) -> list[list[Place] | None]:
        answers = self._ask([_call(place, "GetChildren") for place in places])
        return [None if body is None else [Place(*child) for child in body[0]] for body in answers]

    def _roles(self, places: Sequence[Place]) -> Mapping[Place, str]:
        """Each is asked once from one look at the windows to the next: elements hardly ever change theirs."""
        new = [place for place in places if place not in self._known_roles]
        answers = self._ask([_call(place, "GetRoleName") for place in new])
        self._known_roles.update({place: body[0] for place, body in zip(new, answers, strict=True) if body is not None})
        return {place: self._known_roles.get(place, "") for place in places}

    def _names(self, places: Sequence[Place]) -> list[str]:
        calls = [
            new_method_call(DBusAddress(place.path, place.program, PROPERTIES), "Get", "ss", (ACCESSIBLE, "Name"))
            for place in places
        ]
        return [_first(body, ("s", ""))[1] for body in self._ask(calls)]

    def _classes(self, places: Sequence[Place]) -> list[frozenset[str]]:
        answers = self._ask([_call(place, "GetAttributes") for place in places])
        return [frozenset(_first(body, {}).get("class", "").split()) for body in answers]

    def _program(self, place: Place) -> Program:
        """By its file, where the bus knows its process."""
        known = self._programs.get(place.program)
        if known is None:
            (name,) = self._names([place])
            pid = self._pid(place.program)
            binary = "" if pid is None else file_of(pid)
            known = name_program(sandbox="", binary=binary, identity="", application=name, pid=pid)
            self._programs[place.program] = known
        return known

    def _pid(self, name: str) -> int | None:
        with _translated():
            try:
                (pid,) = Proxy(message_bus, self._connection(), timeout=CALL_LIMIT_S).GetConnectionUnixProcessID(name)
            except DBusErrorResponse:  # it has just gone
                return None
        return int(pid)

    def _ask(self, calls: Sequence[Message]) -> list[Body | None]:
        """``None`` where there is no answer: it is gone, or does not answer in time."""
        answers: list[Body | None] = []
        for start in range(0, len(calls), PIECE):
            answers += self._ask_at_once(calls[start : start + PIECE])
        return answers

    def _ask_at_once(self, calls: Sequence[Message]) -> list[Body | None]:
        bus = self._connection()
        answers: list[Body | None] = [None] * len(calls)
        waiting: dict[int, int] = {}
        letters = []
        for number, call in enumerate(calls):
            if self._may_ask(_receiver(call)):
                serial = next(bus.outgoing_serial)
                letters.append(call.serialise(serial=serial))
                waiting[serial] = number
        with _translated():
            bus.sock.sendall(b"".join(letters))  # in one piece: each by itself would wake the bus and the program
            deadline_s = time.monotonic() + ANSWER_LIMIT_S
            while waiting:
                try:
                    answer = bus.receive(timeout=max(0.0, deadline_s - time.monotonic()))
                except TimeoutError:
                    break
                asked = waiting.pop(answer.header.fields.get(HeaderFields.reply_serial, 0), None)
                if asked is not None and answer.header.message_type is MessageType.method_return:
                    answers[asked] = answer.body
        until_s = time.monotonic() + self._silence_s
        self._silent_until_s.update({_receiver(calls[number]): until_s for number in waiting.values()})
        return answers

    def _may_ask(self, program: str) -> bool:
        if self._silent_until_s.get(program, 0.0) > time.monotonic():
            return False
        self._silent_until_s.pop(program, None)
        return True

    def _connection(self) -> DBusConnection:
        if self._bus is None:
            message = "the accessibility bus is closed"
            raise SourceUnavailable(message, source="accessibility")
        return self._bus


def _connected(address: str) -> DBusConnection:
    socket = prep_socket(next(get_connectable_addresses(address)))
    socket.settimeout(CALL_LIMIT_S)
    try:
        return DBusConnection(socket)
    except (OSError, DBusErrorResponse):
        socket.close()
        raise


def _call(place: Place, method: str) -> Message:
    return new_method_call(DBusAddress(place.path, place.program, ACCESSIBLE), method)


def _receiver(call: Message) -> str:
    name: str = call.header.fields[HeaderFields.destination]
    return name


def _first(body: Body | None, otherwise: Any) -> Any:  # noqa: ANN401 - D-Bus decides the type
    return body[0] if body else otherwise


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        message = "the accessibility bus is gone"
        raise SourceUnavailable(message, source="accessibility") from error
