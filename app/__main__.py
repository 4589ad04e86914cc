"""``python -m app`` is ``afterword``."""

import sys

from app.program_version import program_version


def main() -> None:
    if sys.argv[1:] == ["--version"]:  # before anything is loaded
        sys.stdout.write(f"afterword {program_version()}\n")
        return
    _run()


def _run() -> None:
    from app.cli import run  # noqa: PLC0415 - the version is told without it
    from app.messages import ExitStatus  # noqa: PLC0415 - the version is told without it

    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # a text stream, but for who replaces it
    try:
        sys.exit(run())
    except KeyboardInterrupt:
        sys.exit(ExitStatus.FAILED)


if __name__ == "__main__":
    main()
