# ruff: noqa: INP001 - a script beside others, no package
"""The program's icon as a picture: ``draw_icon.py OUT.png|OUT.ico SIZE_PX``."""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is loaded

from PySide6.QtGui import QGuiApplication

from app.icons import Icon, drawn


def draw_icon(out: Path, size_px: int) -> None:
    """Raises ``OSError``."""
    out.parent.mkdir(parents=True, exist_ok=True)
    if not drawn(Icon.IDLE, size_px).save(str(out)):
        message = f"{out} could not be written"
        raise OSError(message)


if __name__ == "__main__":
    qt = QGuiApplication([])
    draw_icon(Path(sys.argv[1]), int(sys.argv[2]))
    qt.shutdown()
