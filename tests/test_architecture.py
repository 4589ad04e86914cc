"""The laws of the house. Each is held against the repository, and against a made-up tree that breaks it."""

import ast
import fnmatch
import functools
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAMS = ("app", "capture", "uploader")
OURS = {*PROGRAMS, "resources", "tests"}
FOLDERS = (*sorted(OURS), "packaging")
TOP_LEVEL = {
    *FOLDERS,
    *("pyproject.toml", "requirements.lock", "requirements-test.lock", "Makefile"),
    *("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"),
}

MAY_IMPORT = {
    "app": ("app", "capture", "uploader", "resources"),
    "capture": ("capture", "resources"),
    "uploader": ("uploader", "resources", "capture.recording", "capture.events", "capture.manifest"),
    "resources": ("resources",),
    "packaging": ("app.__main__", "app.arguments", "app.icons", "capture.__main__"),
}

DOORS = {
    "av": ("capture/encoding/", "capture/recovery"),
    "botocore": ("uploader/backend/s3_store.py",),
    "catap": ("capture/audio/",),
    "cattrs": ("capture/wire.py",),
    "comtypes": ("capture/meetings/windows/", "capture/screen/"),
    "CoreMedia": ("capture/screen/",),
    "dxcam": ("capture/screen/",),
    "faster_whisper": ("capture/transcription/",),
    "Foundation": ("capture/screen/",),
    "h11": ("uploader/backend/connection.py",),
    "httpx": ("uploader/destinations/", "uploader/realtime", "uploader/backend/webhook", "capture/transcription/"),
    "jeepney": (
        "app/notifications.py",
        "app/shutdown.py",
        "capture/meetings/linux/accessibility.py",
        "capture/power/logind.py",
        "capture/screen/",
        "uploader/network/networkmanager.py",
    ),
    "keyring": ("app/credentials.py",),
    "lameenc": ("capture/encoding/",),
    "mss": ("capture/screen/",),
    "numpy": ("capture/",),
    "objc": ("capture/screen/",),
    "platformdirs": ("app/paths.py",),
    "pocketsphinx": ("capture/transcription/pocketsphinx_engine.py",),
    "pycaw": ("capture/meetings/windows/",),
    "PySide6": ("app/", "packaging/"),
    "pywebrtc_audio": ("capture/audio/",),
    "pywhispercpp": ("capture/transcription/",),
    "Quartz": ("capture/meetings/macos/", "capture/screen/"),
    "ScreenCaptureKit": ("capture/screen/",),
    "sherpa_onnx": ("capture/transcription/",),
    "shtab": ("packaging/linux/manual.py",),
    "soundcard": ("capture/audio/",),
    "sounddevice": ("capture/audio/",),
    "sqlalchemy": ("uploader/backend/",),
    "starlette": ("uploader/backend/",),
    "tomlkit": ("app/settings_file.py",),
    "truststore": ("uploader/destinations/",),
    "uvicorn": ("uploader/backend/",),
    "vosk": ("capture/transcription/",),
    "websockets": ("capture/transcription/spoken_line.py", "uploader/realtime/"),
}
SHARED_LIBRARIES = {
    "libpipewire": ("capture/screen/",),
    "libpulse": ("capture/audio/",),
    "libX": ("capture/screen/",),
    "libxcb": ("capture/screen/",),
    "libyuv": ("capture/libyuv.py",),
}

HOMELESS = {"util", "manager", "helper", "common", "misc", "core", "service", "handler"}
FILE_LINES = 400
FUNCTION_LINES = 60
LONG = re.compile(r"# long: \S+")
WALL_CLOCK = re.compile(r"# wall clock\b")
WALL_CLOCKS = {f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "CLOCK_REALTIME")}
PIN = re.compile(r"^([\w.-]+==\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Tree:
    """``files``: text by path. ``names``: what stands at the top, hidden names left out: those belong to tools."""

    files: Mapping[str, str] = field(repr=False)
    names: frozenset[str]

    def modules(self, *tops: str) -> Iterator[tuple[str, ast.Module]]:
        for path, text in self.files.items():
            if path.endswith(".py") and path.split("/")[0] in tops:
                yield path, parsed(text, path)


@functools.cache
def parsed(text: str, path: str) -> ast.Module:
    return ast.parse(text, path)


def repository() -> Tree:
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()]
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    names -= {name for name in names for pattern in ignored if fnmatch.fnmatch(name, pattern)}
    paths = [path for top in FOLDERS for path in (ROOT / top).rglob("*.py")]
    paths += [ROOT / name for name in names if (ROOT / name).is_file()]
    return Tree({path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}, frozenset(names))


