"""Colours and fonts of the writing surface, drawn from the system's palette.

Nothing is fixed to light or dark: the ghost is a mix of the text and what lies under it.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette

# WCAG asks 3:1 of what is not the text itself; a little more survives a poor screen.
_GHOST_CONTRAST = 3.5
# What WCAG asks of text, with what is lost in rounding.
_READABLE_CONTRAST = 4.6
# A thin line is no text, but must be found.
_LINE_CONTRAST = 3.0
_MISSPELT = "#e01b24"
_COMFORTABLE_POINTS = 13
# About seventy letters: the longest line an eye follows without effort.
_COLUMN = "n" * 70


def writing_font(points: int = 0) -> QFont:
    """The system's own font, large enough to write in; `points` overrides the size."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPointSize(points or max(font.pointSize() + 3, _COMFORTABLE_POINTS))
    return font


def column_width(font: QFont) -> int:
    """How wide the text column may become, in pixels."""
    return round(QFontMetricsF(font).horizontalAdvance(_COLUMN))


def ghost_colour(palette: QPalette, *, readable: bool = False) -> QColor:
    """The faintest mix of text and background that can be read: 3.5:1, or 4.5:1 and more."""
    text, base = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
    least = _READABLE_CONTRAST if readable else _GHOST_CONTRAST
    return QColor(_ghost_between(text.rgb(), base.rgb(), least))


@lru_cache(maxsize=8)
def _ghost_between(text_rgb: int, base_rgb: int, least: float) -> int:
    text, base = QColor(text_rgb), QColor(base_rgb)
    for percent in range(40, 100, 2):
        mix = mixed(text, base, percent / 100)
        if contrast(mix, base) >= least:
            return mix.rgb()
    return text_rgb


def misspelt_colour(palette: QPalette) -> QColor:
    """Red, as much of it as stands out from the background: 3:1, the rest is the text's."""
    text, base = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
    return QColor(_red_between(text.rgb(), base.rgb()))


@lru_cache(maxsize=8)
def _red_between(text_rgb: int, base_rgb: int) -> int:
    text, base, red = QColor(text_rgb), QColor(base_rgb), QColor(_MISSPELT)
    for percent in range(0, 100, 5):
        mix = mixed(text, red, percent / 100)
        if contrast(mix, base) >= _LINE_CONTRAST:
            return mix.rgb()
    return text_rgb


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours as WCAG counts it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """A colour between two: `share` of the first, the rest of the other."""

    def part(a: float, b: float) -> float:
        return a * share + b * (1 - share)

    return QColor.fromRgbF(
        part(one.redF(), other.redF()),
        part(one.greenF(), other.greenF()),
        part(one.blueF(), other.blueF()),
    )


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
