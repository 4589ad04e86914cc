"""What all tests share. No test sees the desktop that it is started from."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rig.desktop import Desktop, private_desktop

OWN = {
    "QT_QPA_PLATFORM": "offscreen",  # for tests that need no screen; the desktop's environment says xcb
    "LC_ALL": "C.UTF-8",  # Qt warns of a locale without UTF-8
    "OPENBLAS_NUM_THREADS": "1",  # as in a recorder, also where a test loads numpy first
    "XDG_SESSION_TYPE": "tty",
    "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/dev/null/none",  # the tests' recordings must not keep this machine awake
}
FOREIGN = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "PULSE_SERVER",
    "DBUS_SESSION_BUS_ADDRESS",
    "AFTERWORD_BASEDIR",
    "AFTERWORD_API_KEY",
)

for name in FOREIGN:
    os.environ.pop(name, None)
os.environ.update(OWN)  # here, since Qt looks at it before the first fixture is set up


@pytest.fixture(scope="session")
def desktop() -> Iterator[Desktop]:
    """A screen of 1280x720, a loudspeaker and a microphone, all private. Fails where they cannot be started."""
    with private_desktop() as desktop:
        yield desktop


@pytest.fixture
def basedir(tmp_path: Path) -> Path:
    """For ``--basedir``; does not exist yet."""
    return tmp_path / "afterword"
