import pytest

from app.messages import WORDINGS, ExitStatus, describe
from capture.errors import CaptureError
from uploader.errors import UploaderError

ONLY_INSIDE = {
    "capture_failed",  # the roots of the trees are never raised themselves
    "delivery_failed",
    "source_failed",
    "power_unwatched",  # a line of the receipt and of doctor's, never an end
    "protocol_error",  # between our own processes
    "delivery_stopped",
    "endpoint_overrun",  # why endpoint_failed
    "endpoint_unfinished",
    "upload_moved",
}


def codes(root: type[CaptureError] | type[UploaderError]) -> set[str]:
    found = {root.code}
    for kind in root.__subclasses__():
        found |= codes(kind)
    return found


@pytest.mark.parametrize("code", sorted((codes(CaptureError) | codes(UploaderError)) - ONLY_INSIDE))
def test_every_error_has_words_and_a_hint(code: str) -> None:
    message = describe(code, "the reason")
    assert code in WORDINGS
    assert message.message
    assert message.hint.endswith((".", "`"))


def test_the_source_decides_the_advice() -> None:
    screen = describe("source_unavailable", "no display", {"source": "screen"})
    sound = describe("source_unavailable", "no server", {"side": "microphone"})
    assert "--no-video" in screen.hint
    assert "--no-microphone" in sound.hint
    assert {screen.exit_status, sound.exit_status} == {ExitStatus.SOURCE_MISSING}


def test_a_missing_place_and_an_unknown_code_stay_readable() -> None:
    assert describe("unknown_recording").message == "There is no recording (id unknown)."
    assert describe("never_heard_of", "tea ran out").message == "tea ran out"
    assert describe("never_heard_of").message == "never_heard_of"
