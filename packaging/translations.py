# ruff: noqa: INP001, S603 - no package: it would shadow `packaging`. It starts Qt's tools, which it names itself.
"""Brings ``resources/translations`` up to date with the program: ``make translations``.

What is new in the program comes into the ``.ts`` files, to be translated there (by Qt Linguist, or any editor), and
what it does not say any more leaves them; then they are compiled to what the program loads. English says what the
program says.
"""

import ast
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("en", "de")
SENTENCES = "Sentences"
"""As in ``app/language.py``."""

TOOLS = Path(sys.executable).parent
UNTRANSLATED = re.compile(r'<source>([^<]*)</source>(\s*)<translation type="unfinished"></translation>')


def update(texts: Path, language: str) -> None:
    """``texts``: the ``.ts`` file, which need not be there yet."""
    programs = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "app").rglob("*.py"))]
    plain = ("-silent", "-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language)
    known = ("-disable-heuristic", "sametext", "-disable-heuristic", "similartext")  # nothing is guessed
    with tempfile.TemporaryDirectory() as folder:
        marked = Path(folder) / "sentences.py"
        lines = [
            f"QT_TRANSLATE_NOOP({json.dumps(SENTENCES)}, {json.dumps(each, ensure_ascii=False)})\n"
            for each in sentences()
        ]
        marked.write_text("".join(lines), encoding="utf-8")
        subprocess.run(
            [TOOLS / "pyside6-lupdate", *plain, *known, *programs, marked, "-ts", texts], check=True, cwd=ROOT
        )
    if language == "en":
        written = texts.read_text(encoding="utf-8")
        texts.write_text(UNTRANSLATED.sub(r"<source>\1</source>\2<translation>\1</translation>", written), "utf-8")


def sentences() -> list[str]:
    """What the windows say besides their own words: that of errors, and whatever a ``Sentence`` is made of."""
    files = sorted((ROOT / "app").rglob("*.py"))
    return list(dict.fromkeys(text for path in files for text in literals(path)))


def literals(path: Path) -> Iterator[str]:
    """Texts that a ``Sentence`` or a ``Wording`` is made of in this file: literals, and constants of the module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants: dict[str, str] = {}
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                constants[name] = text
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Sentence" | "Wording"), args=arguments):
                yield from filter(None, (text_of(each, constants) for each in arguments))


def text_of(argument: ast.expr, constants: Mapping[str, str]) -> str | None:
    match argument:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return constants.get(name)
    return None


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
