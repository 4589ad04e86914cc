# ruff: noqa: INP001, S603, S607 - no package: it would shadow `packaging`. It starts programs that it names itself.
"""Makes a fresh Debian or Ubuntu ready: ``python3 packaging/bootstrap.py bench|check|demo|lint|package|proof|test``.

Runs before anything is installed, so it uses the standard library alone. It touches ``.venv`` (to freeze a bundle,
``build/venv``) and, through apt, the system packages that it names first; nothing else.
"""

import importlib.util
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python may well be the one that runs this
    sys.exit("Afterword needs Python 3.11 or newer. Where one is installed beside this: make PYTHON=python3.11 ...")

import fcntl
import hashlib
import os
import shlex
import shutil
import subprocess
import sysconfig
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SYSTEM_PACKAGES = ROOT / "packaging" / "system-packages.toml"
BUILD_LOCK = "packaging/build.lock"
APT_OPTIONS = ("-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=300")
SKIP_VARIABLE = "AFTERWORD_SYSTEM_PACKAGES"


@dataclass(frozen=True)
class Goal:
    """``locks``: each is enough, the first is what gets installed. ``sections`` of the list of system packages."""

    locks: tuple[str, ...]
    sections: tuple[str, ...]
    venv: str = ".venv"


GOALS = {
    "bench": Goal(("requirements-test.lock",), ("run", "bench")),
    "check": Goal(("requirements-test.lock",), ()),
    "demo": Goal(("requirements.lock", "requirements-test.lock"), ("run", "demo")),
    "lint": Goal(("packaging/bundle/bundle.lock",), ("package", "lint"), "build/venv"),
    "package": Goal(("packaging/bundle/bundle.lock",), ("package",), "build/venv"),
    "proof": Goal(("requirements-test.lock",), ("run", "demo", "test", "proof")),
    "test": Goal(("requirements-test.lock",), ("run", "demo", "test")),
}


@dataclass(frozen=True)
class Package:
    """``names``: what different releases call it, or others as good."""

    names: tuple[str, ...]
    reason: str


def main() -> None:
    if len(sys.argv) != 2 or sys.argv[1] not in GOALS:  # noqa: PLR2004 - the program and one goal
        sys.exit(f"usage: bootstrap.py {'|'.join(GOALS)}")
    goal = GOALS[sys.argv[1]]
    with Path(__file__).open() as this_file:
        fcntl.flock(this_file, fcntl.LOCK_EX)  # two makes at once would install into one folder
        provide_system_packages([*own_packages(goal), *listed_packages(goal.sections)])
        provide_venv(ROOT / goal.venv, goal.locks)


def listed_packages(sections: Iterable[str]) -> list[Package]:
    listed = tomllib.loads(SYSTEM_PACKAGES.read_text())
    wanted = {names: reason for section in sections for names, reason in listed[section].items()}
    return [Package(tuple(names.split(" | ")), reason) for names, reason in wanted.items()]


def own_packages(goal: Goal) -> list[Package]:
    """Parts of this Python that Debian and Ubuntu keep in packages of their own."""
    version = f"3.{sys.version_info.minor}"
    packages = []
    if importlib.util.find_spec("ensurepip") is None:
        packages.append(Package((f"python{version}-venv",), f"makes the {goal.venv}"))
    if "package" in goal.sections and not sysconfig.get_config_var("Py_ENABLE_SHARED"):
        packages.append(Package((f"libpython{version}",), "the Python that goes into the bundle"))
    return packages


def provide_system_packages(packages: list[Package]) -> None:
    if not packages or os.environ.get(SKIP_VARIABLE) == "installed":
        return
    if sys.platform != "linux":
        sys.exit(f"Afterword records on Linux only, so far; this is {sys.platform}.")
    if shutil.which("apt-get") is None or shutil.which("dpkg-query") is None:
        sys.exit(
            f"This system has no apt. Install what these Debian packages hold:\n{described(packages)}\n"
            f"then run the same command again with {SKIP_VARIABLE}=installed in the environment."
        )
    missing = missing_packages(packages)
    if missing:
        install_system_packages(missing)


