"""A client of an X server that does one thing at a time: every act is done when it returns."""

from collections.abc import Iterator
from contextlib import contextmanager
from struct import pack, unpack_from
from typing import NewType

from capture.screen.geometry import Rectangle
from capture.screen.x11.connection import Connection

Shown = NewType("Shown", int)
"""A window."""

CREATE, CHANGE_ATTRIBUTES, DESTROY, MAP, UNMAP, CONFIGURE = 1, 2, 4, 8, 10, 12
QUERY_TREE, CHANGE_PROPERTY, SEND_EVENT, WARP_POINTER, SYNC, CLEAR = 15, 18, 25, 41, 43, 61
CREATE_PIXMAP, CREATE_CONTEXT, FILL, SET_SELECTION_OWNER = 53, 55, 70, 22
OPEN_FONT, CREATE_GLYPH_CURSOR = 45, 94
BACKGROUND_PIXMAP, BACKGROUND, OVERRIDE_REDIRECT, CURSOR = 1 << 0, 1 << 1, 1 << 9, 1 << 14
FOREGROUND = 1 << 2
X, Y, WIDTH, HEIGHT, STACK_MODE = 1, 2, 4, 8, 64
ABOVE, BELOW = 0, 1
INPUT_OUTPUT = 1
PIXMAP, STRING, WINDOW, WM_NAME, WM_CLASS, TRANSIENT_FOR, CARDINAL_BITS = 20, 31, 33, 39, 67, 68, 32
CLIENT_MESSAGE, ICONIC = 33, 3
REDIRECT_AND_NOTIFY = 1 << 20 | 1 << 19
FAKE_INPUT, MOTION = 2, 6
SET_MONITOR, DELETE_MONITOR, SET_SCREEN_SIZE, SET_CRTC, GET_RESOURCES = 43, 44, 7, 21, 25
CROSS_HAIR = 34


