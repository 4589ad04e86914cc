"""A disk of a few megabytes that one program alone sees, so that it can be full.

It takes the right to mount: root has it, unless a container withholds it, and so has anyone in a user namespace of
their own, unless the system forbids those.
"""

import functools
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.rig.sound import RigFailed

NAMESPACES = (("unshare", "--mount"), ("unshare", "--user", "--map-root-user", "--mount"))
PIECE_BYTES = 2**16
REFUSED = """\
a small disk cannot be mounted here. Either run the tests as root, with the capability CAP_SYS_ADMIN (docker run
--cap-add=SYS_ADMIN --security-opt apparmor=unconfined), or allow user namespaces: sysctl -w
user.max_user_namespaces=15000, on Debian also kernel.unprivileged_userns_clone=1, on Ubuntu
kernel.apparmor_restrict_unprivileged_userns=0.
"""


@functools.cache
def own_mounts() -> tuple[str, ...]:
    """What stands before a command that may mount."""
    complaints = []
    for command in NAMESPACES if os.geteuid() == 0 else NAMESPACES[1:]:
        trial = (*command, "mount", "-t", "tmpfs", "none", "/dev")
        tried = subprocess.run(trial, capture_output=True, check=False, text=True)
        if tried.returncode == 0:
            return command
        complaints.append(tried.stderr)
    raise RigFailed(REFUSED + "".join(complaints))


def on_small_disk(folder: Path, size: str, command: tuple[str | Path, ...]) -> tuple[str | Path, ...]:
    """The command that has such a disk at ``folder``; ``size`` as tmpfs takes it."""
    script = f'mount -t tmpfs -o size={size} tmpfs "$1" && shift && exec "$@"'
    return (*own_mounts(), "sh", "-c", script, "sh", folder, *command)


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """The disk of a running program, seen from outside."""

    folder: Path

    @classmethod
    def of(cls, pid: int, folder: Path) -> "SmallDisk":
        return cls(Path(f"/proc/{pid}/root") / folder.relative_to("/"))

    @property
    def free_bytes(self) -> int:
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize

    def leave(self, free_bytes: int) -> None:
        """As much free, by a file that takes the rest."""
        with self._ballast() as descriptor:
            size = os.fstat(descriptor).st_size + self.free_bytes - free_bytes
            os.ftruncate(descriptor, max(0, size))
            os.posix_fallocate(descriptor, 0, max(1, size))

    def fill(self) -> None:
        """To the last byte. Raises the ``OSError`` that says so."""
        with self._ballast() as descriptor:
            os.lseek(descriptor, 0, os.SEEK_END)
            while True:
                os.write(descriptor, bytes(PIECE_BYTES))

    @contextmanager
    def _ballast(self) -> Iterator[int]:
        descriptor = os.open(self.folder / "ballast", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            yield descriptor
        finally:
            os.close(descriptor)
