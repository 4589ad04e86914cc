# ruff: noqa: INP001, S603, S607 - a script beside others, no package. It starts Debian's own programs.
"""What a bundle is made of: a bill of materials (CycloneDX) and a notice with every licence, both inside the bundle.

Each file that was collected is traced to the wheel, the system's package or the Python that it came from.
"""

import json
import re
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TABLE = tomllib.loads(Path(__file__).with_name("libraries.toml").read_text("utf-8"))
LIBRARY = re.compile(
    r"^(?:lib)?(?P<name>[A-Za-z][\w+-]*?)(?:-[0-9a-f]{8}){0,2}(?P<version>(?:\.\d+)*)\.(?:so|dylib|dll)(?P<so>[.\d]*)$"
)
TEXTS = re.compile(r"(LICEN[CS]E|COPYING|NOTICE)[^/]*$", re.IGNORECASE)
CLASSIFIER = "License :: OSI Approved :: "
PREAMBLE = """\
Afterword's own source is under the MIT licence. This bundle as a whole is under the GNU General Public License, version
3 or later: the FFmpeg in it is linked with x264 and x265, which are under version 2 or later of that licence.
The source of each part is where its home page or its package says; Afterword's own repository tells how they are put
together. Qt and PySide6 are used under the GNU Lesser General Public License, version 3: their libraries are files of
their own, which may be replaced.
"""


@dataclass(frozen=True, order=True)
class Component:
    """``locator`` is a package URL; ``texts`` are files with its licence."""

    name: str
    version: str
    licence: str
    locator: str
    texts: tuple[Path, ...] = ()


def write_bill(collected: Iterable[str], bundle: Path) -> None:
    """``collected`` are the files that went into ``bundle``, where they were before."""
    components = sorted(set(components_of(map(Path, collected))))
    own = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (bundle / "sbom.cdx.json").write_text(json.dumps(document(own["version"], components), indent=1) + "\n", "utf-8")
    (bundle / "NOTICES.txt").write_text(notices(components), "utf-8")


def components_of(files: Iterable[Path]) -> Iterator[Component]:
    """One may come more than once. Exits where nobody knows where a file is from."""
    base = Path(sysconfig.get_path("stdlib")).resolve()
    rest = set()
    for path in files:
        distribution = owners().get(path.resolve())
        if distribution is not None:
            yield component_of(distribution)
            if path.parent.name.endswith((".libs", ".dylibs")) or path.name.startswith("libicu"):
                yield inner_library(path, distribution)
        elif path.resolve().is_relative_to(base) or path.name.startswith(("libpython", "python3")):
            yield python(base)
        elif not path.resolve().is_relative_to(ROOT):
            rest.add(path.resolve())
    yield from system_packages(sorted(rest))


@cache
def owners() -> dict[Path, Distribution]:
    return {
        Path(str(distribution.locate_file(file))).resolve(): distribution
        for distribution in distributions()
        if distribution.name != "afterword"
        for file in distribution.files or []
    }


@cache
def component_of(distribution: Distribution) -> Component:
    name, version = distribution.name, distribution.version
    files = [file for file in distribution.files or [] if ".dist-info" in str(file) and TEXTS.search(str(file))]
    texts = [Path(str(distribution.locate_file(file))) for file in files if not str(file).endswith((".py", ".pyc"))]
    return Component(
        name, version, licence_of(distribution), f"pkg:pypi/{name.lower()}@{version}", tuple(sorted(texts))
    )


def licence_of(distribution: Distribution) -> str:
    """In its own words, but for what the table has; a text in full is cut down to its first line."""
    fields = distribution.metadata.json
    classified = [each.removeprefix(CLASSIFIER) for each in fields.get("classifier", ()) if CLASSIFIER in each]
    long = str(fields.get("license", "")).strip().splitlines()
    said = (TABLE["distributions"].get(distribution.name), fields.get("license_expression"), *classified, *long)
    found = next(filter(None, said), None)
    if found is None:
        sys.exit(f"{distribution.name} says nothing of its licence: packaging/bundle/libraries.toml can")
    return str(found)


def inner_library(path: Path, distribution: Distribution) -> Component:
    found = LIBRARY.match(path.name)
    name = found["name"] if found else path.name
    if name not in TABLE["licences"]:
        sys.exit(f"packaging/bundle/libraries.toml does not know {name} ({path.name} in {distribution.name})")
    version = (found["so"].lstrip(".") or found["version"].lstrip(".")) if found else ""
    inside = f"pkg:generic/{name}@{version or 'unknown'}?from={distribution.name.lower()}@{distribution.version}"
    return Component(f"{name} (in {distribution.name})", version or "unknown", TABLE["licences"][name], inside)


@cache
def python(base: Path) -> Component:
    version = sys.version.split()[0]
    texts = tuple(path for path in (base / "LICENSE.txt", base / "LICENSE") if path.exists())
    return Component("CPython", version, "PSF-2.0", f"pkg:generic/cpython@{version}", texts[:1])


def system_packages(files: list[Path]) -> Iterator[Component]:
    """Of Debian and its like; elsewhere nothing but Python itself comes from the system."""
    if not files:
        return
    if sys.platform != "linux":
        sys.exit(f"nobody knows where these are from: {', '.join(map(str, files))}")
    for path in files:
        # a library may be listed under the folder that /lib stood for before it was a link
        names = [str(path), str(path).removeprefix("/usr")]
        found = subprocess.run(("dpkg-query", "--search", *names), capture_output=True, text=True, check=False).stdout
        if not found:
            sys.exit(f"no package has {path}")
        package = found.split(": ")[0].split(",")[0]
        query = ("dpkg-query", "--show", "--showformat=${Version}", package)
        version = subprocess.run(query, capture_output=True, text=True, check=True).stdout
        name = package.split(":")[0]
        text = Path("/usr/share/doc") / name / "copyright"
        yield Component(name, version, "as its copyright file says", f"pkg:deb/debian/{name}@{version}", (text,))


def document(version: str, components: list[Component]) -> dict[str, object]:
    """CycloneDX 1.6. No date and no serial number: the same bundle has the same bill."""
    own = {"type": "application", "bom-ref": "afterword", "name": "afterword", "version": version}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**own, "licenses": [{"expression": "GPL-3.0-or-later"}]}},
        "components": [
            {
                "type": "library",
                "bom-ref": each.locator,
                "name": each.name,
                "version": each.version,
                "licenses": [{"license": {"name": each.licence}}],
                "purl": each.locator,
            }
            for each in components
        ],
    }


def notices(components: list[Component]) -> str:
    parts = [PREAMBLE, (ROOT / "LICENSE").read_text("utf-8")]
    parts += [f"{each.name} {each.version}: {each.licence}" for each in components]
    for each in components:
        for text in each.texts:
            parts.append(f"{'=' * 80}\n{each.name} {each.version}, {text.name}\n\n{text.read_text('utf-8', 'replace')}")
    for text in sorted(Path(__file__).with_name("licences").glob("*.txt")):
        parts.append(f"{'=' * 80}\n{text.stem}\n\n{text.read_text('utf-8')}")
    return "\n\n".join(parts)


if __name__ == "__main__":
    sys.exit("packaging/bundle/freeze.py calls this")
