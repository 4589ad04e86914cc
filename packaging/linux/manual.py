# ruff: noqa: INP001 - a script beside others, no package
"""The manual page and what shells complete, made of the command line's own description."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import shtab

from app.arguments import make_parser

COMPLETIONS = {
    "bash": "bash-completion/completions/afterword",
    "fish": "fish/vendor_completions.d/afterword.fish",
    "zsh": "zsh/vendor-completions/_afterword",
}
"""Where shells look for them, below ``/usr/share``."""


def write_completions(share: Path) -> None:
    parser = make_parser()
    for shell, name in COMPLETIONS.items():
        path = share / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shtab.complete(parser, shell), "utf-8")


def manual_page(version: str, date: str) -> str:
    """As ``man`` reads it."""
    parser = make_parser()
    lines = [f'.TH AFTERWORD 1 "{date}" "Afterword {version}" "User Commands"']
    lines += [".SH NAME", f"afterword \\- {_text(parser.description or '').rstrip('.').lower()}"]
    lines += [".SH SYNOPSIS", ".B afterword", "[\\fIoptions\\fR] [\\fIverb\\fR ...]"]
    lines += [".SH DESCRIPTION", "Without a verb it starts the tray where a display is."]
    lines += [".SH OPTIONS", *_options(parser)]
    lines += [".SH VERBS", *_verbs(parser, ())]
    lines += [
        ".SH EXIT STATUS",
        "0 done, 1 failed, 2 wrong usage, 3 no such thing, 4 a source or a permission is missing.",
    ]
    lines += [".SH FILES", ".TP", ".I ~/.config/afterword/config.toml", "settings"]
    lines += [".TP", ".I ~/.local/share/afterword/recordings", "recordings, a folder each"]
    return "\n".join(lines) + "\n"


def _verbs(parser: argparse.ArgumentParser, above: tuple[str, ...]) -> Iterator[str]:
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to its parts
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - argparse has no public way to its parts
            said = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001 - argparse has no public way to its parts
            for name, verb in action.choices.items():
                yield from _verb(verb, (*above, name), said.get(name, ""))


def _verb(parser: argparse.ArgumentParser, words: tuple[str, ...], said: str) -> Iterator[str]:
    yield f".SS {_text(' '.join(words))}"
    if said:
        yield _text(f"{said[0].upper()}{said[1:]}.")
    yield from _options(parser)
    if parser.epilog:
        yield from (".P", _text(parser.epilog))
    yield from _verbs(parser, words)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Those that every verb has are told once, at the top."""
    is_top = parser.prog == "afterword"
    everywhere = {"--help", "--basedir", "--json", "--events"}
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to its parts
        is_shown = is_top or not everywhere.intersection(action.option_strings)
        if is_shown and not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - argparse has no public way to its parts
            names = ", ".join(action.option_strings) or str(action.metavar or action.dest)
            value = f" {action.metavar}" if action.option_strings and isinstance(action.metavar, str) else ""
            yield from (".TP", f".B {_text(names + value)}", _text((action.help or "").replace("%%", "%")))


def _text(words: str) -> str:
    """A line that begins with a dot or an apostrophe would be an order."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
