"""A Debian (or Ubuntu) of its own to install into, below a folder: bare, and gone when the context ends. For root."""

import contextlib
import os
import platform
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.rig.sound import RigFailed

USER, HOME = "someone", "/home/someone"
MOUNTS = (("proc", "proc"), ("tmpfs", "dev/shm"), ("tmpfs", "run"))
SOURCES = re.compile(r"^(?:deb(?: \[[^]]*\])? |URIs: )(\S+)", re.MULTILINE)
APT = ("apt-get", "--quiet=2", "--yes", "-o", "Acquire::Retries=3", "-o", "Dpkg::Options::=--force-unsafe-io")


@dataclass(frozen=True, slots=True)
class DebianRoot:
    path: Path
    mounted: list[Path] = field(default_factory=list)

    def run(self, *command: str, user: str = "root", environment: Mapping[str, str] | None = None) -> str:
        """What it prints. Raises ``RigFailed`` where it fails."""
        done = subprocess.run(
            self.entered(*command, user=user), env=self.environment(environment), capture_output=True, check=False
        )
        if done.returncode:
            said = (done.stdout + done.stderr).decode(errors="replace")
            message = f"exit status {done.returncode} of {' '.join(command)}\n{said}"
            raise RigFailed(message)
        return done.stdout.decode()

    def entered(self, *command: str, user: str = "root") -> tuple[str, ...]:
        return ("chroot", f"--userspec={user}", str(self.path), *command)

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Nothing of the caller's but the way to the network."""
        proxies = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        own = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        return {**proxies, **own, "HOME": HOME, **(more or {})}

    def install(self, package: Path) -> None:
        """With what it depends on and nothing else."""
        inside = self.path / "tmp" / package.name
        shutil.copyfile(package, inside)
        self.run(*APT, "install", "--no-install-recommends", f"/tmp/{package.name}")  # noqa: S108 - of the new root
        inside.unlink()

    def share(self, folder: Path, inside: str) -> None:
        """The same files there, until the root is left."""
        self.mount(inside.lstrip("/"), "--bind", str(folder))

    def mount(self, inside: str, *what: str) -> None:
        target = self.path / inside
        target.mkdir(parents=True, exist_ok=True)
        subprocess.run(("mount", *what, str(target)), check=True)
        self.mounted.append(target)


@contextlib.contextmanager
def debian_root(suite: str, *, in_memory: bool) -> Iterator[DebianRoot]:
    """What ``debootstrap`` calls its smallest. Wants mounts of its own, that nobody else sees.

    ``suite``: as in ``bookworm``. ``in_memory`` is twice as quick as the disk, and takes 1.5 GB.
    """
    path = Path(tempfile.mkdtemp(prefix=f"{suite}-"))
    root = DebianRoot(path)
    try:
        if in_memory:
            root.mount(".", "-t", "tmpfs", "-o", "size=75%", "tmpfs")
        path.chmod(0o755)
        _bootstrap(suite, path)
        for kind, place in MOUNTS:
            root.mount(place, "-t", kind, kind)
        shutil.copyfile("/etc/resolv.conf", path / "etc" / "resolv.conf")
        root.run("useradd", "--create-home", USER)
        root.run(*APT, "update")
        yield root
    finally:
        subprocess.run(("umount", "--lazy", *map(str, reversed(root.mounted))), check=False)
        # should anything be mounted there still, it is others'
        subprocess.run(
            ("rm", "--recursive", "--force", "--one-file-system", str(path)), capture_output=True, check=False
        )


def _bootstrap(suite: str, folder: Path) -> None:
    command = ("debootstrap", "--variant=minbase", suite, str(folder), mirror())
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"debootstrap failed\n{done.stdout[-2000:]}{done.stderr}"
        raise RigFailed(message)


def mirror() -> str:
    """Where this machine's own apt fetches the distribution from."""
    files = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    texts = (path.read_text("utf-8") for path in files if path.is_file())
    found = [address for text in texts for address in SOURCES.findall(text)]
    name = platform.freedesktop_os_release()["ID"]
    own = [str(address) for address in found if address.rstrip("/").endswith(f"/{name}")]
    if not own:
        message = f"this machine's apt has no source of {name}"
        raise RigFailed(message)
    return own[0]
