"""What windows say of themselves: their properties."""

from struct import pack, unpack, unpack_from

from capture.screen.x11.connection import HEADER_BYTES, Connection

GET_PROPERTY = 20
ANY_TYPE = 0
LONGEST_PROPERTY_WORDS = 16_384


def read_property(connection: Connection, window: int, name: int) -> bytes:
    """Empty where it is not set. Raises ``Refused``."""
    reply = connection.ask(pack("=BBHIIIII", GET_PROPERTY, 0, 0, window, name, ANY_TYPE, 0, LONGEST_PROPERTY_WORDS))
    length = unpack_from("=I", reply, 16)[0] * (reply[1] // 8)
    return reply[HEADER_BYTES : HEADER_BYTES + length]


def read_numbers(connection: Connection, window: int, name: int) -> tuple[int, ...]:
    """Of 32 bits each: windows, flags. Raises ``Refused``."""
    value = read_property(connection, window, name)
    return unpack(f"={len(value) // 4}I", value[: len(value) // 4 * 4])
