import ast
from pathlib import Path

import pytest

from app.messages import WORDINGS, ExitStatus, describe
from app.words.reasons import REASONS
from app.words.wording import Sentence
from capture.errors import CaptureError
from uploader.errors import UploaderError

ROOT = Path(__file__).parents[2]

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


@pytest.fixture(scope="module")
def given() -> frozenset[str]:
    """All texts in the programs, but for their tables of words."""
    files = [path for name in ("app", "capture") for path in (ROOT / name).rglob("*.py") if path.parent.name != "words"]
    nodes = (node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return frozenset(
        node.value.removesuffix(": ")
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@pytest.mark.parametrize("code", sorted((codes(CaptureError) | codes(UploaderError)) - ONLY_INSIDE))
def test_every_error_has_words_and_a_hint(code: str) -> None:
    message = describe(code, "the reason")
    assert code in WORDINGS
    assert message.message
    assert message.hint.endswith((".", "`"))


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_reason_that_is_ours_is_still_given(reason: str, given: frozenset[str]) -> None:
    assert reason in given
    message = describe("source_unavailable", reason).message
    assert isinstance(message, Sentence)
    assert isinstance(message.places["reason"], Sentence)


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
