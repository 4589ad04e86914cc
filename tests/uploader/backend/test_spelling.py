"""Other spellings of words in a transcript."""

import pytest

from uploader.backend.spelling import Spelling, respelled

SPELLINGS = [
    Spelling(("after word", "Afterwards"), "Afterword"),
    Spelling(("after",), "AFTER"),
    Spelling(("e-mail",), "email"),
    Spelling(("", "..."), "nothing"),
]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("the After word, again", "the Afterword, again"),
        ("after words", "AFTER words"),
        ("(afterwards)", "(Afterword)"),
        ("after", "AFTER"),
        ("an e mail and an E-mail!", "an email and an email!"),
        ("after - word ... then", "Afterword ... then"),
        ("thereafter", "thereafter"),
        ("", ""),
    ],
)
def test_whole_words_in_any_case(said: str, told: str) -> None:
    (utterance,) = respelled([{"words": [{"text": each} for each in said.split()]}], SPELLINGS)
    assert " ".join(word["text"] for word in utterance["words"]) == told


def test_words_that_become_one_have_their_times_together() -> None:
    said = [{"text": each, "start_timestamp": at, "end_timestamp": at + 1} for at, each in enumerate(["after", "word"])]
    (utterance,) = respelled([{"participant": {"id": 100}, "words": said}], SPELLINGS)
    assert utterance["participant"] == {"id": 100}
    assert utterance["words"] == [{"text": "Afterword", "start_timestamp": 0, "end_timestamp": 2}]


def test_without_any_nothing_changes() -> None:
    transcript: list[dict[str, object]] = [{"words": [{"text": "Morning"}]}, {"words": []}]
    assert respelled(transcript, []) == transcript
