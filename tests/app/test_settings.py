"""What is in the file, what is made of it, and what a change leaves as it was."""

import stat
from pathlib import Path

import pytest

from app.messages import Failure
from app.outgoing import destination_name
from app.settings import DEFAULTS, KEYS, RULES, Settings, checked, from_words, read
from app.settings_file import write_setting
from capture.errors import StorageError
from capture.recording import DeviceId, PauseMode, RecordingId, RecordingSpec

WRITTEN = """\
# the good one
microphone = "usb-mic"  # since May
fps = 15
pause_mode = "blank"
destination = "https://recordings.example/"
name = "Ada"

[of_a_newer_version]
colour = "blue"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "config.toml"


@pytest.fixture
def written(path: Path) -> Path:
    path.parent.mkdir()
    path.write_text(WRITTEN, encoding="utf-8")
    return path


def test_each_key_has_a_rule_and_its_default_keeps_to_it() -> None:
    assert set(RULES) == set(KEYS)
    for key in KEYS:
        assert from_words(key, str(getattr(DEFAULTS, key))) == getattr(DEFAULTS, key)


def test_the_defaults_are_those_of_a_recording() -> None:
    spec = RecordingSpec(RecordingId("x"), Path("x"), None)
    assert (spec.microphone, spec.system_audio) == (DEFAULTS.microphone, DEFAULTS.system_audio)
    assert (spec.frame_rate_fps, spec.profile, spec.pause_mode, spec.echo_mode) == (
        DEFAULTS.fps,
        DEFAULTS.profile,
        DEFAULTS.pause_mode,
        DEFAULTS.echo,
    )


def test_no_file_is_no_trouble(path: Path) -> None:
    found = read(path)
    assert (found.settings, found.warnings, found.unknown) == (DEFAULTS, (), ())


def test_what_is_there_counts_and_the_rest_has_its_default(written: Path) -> None:
    found = read(written)
    assert found.settings == Settings(
        microphone=DeviceId("usb-mic"),
        fps=15,
        pause_mode=PauseMode.BLANK,
        destination="https://recordings.example/",
        name="Ada",
    )
    assert isinstance(found.settings.pause_mode, PauseMode)
    assert found.warnings == ()
    assert found.unknown == ("of_a_newer_version",)
    assert "Ada" not in repr(found.settings)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('fps = "30"', "fps"),
        ("fps = 0", "fps"),
        ("fps = 61", "fps"),
        ("fps = true", "fps"),
        ("fps = 29.97", "fps"),
        ("microphone = 3", "microphone"),
        ('microphone = ""', "microphone"),
        ("system_audio = []", "system_audio"),
        ('profile = "nonesuch"', "profile"),
        ('pause_mode = "melt"', "pause_mode"),
        ('destination = "ftp://x"', "destination"),
        ('destination = "https://"', "destination"),
        ('destination = "http://[::1"', "destination"),
        ('destination = "https://ada:secret@x"', "destination"),
        ('destination = "s3+https://ada:secret@x"', "destination"),
        ('destination = "s3+local"', "destination"),
        ('destination = "https://x:65536"', "destination"),
        ('transcription_url = "local"', "transcription_url"),
        ('transcription_url = "s3+https://x"', "transcription_url"),
        ("name = 1970-01-01", "name"),
    ],
)
def test_a_bad_value_is_a_warning_that_names_key_and_file(path: Path, line: str, key: str) -> None:
    path.parent.mkdir()
    path.write_text(f'{line}\n[table]\nfps = "not this"\n', encoding="utf-8")
    found = read(path)
    (warning,) = found.warnings
    assert found.settings == DEFAULTS
    assert warning.code == "bad_setting"
    assert f"`{key}` in {path}" in warning.message
    assert "secret" not in warning.message + warning.hint


@pytest.mark.parametrize("url", ["s3+https://recordings.example", "tus+http://127.0.0.1:1080/files/"])
def test_every_kind_of_destination_can_be_remembered(url: str) -> None:
    assert checked("destination", url) == url
    assert destination_name(url) == url.rstrip("/")


@pytest.mark.parametrize("content", [b"fps = ", b"\xff\xfe", b"fps = 1\nfps = 2"])
def test_a_file_that_is_no_toml_is_a_warning_and_is_not_overwritten(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    found = read(path)
    assert found.settings == DEFAULTS
    assert str(path) in found.warnings[0].message
    with pytest.raises(Failure) as caught:
        write_setting(path, "fps", 10)
    assert str(path) in caught.value.message.message
    assert path.read_bytes() == content


def test_a_change_leaves_comments_and_unknown_keys(written: Path) -> None:
    write_setting(written, "microphone", DeviceId("headset"))
    write_setting(written, "profile", "small")
    text = written.read_text(encoding="utf-8")
    assert text.splitlines()[:2] == ["# the good one", 'microphone = "headset"  # since May']
    assert text.index('profile = "small"') < text.index("[of_a_newer_version]")
    assert 'colour = "blue"' in text
    assert read(written).settings.profile == "small"


def test_the_first_change_makes_the_file_and_nothing_beside_it(path: Path) -> None:
    write_setting(path, "pause_mode", PauseMode.BLANK)
    write_setting(path, "fps", 12)
    assert path.read_text(encoding="utf-8") == 'pause_mode = "blank"\nfps = 12\n'
    assert list(path.parent.iterdir()) == [path]


def test_a_link_stays_one(written: Path, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    written.rename(kept)
    written.symlink_to(kept)
    write_setting(written, "fps", 12)
    assert written.is_symlink()
    assert read(kept).settings.fps == 12


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError):
        write_setting(tmp_path / "config" / "config.toml", "fps", 12)


def test_it_is_for_the_user_alone(path: Path) -> None:
    write_setting(path, "name", "Ada")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
