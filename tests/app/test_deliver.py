"""``afterword deliver`` and what ``show`` and ``verify`` tell of it, against a real backend."""

import io
import json
import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.console import Console
from app.delivery import attempt
from app.delivery_ledger import open_ledger
from app.delivery_progress import ProgressView, line, sized
from app.paths import find_paths
from capture.lock import Lock
from capture.manifest import Status, read_manifest, write_manifest
from capture.recording import RecordingId, RecordingStatus
from tests.end_to_end.afterword import AFTERWORD, ROOT
from tests.fakes.recording_directory import make_recording
from tests.uploader.fake_destination import FakeDestination
from tests.uploader.faults import Answer, scripted
from tests.uploader.rig import FakeWallClock, Service, served
from tests.uploader.tls import Authority
from uploader.debts import DEBTS_NAME, owe
from uploader.lease import LEASE_NAME, is_being_sent, leased
from uploader.ledger import Delivery, Ledger
from uploader.session import Progress
from uploader.uploader import Uploader

pytestmark = pytest.mark.usefixtures("directory")


@dataclass(frozen=True)
class Told:
    status: int
    document: Any
    words: str

    @property
    def delivery(self) -> dict[str, Any]:
        (recording,) = self.document["recordings"]
        delivery: dict[str, Any] = recording["delivery"]
        return delivery


Afterword = Callable[..., Told]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Service]:
    with served(tmp_path / "server") as service:
        yield service


