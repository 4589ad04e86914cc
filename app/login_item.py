"""Whether the app starts when the user logs in: off until asked for. What the system keeps of it is the truth."""

import os
import plistlib
import sys
from pathlib import Path

from capture.manifest import replace_file, storage_error
from capture.program import Program, command_of

NAME = "afterword"
LABEL = "org.afterword.Afterword"
COMMAND = command_of(Program.APP)

DESKTOP_ENTRY = """\
[Desktop Entry]
Type=Application
Version=1.4
Name=Afterword
Comment=Records meetings
Exec={command}
TryExec={program}
Icon=afterword
Terminal=false
X-GNOME-Autostart-enabled=true
"""


def is_on() -> bool:
    """Raises ``StorageError`` where that cannot be told."""
    if sys.platform == "win32":
        return _registered() is not None
    return _file().is_file()


def switch(*, on: bool) -> None:
    """Idempotent. Raises ``StorageError``."""
    if sys.platform == "win32":
        _register(on=on)
        return
    path = _file()
    try:
        if on:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(_entry(), path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(error, path) from error


def _file() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "LaunchAgents" / f"{LABEL}.plist"
    config = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(config) / "autostart" / f"{NAME}.desktop"


def _entry() -> str:
    if sys.platform == "darwin":
        fields = {"Label": LABEL, "ProgramArguments": list(COMMAND), "RunAtLoad": True, "ProcessType": "Interactive"}
        return plistlib.dumps(fields).decode()
    program = COMMAND[0].replace("\\", "\\\\")  # once it is uninstalled, the entry is passed over
    return DESKTOP_ENTRY.format(command=" ".join(map(_quoted, COMMAND)), program=program)


def _quoted(argument: str) -> str:
    """As the Desktop Entry Specification has it: quoted, then escaped as any text in the file, and % doubled."""
    for character in '\\"`$':
        argument = argument.replace(character, f"\\{character}")
    return '"' + argument.replace("\\", "\\\\").replace("%", "%%") + '"'


if sys.platform == "win32":
    import subprocess
    import winreg

    RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"

    def _registered() -> str | None:
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN) as key:
                return str(winreg.QueryValueEx(key, NAME)[0])
        except FileNotFoundError:
            return None
        except OSError as error:
            raise storage_error(error, Path(RUN)) from error

    def _register(*, on: bool) -> None:
        try:
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, RUN) as key:
                if on:
                    winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, subprocess.list2cmdline(COMMAND))
                elif _registered() is not None:
                    winreg.DeleteValue(key, NAME)
        except OSError as error:
            raise storage_error(error, Path(RUN)) from error
