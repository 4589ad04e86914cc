"""The portable archive's own installer, on a small tree in its place."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging" / "linux" / "install.sh"
ENTRY = "share/applications/afterword.desktop"


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    folder = tmp_path / "unpacked"
    for name, text in {
        "lib/afterword/afterword": "#!/bin/sh\necho afterword 1.0\n",
        "lib/afterword/_internal/resources/silero vad.npz": "",
        ENTRY: "[Desktop Entry]\nExec=afterword\nTryExec=afterword\n\n[Desktop Action stop]\nExec=afterword stop\n",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "lib/afterword/afterword").chmod(0o755)
    (folder / "bin").mkdir()
    (folder / "bin/afterword").symlink_to("../lib/afterword/afterword")
    shutil.copy(SCRIPT, folder / "install.sh")
    return folder


def install(unpacked: Path, prefix: Path) -> None:
    subprocess.run(("sh", str(unpacked / "install.sh"), "--prefix", str(prefix)), check=True)


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


def test_it_runs_and_is_in_the_menu(unpacked: Path, tmp_path: Path) -> None:
    prefix = tmp_path / "home of somebody" / ".local"
    install(unpacked, prefix)
    done = subprocess.run((prefix / "bin/afterword",), capture_output=True, text=True, check=True)
    assert done.stdout == "afterword 1.0\n"
    entry = (prefix / ENTRY).read_text().splitlines()
    assert f'Exec="{prefix}/bin/afterword"' in entry
    assert f'Exec="{prefix}/bin/afterword" stop' in entry
    assert f"TryExec={prefix}/bin/afterword" in entry


def test_removal_takes_its_own_files_and_no_others(unpacked: Path, tmp_path: Path) -> None:
    prefix = tmp_path / ".local"
    others = {"share/afterword/recordings/1/recording.json", "share/applications/other.desktop", "bin/other"}
    for name in others:
        (prefix / name).parent.mkdir(parents=True, exist_ok=True)
        (prefix / name).write_text("somebody's")
    install(unpacked, prefix)
    subprocess.run((prefix / "lib/afterword/uninstall",), check=True)
    assert files(prefix) == others
    assert not (prefix / "lib/afterword").exists()


def test_a_later_version_takes_the_place_of_an_earlier_one(unpacked: Path, tmp_path: Path) -> None:
    prefix = tmp_path / ".local"
    (unpacked / "lib/afterword/_internal/gone.so").write_text("")
    install(unpacked, prefix)
    (unpacked / "lib/afterword/_internal/gone.so").unlink()
    install(unpacked, prefix)
    own = {"lib/afterword/installed", "lib/afterword/uninstall"}
    assert files(prefix) == files(unpacked) - {"install.sh"} | own
