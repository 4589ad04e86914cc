"""Live events to real websocket servers that break off, listen badly, and talk back."""

import threading
from pathlib import Path

import pytest
from websockets.sync.server import ServerConnection

from tests.uploader.faults import Cut, cutting
from tests.uploader.programs import free_port
from tests.uploader.realtime.listeners import (
    BEGAN,
    LIMIT_S,
    SPEC,
    Listener,
    attentive,
    heard,
    options,
    sound,
    spoke,
    websocket,
)
from tests.uploader.realtime.test_webhooks import SECRET
from tests.uploader.tls import Authority
from uploader.realtime.broadcast import Broadcast
from uploader.realtime.endpoints import KNOWN, EndpointStatus, endpoint_at
from uploader.realtime.mailbox import Mailbox
from uploader.webhook_signature import WebhookSigner


def test_events_and_sound_arrive_in_turn() -> None:
    with websocket() as listener:
        broadcast = Broadcast(SPEC, [endpoint_at(listener.url + "?token=x", KNOWN)], options())
        for event in (BEGAN, spoke(1), sound(2), spoke(3), sound(4)):
            broadcast.tell(event)
        arrived = [listener.next() for _ in range(4)]
        assert broadcast.close(20)[0].status is EndpointStatus.DONE
    assert [each.document["event"].partition(".")[0] for each in arrived] == [
        "participant_events",
        "audio_mixed_raw",
    ] * 2
    assert [each.at_s for each in arrived] == [1, 2, 3, 4]
    assert arrived[1].document["data"]["data"]["buffer"] == "AAAA"
    assert {each.path for each in arrived} == {"/live?token=x"}


def test_an_upgrade_is_signed() -> None:
    with websocket() as listener:
        broadcast = Broadcast(SPEC, [endpoint_at(listener.url)], options(signer=WebhookSigner(SECRET)))
        broadcast.tell(spoke(1))
        headers = listener.next().headers
        broadcast.close(20)
    fixed = WebhookSigner(SECRET, lambda: float(headers["webhook-timestamp"]))
    assert headers["webhook-signature"] == fixed.headers(headers["webhook-id"], b"")["webhook-signature"]


def test_a_server_that_was_gone_for_a_while_misses_no_event() -> None:
    port = free_port()
    with websocket(port=port) as before:
        broadcast = Broadcast(SPEC, [endpoint_at(before.url)], options())
        broadcast.tell(spoke(1))
        assert before.next().at_s == 1
    for at_s in (2, 3):
        broadcast.tell(spoke(at_s))
    with websocket(port=port) as after:
        assert broadcast.close(20)[0].status is EndpointStatus.DONE
        arrived = [each.at_s for each in after.until("participant_events", 3)]
    assert arrived in ([2, 3], [1, 2, 3])  # whether the first was confirmed before the end is a matter of chance


def test_an_event_on_its_way_when_the_line_breaks_is_sent_again() -> None:
    """It had left this machine, and half of it was lost on the way."""
    in_its_midst = Cut(after_bytes=500)
    with (
        websocket() as listener,
        cutting(listener.url.replace("ws", "http").removesuffix("/live"), in_its_midst) as line,
    ):
        broadcast = Broadcast(SPEC, [endpoint_at(line.url.replace("http", "ws") + "/live")], options())
        for at_s in (1, 2):
            broadcast.tell(spoke(at_s))
        assert broadcast.close(20)[0].status is EndpointStatus.DONE
        assert [each.at_s for each in listener.until("participant_events", 2)] == [1, 2]
        assert line.cuts == []


def test_whoever_reads_too_slowly_misses_sound_and_no_event() -> None:
    may_read = threading.Event()

    def slow(connection: ServerConnection, listener: Listener) -> None:
        may_read.wait(LIMIT_S)
        attentive(connection, listener)

    with websocket(slow) as listener:
        mailbox = options(silence_s=LIMIT_S, mailbox=lambda: Mailbox(most_media=3))
        broadcast = Broadcast(SPEC, [endpoint_at(listener.url, KNOWN)], mailbox)
        for at_s in range(40):
            broadcast.tell(sound(at_s, 1_000_000))
            broadcast.tell(spoke(at_s))
        may_read.set()
        (report,) = broadcast.close(LIMIT_S)
        arrived = listener.until("participant_events", 39)
    events = [each.at_s for each in arrived if "participant" in each.document["event"]]
    assert events == list(range(40))
    assert report.status is EndpointStatus.DONE
    assert report.dropped > 0
    assert report.sent == len(arrived) == 80 - report.dropped


def test_whoever_reads_nothing_is_given_up() -> None:
    """Its connection stands, and takes what its buffers hold."""
    end = threading.Event()

    def deaf(connection: ServerConnection, _: Listener) -> None:
        """With more than a few messages unread the library stops to read, and to answer pings."""
        end.wait(LIMIT_S)
        connection.socket.close()

    with websocket(deaf) as listener:
        broadcast = Broadcast(SPEC, [endpoint_at(listener.url, KNOWN)], options(retries=0, silence_s=0.3))
        for at_s in range(40):
            broadcast.tell(sound(at_s, 1_000_000))
        broadcast.tell(spoke(40))
        (report,) = broadcast.close(LIMIT_S)
        end.set()
    assert (report.status, report.code) == (EndpointStatus.FAILED, "network_trouble")


def test_whoever_talks_back_is_heard_out() -> None:
    def talkative(connection: ServerConnection, listener: Listener) -> None:
        for message in connection:
            for _ in range(100):
                connection.send("yes?")
            listener.heard.put(heard(connection, message))

    with websocket(talkative) as listener:
        broadcast = Broadcast(SPEC, [endpoint_at(listener.url)], options())
        for at_s in range(20):
            broadcast.tell(spoke(at_s))
        assert [listener.next().at_s for _ in range(20)] == list(range(20))
        assert broadcast.close(20)[0].status is EndpointStatus.DONE


def test_a_server_that_is_no_websocket_is_given_up() -> None:
    with websocket() as listener:
        url = listener.url
    broadcast = Broadcast(SPEC, [endpoint_at(url)], options(retries=2))
    broadcast.tell(spoke(1))
    (report,) = broadcast.close(20)
    assert (report.status, report.code, report.unsent) == (EndpointStatus.FAILED, "network_trouble", 1)


@pytest.mark.parametrize("known", [True, False])
def test_certificates_are_looked_at(tmp_path: Path, known: bool) -> None:  # noqa: FBT001 - both are tried
    authority = Authority(tmp_path)
    with websocket(tls=authority.server_context()) as listener:
        trusted = authority.ca_file if known else None
        broadcast = Broadcast(SPEC, [endpoint_at(listener.url)], options(retries=0, ca_file=trusted))
        broadcast.tell(spoke(1))
        (report,) = broadcast.close(20)
        assert not known or listener.next().at_s == 1
    assert report.status is (EndpointStatus.DONE if known else EndpointStatus.FAILED)
    assert report.code == (None if known else "certificate_untrusted")
