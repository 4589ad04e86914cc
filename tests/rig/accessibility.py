"""A private session bus with the accessibility bus of desktops beside it, switched on, and a private screen.

``with private_accessibility() as access:`` then give ``access.environment`` to the programs that shall be read.
"""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jeepney import DBusAddress, DBusErrorResponse, new_method_call
from jeepney.wrappers import unwrap_msg

from tests.rig.programs import Program, Programs
from tests.rig.screen import Display, private_xvfb
from tests.rig.sound import START_LIMIT_S

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
BUS = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")


class Accessibility(Programs):
    """``variables`` lead a program to it, and to the screen ``display``."""

    def __init__(self, folder: Path, display: Display) -> None:
        self.display = display
        super().__init__(folder, {**display.variables, "HOME": str(folder)})

    def start(self) -> None:
        self.run((self.bus_program(),))
        switch_on(self)


def switch_on(programs: Programs) -> None:
    """Beside the session bus, which runs."""
    programs.run((Program((LAUNCHER, "--launch-immediately", "--a11y=1"), None, programs.environment),))

    def answers() -> bool:
        with programs.bus() as bus:
            try:
                unwrap_msg(bus.send_and_get_reply(new_method_call(BUS, "GetAddress"), timeout=START_LIMIT_S))
            except DBusErrorResponse:
                return False
        return True

    programs.wait(answers, "the accessibility bus does not answer")


@contextlib.contextmanager
def private_accessibility() -> Iterator[Accessibility]:
    """Needs Debian's ``at-spi2-core``, ``dbus`` and ``xvfb``."""
    with private_xvfb() as display, tempfile.TemporaryDirectory(prefix="a11y-", ignore_cleanup_errors=True) as name:
        access = Accessibility(Path(name), display)
        try:
            access.start()
            yield access
        finally:
            access.end()
