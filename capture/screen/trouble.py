"""Why the screen of a Wayland desktop cannot be had: the reasons of errors, as a person reads them."""

from enum import StrEnum

from capture.errors import PermissionDenied, SourceGone, SourceUnavailable


class Trouble(StrEnum):
    NO_BUS = "there is no session bus"
    BUS_ENDED = "the session bus has ended"
    NO_PORTAL = "this desktop has no portal for sharing the screen"
    PORTAL_SILENT = "the desktop's portal does not answer"
    PORTAL_ENDED = "the desktop's portal has ended"
    PORTAL_FAILED = "the desktop's portal has failed to share the screen"
    PORTAL_INCOMPLETE = "the desktop's portal gives an incomplete answer"
    NO_MONITORS = "this desktop cannot share a monitor"
    NO_WINDOWS = "this desktop cannot share a single window"
    ONE_AT_A_TIME = "this desktop shares one screen at a time"
    OUTSIDE = "the region is not on the chosen screen"
    FORBIDDEN = "the desktop's portal forbids it"
    DECLINED = "sharing the screen was declined"
    UNANSWERED = "nobody has answered which screen may be shared"
    NO_LIBRARY = "libpipewire cannot be loaded"
    PIPEWIRE_SILENT = "PipeWire does not answer"
    PIPEWIRE_ENDED = "PipeWire has ended"
    NO_PICTURE = "the desktop sends no picture"
    PICTURES_STOPPED = "the desktop has stopped sending pictures"
    ENDED_BY_DESKTOP = "the desktop has ended the sharing"
    NOT_OPEN = "the screen is not open"


def unavailable(reason: str) -> SourceUnavailable:
    return SourceUnavailable(reason, source="screen")


def gone(reason: str) -> SourceGone:
    return SourceGone(reason, source="screen")


def denied(reason: str) -> PermissionDenied:
    return PermissionDenied(reason, source="screen")