def missing_packages(packages: list[Package]) -> list[Package]:
    names = [name for package in packages for name in package.names]
    query = ("dpkg-query", "--show", "--showformat=${db:Status-Status} ${Package}\n", *names)
    lines = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    installed = {name for status, name in map(str.split, lines) if status == "installed"}
    present = installed.union(filter(shutil.which, names))
    return [package for package in packages if present.isdisjoint(package.names)]


def install_system_packages(missing: list[Package]) -> None:
    say(f"Missing system packages, to be installed through apt:\n{described(missing)}")
    by_hand = shlex.join(("apt-get", "install", *(package.names[0] for package in missing)))
    if os.geteuid() != 0 and shutil.which("sudo") is None:
        sys.exit(f"This needs root, and there is no sudo. As root: {by_hand}")
    run(apt_get("update"), f"As root: {by_hand}")
    names = [known_name(package) for package in missing]
    # A package in conflict with what a person uses must not push that out: then apt fails, and says which.
    run(apt_get("install", "--yes", "--no-install-recommends", "--no-remove", *names), f"As root: {by_hand}")


def apt_get(*arguments: str) -> tuple[str, ...]:
    sudo = () if os.geteuid() == 0 else ("sudo",)
    return (*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2", *APT_OPTIONS, *arguments)


def known_name(package: Package) -> str:
    for name in package.names:
        if not subprocess.run(("apt-cache", "show", name), capture_output=True, check=False).returncode:
            return name
    sys.exit(f"apt knows no package {' or '.join(package.names)} ({package.reason}).")


def provide_venv(venv: Path, locks: tuple[str, ...]) -> None:
    stamp = venv / "locked"
    noted = stamp.read_text() if stamp.exists() else ""
    if noted in {fingerprint(lock) for lock in locks}:
        return
    python = venv / "bin" / "python"
    name = venv.relative_to(ROOT)
    if not is_usable(python):
        say(f"Making {name}")
        run((sys.executable, "-m", "venv", "--clear", str(venv)))
    lock = locks[0]
    say(f"Installing into {name}: {lock}")
    compiled = () if venv.name == ".venv" else ("--no-compile",)  # PyInstaller compiles what goes in by itself
    install(python, *compiled, "--require-hashes", "--only-binary=:all:", "-r", lock, "-r", BUILD_LOCK)
    install(python, "--no-index", "--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(fingerprint(lock))


def fingerprint(lock: str) -> str:
    """Of all that decides what is in a venv."""
    parts = [str(ROOT), str(sys.version_info[:2]), lock]
    parts += [(ROOT / name).read_text() for name in (lock, BUILD_LOCK, "pyproject.toml")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def is_usable(python: Path) -> bool:
    """False where there is no venv, where Python was upgraded below it or where it was cut short."""
    probe = (python, "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))")
    return python.exists() and not subprocess.run(probe, capture_output=True, check=False).returncode


def install(python: Path, *arguments: str) -> None:
    """The user's own pip settings (an index, a proxy) hold; no cache is left outside the checkout."""
    quiet = ("--quiet", "--no-input", "--no-cache-dir", "--disable-pip-version-check")
    run((python, "-m", "pip", "install", *quiet, *arguments))


def run(command: tuple[str | Path, ...], hint: str = "") -> None:
    """Shows what the program wrote only if it fails: what apt has to say fills screens."""
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False
    )
    if done.returncode:
        sys.exit(f"{done.stdout}\nExit status {done.returncode} of: {shlex.join(map(str, command))}\n{hint}".rstrip())


def described(packages: list[Package]) -> str:
    names = [" or ".join(package.names) for package in packages]
    width = max(map(len, names))
    return "\n".join(f"  {name:<{width}}  {package.reason}" for name, package in zip(names, packages, strict=True))


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    main()
