"""Six states that can be told apart, on light and on dark, and without colours."""

from collections import Counter
from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from app.icons import SIZES_PX, Ground, Icon, drawn, icon
from app.look import CONTRAST, DARK, LIGHT, Colours

PANELS = ("#ffffff", "#1e1e1e")
LEAST_SHARE = 0.06
"""Of the pixels by which two icons differ: what one sees at a glance."""

LEAST_CONTRAST = 3.0
"""WCAG 2.2, for what is no text."""


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str | QColor, other: str | QColor) -> float:
    dark, light = sorted(luminance(QColor(each)) for each in (one, other))
    return (light + 0.05) / (dark + 0.05)


def grey(name: Icon, size_px: int, panel: str, ground: Ground) -> list[int]:
    """As who sees no colours does."""
    image = QImage(size_px, size_px, QImage.Format.Format_RGB32)
    image.fill(QColor(panel))
    with QPainter(image) as painter:
        painter.drawPixmap(0, 0, drawn(name, size_px, ground))
    shades = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return [shades.pixelColor(x, y).red() for x in range(size_px) for y in range(size_px)]


@pytest.mark.parametrize("ground", Ground)
@pytest.mark.parametrize("size_px", [16, 24])
@pytest.mark.usefixtures("qapp")
def test_no_two_are_alike_without_colours(size_px: int, ground: Ground) -> None:
    shades = {name: grey(name, size_px, PANELS[0], ground) for name in Icon}
    for one, other in combinations(Icon, 2):
        differ = sum(abs(a - b) > 48 for a, b in zip(shades[one], shades[other], strict=True))
        assert differ / size_px**2 > LEAST_SHARE, (one, other)


@pytest.mark.parametrize("name", Icon)
@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.usefixtures("qapp")
def test_each_stands_out_from_its_panel(name: Icon, panel: str) -> None:
    image = drawn(name, 64).toImage()
    colours = Counter(image.pixel(x, y) for x in range(64) for y in range(64))
    badge, _ = next(each for each in colours.most_common() if QColor.fromRgba(each[0]).alpha() == 255)
    assert contrast(QColor.fromRgba(badge), panel) >= LEAST_CONTRAST


@pytest.mark.usefixtures("qapp")
def test_a_template_has_holes_instead_of_colours() -> None:
    image = drawn(Icon.RECORDING, 64, Ground.TEMPLATE).toImage()
    assert image.pixelColor(32, 32).alpha() == 0
    assert image.pixelColor(32, 10).alpha() == 255
    assert icon(Icon.RECORDING, Ground.TEMPLATE).isMask()


@pytest.mark.usefixtures("qapp")
def test_panels_find_the_size_that_they_want() -> None:
    sizes = {size.width() for size in icon(Icon.IDLE).availableSizes()}
    assert sizes == set(SIZES_PX)


@pytest.mark.parametrize("colours", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
def test_text_can_be_read(colours: Colours) -> None:
    for ground in (colours.window, colours.card, colours.field):
        assert contrast(colours.text, ground) >= 7
        assert contrast(colours.faint, ground) >= 4.5
        assert contrast(colours.attention, ground) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.recording, colours.card) >= LEAST_CONTRAST
