"""Bodies as they arrive: in small parts, slowly, or not to their end."""

import asyncio

from starlette.requests import ClientDisconnect, Request

from uploader.backend.bodies import body_pieces
from uploader.backend.pace import Pace
from uploader.backend.refusal import Refusal


def body_of(messages: list[dict[str, object]]) -> tuple[list[bytes], Exception | None]:
    """What is made of a body that arrives like this, and then no more."""

    async def receive() -> dict[str, object]:
        return messages.pop(0) if messages else await asyncio.Future()

    async def collect() -> tuple[list[bytes], Exception | None]:
        pieces: list[bytes] = []
        try:
            async for piece in body_pieces(Request({"type": "http", "headers": []}, receive), Pace(window_s=0.01)):
                pieces.append(bytes(piece))  # noqa: PERF401 - what came before the trouble is wanted
        except (Refusal, ClientDisconnect) as error:
            return pieces, error
        return pieces, None

    return asyncio.run(collect())


def test_small_parts_of_a_body_are_gathered() -> None:
    parts = [{"type": "http.request", "body": bytes(300_000), "more_body": True} for _ in range(5)]
    pieces, trouble = body_of([*parts, {"type": "http.request", "body": b"end"}])
    assert [len(piece) for piece in pieces] == [1_200_000, 300_003]
    assert trouble is None


def test_a_sender_that_falls_silent_is_given_up_and_what_it_sent_is_kept() -> None:
    pieces, trouble = body_of([{"type": "http.request", "body": b"beginning", "more_body": True}])
    assert pieces == [b"beginning"]
    assert isinstance(trouble, Refusal)
    assert trouble.status == 408


def test_a_sender_that_goes_away_leaves_what_it_sent() -> None:
    begun = {"type": "http.request", "body": b"beginning", "more_body": True}
    pieces, trouble = body_of([begun, {"type": "http.disconnect"}])
    assert pieces == [b"beginning"]
    assert isinstance(trouble, ClientDisconnect)
