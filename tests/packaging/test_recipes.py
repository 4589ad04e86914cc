"""What can be told of the recipes without following them."""

import importlib.util
import plistlib
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from capture.program import BUNDLED

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
PIN = re.compile(r"^([\w.-]+==\S+)", re.MULTILINE)


def loaded(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(Path(path).stem, PACKAGING / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_bundled_is_what_is_tested() -> None:
    bundled = set(PIN.findall((PACKAGING / "bundle" / "bundle.lock").read_text("utf-8")))
    tested = set(PIN.findall((ROOT / "requirements-test.lock").read_text("utf-8")))
    names = {pin.split("==")[0] for pin in tested}
    assert {pin for pin in bundled if pin.split("==")[0] in names} <= tested


@pytest.mark.parametrize("name", BUNDLED.values())
def test_every_recipe_has_the_programs_that_are_started(name: str) -> None:
    assert f'"{name}":' in (PACKAGING / "bundle" / "afterword.spec").read_text("utf-8")
    assert f'Delete "$INSTDIR\\{name}.exe"' in (PACKAGING / "windows" / "afterword.nsi").read_text("utf-8")


LEFT_OUT = (
    "libstdc++.so.6",
    "libX11.so.6",
    "libxcb-shm.so.0",
    "PySide6/Qt/plugins/platforms/libqvnc.so",
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
    "PySide6/Qt/lib/libQt6QuickControls2.so.6",
    "resources/__pycache__/__init__.cpython-311.pyc",
)
TAKEN = (
    "libxcb-shape.so.0",
    "libxcb-icccm.so.4",
    "libssl.so.3",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/lib/libQt6OpenGL.so.6",
    "PySide6/Qt/lib/libQt6Quick.so.6",
    "av.libs/libx264-d6533a8d.so.165",
)


def test_of_the_machine_that_builds_little_is_taken() -> None:
    is_left_out = loaded("bundle/left_out.py").is_left_out
    assert [name for name in (*LEFT_OUT, *TAKEN) if is_left_out(name)] == list(LEFT_OUT)


def test_a_mac_is_told_why_it_is_asked() -> None:
    information = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    assert {"NSMicrophoneUsageDescription", "NSAudioCaptureUsageDescription"} <= information.keys()
    assert information["LSUIElement"] is True
    entitled = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert entitled["com.apple.security.device.audio-input"] is True


def test_a_changelog_has_a_part_for_a_release(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    release = loaded("release.py")
    monkeypatch.setattr(release, "ROOT", tmp_path)
    text = "## [Unreleased]\n\n- b\n\n## [1.2.3] - 2026-11-23\n\n- a\n\n## [1.2.2] - 2026-11-01\n\n- older\n"
    (tmp_path / "CHANGELOG.md").write_text(text, "utf-8")
    assert release.changes("1.2.3") == "- a"
    assert release.changes("1.2.4") == ""


def test_licences_of_libraries_are_known_by_name() -> None:
    table = tomllib.loads((PACKAGING / "bundle" / "libraries.toml").read_text("utf-8"))
    assert table["licences"]["x264"] == "GPL-2.0-or-later"
    pattern = loaded("bundle/bill.py").LIBRARY
    for name, file in {"x264": "libx264-d6533a8d.so.165", "gfortran": "libgfortran-040039e1-0352e75f.so.5.0.0"}.items():
        assert pattern.match(file)["name"] == name