@pytest.fixture
def afterword(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Afterword:
    """In this process, with one recording in its folder."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

    def call(*arguments: str | Path) -> Told:
        status = run(["--basedir", str(tmp_path / "base"), *map(str, arguments), "--json"])
        output, words = capsys.readouterr()
        return Told(status, json.loads(output), words)

    return call


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return make_recording(tmp_path / "base" / "data" / "recordings", video_bytes=2_000_000)


def test_a_delivery_is_told_and_verified_at_both_ends(
    afterword: Afterword, home: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_API_KEY", home.backend.api_key)
    sent = afterword("deliver", "--destination", home.url)
    assert sent.status == 0
    assert sent.delivery["status"] == "complete"
    assert (sent.delivery["waiting_for"], sent.delivery["remaining_s"]) == (None, None)
    verified = afterword("verify")
    (copy,) = verified.document["recordings"][0]["copies"]
    assert (verified.status, copy["state"], copy["destination"]) == (0, "verified", home.url)
    assert len(copy["media"]) == 9
    assert afterword("deliver").document == {"recordings": []}


def test_a_copy_that_is_gone_is_damage_and_one_that_cannot_be_asked_is_not(
    afterword: Afterword, directory: Path, home: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_API_KEY", home.backend.api_key)
    afterword("deliver", "--destination", home.url)
    monkeypatch.setenv("AFTERWORD_API_KEY", "wrong")
    unknown = afterword("verify")
    assert (unknown.status, unknown.document["recordings"][0]["copies"][0]["state"]) == (0, "unknown")
    assert "does not accept the API key" in unknown.words
    monkeypatch.setenv("AFTERWORD_API_KEY", home.backend.api_key)
    with home.client(home.backend.api_key) as client:
        client.delete(f"recording/{directory.name}/")
    gone = afterword("verify")
    assert (gone.status, gone.document["recordings"][0]["copies"][0]["state"]) == (1, "missing")
    assert home.url in gone.words


def test_what_waits_says_for_what(afterword: Afterword, home: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted(Answer(503)) as broken:
        nobody = broken.url
    monkeypatch.setenv("AFTERWORD_API_KEY", "some key")
    offline = afterword("deliver", "--destination", nobody)
    assert (offline.status, offline.delivery["status"]) == (1, "waiting")
    assert offline.delivery["waiting_for"] == "network"
    assert offline.delivery["next_attempt_at"].endswith("Z")
    refused = afterword("deliver", "--destination", home.url)
    each = {entry["destination"]: entry for entry in refused.delivery["destinations"]}
    assert each[home.url]["waiting_for"] == "key"
    assert each[home.url]["next_attempt_at"] is None
    assert each[nobody]["waiting_for"] == "network"
    assert refused.document["error"]["code"] == "authentication_failed"


@pytest.mark.parametrize("name", [LEASE_NAME, DEBTS_NAME])
def test_a_folder_that_takes_no_notes_is_no_fault_of_a_destination(
    afterword: Afterword, directory: Path, name: str
) -> None:
    with open_ledger(find_paths(directory.parents[2])) as ledger:
        owe(directory, "local", ledger)
        (directory / name).unlink(missing_ok=True)
        (directory / name).mkdir()  # where a file is to be
        Uploader(ledger, lambda _: nullcontext(FakeDestination())).deliver_due()
    assert afterword("show", directory.name).document["delivery"]["waiting_for"] == "notes"


def test_what_is_due_already_has_no_next_time(afterword: Afterword, directory: Path) -> None:
    afterword("deliver", "--pause")
    assert afterword("deliver").delivery["next_attempt_at"] is not None
    with open_ledger(find_paths(directory.parents[2])) as ledger:
        ledger.resume("local")
    assert afterword("recordings").delivery["next_attempt_at"] is None


def test_waiting_lasts_until_it_is_there(afterword: Afterword, home: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """The destination has trouble at first."""
    monkeypatch.setenv("AFTERWORD_API_KEY", home.backend.api_key)
    with scripted(Answer(503, {"Retry-After": "0"}), Answer(401)) as broken:
        told = afterword("deliver", "--destination", broken.url, "--wait")
        assert len(broken.asked) == 2
    assert (told.status, told.delivery["waiting_for"]) == (1, "key")
    assert afterword("deliver", "--destination", home.url, "--wait").status == 0


def test_a_lost_ledger_is_built_anew(
    afterword: Afterword, home: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AFTERWORD_API_KEY", home.backend.api_key)
    afterword("deliver", "--destination", home.url)
    for path in (tmp_path / "base" / "data").glob("ledger.sqlite*"):
        path.unlink()
    shown = afterword("recordings")
    assert (shown.delivery["status"], shown.delivery["destination"]) == ("complete", home.url)


def test_a_deleted_recording_is_owed_to_nobody(afterword: Afterword, directory: Path) -> None:
    afterword("deliver", "--destination", "http://127.0.0.1:9")
    assert afterword("delete", directory.name).status == 0
    assert afterword("deliver").document == {"recordings": []}


def test_an_authority_of_ones_own_and_a_limit(
    afterword: Afterword, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("AFTERWORD_API_KEY", "some key")
    with scripted(Answer(403), tls=authority.server_context()) as server:
        to_it = ("deliver", "--destination", server.url, "--limit", "1e6")
        assert afterword(*to_it).document["error"]["code"] == "certificate_untrusted"
        trusting = afterword(*to_it, "--ca-file", authority.ca_file)
        assert trusting.document["error"]["code"] == "authentication_failed"
        assert afterword(*to_it, "--ca-file", tmp_path / "none.pem").status != 0


def test_a_limit_that_would_never_end(afterword: Afterword) -> None:
    with pytest.raises(SystemExit):
        afterword("deliver", "--limit", "1")


def test_deliveries_are_paused_and_go_on(afterword: Afterword) -> None:
    assert afterword("deliver", "--pause").document == {"deliveries": "paused"}
    held = afterword("deliver")
    assert (held.status, held.delivery["status"], held.delivery["waiting_for"]) == (1, "waiting", "deliveries_paused")
    assert held.delivery["last_error"] is None
    assert "Deliveries are paused" in held.words
    assert afterword("recordings").delivery["waiting_for"] == "deliveries_paused"
    assert afterword("deliver", "--resume").document == {"deliveries": "on"}
    assert afterword("deliver").delivery["status"] == "complete"


def test_now_means_now(afterword: Afterword) -> None:
    afterword("deliver", "--pause")
    assert afterword("deliver", "--now").delivery["status"] == "complete"


def test_what_another_program_sends_is_told(afterword: Afterword, directory: Path) -> None:
    with leased(directory):
        left = afterword("deliver")
    assert (left.status, left.document["error"]["code"]) == (1, "being_sent")
    assert afterword("deliver").status == 0


def test_keys_that_cannot_be_read_hold_up_only_what_needs_one(
    afterword: Afterword, home: Service, tmp_path: Path
) -> None:
    keys = find_paths(tmp_path / "base").credentials
    keys.parent.mkdir(parents=True)
    keys.write_text("{")
    owed = afterword("deliver", "--destination", home.url)
    assert (owed.status, owed.document["error"]["code"]) == (1, "credentials_unreadable")
    assert (owed.delivery["status"], owed.delivery["waiting_for"]) == ("waiting", "key")
    assert str(keys) in owed.words
    afterword("deliver", "--destination", "local")
    each = {entry["destination"]: entry["status"] for entry in afterword("recordings").delivery["destinations"]}
    assert each == {home.url: "waiting", "local": "complete"}


class PutOff(Ledger):
    """By another program, at that very moment."""

    def due(self, now_s: float) -> list[Delivery]:
        for delivery in super().due(now_s):
            self.pause(delivery.destination, "authentication_failed")
        return super().due(now_s)


def test_what_another_program_has_put_off_just_now_is_owed(directory: Path, tmp_path: Path) -> None:
    with PutOff(tmp_path / "ledger.sqlite") as ledger:
        trouble = attempt(directory, "local", find_paths(tmp_path / "base"), ledger, Console(as_json=True))
    assert trouble is not None
    assert trouble.code == "delivery_interrupted"


def test_a_list_of_deliveries_that_cannot_be_kept_hides_no_recording(
    afterword: Afterword, directory: Path, tmp_path: Path
) -> None:
    """As on a full disk."""
    afterword("deliver")
    ledger = find_paths(tmp_path / "base").ledger
    for path in ledger.parent.glob(f"{ledger.name}*"):
        path.unlink()
    ledger.mkdir()  # where a file is to be
    assert afterword("recordings").delivery["status"] == "complete"
    assert afterword("verify", directory.name).status == 0
    synthetic = ("--no-video", "--microphone", "synthetic", "--no-system-audio")
    recorded = afterword("record", "--duration", "0.2", *synthetic)
    assert (recorded.status, recorded.document["error"]["code"]) == (1, "ledger_unusable")
    assert recorded.document["status"]["code"] == "complete"
    assert (directory.parent / recorded.document["id"]).is_dir()


def test_to_delete_what_no_backend_holds_takes_no_room_there(
    afterword: Afterword, directory: Path, tmp_path: Path
) -> None:
    (tmp_path / "base" / "data" / "backend").write_text("in its place")
    assert afterword("delete", directory.name).status == 0
    assert not directory.exists()


def test_what_is_still_being_made_is_not_sent_and_that_is_said(afterword: Afterword, directory: Path) -> None:
    manifest = read_manifest(directory)
    write_manifest(replace(manifest, status=Status(RecordingStatus.RECORDING)), directory)
    with Lock(directory):
        told = afterword("deliver", directory.name)
    assert (told.status, told.document["error"]["code"]) == (1, "recording_unfinished")


def test_a_key_that_is_kept_lets_go_on_what_waited_for_one(
    afterword: Afterword, home: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert afterword("deliver", "--destination", home.url).delivery["waiting_for"] == "key"
    monkeypatch.setattr("sys.stdin", io.StringIO(home.backend.api_key))
    assert afterword("key", home.url).document["destination"] == home.url
    with open_ledger(find_paths(tmp_path / "base")) as ledger:
        assert ledger.paused() == {}


def test_ctrl_c_twice_waits_for_no_answer(directory: Path, tmp_path: Path) -> None:
    """A server that takes connections, and says nothing ever."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        command = (*AFTERWORD, "--basedir", str(tmp_path / "base"), "deliver", "--destination", url)
        environment = os.environ | {"AFTERWORD_API_KEY": "some key"}
        with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as sender:
            connection, _ = silent.accept()
            with connection:
                ended = None
                for _ in range(100):
                    sender.send_signal(signal.SIGINT)
                    with suppress(subprocess.TimeoutExpired):
                        ended = sender.wait(0.3)
                        break
            sender.kill()
    assert ended in {1, -signal.SIGINT}  # the latter where one more came while it was ending
    assert not is_being_sent(directory)


def test_what_is_being_sent_is_not_deleted(afterword: Afterword, directory: Path) -> None:
    with leased(directory):
        refused = afterword("delete", directory.name)
    assert (refused.status, refused.document["error"]["code"]) == (1, "being_sent")
    assert directory.exists()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


Sitting = Callable[..., list[str]]


@pytest.fixture
def sitting(monkeypatch: pytest.MonkeyPatch) -> Sitting:
    """From then on somebody sits at a terminal, and answers one thing after the other."""

    def sit(*answers: str) -> list[str]:
        left = list(answers)
        monkeypatch.setattr("sys.stdin", Terminal())
        monkeypatch.setattr("sys.stderr", Terminal())
        monkeypatch.setattr("getpass.getpass", lambda *_: left.pop(0))
        return left

    return sit


def test_a_missing_key_is_asked_for_once_and_kept(afterword: Afterword, home: Service, sitting: Sitting) -> None:
    asked = sitting("wrong", "never asked for")
    refused = afterword("deliver", "--destination", home.url)
    assert (refused.status, refused.document["error"]["code"]) == (1, "authentication_failed")
    assert asked == ["never asked for"]
    asked[0] = home.backend.api_key
    assert afterword("deliver").delivery["status"] == "complete"
    assert asked == []
    assert afterword("verify").document["recordings"][0]["copies"][0]["state"] == "verified"


def test_whoever_gives_no_key_is_not_asked_again(afterword: Afterword, home: Service, sitting: Sitting) -> None:
    sitting("")
    missing = afterword("deliver", "--destination", home.url)
    assert missing.document["error"]["code"] == "key_missing"
    assert missing.delivery["waiting_for"] == "key"


def progress(sent_bytes: int, safe_bytes: int, rate_bytes_per_s: float | None = None) -> Progress:
    return Progress(RecordingId("id"), "local", "upload", sent_bytes, safe_bytes, 2_000_000, rate_bytes_per_s)


def test_a_line_for_people() -> None:
    assert line(progress(0, 0)) == "························ 0 B of 2.0 MB"
    assert line(progress(1_500_000, 1_000_000, 5_000.0)) == (
        "████████████············ 1.5 MB of 2.0 MB, 5.0 kB/s, 1:40 left"
    )
    assert sized(12_345_678_901) == "12.35 GB"


def test_events_for_programs_are_few_and_the_last_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    clock = FakeWallClock()
    view = ProgressView(Console(as_json=True, as_events=True), clock)
    for sent_bytes in range(0, 2_000_001, 10_000):
        clock.now_s += 0.01
        view(progress(sent_bytes, sent_bytes, 1e6))
    events = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert 5 < len(events) < 12
    assert {event["type"] for event in events} == {"delivery_progress"}
    assert (events[-1]["bytes_safe"], events[-1]["remaining_s"]) == (2_000_000, 0.0)
