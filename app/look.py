"""How windows look: colours, fonts and spaces for light, dark and high contrast."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from app import settings

SPACE_PX = 8
"""Between things that belong together; twice that to a window's edge."""


@dataclass(frozen=True, slots=True)
class Colours:
    """As ``#rrggbb``. Text on ``card`` and ``window`` has a contrast of 7:1 at least, ``faint`` of 4.5:1 (WCAG 2.2)."""

    window: str
    card: str
    field: str
    text: str
    faint: str
    outline: str
    accent: str
    on_accent: str
    recording: str
    paused: str
    attention: str
    good: str


LIGHT = Colours(
    window="#f5f5f7",
    card="#ffffff",
    field="#ffffff",
    text="#1d1d1f",
    faint="#5f6068",
    outline="#c9cad1",
    accent="#1f5fbf",
    on_accent="#ffffff",
    recording="#c8202b",
    paused="#8a5a00",
    attention="#8f4b00",
    good="#1c7a3e",
)
DARK = Colours(
    window="#1e1f22",
    card="#2a2b30",
    field="#232428",
    text="#f2f2f4",
    faint="#b3b5bd",
    outline="#484a52",
    accent="#8ab4f8",
    on_accent="#10131a",
    recording="#ff6b70",
    paused="#f0b952",
    attention="#ffb066",
    good="#6fd08c",
)
CONTRAST = Colours(
    window="#000000",
    card="#000000",
    field="#000000",
    text="#ffffff",
    faint="#ffffff",
    outline="#ffffff",
    accent="#ffff00",
    on_accent="#000000",
    recording="#ff8080",
    paused="#ffd75e",
    attention="#ffd75e",
    good="#80ff80",
)


def colours_of(app: QApplication, chosen: settings.Look) -> Colours:
    """``SYSTEM`` is what the desktop says now."""
    match chosen:
        case settings.Look.LIGHT:
            return LIGHT
        case settings.Look.DARK:
            return DARK
        case settings.Look.CONTRAST:
            return CONTRAST
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return CONTRAST
    return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT


def apply_look(app: QApplication, colours: Colours) -> None:
    """To all windows, those that are open too."""
    app.setStyle("Fusion")  # the same on every desktop, and it obeys the palette
    app.setPalette(_palette(colours))
    app.setStyleSheet(_style_sheet(colours))


def heading_font() -> QFont:
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * 1.25)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def digits_font() -> QFont:
    """In which a clock that runs does not shake."""
    font = QFont(QApplication.font())
    font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font


def _palette(colours: Colours) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, colour in (
        (roles.Window, colours.window),
        (roles.WindowText, colours.text),
        (roles.Base, colours.field),
        (roles.AlternateBase, colours.card),
        (roles.Text, colours.text),
        (roles.PlaceholderText, colours.faint),
        (roles.Button, colours.card),
        (roles.ButtonText, colours.text),
        (roles.ToolTipBase, colours.card),
        (roles.ToolTipText, colours.text),
        (roles.Highlight, colours.accent),
        (roles.HighlightedText, colours.on_accent),
        (roles.Accent, colours.accent),
        (roles.Link, colours.accent),
        (roles.Mid, colours.outline),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.faint))
    return palette


def _style_sheet(colours: Colours) -> str:
    """What a palette cannot say. ``class`` is a widget's dynamic property."""
    return f"""
    QPushButton {{
        padding: 6px 14px; border: 1px solid {colours.outline}; border-radius: 6px;
        background: {colours.card}; color: {colours.text};
    }}
    QPushButton:hover {{ border-color: {colours.accent}; }}
    QPushButton:focus {{ border: 2px solid {colours.accent}; padding: 5px 13px; }}
    QPushButton:disabled {{ color: {colours.faint}; }}
    QPushButton[class="primary"] {{
        background: {colours.accent}; border-color: {colours.accent}; color: {colours.on_accent};
    }}
    QPushButton[class="primary"]:focus {{ border: 2px solid {colours.text}; }}
    QFrame[class="card"] {{
        background: {colours.card}; border: 1px solid {colours.outline};
    }}
    QLineEdit, QPlainTextEdit {{
        padding: 3px 6px; border: 1px solid {colours.faint}; border-radius: 4px; background: {colours.field};
    }}
    QLineEdit:focus, QPlainTextEdit:focus {{ padding: 2px 5px; border: 2px solid {colours.accent}; }}
    QCheckBox, QRadioButton {{ spacing: 8px; }}
    QCheckBox::indicator, QRadioButton::indicator {{
        width: 14px; height: 14px; border: 1px solid {colours.faint}; border-radius: 3px; background: {colours.field};
    }}
    QRadioButton::indicator {{ border-radius: 8px; }}
    QCheckBox::indicator:checked {{
        border-color: {colours.accent}; background: {colours.accent}; image: url("{_tick(colours)}");
    }}
    QRadioButton::indicator:checked {{
        width: 6px; height: 6px; border: 5px solid {colours.accent}; background: {colours.on_accent};
    }}
    QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {colours.text}; }}
    QLabel[class="faint"] {{ color: {colours.faint}; }}
    QLabel[class="attention"] {{ color: {colours.attention}; }}
    QLabel[class="good"] {{ color: {colours.good}; }}
    QMenu {{ background: {colours.card}; color: {colours.text}; border: 1px solid {colours.outline}; padding: 4px 0; }}
    QMenu::item {{ padding: 4px 28px; }}
    QMenu::item:selected {{ background: {colours.accent}; color: {colours.on_accent}; }}
    QMenu::item:disabled {{ background: {colours.card}; color: {colours.faint}; }}
    QMenu::separator {{ height: 1px; background: {colours.outline}; margin: 4px 8px; }}
    QToolTip {{ border: 1px solid {colours.outline}; background: {colours.card}; color: {colours.text}; }}
    """


def _tick(colours: Colours) -> str:
    """As a style sheet wants it: a path with slashes."""
    name = "tick_white.svg" if colours is LIGHT else "tick_black.svg"
    return Path(str(files("resources").joinpath("look", name))).as_posix()
