"""Who took part, and who spoke when.

The only place here that chooses by platform.
"""

import sys

from capture.meetings.accessible import AccessibleTree


def accessible_tree() -> AccessibleTree | None:
    """What programs tell screen readers, not opened yet. ``None`` where nobody has written a reader for it."""
    if sys.platform == "linux":
        from capture.meetings.linux.accessibility import AccessibilityBus  # noqa: PLC0415 - each platform loads its own

        return AccessibilityBus()
    return None
