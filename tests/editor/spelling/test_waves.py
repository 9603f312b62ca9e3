from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption
from pytestqt.qtbot import QtBot

from editor.spelling.waves import waves_under

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
    (wave,) = waves_under(layout, CORNER, 3, 10)
    assert abs(wave[0].x() - 100 - metrics.horizontalAdvance("we ")) < 2
    assert abs(wave[-1].x() - 100 - metrics.horizontalAdvance("we recieve")) < 2
    line = layout.lineAt(0)
    assert {50 + line.ascent() < point.y() <= 50 + line.height() for point in wave} == {True}
    assert len({point.y() for point in wave}) == 2


def test_a_word_that_is_broken_has_a_wave_on_each_of_its_lines(qtbot: QtBot) -> None:
    layout = laid_out("recievingly" * 3, 60)
    waves = list(waves_under(layout, CORNER, 0, 33))
    assert len(waves) == layout.lineCount() > 1
    assert waves[0][0].y() < waves[1][0].y()


def test_a_ghost_in_the_line_is_passed_over(qtbot: QtBot) -> None:
    text = "recieve it lettr"
    plain = [next(waves_under(laid_out(text), CORNER, *word)) for word in ((0, 7), (11, 16))]
    layout = laid_out(text, ghost="ghost", at=7)
    before, behind = (next(waves_under(layout, CORNER, *word)) for word in ((0, 7), (11, 16)))
    assert before == plain[0]
    assert behind[0].x() > plain[1][0].x()
    assert list(waves_under(layout, CORNER, 4, 10)) == []


def test_text_that_is_not_laid_out_has_none(qtbot: QtBot) -> None:
    assert list(waves_under(QTextLayout("recieve"), CORNER, 0, 7)) == []
