"""A recording that is on its way to a backend while it is made, and there when it ends."""

import hashlib
import os
import signal
import time
from pathlib import Path

from capture.recording import RecordingId
from tests.end_to_end.afterword import Running, serving
from uploader.debts import read_debts
from uploader.ledger import Delivery, Ledger
from uploader.session import Assurance

SYNTHETIC = ("--screen", "synthetic", "--microphone", "synthetic", "--system-audio", "synthetic")
LIMIT_S = 60.0


def delivery_under_way(basedir: Path) -> Delivery:
    """Once something of it has arrived."""
    deadline_s = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline_s:
        time.sleep(0.1)
        for directory in (basedir / "data" / "recordings").glob("*"):
            with Ledger(basedir / "data" / "ledger.sqlite") as ledger:
                delivery = ledger.delivery(RecordingId(directory.name))
            if delivery is not None and delivery.bytes_sent > 0:
                return delivery
    message = "nothing was sent while it was recorded"
    raise AssertionError(message)


def test_it_arrives_while_it_is_made_and_is_whole_in_the_end(tmp_path: Path) -> None:
    with serving(os.environ, tmp_path / "server") as backend:
        environment = {**os.environ, "AFTERWORD_API_KEY": backend.api_key}
        words = ("--basedir", tmp_path / "client", "record", *SYNTHETIC, "--destination", backend.url)
        with Running(environment, *words) as running:
            on_its_way = delivery_under_way(tmp_path / "client")
            assert on_its_way.status == "sending"
            running.signal(signal.SIGINT)
            done = running.finish()
        assert (done.exit_status, done.document["delivery"]["status"]) == (0, "complete"), done.words
        (debt,) = read_debts(Path(done.document["directory"]))
        assert debt.assurance is Assurance.VERIFIED
        stored = [path.read_bytes() for path in (tmp_path / "server").glob("data/backend/blobs/*/*")]
        digests = {media["sha256"] for media in done.document["media"]}
        assert {hashlib.sha256(data).hexdigest() for data in stored} == digests
