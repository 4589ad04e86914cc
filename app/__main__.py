"""``python -m app`` is ``afterword``."""

import sys

from app.cli import run


def main() -> None:
    sys.exit(run())


if __name__ == "__main__":
    main()