class Painter:
    def __init__(self, connection: Connection) -> None:
        self._x = connection
        self._root = connection.root.window

    def window(
        self,
        area: Rectangle,
        colour: int,
        inside: Shown | None = None,
        *,
        managed: bool = False,
        owner: Shown | None = None,
    ) -> Shown:
        """A rectangle of one ``colour``, 0xRRGGBB, above all others. ``managed``: by a window manager.

        ``owner``: whose dialog or menu it is.
        """
        window = self._create(area, inside or self._root, BACKGROUND | OVERRIDE_REDIRECT, colour, int(not managed))
        if owner is not None:
            self._set(window, TRANSIENT_FOR, WINDOW, pack("=I", owner), bits=32)
        self.map(window)
        return window

    def unpainted(self, area: Rectangle) -> Shown:
        """Nobody draws in it: what was on the screen before stays there. Not shown yet."""
        return self._create(area, self._root, OVERRIDE_REDIRECT, 1)

    def _create(self, area: Rectangle, parent: int, mask: int, *values: int) -> Shown:
        window = self._x.new_id()
        place = (area.x_px, area.y_px, area.width_px, area.height_px)
        self._x.order(
            pack(
                *(f"=BBHIIhhHHHHII{len(values)}I", CREATE, 0, 0, window, parent, *place),
                *(0, INPUT_OUTPUT, 0, mask, *values),
            )
        )
        return Shown(window)

    def fill(self, window: Shown, colour: int) -> None:
        """As a program draws."""
        context = self._x.new_id()
        self._x.order(pack("=BxHIIII", CREATE_CONTEXT, 0, context, window, FOREGROUND, colour))
        self._x.order(pack("=BxHIIhhHH", FILL, 0, window, context, 0, 0, 4000, 4000))

    def colour(self, window: Shown, colour: int) -> None:
        """What it is painted with when it is shown again."""
        self._x.order(pack("=BxHIII", CHANGE_ATTRIBUTES, 0, window, BACKGROUND, colour))

    def paint(self, window: Shown, colour: int) -> None:
        self.colour(window, colour)
        self._x.order(pack("=BBHIhhHH", CLEAR, 0, 0, window, 0, 0, 0, 0))

    def map(self, window: Shown) -> None:
        self._act(MAP, window)

    def unmap(self, window: Shown) -> None:
        self._act(UNMAP, window)

    def destroy(self, window: Shown) -> None:
        self._act(DESTROY, window)

    def move(self, window: Shown, x_px: int, y_px: int) -> None:
        self._x.order(pack("=BxHIHxxii", CONFIGURE, 0, window, X | Y, x_px, y_px))

    def resize(self, window: Shown, width_px: int, height_px: int) -> None:
        self._x.order(pack("=BxHIHxxII", CONFIGURE, 0, window, WIDTH | HEIGHT, width_px, height_px))

    def raise_(self, window: Shown) -> None:
        self._x.order(pack("=BxHIHxxI", CONFIGURE, 0, window, STACK_MODE, ABOVE))

    def lower(self, window: Shown) -> None:
        self._x.order(pack("=BxHIHxxI", CONFIGURE, 0, window, STACK_MODE, BELOW))

    def name(self, window: Shown, title: str, app: str) -> None:
        """``title`` as modern programs say it, in UTF-8."""
        utf8, modern = self._x.atom("UTF8_STRING"), self._x.atom("_NET_WM_NAME")
        self._set(window, modern, utf8, title.encode())
        self._set(window, WM_CLASS, STRING, b"instance\0" + app.encode() + b"\0")

    def name_the_old_way(self, window: Shown, title: str) -> None:
        self._set(window, WM_NAME, STRING, title.encode("latin-1"))

    def lead(self, leader: Shown, *windows: Shown) -> None:
        """Makes them windows of one program."""
        for window in windows:
            self._set(window, self._x.atom("WM_CLIENT_LEADER"), WINDOW, pack("=I", leader), bits=32)

    def paper(self, width_px: int, height_px: int, colour: int) -> None:
        """The desktop, as programs that draw a wallpaper do it."""
        pixmap, context = self._x.new_id(), self._x.new_id()
        self._x.order(pack("=BBHIIHH", CREATE_PIXMAP, 24, 0, pixmap, self._root, width_px, height_px))
        self._x.order(pack("=BxHIIII", CREATE_CONTEXT, 0, context, pixmap, FOREGROUND, colour))
        self._x.order(pack("=BxHIIhhHH", FILL, 0, pixmap, context, 0, 0, width_px, height_px))
        self._x.order(pack("=BxHIII", CHANGE_ATTRIBUTES, 0, self._root, BACKGROUND_PIXMAP, pixmap))
        self._x.order(pack("=BBHIhhHH", CLEAR, 0, 0, self._root, 0, 0, 0, 0))
        self._set(Shown(self._root), self._x.atom("_XROOTPMAP_ID"), PIXMAP, pack("=I", pixmap), bits=32)

    def manage_compositing(self) -> None:
        """Claims to be the compositing manager, and composes nothing."""
        owner = self.unpainted(Rectangle(0, 0, 1, 1))
        self._x.order(pack("=BxHIII", SET_SELECTION_OWNER, 0, owner, self._x.atom("_NET_WM_CM_S0"), 0))

    def minimise(self, window: Shown) -> None:
        """As a program asks its window manager for it."""
        change = self._x.atom("WM_CHANGE_STATE")
        event = pack("=BBHII20s", CLIENT_MESSAGE, CARDINAL_BITS, 0, window, change, pack("=I16x", ICONIC))
        self._x.order(pack("=BBHII", SEND_EVENT, 0, 0, self._root, REDIRECT_AND_NOTIFY) + event)

    def parent(self, window: Shown) -> int:
        parent: int = unpack_from("=I", self._x.ask(pack("=BxHI", QUERY_TREE, 0, window)), 12)[0]
        return parent

    def move_pointer(self, x_px: int, y_px: int) -> None:
        """As a mouse moves it."""
        xtest = self._x.extension("XTEST").opcode
        event = pack("=BBHII8xhh8x", MOTION, 0, 0, 0, self._root, x_px, y_px)
        self._x.order(pack("=BBH", xtest, FAKE_INPUT, 0) + event)

    def warp_pointer(self, x_px: int, y_px: int) -> None:
        """As a program puts it elsewhere: no mouse has moved."""
        self._x.order(pack("=BxHIIhhHHhh", WARP_POINTER, 0, 0, self._root, 0, 0, 0, 0, x_px, y_px))

    def show_cross_hair(self, window: Shown) -> None:
        """The pointer's shape over that window."""
        font, cursor = self._x.new_id(), self._x.new_id()
        self._x.order(pack("=BxHIHxx", OPEN_FONT, 0, font, 6) + b"cursor\0\0")
        glyphs = (CROSS_HAIR, CROSS_HAIR + 1)
        colours = (0xFFFF, 0, 0, 0, 0, 0xFFFF)
        self._x.order(pack("=BxHIIIHHHHHHHH", CREATE_GLYPH_CURSOR, 0, cursor, font, font, *glyphs, *colours))
        self._x.order(pack("=BxHIII", CHANGE_ATTRIBUTES, 0, window, CURSOR, cursor))

    def plug_in(self, name: str, area: Rectangle) -> None:
        """A monitor that shows that part of the desktop."""
        self._x.order(
            pack(
                *("=BBHIIBBHhhHHII", self._randr(), SET_MONITOR, 0, self._root, self._x.atom(name), 0, 0, 0),
                *(area.x_px, area.y_px, area.width_px, area.height_px, 0, 0),
            )
        )

    def unplug(self, name: str) -> None:
        self._x.order(pack("=BBHII", self._randr(), DELETE_MONITOR, 0, self._root, self._x.atom(name)))

    def resize_desktop(self, width_px: int, height_px: int) -> None:
        """The server's own monitor is switched off: it has but one size."""
        resources = self._x.ask(pack("=BBHI", self._randr(), GET_RESOURCES, 0, self._root))
        at, crtc = unpack_from("=I", resources, 12)[0], unpack_from("=I", resources, 32)[0]
        self._x.ask(pack("=BBHIIIhhIHxx", self._randr(), SET_CRTC, 0, crtc, 0, at, 0, 0, 0, 1))
        size = (width_px, height_px, width_px // 4, height_px // 4)
        self._x.order(pack("=BBHIHHII", self._randr(), SET_SCREEN_SIZE, 0, self._root, *size))

    def _randr(self) -> int:
        return self._x.extension("RANDR").opcode

    def _set(self, window: Shown, name: int, kind: int, value: bytes, bits: int = 8) -> None:
        padding = bytes(-len(value) % 4)
        head = pack("=BBHIIIB3xI", CHANGE_PROPERTY, 0, 0, window, name, kind, bits, len(value) * 8 // bits)
        self._x.order(head + value + padding)

    def _act(self, act: int, window: Shown) -> None:
        self._x.order(pack("=BxHI", act, 0, window))


@contextmanager
def painter(display: str) -> Iterator[Painter]:
    """What it made is gone when it ends."""
    with Connection(display) as connection:
        yield Painter(connection)
