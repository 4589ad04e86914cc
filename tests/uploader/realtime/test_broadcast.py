"""Callbacks in this process, and what becomes of an endpoint that cannot keep up."""

import queue
import threading
from collections.abc import Mapping

from tests.uploader.realtime.listeners import LIMIT_S, SPEC, options, sound, spoke
from uploader.realtime.broadcast import Broadcast
from uploader.realtime.endpoints import KNOWN, Callback, Endpoint, EndpointKind, EndpointStatus
from uploader.realtime.envelopes import Utterance
from uploader.realtime.mailbox import Mailbox


def calling(callback: Callback) -> Endpoint:
    return Endpoint(EndpointKind.CALLBACK, KNOWN, callback=callback)


def test_a_callback_is_called_on_a_thread_of_its_own() -> None:
    called: queue.SimpleQueue[tuple[str, object, str]] = queue.SimpleQueue()

    def callback(name: str, data: Mapping[str, object]) -> None:
        called.put((name, data["recording"], threading.current_thread().name))

    broadcast = Broadcast(SPEC, [calling(callback)], options())
    broadcast.tell(spoke(1))
    broadcast.tell(sound(2))
    broadcast.say(Utterance(SPEC_SPEAKER, []))
    names = [called.get(timeout=LIMIT_S) for _ in range(3)]
    assert broadcast.close(20)[0].status is EndpointStatus.DONE
    recording = {"id": SPEC.id, "metadata": {}}
    assert names == [
        (name, recording, "realtime")
        for name in ("participant_events.speech_on", "audio_mixed_raw.data", "transcript.data")
    ]


SPEC_SPEAKER = spoke(0).participant


def test_a_callback_that_raises_ends_its_own_line() -> None:
    def broken(name: str, data: Mapping[str, object]) -> None:
        raise RuntimeError(name, data)

    heard: queue.SimpleQueue[str] = queue.SimpleQueue()
    broadcast = Broadcast(SPEC, [calling(broken), calling(lambda name, _: heard.put(name))], options())
    broadcast.tell(spoke(1))
    failed, done = broadcast.close(20)
    assert (failed.status, done.status) == (EndpointStatus.FAILED, EndpointStatus.DONE)
    assert (failed.code, failed.unsent, heard.get(timeout=LIMIT_S)) == (
        "delivery_failed",
        1,
        "participant_events.speech_on",
    )


def test_more_events_than_can_wait_end_the_endpoint_instead_of_being_dropped() -> None:
    held, has_begun, called = threading.Event(), threading.Event(), []

    def slow(name: str, _: Mapping[str, object]) -> None:
        has_begun.set()
        held.wait(LIMIT_S)
        called.append(name)

    broadcast = Broadcast(SPEC, [calling(slow)], options(mailbox=lambda: Mailbox(most_events=5)))
    broadcast.tell(spoke(0))
    assert has_begun.wait(LIMIT_S)
    for at_s in range(1, 10):
        broadcast.tell(spoke(at_s))
    (report,) = broadcast.report()
    held.set()
    assert (report.status, report.code, report.unsent) == (EndpointStatus.FAILED, "endpoint_overrun", 6)
    broadcast.close(20)
    assert len(called) == 1


def test_the_oldest_sound_makes_room_and_order_is_kept() -> None:
    held, has_begun, called = threading.Event(), threading.Event(), []

    def slow(_: str, data: Mapping[str, object]) -> None:
        has_begun.set()
        held.wait(LIMIT_S)
        payload = data["data"]
        assert isinstance(payload, dict)
        called.append(payload["timestamp"]["relative"])

    broadcast = Broadcast(SPEC, [calling(slow)], options(mailbox=lambda: Mailbox(most_media=2)))
    broadcast.tell(spoke(0))
    assert has_begun.wait(LIMIT_S)
    for event in (sound(1), sound(2), spoke(3), sound(4), sound(5)):
        broadcast.tell(event)
    held.set()
    (report,) = broadcast.close(20)
    assert called == [0, 3, 4, 5]
    assert (report.status, report.dropped, report.sent) == (EndpointStatus.DONE, 2, 4)
