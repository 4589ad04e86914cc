# ruff: noqa: INP001, S603 - no package: it would shadow `packaging`. It starts Qt's tools, which it names itself.
"""Brings ``resources/translations`` up to date with the program: ``make translations``.

What is new in the program comes into the ``.ts`` files, to be translated there (by Qt Linguist, or any editor), and
what it does not say any more leaves them; then they are compiled to what the program loads. English says what the
program says.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("en", "de")
TOOLS = Path(sys.executable).parent
UNTRANSLATED = re.compile(r'<source>([^<]*)</source>(\s*)<translation type="unfinished"></translation>')


def update(texts: Path, language: str) -> None:
    """``texts``: the ``.ts`` file, which need not be there yet."""
    programs = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "app").rglob("*.py"))]
    plain = ("-silent", "-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language)
    subprocess.run([TOOLS / "pyside6-lupdate", *plain, *programs, "-ts", texts], check=True, cwd=ROOT)
    if language == "en":
        written = texts.read_text(encoding="utf-8")
        texts.write_text(UNTRANSLATED.sub(r"<source>\1</source>\2<translation>\1</translation>", written), "utf-8")


def compile_texts(texts: Path, compiled: Path) -> None:
    subprocess.run([TOOLS / "pyside6-lrelease", "-silent", texts, "-qm", compiled], check=True, cwd=ROOT)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        texts = FOLDER / f"afterword_{language}.ts"
        update(texts, language)
        compile_texts(texts, texts.with_suffix(".qm"))
        left = len(UNTRANSLATED.findall(texts.read_text(encoding="utf-8")))
        sys.stdout.write(f"{texts.name}: {left} to be translated\n")


if __name__ == "__main__":
    main()
