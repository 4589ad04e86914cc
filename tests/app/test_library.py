from pathlib import Path

import pytest

from app.cli import run
from app.library import manifests, recording_directory, recording_document, recording_text
from app.messages import Failure
from app.paths import Paths, find_paths
from capture.errors import ManifestError
from capture.manifest import Manifest, Status, read_manifest, write_manifest
from capture.recording import Meeting, RecordingId, RecordingSpec, RecordingStatus
from uploader.ledger import DeliveryStatus, Ledger


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths(tmp_path)


def keep(paths: Paths, name: str, started_at: str) -> Path:
    directory = paths.recordings / name
    directory.mkdir(parents=True)
    spec = RecordingSpec(RecordingId(name), directory, None, meeting=Meeting(title="Überblick 🎥"))
    write_manifest(Manifest(spec, Status(RecordingStatus.COMPLETE), started_at), directory)
    return directory


def test_the_newest_first_and_a_broken_one_does_not_hide_the_others(paths: Paths) -> None:
    keep(paths, "old", "2026-01-01T00:00:00.000Z")
    keep(paths, "new", "2026-02-01T00:00:00.000Z")
    broken = keep(paths, "broken", "2026-03-01T00:00:00.000Z")
    (broken / "recording.json").write_text("{")
    listed = list(manifests(paths))
    assert [each.spec.id for each in listed if isinstance(each, Manifest)] == ["new", "old"]
    assert [each.data["path"] for each in listed if isinstance(each, ManifestError)] == [str(broken / "recording.json")]


@pytest.mark.parametrize("name", ["", "..", ".", "../old", "old/..", "/etc", "a b", "nonesuch"])
def test_only_names_of_recordings_lead_to_folders(paths: Paths, name: str) -> None:
    keep(paths, "old", "2026-01-01T00:00:00.000Z")
    with pytest.raises(Failure, match="unknown_recording"):
        recording_directory(paths, name)
    assert recording_directory(paths, "old").name == "old"


def test_a_recording_is_shown_with_its_delivery(paths: Paths) -> None:
    manifest = read_manifest(keep(paths, "one", "2026-01-01T00:00:00.000Z"))
    with Ledger(None) as ledger:
        assert recording_document(manifest, ledger)["delivery"]["status"] == "none"
        owed = ledger.owe(manifest.spec.id, manifest.spec.directory, "https://recordings.example")
        document = recording_document(manifest, ledger)
    assert document["delivery"]["status"] == DeliveryStatus.QUEUED
    assert document["delivery"]["destination"] == owed.destination
    assert document["title"] == "Überblick 🎥"
    assert "https://recordings.example: queued" in recording_text(document)


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """It shows folders by a program that notes which, and with whatever status stands beside it."""
    program = tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nprintf %s "$1" > "$0.asked"\nexit $(cat "$0.status")\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":7")
    return program


@pytest.mark.parametrize(("status", "exit_status"), [("0", 0), ("4", 1)])
def test_the_folder_of_a_recording_is_shown(
    paths: Paths, desktop: Path, status: str, exit_status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = keep(paths, "one", "2026-01-01T00:00:00.000Z")
    desktop.with_suffix(".status").write_text(status)
    assert run(["--basedir", str(paths.data.parent), "open", "one", "--json"]) == exit_status
    assert desktop.with_suffix(".asked").read_text() == str(directory)
    assert str(directory) in capsys.readouterr().out


def test_without_a_desktop_no_folder_is_shown(
    paths: Paths, desktop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(paths, "one", "2026-01-01T00:00:00.000Z")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    base = ["--basedir", str(paths.data.parent)]
    assert (run([*base, "open", "one"]), run([*base, "open", "two"])) == (1, 3)
    assert "no desktop" in capsys.readouterr().err
    assert not desktop.with_suffix(".asked").exists()
