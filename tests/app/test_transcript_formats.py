from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

from app.transcript_arguments import TextFormat
from app.transcript_formats import captions, formatted
from tests.fakes.recording_directory import GUEST, HOST, at


def entry(participant: Mapping[str, object], *words: tuple[str, float, float]) -> dict[str, Any]:
    return {
        "participant": participant,
        "words": [{"text": text, "start_timestamp": at(start), "end_timestamp": at(end)} for text, start, end in words],
    }


ODD = {**GUEST, "name": "B <& *C*"}
TRANSCRIPT = [
    entry(HOST, ("Good", 1.0, 1.2), ("morning.", 1.25, 1.7)),
    entry(GUEST, ("1", 3661.5, 3661.5)),
    entry(ODD, ("a-->b", 3662.0, 3662.9996)),
]


def test_as_text() -> None:
    assert formatted(TRANSCRIPT, TextFormat.TEXT, None) == (
        "[0:00:01] Ada: Good morning.\n[1:01:01] Other side: 1\n[1:01:02] B <& *C*: a-->b\n"
    )


def test_as_subtitles() -> None:
    assert formatted(TRANSCRIPT, TextFormat.SRT, None).startswith(
        "1\n00:00:01,000 --> 00:00:01,700\nAda: Good morning.\n\n2\n01:01:01,500 --> 01:01:02,000\n"
    )
    vtt = formatted(TRANSCRIPT, TextFormat.VTT, None)
    assert vtt.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:01.700\n<v Ada>Good morning.</v>\n\n01:01:01.500 -->")
    assert "01:01:02.000 --> 01:01:03.000\n<v B &lt;&amp; *C*>a--&gt;b</v>" in vtt


def test_as_markdown() -> None:
    text = formatted(TRANSCRIPT, TextFormat.MARKDOWN, "Plan *B*")
    assert text.startswith("# Plan \\*B\\*\n\n**Ada** (0:00:01): Good morning.\n\n")
    assert "**B \\<& \\*C\\*** (1:01:02): a--\\>b" in text


@pytest.mark.parametrize("form", TextFormat)
def test_of_silence(form: TextFormat) -> None:
    assert "Ada" not in formatted([], form, None)


def test_captions_can_be_read_at_a_glance() -> None:
    words = [(f"word{number}", number * 0.4, number * 0.4 + 0.3) for number in range(100)]
    found = list(captions([entry(HOST, *words)]))
    assert " ".join(each.text for each in found).split() == [text for text, *_ in words]
    assert all(len(each.text) <= 84 and each.end_s - each.start_s <= 7 for each in found)
    assert all(first.end_s <= second.start_s for first, second in pairwise(found))
