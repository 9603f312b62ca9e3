"""Fault 11: emoji, combining marks, lone surrogates, bidirectional and invisible characters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from editor.view.textview import TextView

Key = Qt.Key
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
GRAPHEMES = [
    "x",
    "e\u0301",
    "\U0001f600",
    "\U0001f44d\U0001f3fd",
    "\U0001f1e9\U0001f1ea",
    FAMILY,
    "\u0928\u093f",
    "\uac01",
    "\u202e",
]


def paste(page: TextView, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    page.insertFromMimeData(data)


@pytest.mark.parametrize("grapheme", GRAPHEMES)
def test_one_backspace_and_one_delete_take_one_grapheme(page: TextView, grapheme: str) -> None:
    page.set_text(f"a{grapheme}b")
    page.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(page, Key.Key_Left)
    QTest.keyClick(page, Key.Key_Backspace)
    assert page.text() == "ab"
    page.undo()
    assert page.text() == f"a{grapheme}b"
    page.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClick(page, Key.Key_Right)
    QTest.keyClick(page, Key.Key_Delete)
    assert page.text() == "ab"


def test_erasing_a_selection_takes_the_selection(page: TextView) -> None:
    page.set_text("one two")
    page.selectAll()
    QTest.keyClick(page, Key.Key_Backspace)
    assert page.text() == ""


@pytest.mark.parametrize(
    "text", ["\ud83d", "a\udc00b", "\u202eevil", "\u200b\u200d\u2060", "\x00\x1b"]
)
def test_any_clipboard_is_pasted_undone_and_written_around(page: TextView, text: str) -> None:
    page.set_text("start ")
    page.moveCursor(QTextCursor.MoveOperation.End)
    paste(page, text)
    QTest.keyClicks(page, "x")
    page.viewport().repaint()
    assert page.text().startswith("start ")
    assert page.text().endswith("x")
    for _ in range(len(text) + 3):
        QTest.keyClick(page, Key.Key_Backspace)
    assert "start ".startswith(page.text())
