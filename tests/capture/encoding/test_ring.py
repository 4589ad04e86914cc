import threading

from hypothesis import given
from hypothesis import strategies as st

from capture.encoding.converter import Picture
from capture.encoding.ring import PictureRing
from tests.capture.encoding.pictures import picture
from tests.fakes.sources import bars

PLANES = picture(bars([(0, 0, 0)], 32, 32)).planes


def numbered(number: int) -> Picture:
    return Picture(PLANES, number)


def numbers(ring: PictureRing) -> list[int]:
    return [taken.captured_ns for taken in ring.take_all()]


@given(st.integers(1, 5), st.lists(st.integers(0, 12), max_size=5))
def test_it_keeps_the_newest_and_counts_the_rest(capacity: int, bursts: list[int]) -> None:
    ring = PictureRing(capacity)
    put = taken = 0
    for burst in bursts:
        for _ in range(burst):
            ring.put(numbered(put))
            put += 1
        kept = numbers(ring)
        assert kept == list(range(put - min(burst, capacity), put))
        taken += len(kept)
    assert ring.captured == put
    assert ring.dropped == put - taken


def test_what_is_taken_is_gone() -> None:
    ring = PictureRing()
    ring.put(numbered(1))
    assert numbers(ring) == [1]
    assert numbers(ring) == []


def test_nothing_is_lost_between_threads() -> None:
    ring, count, taken = PictureRing(capacity=8), 5000, 0

    def write() -> None:
        for number in range(count):
            ring.put(numbered(number))

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        taken += len(numbers(ring))
    writer.join()
    taken += len(numbers(ring))
    assert ring.captured == count
    assert taken + ring.dropped == count
