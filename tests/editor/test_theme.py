from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from editor.theme import column_width, contrast, ghost_colour, misspelt_colour, writing_font


@pytest.mark.parametrize(
    ("text", "base"),
    [("black", "white"), ("white", "#1e1e1e"), ("#333", "#fdf6e3"), ("#777", "#888")],
)
def test_a_ghost_is_fainter_than_the_text_and_readable(qtbot: QtBot, text: str, base: str) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor(text))
    palette.setColor(QPalette.ColorRole.Base, QColor(base))
    ghost = ghost_colour(palette)
    possible = contrast(QColor(text), QColor(base))
    assert min(3.0, possible) <= contrast(ghost, QColor(base)) <= possible


@pytest.mark.parametrize("text_and_base", ["black white", "white #1e1e1e", "white #c01820"])
def test_what_is_misspelt_stands_out_in_red_where_red_can(qtbot: QtBot, text_and_base: str) -> None:
    text, base = map(QColor, text_and_base.split())
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, text)
    palette.setColor(QPalette.ColorRole.Base, base)
    colour = misspelt_colour(palette)
    assert contrast(colour, base) >= 3.0
    assert colour.red() > max(colour.green(), colour.blue())


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


def test_the_font_is_large_enough_to_write_in(qtbot: QtBot) -> None:
    assert writing_font().pointSize() >= 13
    assert writing_font(30).pointSize() == 30
    assert column_width(writing_font(30)) > column_width(writing_font())
