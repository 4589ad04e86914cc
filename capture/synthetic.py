"""The test signal's schedule: flash and beep follow the monotonic clock alone, so they need no other agreement."""

from capture.recording import NS_PER_S

FLASH_PERIOD_NS = NS_PER_S
FLASH_LENGTH_NS = 100_000_000
"""Three frames at 30 fps, and long enough to be heard as a tone."""


def is_lit(now_ns: int) -> bool:
    """``now_ns`` is monotonic time, counted from that clock's own origin."""
    return now_ns % FLASH_PERIOD_NS < FLASH_LENGTH_NS
