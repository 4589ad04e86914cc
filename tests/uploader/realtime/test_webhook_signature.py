import pytest

from uploader.errors import InvalidWebhookSecret
from uploader.webhook_signature import WebhookSigner

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - the standard's own example


def test_the_standard_s_own_example() -> None:
    signer = WebhookSigner(SECRET, lambda: 1614265330.9)
    headers = signer.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}')
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@pytest.mark.parametrize(
    "secret", ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_short", "whsec_!!", "whsec_c2hvcnQ="]
)
def test_what_is_no_secret_is_not_told_either(secret: str) -> None:
    with pytest.raises(InvalidWebhookSecret) as caught:
        WebhookSigner(secret)
    assert str(caught.value) == "invalid_webhook_secret"


def test_nothing_of_it_is_shown() -> None:
    assert "MfKQ" not in repr(WebhookSigner(SECRET))