def imports(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full name of all that is imported, ``import_module("name")`` too."""
    for node in ast.walk(module):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=str(source), names=names):
                yield from ((node.lineno, f"{source}.{alias.name}") for alias in names)
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield node.lineno, name


def is_below(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def imports_point_one_way(tree: Tree) -> Iterator[str]:
    for path, module in tree.modules(*MAY_IMPORT):
        top = path.split("/")[0]
        for line, name in imports(module):
            if name.split(".")[0] in OURS and not is_below(name, MAY_IMPORT[top]):
                yield f"{path}:{line}: {top} must not import {name}"


def libraries_have_one_door(tree: Tree) -> Iterator[str]:
    for path, module in tree.modules(*MAY_IMPORT):
        for line, name in imports(module):
            library = name.split(".")[0]
            beside = f"{path.rpartition('/')[0]}/{library}.py"
            if library in OURS or library in sys.stdlib_module_names or beside in tree.files:
                continue
            if not path.startswith(DOORS.get(library, ())):
                yield f"{path}:{line}: {library} has no door here; its doors: {DOORS.get(library)}"


def shared_libraries_have_one_door(tree: Tree) -> Iterator[str]:
    for path, module in tree.modules(*PROGRAMS):
        for line, text in strings(module):
            for library, doors in SHARED_LIBRARIES.items():
                if re.fullmatch(rf"{library}[\w-]*(\.\d+)*\.so[.\d]*", text) and not path.startswith(doors):
                    yield f"{path}:{line}: {library} has no door here; its doors: {doors}"


def strings(module: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def imports_are_absolute(tree: Tree) -> Iterator[str]:
    for path, module in tree.modules(*FOLDERS):
        for node in ast.walk(module):
            if isinstance(node, ast.ImportFrom) and node.level:
                yield f"{path}:{node.lineno}: relative import"


def packaging_is_no_package(tree: Tree) -> Iterator[str]:
    if "packaging/__init__.py" in tree.files:
        yield "packaging/__init__.py would shadow the library `packaging`"


def files_are_short(tree: Tree) -> Iterator[str]:
    for path, _ in tree.modules(*FOLDERS):
        lines = tree.files[path].splitlines()
        if len(lines) > FILE_LINES and not LONG.search(lines[0]):
            yield f"{path}: {len(lines)} lines, without `# long: reason` on the first"


def functions_are_short(tree: Tree) -> Iterator[str]:
    for path, module in tree.modules(*FOLDERS):
        lines = tree.files[path].splitlines()
        for node in ast.walk(module):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.end_lineno is None:
                continue
            length = node.end_lineno - node.lineno + 1
            if length > FUNCTION_LINES and not LONG.search(lines[node.lineno - 1]):
                yield f"{path}:{node.lineno}: {node.name} has {length} lines, without `# long: reason` on the first"


def top_level_is_fixed(tree: Tree) -> Iterator[str]:
    yield from (f"{name}: not a name of the top level" for name in sorted(tree.names - TOP_LEVEL))


def modules_are_named_for_a_thing(tree: Tree) -> Iterator[str]:
    for path, _ in tree.modules(*FOLDERS):
        for part in path.removesuffix(".py").split("/"):
            if HOMELESS & {word.removesuffix("s") for word in part.split("_")}:
                yield f"{path}: `{part}` names no thing"


def recording_asks_no_wall_clock(tree: Tree) -> Iterator[str]:
    """A stamp that people read says so on its line: ``# wall clock``."""
    for path, module in tree.modules("capture"):
        lines = tree.files[path].splitlines()
        asked = {line for line, name in imports(module) if name in WALL_CLOCKS}
        asked |= {node.lineno for node in ast.walk(module) if isinstance(node, ast.Attribute) and asks_the_wall(node)}
        yield from (f"{path}:{line}: wall time" for line in sorted(asked) if not WALL_CLOCK.search(lines[line - 1]))


def asks_the_wall(node: ast.Attribute) -> bool:
    """Also by another name of the class: nothing else in there has such methods."""
    return node.attr in {"now", "utcnow", "today", "time_ns"} or ast.unparse(node) in WALL_CLOCKS


def version_stands_in_one_place(tree: Tree) -> Iterator[str]:
    """That is pyproject.toml; the program asks its own metadata."""
    version = tomllib.loads(tree.files["pyproject.toml"])["project"]["version"]
    for path, module in tree.modules(*PROGRAMS):
        for node in ast.walk(module):
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
                names = ast.unparse(node).split("=")[0]
                if "__version__" in names or (path.startswith("app/") and node.value.value == version):
                    yield f"{path}:{node.lineno}: the version is pyproject.toml's"


def locks_agree(tree: Tree) -> Iterator[str]:
    """What tests run with is what users run with."""
    tested = set(PIN.findall(tree.files["requirements-test.lock"]))
    for pin in PIN.findall(tree.files["requirements.lock"]):
        if pin not in tested:
            yield f"requirements-test.lock lacks {pin}"


def fakes_not_mocks(tree: Tree) -> Iterator[str]:
    for path, module in tree.modules("tests"):
        for line, name in imports(module):
            if is_below(name, ("unittest.mock", "pytest_mock", "mock")):
                yield f"{path}:{line}: a mock where a fake belongs"


Law = Callable[[Tree], Iterator[str]]

LAWS: tuple[Law, ...] = (
    imports_point_one_way,
    libraries_have_one_door,
    shared_libraries_have_one_door,
    imports_are_absolute,
    packaging_is_no_package,
    files_are_short,
    functions_are_short,
    top_level_is_fixed,
    modules_are_named_for_a_thing,
    recording_asks_no_wall_clock,
    version_stands_in_one_place,
    locks_agree,
    fakes_not_mocks,
)

SOUND = {
    "pyproject.toml": '[project]\nversion = "0.1.0"\n',
    "requirements.lock": "numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:00\n",
    "requirements-test.lock": "numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:00\npytest==9.2.0\n",
}


def made_up(path: str, text: str) -> Tree:
    files = {**SOUND, path: text}
    return Tree(files, frozenset(name.split("/")[0] for name in files))


def function_of(lines: int, comment: str = "") -> str:
    return f"def act() -> None:{comment}\n" + "    print()\n" * (lines - 1)


BREACHES: tuple[tuple[Law, str, str], ...] = (
    (imports_point_one_way, "capture/clock.py", "import app"),
    (imports_point_one_way, "capture/clock.py", "from uploader.retry import delay"),
    (imports_point_one_way, "uploader/ledger.py", "from app import paths"),
    (imports_point_one_way, "uploader/ledger.py", "import capture"),
    (imports_point_one_way, "uploader/ledger.py", "def act():\n    from capture.clock import now"),
    (imports_point_one_way, "uploader/ledger.py", "import_module('capture.clock')"),
    (imports_point_one_way, "app/flow.py", "from tests.fakes import clock"),
    (imports_point_one_way, "resources/icons.py", "import app.paths"),
    (libraries_have_one_door, "capture/recorder.py", "import av.container"),
    (libraries_have_one_door, "capture/recorder.py", "from cattrs import Converter"),
    (libraries_have_one_door, "capture/recorder.py", "importlib.import_module('sounddevice')"),
    (libraries_have_one_door, "capture/worker.py", "from PySide6.QtCore import QObject"),
    (libraries_have_one_door, "uploader/retry.py", "import numpy as np"),
    (libraries_have_one_door, "uploader/ledger.py", "import sqlalchemy"),
    (libraries_have_one_door, "app/settings.py", "import platformdirs"),
    (libraries_have_one_door, "app/settings.py", "import library_without_a_door"),
    (libraries_have_one_door, "packaging/bootstrap.py", "import numpy"),
    (shared_libraries_have_one_door, "capture/meetings/probe.py", "CDLL('libpulse.so.0')"),
    (shared_libraries_have_one_door, "capture/audio/pulse.py", "CDLL('libXfixes.so.3')"),
    (shared_libraries_have_one_door, "capture/encoding/video.py", "LIBRARY = 'libpipewire-0.3.so.0'"),
    (imports_are_absolute, "capture/audio/pulse.py", "from . import base"),
    (imports_are_absolute, "tests/rig/desktop.py", "from .screen import private_xvfb"),
    (packaging_is_no_package, "packaging/__init__.py", ""),
    (files_are_short, "app/flow.py", "\n" * (FILE_LINES + 1)),
    (files_are_short, "app/flow.py", "# long:\n" + "\n" * FILE_LINES),
    (functions_are_short, "app/flow.py", function_of(FUNCTION_LINES + 1)),
    (functions_are_short, "tests/app/test_flow.py", "async " + function_of(FUNCTION_LINES + 1, "  # long:")),
    (top_level_is_fixed, "scripts/release.py", ""),
    (top_level_is_fixed, "setup.py", ""),
    (modules_are_named_for_a_thing, "app/utils.py", ""),
    (modules_are_named_for_a_thing, "uploader/core/ledger.py", ""),
    (modules_are_named_for_a_thing, "capture/device_manager.py", ""),
    (recording_asks_no_wall_clock, "capture/clock.py", "import time\nstamp = time.time()"),
    (recording_asks_no_wall_clock, "capture/clock.py", "from time import time_ns"),
    (recording_asks_no_wall_clock, "capture/clock.py", "import time\nstamp = time.time_ns()"),
    (recording_asks_no_wall_clock, "capture/dates.py", "from datetime import UTC, datetime\nstamp = datetime.now(UTC)"),
    (recording_asks_no_wall_clock, "capture/dates.py", "import datetime\nstamp = datetime.datetime.now()"),
    (recording_asks_no_wall_clock, "capture/dates.py", "from datetime import datetime as day\nstamp = day.today()"),
    (recording_asks_no_wall_clock, "capture/clock.py", "import time\nstamp = time.clock_gettime(time.CLOCK_REALTIME)"),
    (version_stands_in_one_place, "app/__init__.py", '__version__ = "0.0.9"'),
    (version_stands_in_one_place, "app/cli.py", 'RELEASE: str = "0.1.0"'),
    (locks_agree, "requirements-test.lock", "numpy==2.4.5\n"),
    (locks_agree, "requirements-test.lock", ""),
    (fakes_not_mocks, "tests/app/test_flow.py", "from unittest import mock"),
    (fakes_not_mocks, "tests/app/test_flow.py", "from unittest.mock import Mock"),
)

LAWFUL: tuple[tuple[Law, str, str], ...] = (
    (imports_point_one_way, "uploader/ledger.py", "from capture.recording import RecordingId"),
    (imports_point_one_way, "uploader/ledger.py", "from capture import manifest"),
    (imports_point_one_way, "app/flow.py", "import capture.events, uploader"),
    (libraries_have_one_door, "capture/screen/grabber.py", "import mss, ctypes\nfrom numpy.typing import NDArray"),
    (shared_libraries_have_one_door, "capture/audio/libpulse.py", "CDLL('libpulse.so.0')"),
    (files_are_short, "app/flow.py", "# long: one table\n" + "\n" * FILE_LINES),
    (functions_are_short, "app/flow.py", function_of(FUNCTION_LINES)),
    (functions_are_short, "app/flow.py", function_of(FUNCTION_LINES + 1, "  # long: one table")),
    (recording_asks_no_wall_clock, "capture/clock.py", "import time\nstamp = time.time()  # wall clock: a log line"),
    (recording_asks_no_wall_clock, "capture/clock.py", "import time\nstamp = frame.time, clock.now_ns()"),
    (recording_asks_no_wall_clock, "uploader/retry.py", "from time import time"),
    (version_stands_in_one_place, "uploader/tus.py", 'VERSION = "0.1.0"'),
)


def named(value: object) -> str | None:
    return getattr(value, "__name__", None)


@pytest.fixture(scope="module")
def tree() -> Tree:
    return repository()


@pytest.mark.parametrize("law", LAWS, ids=named)
def test_holds_here(law: Law, tree: Tree) -> None:
    breaches = list(law(tree))
    assert not breaches, "\n".join(breaches)


@pytest.mark.parametrize(("law", "path", "text"), BREACHES)
def test_breach_is_found(law: Law, path: str, text: str) -> None:
    assert list(law(made_up(path, text)))


@pytest.mark.parametrize(("law", "path", "text"), LAWFUL)
def test_no_false_alarm(law: Law, path: str, text: str) -> None:
    assert not list(law(made_up(path, text)))


def test_each_law_is_shown_to_fail() -> None:
    assert {law for law, _, _ in BREACHES} == set(LAWS)


def test_repository_is_read(tree: Tree) -> None:
    """A law that looks at nothing would hold."""
    tops = {path.split("/")[0] for path, _ in tree.modules(*FOLDERS)}
    assert tops >= set(FOLDERS)
