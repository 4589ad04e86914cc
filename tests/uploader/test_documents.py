import json

import pytest

from uploader.documents import read_document


def test_a_document_of_every_kind_of_value_comes_as_it_is() -> None:
    document = {"a": [1, 2.5, True, None, "\N{GRINNING FACE} ä"], "b": {"c": []}}
    assert read_document(json.dumps(document).encode()) == document


@pytest.mark.parametrize("data", [rb'{"half \ud83d": ["\ude00"]}', b'{"half \xed\xa0\xbd": ["\xed\xb8\x80"]}'])
def test_half_a_surrogate_pair_becomes_a_question_mark(data: bytes) -> None:
    assert read_document(data) == {"half ?": ["?"]}


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
def test_a_number_that_json_does_not_have_becomes_null(number: bytes) -> None:
    assert read_document(b"[%s]" % number) == [None]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000, b"9" * 5000])
def test_what_cannot_be_read(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_document(data)
