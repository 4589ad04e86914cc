"""Reasons that our own programs give in these very words. Most others are a system's or a library's, and stay."""

from collections.abc import Mapping

from app.words.wording import Sentence

_OURS = (
    Sentence("PortAudio finds no microphone"),
    Sentence("Windows has no loudspeaker"),
    Sentence("Windows lacks its library of power"),
    Sentence("it ended the connection"),
    Sentence("it is no JSON"),
    Sentence("it is no object"),
    Sentence("it makes the decoder crash"),
    Sentence("it shows nothing"),
    Sentence("its address is none"),
    Sentence("libpulse cannot be loaded"),
    Sentence("macOS does not tell of sleep"),
    Sentence("macOS lacks its library of power"),
    Sentence("macOS lists no windows"),
    Sentence("no X server answers"),
    Sentence("no accessibility bus"),
    Sentence("no sound server"),
    Sentence("no such loudspeaker"),
    Sentence("no such microphone"),
    Sentence("nothing in it can be played"),
    Sentence("only a whole screen is handed out"),
    Sentence("only what is on the primary screen is handed out"),
    Sentence("single windows cannot be recorded on this system"),
    Sentence("the X server cannot reach it"),
    Sentence("the accessibility bus is closed"),
    Sentence("the accessibility bus is gone"),
    Sentence("the desktop itself asks which one to share"),
    Sentence("the echo canceller is not installed"),
    Sentence("the part that listens to what Windows plays is not installed"),
    Sentence("the part that listens to what macOS plays is not installed"),
    Sentence("the picture cannot be read"),
    Sentence("the process that was to recover it died"),
    Sentence("the region is not on the desktop"),
    Sentence("the screen is not handed out any more"),
    Sentence("the screen is not handed out"),
    Sentence("the screen is not open"),
    Sentence("the sound of its sides is not on this machine"),
    Sentence("the system does not answer"),
    Sentence("the window is too small to be recorded"),
    Sentence("the window shows nothing"),
    Sentence("the window was closed"),
    Sentence("there is no system bus"),
    Sentence("there is nothing to record"),
    Sentence("titles of windows need the permission to record the screen"),
)

REASONS: Mapping[str, Sentence] = {str(each): each for each in _OURS}


def known(reason: str) -> str:
    """As a ``Sentence``, where it is one of ours, or begins with one before a system's own words."""
    ours, colon, rest = reason.partition(": ")
    if colon and ours in REASONS:
        return Sentence("{refusal}: {reason}", refusal=REASONS[ours], reason=rest)
    return REASONS.get(reason, reason)
