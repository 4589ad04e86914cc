"""The pointer: no part of what is grabbed, so it is fetched by itself and drawn in (XFIXES, XInputExtension)."""

from dataclasses import dataclass
from struct import pack, unpack_from

import numpy as np
from numpy.typing import NDArray

from capture.errors import SourceUnavailable
from capture.screen.base import Pixels
from capture.screen.geometry import Rectangle
from capture.screen.rows import Rows
from capture.screen.x11.connection import HEADER_BYTES, Connection, Refused

QUERY_VERSION, SELECT_CURSOR_INPUT, GET_CURSOR_IMAGE = 0, 3, 4
DISPLAY_CURSOR = 1
CURSOR_NOTIFY = 1

SELECT_EVENTS, QUERY_INPUT_VERSION = 46, 47
ALL_MASTER_DEVICES = 1
RAW_MOTION = 1 << 17

QUERY_POINTER = 38

OPAQUE = 255


@dataclass(frozen=True, slots=True)
class Place:
    """Where the pointer's hot spot is on the desktop, and over which child of the root window (0: over none)."""

    x_px: int
    y_px: int
    toplevel: int


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """``colour`` is BGR already multiplied by the opacity, ``see_through`` what is left of the ground, 0 to 255."""

    hot_x_px: int
    hot_y_px: int
    colour: NDArray[np.uint16]
    see_through: NDArray[np.uint16]


class Pointer:
    """``tells`` is whether the server says when it moves; else it must be looked at."""

    def __init__(self, connection: Connection) -> None:
        """Raises ``SourceUnavailable`` where the server does not show its pointer."""
        self._connection = connection
        fixes = connection.extension("XFIXES")
        root = connection.root.window
        connection.ask(pack("=BBHII", fixes.opcode, QUERY_VERSION, 0, 4, 0))
        connection.order(pack("=BBHII", fixes.opcode, SELECT_CURSOR_INPUT, 0, root, DISPLAY_CURSOR))
        self._shape_event = fixes.first_event + CURSOR_NOTIFY
        self._get_image = pack("=BBH", fixes.opcode, GET_CURSOR_IMAGE, 0)
        self._query = pack("=BxHI", QUERY_POINTER, 0, root)
        self._shape: Shape | None = None
        self.tells = _select_motion(connection)

    def notice(self, event: bytes) -> None:
        if event[0] & 0x7F == self._shape_event:
            self._shape = None

    def place(self) -> Place:
        reply = self._connection.ask(self._query)
        child, x_px, y_px = unpack_from("=Ihh", reply, 12)
        return Place(x_px, y_px, child)

    def shape(self) -> Shape:
        """The same object as long as it looks the same."""
        if self._shape is None:
            self._shape = _shape(self._connection.ask(self._get_image))
        return self._shape


class Overlay:
    """The pointer in a picture, and what is below it."""

    def __init__(self) -> None:
        self._below: Pixels | None = None
        self._at = Rectangle(0, 0, 0, 0)

    def draw(self, pixels: Pixels, shape: Shape, x_px: int, y_px: int) -> Rows | None:
        """With the hot spot at ``x_px, y_px`` of the picture. The rows that it covers, if any."""
        height_px, width_px = shape.see_through.shape[:2]
        whole = Rectangle(x_px - shape.hot_x_px, y_px - shape.hot_y_px, width_px, height_px)
        at = whole.within(Rectangle(0, 0, pixels.shape[1], pixels.shape[0]))
        if at is None:
            return None
        ground = pixels[at.slices()]
        self._below, self._at = ground.copy(), at
        inside = Rectangle(at.x_px - whole.x_px, at.y_px - whole.y_px, at.width_px, at.height_px)
        see_through = shape.see_through[inside.slices()]
        ground[..., :3] = shape.colour[inside.slices()] + ground[..., :3] * see_through // OPAQUE
        return (at.y_px, at.y_px + at.height_px)

    def lift(self, pixels: Pixels) -> Rows | None:
        """Makes the picture what it was before ``draw``. The rows that change by that, if any."""
        if self._below is None:
            return None
        pixels[self._at.slices()][:] = self._below
        self._below = None
        return (self._at.y_px, self._at.y_px + self._at.height_px)


def _shape(reply: bytes) -> Shape:
    width_px, height_px, hot_x_px, hot_y_px = unpack_from("=HHHH", reply, 12)
    count = 4 * width_px * height_px
    image = np.frombuffer(reply, np.uint8, count, HEADER_BYTES).reshape(height_px, width_px, 4).astype(np.uint16)
    see_through = OPAQUE - image[..., 3:]
    return Shape(hot_x_px, hot_y_px, np.minimum(image[..., :3], image[..., 3:]), see_through)


def _select_motion(connection: Connection) -> bool:
    """Motion as the device reports it: that comes also while another program holds the pointer."""
    try:
        opcode = connection.extension("XInputExtension").opcode
        connection.ask(pack("=BBHHH", opcode, QUERY_INPUT_VERSION, 0, 2, 2))
        mask = (ALL_MASTER_DEVICES, 1, RAW_MOTION)
        connection.order(pack("=BBHIHxxHHI", opcode, SELECT_EVENTS, 0, connection.root.window, 1, *mask))
    except (Refused, SourceUnavailable):
        return False
    return True
