"""Our own icons: drawn once as SVG, coloured here for where they stand."""

import re
from enum import StrEnum
from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

SIZES_PX = (16, 22, 24, 32, 44, 48, 64, 128)
"""What panels ask for, at 100 % and 200 %."""

GLYPH = "#ffffff"
COLOUR = re.compile(r'color="(#[0-9a-f]{6})"')


class Icon(StrEnum):
    """Its file below ``resources/icons``; no two have the same outline and glyph, for who sees no colours."""

    IDLE = "idle"
    OFFERED = "offered"
    RECORDING = "recording"
    PAUSED = "paused"
    ATTENTION = "attention"
    DELIVERING = "delivering"


class Ground(StrEnum):
    """What an icon stands on, or who draws it."""

    ANY = "any"
    """Light or dark: what a panel's colour is, nobody tells."""
    CONTRAST = "contrast"
    TEMPLATE = "template"
    """macOS colours what is opaque."""


@cache
def icon(name: Icon, ground: Ground = Ground.ANY) -> QIcon:
    """Main thread only."""
    made = QIcon()
    for size_px in SIZES_PX:
        made.addPixmap(drawn(name, size_px, ground))
    made.setIsMask(ground is Ground.TEMPLATE)
    return made


def load_icons() -> None:
    """All of them, so that nobody waits for the disk when another one is to be shown."""
    for name in Icon:
        _source(name)


def drawn(name: Icon, size_px: int, ground: Ground = Ground.ANY) -> QPixmap:
    text = _source(name)
    match ground:
        case Ground.ANY:
            return _rendered(text, size_px)
        case Ground.CONTRAST:
            return _rendered(_coloured(text, "#ffffff", "#000000"), size_px)
    pixmap = _rendered(_coloured(text, "#000000", "#000000"), size_px)
    with QPainter(pixmap) as painter:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
        painter.drawPixmap(0, 0, _rendered(_coloured(text, "none", "#000000"), size_px))
    return pixmap


@cache
def _source(name: Icon) -> str:
    return files("resources").joinpath("icons", f"{name}.svg").read_text(encoding="utf-8")


def _coloured(text: str, badge: str, glyph: str) -> str:
    return COLOUR.sub("", text.replace(GLYPH, glyph)).replace("currentColor", badge)


def _rendered(text: str, size_px: int) -> QPixmap:
    pixmap = QPixmap(size_px, size_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, size_px, size_px))
    return pixmap
