import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from capture.screen.geometry import MANY, Rectangle, simplified

SIDE = 12
rectangles = st.builds(Rectangle, *[st.integers(0, SIDE - 4)] * 2, *[st.integers(1, 4)] * 2)


def drawn(*parts: Rectangle) -> NDArray[np.int64]:
    """How many of them cover each pixel."""
    ground = np.zeros((SIDE, SIDE), np.int64)
    for part in parts:
        ground[part.slices()] += 1
    return ground


@given(rectangles, rectangles)
def test_what_is_left_and_what_is_common_are_the_whole(first: Rectangle, second: Rectangle) -> None:
    common = first.within(second)
    parts = [*first.without(second), *([common] if common else [])]
    assert np.array_equal(drawn(*parts), drawn(first))
    assert first.has(second) == (common == second)


@given(st.lists(rectangles, max_size=2 * MANY))
def test_few_that_have_all_in_them(parts: list[Rectangle]) -> None:
    few = simplified(parts)
    assert len(few) <= MANY
    assert (drawn(*few)[drawn(*parts) > 0] > 0).all()
    if len(set(parts)) <= MANY:
        assert np.array_equal(drawn(*few) > 0, drawn(*parts) > 0)


@given(rectangles, rectangles)
def test_rows_that_it_touches(part: Rectangle, area: Rectangle) -> None:
    rows = np.flatnonzero((drawn(area) + drawn(part))[area.slices()].max(axis=1) > 1)
    assert part.rows_in(area) == ((int(rows[0]), int(rows[-1]) + 1) if len(rows) else None)
