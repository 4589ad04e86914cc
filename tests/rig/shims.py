"""Small libraries in C that are preloaded into a program, built from the sources beside this file."""

import subprocess
from pathlib import Path


def build(name: str, folder: Path) -> Path:
    library = folder / f"{name}.so"
    source = Path(__file__).with_name(f"{name}.c")
    subprocess.run(("cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"), check=True)
    return library
