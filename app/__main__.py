"""``python -m app`` is ``afterword``."""

import sys

from app.cli import run
from app.messages import ExitStatus


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # a text stream, but for who replaces it
    try:
        sys.exit(run())
    except KeyboardInterrupt:
        sys.exit(ExitStatus.FAILED)


if __name__ == "__main__":
    main()
