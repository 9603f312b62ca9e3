"""Fault 10: documents of 50 MB, a line of 10 MB, a million lines, 50,000 words pasted.

Nothing is decided by the clock: what a key costs in a long document is compared with what it costs
in a short one, in processor time of the same minute.
"""

from __future__ import annotations

import statistics
import time

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.view.textview import TextView

SENTENCE = "The harbour lay still in the early light. "
PARAGRAPH = SENTENCE * 12 + "\n"
SIZES = {
    "a line of 10 MB": (SENTENCE * 250_000)[:10_000_000],
    "a million lines": "short line\n" * 1_000_000,
    "50 MB": PARAGRAPH * (50_000_000 // len(PARAGRAPH)),
}


def key_cost(page: TextView) -> float:
    """Processor seconds of a key and its paint, in the median of 40."""
    costs = []
    for _ in range(40):
        begun = time.thread_time()
        QTest.keyClicks(page, "a")
        QApplication.processEvents()
        costs.append(time.thread_time() - begun)
    return statistics.median(costs)


@pytest.mark.parametrize("name", SIZES)
def test_writing_costs_what_it_costs_in_a_short_document(page: TextView, name: str) -> None:
    text = SIZES[name]
    page.set_text(PARAGRAPH * 20)
    usual = key_cost(page)
    page.set_text(text)
    for place in (0, page.length() // 2, page.length()):
        cursor = page.textCursor()
        cursor.setPosition(place)
        page.setTextCursor(cursor)
        page.ensureCursorVisible()
        QApplication.processEvents()
        assert key_cost(page) < 10 * usual + 0.01, place
    assert len(page.text()) == len(text) + 120
    QTest.keyClick(page, Qt.Key.Key_PageUp)
    page.moveCursor(QTextCursor.MoveOperation.Start)
    QApplication.processEvents()


@pytest.mark.parametrize("line_end", ["\n", " "])
def test_fifty_thousand_words_are_pasted_in_one_step(page: TextView, line_end: str) -> None:
    words = ((SENTENCE * 12).rstrip() + line_end) * 530
    assert len(words.split()) > 50_000
    data = QMimeData()
    data.setText(words)
    page.set_text("before after")
    cursor = page.textCursor()
    cursor.setPosition(7)
    page.setTextCursor(cursor)
    begun = time.thread_time()
    page.insertFromMimeData(data)
    QApplication.processEvents()
    assert time.thread_time() - begun < 2
    assert page.text() == f"before {words}after"
    page.undo()
    assert page.text() == "before after"
