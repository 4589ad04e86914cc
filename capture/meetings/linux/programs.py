"""What a process is called, beyond what it says of itself: by its file, its unit and the script that it runs."""

import re
from contextlib import suppress
from pathlib import Path

from capture.meetings.facts import Program

HOSTS = re.compile(r"^(electron|python|perl|ruby|node|java|bwrap|sh|bash|ld-linux|qemu)[\d.-]*(-stable)?$")
"""Programs that run others: their own name tells nothing."""

UNIT = re.compile(
    r"^(?:app|snap)[-.](?:flatpak-|gnome-|kde-|dbus-[:\d.-]*)?(?P<name>.+?)(?:-\d+|-[0-9a-f-]{36}|@.*)?\.(?:scope|service)$"
)
ESCAPE = re.compile(r"\\x([0-9a-f]{2})")
ENTRY_POINTS = {"app", "bin", "index", "main", "__main__", "resources", "src"}
"""They are called like that in any program: the folder above them is called like it."""


def name_program(*, sandbox: str, binary: str, identity: str, application: str, pid: int | None) -> Program:
    """``sandbox``: as a portal knows it; inside of one ``pid`` means nothing."""
    own = pid if pid is not None and not sandbox and file_of(pid) == binary else None
    seen = () if own is None else (unit_of(own), script_of(own)) if HOSTS.match(binary) else (unit_of(own),)
    ordered = (sandbox, *seen, binary) if HOSTS.match(binary) else (sandbox, binary, identity, *seen)
    names = (*ordered, identity, application)
    return Program(tuple(dict.fromkeys(name for name in names if name)), own)


def file_of(pid: int) -> str:
    """The name of the program's file; empty where that may not be asked, or it has ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/exe").readlink().name.removesuffix(" (deleted)")
    return ""


def unit_of(pid: int) -> str:
    """As the desktop or snapd has named its control group: the name of the launcher's entry."""
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/cgroup").read_text("utf-8", "replace").splitlines()
        return next(filter(None, map(launcher_in, lines)), "")
    return ""


def launcher_in(group: str) -> str:
    """From the path of a control group; empty where no launcher has named it."""
    unit = group.rpartition("/")[2]
    found = UNIT.match(unit)
    if found is None:
        return ""
    name = ESCAPE.sub(lambda code: chr(int(code[1], 16)), found["name"])
    return name.split(".")[0] if unit.startswith("snap.") else name


def script_of(pid: int) -> str:
    """What a host runs: its first argument that is no option."""
    with suppress(OSError):
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")[1:]
        script = next((argument for argument in arguments if argument and not argument.startswith("-")), "")
        stems = [stem for stem in (Path(part).stem for part in Path(script).parts) if stem not in ENTRY_POINTS]
        return stems[-1] if stems else ""
    return ""
