"""Long lines are shown in pieces and are one line to everybody else."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.view.longlines import LONGEST_LINE, in_pieces
from editor.view.textview import TextView

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LONG = "word and " * 4000


def paste(page: TextView, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    page.insertFromMimeData(data)


def seam(page: TextView, number: int = 1) -> int:
    """The place where a piece begins."""
    return page.document().findBlockByNumber(number).position()


def go(page: TextView, position: int) -> None:
    cursor = page.textCursor()
    cursor.setPosition(position)
    page.setTextCursor(cursor)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a\nb",
        LONG,
        f"a\n{LONG}\nb\n",
        LONG + "\n\n" + LONG,
        "x" * 30_000,
        "e\u0301" * 9000,
    ],
)
def test_a_text_comes_back_as_it_was(page: TextView, text: str) -> None:
    page.set_text(text)
    assert page.text() == text
    assert max(len(line) for line in in_pieces(text)[0].split("\n")) <= LONGEST_LINE
    page.selectAll()
    page.copy()
    assert QApplication.clipboard().text() == text or not text
    page.set_text("ab")
    go(page, 1)
    paste(page, text)
    assert page.text() == f"a{text}b"
    page.undo()
    assert page.text() == "ab"
    page.redo()
    assert page.text() == f"a{text}b"


@pytest.mark.parametrize("end", ["\r", "\r\n", "\u2029", "\ufdd0", "\ufdd1"])
def test_every_line_end_that_qt_knows_comes_in_as_one(page: TextView, end: str) -> None:
    page.set_text("x")
    paste(page, f"a{end}{LONG}{end}{end}b")
    assert page.text() == f"a\n{LONG}\n\nbx"


def test_no_piece_begins_with_a_mark_of_the_one_before() -> None:
    for line in in_pieces("e\u0301" * 9000)[0].split("\n"):
        assert line[0] == "e"


def test_a_line_end_written_into_a_long_line_is_one(page: TextView) -> None:
    for place in (0, 1):
        page.set_text(LONG)
        here = seam(page) + place
        go(page, here)
        QTest.keyClick(page, Key.Key_Return)
        index = here - 1
        assert page.text() == LONG[:index] + "\n" + LONG[index:]
        QTest.keyClick(page, Key.Key_Backspace)
        assert page.text() == LONG
        page.undo()
        page.undo()
        assert page.text() == LONG


def test_erasing_at_a_seam_takes_what_is_seen(page: TextView) -> None:
    page.set_text(LONG)
    here = seam(page)
    go(page, here)
    QTest.keyClick(page, Key.Key_Backspace)
    assert page.text() == LONG[: here - 2] + LONG[here - 1 :]
    page.undo()
    assert page.text() == LONG
    go(page, here - 1)
    QTest.keyClick(page, Key.Key_Delete)
    assert page.text() == LONG[: here - 1] + LONG[here:]


def test_any_writing_around_seams_does_what_it_does_to_a_plain_text(page: TextView) -> None:
    """The reference is the text itself; places are counted without seams."""
    dice = random.Random(4)
    text = f"one\n{LONG}\n\n{LONG}end"
    page.set_text(text)
    undone: list[str] = []
    for _ in range(300):
        starts = range(page.document().blockCount())
        near = page.document().findBlockByNumber(dice.choice(starts)).position()
        position = min(max(0, near + dice.randint(-2, 2)), page.length())
        index = len(page.text_between(0, position))
        go(page, position)
        before, kind = page.text(), dice.randrange(5)
        if kind == 0:
            paste(page, "x")
            expected = before[:index] + "x" + before[index:]
        elif kind == 1:
            paste(page, "a\nb")
            expected = before[:index] + "a\nb" + before[index:]
        elif kind == 2:
            QTest.keyClick(page, Key.Key_Backspace)
            expected = before[: max(0, index - 1)] + before[index:]
        elif kind == 3:
            QTest.keyClick(page, Key.Key_Delete)
            expected = before[:index] + before[index + 1 :]
        else:
            far = min(page.length(), position + dice.choice([1, 4990, 5003, 12_000]))
            end = len(page.text_between(0, far))
            cursor = page.textCursor()
            cursor.setPosition(far, QTextCursor.MoveMode.KeepAnchor)
            page.setTextCursor(cursor)
            paste(page, LONG[:11_000])
            expected = before[:index] + LONG[:11_000] + before[end:]
        assert page.text() == expected, kind
        undone.append(before)
        if dice.random() < 0.2:
            page.undo()
            assert page.text() in undone  # Qt takes alike steps together
            page.redo()
            assert page.text() == expected


def test_there_is_no_ghost_in_a_long_line(page: TextView) -> None:
    page.set_text(LONG)
    page.moveCursor(QTextCursor.MoveOperation.End)
    assert page.in_long_line()
    page.show_ghost("ghost")
    assert page.ghost == ""
    page.set_text("short ")
    page.moveCursor(QTextCursor.MoveOperation.End)
    page.show_ghost("ghost")
    assert page.ghost == "ghost"
