from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.theme import writing_font
from editor.view.page import Page
from editor.view.paragraphs import Paragraph
from editor.view.textview import TextView
from editor.view.units import units


@given(st.text(alphabet="ab \n\U0001f600é", max_size=80), st.integers(0, 80), st.integers(4, 40))
@example("\na\U0001f600\U0001f600\n", 5, 4)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_before_and_after_are_the_text_around_the_caret(
    page: TextView, text: str, caret: int, limit: int
) -> None:
    caret = min(caret, len(text))
    page.set_text(text)
    cursor = page.textCursor()
    cursor.setPosition(units(text[:caret]))
    page.setTextCursor(cursor)
    before = page.before(limit)
    assert text[:caret].endswith(before)
    assert len(before) == caret or limit // 2 <= len(before) <= limit
    rest, *lines = text[caret:].split("\n")
    assert page.after() == rest
    assert page.below() == (lines[0] if lines else "")


def test_a_paragraph_is_a_line_and_its_place(page: TextView) -> None:
    page.set_text("one\n\U0001f600 two\n")
    assert page.paragraph(5) == Paragraph(4, 6, "\U0001f600 two")
    assert page.paragraph(11) == Paragraph(11, 0, "")


def test_a_very_long_line_is_read_in_part(page: TextView) -> None:
    page.set_text("x" * 50_000 + "end")
    page.moveCursor(QTextCursor.MoveOperation.End)
    assert page.before(100) == "x" * 97 + "end"
    page.moveCursor(QTextCursor.MoveOperation.Start)
    assert page.after() == "x" * 200
    assert not page.takes_ghost()
    page.set_text("\n" + "x" * 50_000)
    page.moveCursor(QTextCursor.MoveOperation.Start)
    assert page.below() == "x" * 200


def test_the_text_before_the_caret_is_cut_at_a_line(page: TextView) -> None:
    page.set_text("\n".join(f"line {number:03}" for number in range(600)))
    page.moveCursor(QTextCursor.MoveOperation.End)
    before = page.before(1000)
    assert len(before) <= 1000
    assert before.startswith("line ")
    assert before == page.text()[-len(before) :]
    page.set_text("x" * 5000 + "\nyz")
    page.moveCursor(QTextCursor.MoveOperation.End)
    assert page.before(1000) == "x" * 997 + "\nyz"
    page.set_text("x" * 5000)
    page.moveCursor(QTextCursor.MoveOperation.End)
    assert page.before(1000) == "x" * 1000
    page.moveCursor(QTextCursor.MoveOperation.Start)
    assert page.before(1000) == ""
    page.set_text("\n" * 5000)
    page.moveCursor(QTextCursor.MoveOperation.End)
    assert set(page.before(1000)) == {"\n"}


@given(st.text(alphabet="ab\n\u00a0\u2028\U0001f600\x0b\t\x00", max_size=60))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_character_comes_out_as_it_went_in(page: TextView, text: str) -> None:
    page.set_text(text)
    assert page.text() == text


def test_long_lines_stand_in_a_column_in_the_middle(page: TextView) -> None:
    page.resize(2000, 600)
    margins = page.viewportMargins()
    assert margins.left() == margins.right() > 300
    width = page.viewport().width()
    page.resize(1800, 600)
    assert page.viewport().width() == pytest.approx(width, abs=2)
    page.resize(400, 600)
    assert page.viewportMargins().left() < 40


def test_lines_are_as_wide_as_the_column(qtbot: QtBot) -> None:
    page = Page()
    qtbot.addWidget(page)
    page.setPlainText("a line that is longer than any column is wide " * 20)
    page.resize(900, 700)
    page.show()
    qtbot.waitExposed(page)
    for width in (900, 700, 1200):
        page.resize(width, 700)
        QApplication.processEvents()
        line = page.document().firstBlock().layout().lineAt(0)
        assert line.naturalTextWidth() <= line.width() <= page.viewport().width()
        assert page.horizontalScrollBar().maximum() == 0


def is_caret_seen(page: Page) -> bool:
    return page.viewport().rect().contains(page.cursorRect())


def test_a_caret_that_is_seen_stays_seen_in_other_sizes(page: TextView) -> None:
    page.resize(900, 700)
    page.set_text(
        "\n".join(f"This is line {number} of a text about carets." for number in range(25))
    )
    page.moveCursor(QTextCursor.MoveOperation.End)
    for points in range(12, 24):
        page.set_writing_font(writing_font(points))
        assert is_caret_seen(page)
    for width, height in ((330, 500), (900, 300), (300, 200)):
        page.resize(width, height)
        assert is_caret_seen(page)


def test_whoever_has_scrolled_away_from_the_caret_stays_there(page: TextView) -> None:
    page.set_text("line\n" * 200)
    page.moveCursor(QTextCursor.MoveOperation.End)
    page.scroll_to(0)
    page.set_writing_font(writing_font(20))
    page.resize(330, 300)
    assert page.top_line() == 0


@pytest.mark.parametrize(
    ("text", "caret", "word"),
    [
        ("We met Tessaly.", 9, "Tessaly"),
        ("We met Tessaly.", 14, "Tessaly"),
        ("Ask O\u2019Brien now", 8, "O'Brien"),
        ("Ask Mu\u0308ller now", 7, "Mu\u0308ller"),
        ("one  two", 4, ""),
        ("... !", 1, ""),
        ("", 0, ""),
    ],
)
def test_the_word_at_the_caret(page: TextView, text: str, caret: int, word: str) -> None:
    page.set_text(text)
    cursor = page.textCursor()
    cursor.setPosition(caret)
    page.setTextCursor(cursor)
    assert page.word_at_caret() == word


def test_short_lines_are_read_far_back(page: TextView) -> None:
    page.set_text("We met Tessaly.\n" + "It was cold that day.\n" * 800 + "Then")
    page.set_caret(page.length())
    assert page.before(40_000) == page.text()


def test_what_is_read_above_is_read_anew_after_any_change(page: TextView) -> None:
    dice = random.Random(7)
    page.set_text("one line\nand two\n\nlast line " * 3)
    for _ in range(400):
        cursor = page.textCursor()
        if dice.random() < 0.5:
            cursor.setPosition(dice.randint(0, page.length()))
            page.setTextCursor(cursor)
        key = dice.choice([Qt.Key.Key_A, Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Backspace])
        QTest.keyClick(page, key)
        if dice.random() < 0.2:
            dice.choice([page.undo, page.redo])()
        for limit in (4000, 20):
            told = page.before(limit)
            page._above = None
            assert told == page.before(limit)
        assert page.before(4000) == page.text()[: page.caret()]
