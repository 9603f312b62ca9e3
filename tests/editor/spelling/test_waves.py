from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QTextLayout, QTextOption
from pytestqt.qtbot import QtBot

from editor.spelling.waves import paint_waves, places_between, waves_under

CORNER = QPointF(100, 50)
ANYWHERE = QTextOption()
ANYWHERE.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


def laid_out(text: str, width: float = 1000, ghost: str = "", at: int = 0) -> QTextLayout:
    layout = QTextLayout(text)
    layout.setTextOption(ANYWHERE)
    if ghost:
        layout.setPreeditArea(at, ghost)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout


def test_a_wave_is_as_long_as_its_word_and_stays_within_its_line(qtbot: QtBot) -> None:
    layout = laid_out("we recieve it")
    metrics = QFontMetricsF(layout.font())
    (room,) = waves_under(layout, CORNER, 3, 10)
    assert abs(room.left() - 100 - metrics.horizontalAdvance("we ")) < 1
    assert abs(room.width() - metrics.horizontalAdvance("recieve")) < 2
    line = layout.lineAt(0)
    assert 50 + line.ascent() - 1.5 <= room.top()
    assert room.top() + room.height() <= 50 + line.height()


def test_a_word_that_is_broken_has_a_wave_on_each_of_its_lines(qtbot: QtBot) -> None:
    layout = laid_out("recievingly" * 3, 60)
    waves = list(waves_under(layout, CORNER, 0, 33))
    assert len(waves) == layout.lineCount() > 1
    assert waves[0].bottom() < waves[1].top()


def test_a_ghost_in_the_line_is_passed_over(qtbot: QtBot) -> None:
    text = "recieve it lettr"
    plain = next(waves_under(laid_out(text), CORNER, 0, 7))
    layout = laid_out(text, ghost="ghost", at=7)
    before, behind = (next(waves_under(layout, CORNER, *word)) for word in ((0, 7), (11, 16)))
    assert before == plain
    assert behind == next(waves_under(laid_out("recieveghost it lettr"), CORNER, 16, 21))
    assert list(waves_under(layout, CORNER, 4, 10)) == []


@pytest.mark.parametrize("ratio", [1, 2])
def test_waves_go_down_and_up_in_their_colour_as_fine_as_the_screen(
    qtbot: QtBot, ratio: int
) -> None:
    picture = QImage(40 * ratio, 10 * ratio, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    paint_waves(painter, [QRect(4, 2, 24, 4)], QColor("red"))
    painter.end()

    def heights(x: int) -> list[int]:
        return [y for y in range(10 * ratio) if picture.pixelColor(x, y).green() < 160]

    painted = [x for x in range(40 * ratio) if heights(x)]
    assert (painted[0], painted[-1]) == (4 * ratio, 28 * ratio - 1)
    depths = [min(heights(x)) for x in painted]
    assert min(depths) < max(depths)
    assert depths[: 6 * ratio] == depths[6 * ratio : 12 * ratio]  # a wave is six pixels long
    assert all(2 * ratio <= y < 6 * ratio for x in painted for y in heights(x))


def test_text_that_is_not_laid_out_has_none(qtbot: QtBot) -> None:
    assert list(waves_under(QTextLayout("recieve"), CORNER, 0, 7)) == []
    assert places_between(QTextLayout("recieve"), 0, 100) == (0, -1)


def test_which_text_stands_between_two_heights(qtbot: QtBot) -> None:
    layout = laid_out("aaaa bbbb cccc dddd", 40)
    row = layout.lineAt(0).height()
    assert layout.lineCount() == 4
    assert places_between(layout, -50, 500) == (0, 19)
    assert places_between(layout, 1.5 * row, 2.5 * row) == (5, 15)
    assert places_between(layout, 2.1 * row, 2.2 * row) == (10, 15)
    assert places_between(layout, -50, -40) == (0, 5)
    first, last = places_between(laid_out("aaaa bbbb", 40, "ggggg ", 0), 1.5 * row, 1.6 * row)
    assert first <= 0
    assert last >= 4
