import pytest
from hypothesis import given
from hypothesis import strategies as st

from uploader.backend.ranges import Span, Unsatisfiable, requested_span

sizes = st.integers(min_value=1, max_value=10_000)
places = st.integers(min_value=0, max_value=12_000)


@given(sizes, places, places)
def test_a_range_is_what_slicing_gives(size: int, first: int, last: int) -> None:
    data = bytes(index % 251 for index in range(size))
    header = f"bytes={first}-{last}"
    if last < first:
        assert requested_span(header, size) is None
    elif first >= size:
        with pytest.raises(Unsatisfiable):
            requested_span(header, size)
    else:
        span = requested_span(header, size)
        assert span is not None
        assert data[span.start : span.stop] == data[first : last + 1]
        assert span.length == len(data[first : last + 1]) > 0


@given(sizes, places)
def test_an_open_range_goes_to_the_end(size: int, first: int) -> None:
    if first < size:
        assert requested_span(f"bytes={first}-", size) == Span(first, size)
    else:
        with pytest.raises(Unsatisfiable):
            requested_span(f"bytes={first}-", size)


@given(sizes, st.integers(min_value=1, max_value=12_000))
def test_a_suffix_counts_from_the_end(size: int, length: int) -> None:
    data = bytes(index % 251 for index in range(size))
    span = requested_span(f"bytes=-{length}", size)
    assert span is not None
    assert data[span.start : span.stop] == data[-length:]


@pytest.mark.parametrize(("header", "size"), [("bytes=-0", 10), ("bytes=0-", 0), ("bytes=-5", 0), ("bytes=10-", 10)])
def test_ranges_without_a_byte(header: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        requested_span(header, size)


@pytest.mark.parametrize(
    "header",
    [None, "", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "bytes=1-2,4-5", "items=0-1", "bytes=٣-٤"],
)
def test_headers_that_are_passed_over(header: str | None) -> None:
    assert requested_span(header, 10) is None


@given(st.text(max_size=40), sizes)
def test_no_header_does_harm(text: str, size: int) -> None:
    for header in (text, "bytes=" + text):
        try:
            span = requested_span(header, size)
        except Unsatisfiable:
            continue
        assert span is None or 0 <= span.start < span.stop <= size


def test_a_number_longer_than_any_file_is_passed_over() -> None:
    assert requested_span("bytes=0-" + "9" * 5000, 10) is None
