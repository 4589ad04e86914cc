"""Live events to real web servers that fail, go away and come back."""

import base64
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.uploader.programs import free_port
from tests.uploader.realtime.listeners import BEGAN, SPEC, options, sound, spoke, webhook
from tests.uploader.tls import Authority
from uploader.realtime.broadcast import Broadcast
from uploader.realtime.endpoints import EndpointStatus, endpoint_at
from uploader.webhook_signature import WebhookSigner

SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()


@pytest.fixture
def mute() -> Iterator[str]:
    """A server that takes connections, and says nothing ever."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


def tell_many(broadcast: Broadcast, count: int) -> None:
    for at_s in range(count):
        broadcast.tell(spoke(at_s))


def test_each_event_arrives_in_turn_and_once() -> None:
    with webhook() as listener:
        broadcast = Broadcast(SPEC, [endpoint_at(listener.url + "?token=x")], options())
        broadcast.tell(BEGAN)
        tell_many(broadcast, 20)
        broadcast.tell(sound(1))
        (report,) = broadcast.close(20)
        heard = listener.all()
    assert (report.status, report.sent, report.unsent, report.dropped) == (EndpointStatus.DONE, 20, 0, 0)
    assert [each.at_s for each in heard] == list(range(20))
    assert {each.path for each in heard} == {"/hook?token=x"}
    assert "webhook-signature" not in heard[0].headers


def test_what_fails_is_sent_again_under_the_same_id_and_signed_each_time() -> None:
    signer = WebhookSigner(SECRET)
    with webhook(500, 302, 404, 520) as listener:  # the last is no status but of those who stand in between
        broadcast = Broadcast(SPEC, [endpoint_at(listener.url)], options(signer=signer))
        broadcast.tell(spoke(1))
        first = listener.next()
        broadcast.tell(spoke(2))
        second = listener.next()
        assert broadcast.close(20)[0].status is EndpointStatus.DONE
    assert [first.at_s, second.at_s] == [1, 2]
    assert first.headers["webhook-id"] != second.headers["webhook-id"]
    fixed = WebhookSigner(SECRET, lambda: float(first.headers["webhook-timestamp"]))
    expected = fixed.headers(first.headers["webhook-id"], first.body)["webhook-signature"]
    assert first.headers["webhook-signature"] == expected


def test_a_server_that_was_gone_for_a_while_misses_nothing() -> None:
    """What it took just before it went it may be told again, if its answer got lost."""
    port = free_port()
    with webhook(port=port) as before:
        broadcast = Broadcast(SPEC, [endpoint_at(before.url)], options())
        broadcast.tell(spoke(1))
        assert before.next().at_s == 1
    for at_s in (2, 3):
        broadcast.tell(spoke(at_s))
    with webhook(port=port) as after:
        told = [after.next().at_s for _ in range(2)]
        assert [*told, after.next().at_s][1:] == [2, 3] if told[0] == 1 else told == [2, 3]
        assert broadcast.close(20)[0].status is EndpointStatus.DONE


def test_an_endpoint_that_never_takes_it_is_given_up_and_the_other_goes_on() -> None:
    with webhook(*[503] * 100) as bad, webhook() as good:
        broadcast = Broadcast(SPEC, [endpoint_at(bad.url), endpoint_at(good.url)], options(retries=3, pause_s=0.001))
        for at_s in range(5):
            broadcast.tell(spoke(at_s))
        assert [good.next().at_s for _ in range(5)] == list(range(5))
        failed, done = broadcast.close(20)
    assert (failed.status, failed.code, failed.sent, failed.unsent) == (
        EndpointStatus.FAILED,
        "destination_trouble",
        0,
        5,
    )
    assert (done.status, done.sent) == (EndpointStatus.DONE, 5)


def test_a_mute_one_holds_up_nobody_and_is_not_waited_for_longer_than_allowed(mute: str) -> None:
    broadcast = Broadcast(SPEC, [endpoint_at(mute)], options(silence_s=3600))
    told = threading.Thread(target=tell_many, args=(broadcast, 1000))
    told.start()
    told.join(20)
    assert not told.is_alive()
    (report,) = broadcast.close(0.05)
    assert (report.status, report.code, report.unsent) == (EndpointStatus.FAILED, "endpoint_unfinished", 1000)


def test_certificates_are_looked_at(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with webhook(tls=authority.server_context()) as listener:
        stranger = Broadcast(SPEC, [endpoint_at(listener.url)], options(retries=1))
        friend = Broadcast(SPEC, [endpoint_at(listener.url)], options(ca_file=authority.ca_file))
        for broadcast in (stranger, friend):
            broadcast.tell(spoke(1))
        assert listener.next().at_s == 1
        assert [each.close(20)[0].code for each in (stranger, friend)] == ["certificate_untrusted", None]


def test_addresses_and_secrets_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
    url = f"http://127.0.0.1:{port}/?token=terces"
    broadcast = Broadcast(SPEC, [endpoint_at(url)], options(retries=0, signer=WebhookSigner(SECRET)))
    with caplog.at_level("INFO"):
        broadcast.tell(spoke(1))
        assert broadcast.close(20)[0].code == "network_trouble"
    assert "failed: network_trouble" in caplog.text
    assert not any(secret in caplog.text for secret in ("terces", SECRET, "Ada", str(port)))


def test_an_address_that_answers_is_not_logged_either(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"), webhook() as listener:
        broadcast = Broadcast(SPEC, [endpoint_at(listener.url + "?token=terces")], options())
        broadcast.tell(spoke(1))
        assert broadcast.close(20)[0].sent == 1
    assert "terces" not in caplog.text
