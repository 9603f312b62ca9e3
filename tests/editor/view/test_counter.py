from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from editor.rules import counting
from editor.rules.counting import Count, count, together
from editor.view import counter as module
from editor.view.counter import Counter
from editor.view.longlines import LONGEST_LINE
from editor.view.provenance import Origin
from editor.view.textview import TextView

Key = Qt.Key
LONG = 60.0  # seconds: all of it


@pytest.fixture
def counter(page: TextView) -> Counter:
    counter = Counter(page)
    counter.go_on(LONG)
    return counter


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines that are counted from now on."""
    lines: list[str] = []

    def note(line: str, *, begins: bool = True) -> Count:
        lines.append(line)
        return counting.count(line, begins=begins)

    monkeypatch.setattr(module, "count", note)
    return lines


def select(page: TextView, start: int, end: int) -> tuple[int, int]:
    cursor = page.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    page.setTextCursor(cursor)
    return start, end


def test_a_key_counts_nothing_and_then_only_its_line(
    page: TextView, counter: Counter, counted: list[str]
) -> None:
    page.set_text("one two\nthree\n\nfour")
    counter.go_on(LONG)
    assert counter.total == Count(4, 16, 15, 3)
    counted.clear()
    page.set_caret(len("one two\nth"))
    QTest.keyClicks(page, " x")
    assert counted == []
    assert not counter.complete
    counter.go_on(LONG)
    assert counted == ["th xree"]
    assert counter.total.words == 5


def test_the_ghost_is_not_counted(page: TextView, counter: Counter) -> None:
    for text, ghost in (("the qu", "ick brown"), ("שלום לכל ", "וגם זה")):
        page.set_text(text)  # in the second one it is laid into the line
        page.moveCursor(QTextCursor.MoveOperation.End)
        counter.go_on(LONG)
        page.show_ghost(ghost)
        assert page.ghost == ghost
        counter.go_on(LONG)
        assert counter.total == count(text)
        assert counter.between(0, page.length()) == count(text)
    page.accept_all()
    counter.go_on(LONG)
    assert counter.total.words == 4


def erase(page: TextView, start: int, end: int) -> None:
    select(page, start, end)
    page.textCursor().removeSelectedText()


DEEDS: dict[str, Callable[[TextView, int, int], object]] = {
    "type": lambda page, *_: QTest.keyClicks(page, "wo rd"),
    "line": lambda page, *_: QTest.keyClick(page, Key.Key_Return),
    "back": lambda page, *_: QTest.keyClick(page, Key.Key_Backspace),
    "exchange": lambda page, start, end: page.exchange(
        [(start, start, "a\nb "), (end, end, "c")], Origin.FOREIGN
    ),
    "undo": lambda page, *_: page.undo(),
    "redo": lambda page, *_: page.redo(),
    "erase": erase,
    "anew": lambda page, *_: page.set_text("one two three\n\nfour five\nsix" * 3),
}


def test_whatever_is_done_the_figures_are_those_of_the_text(
    page: TextView, counter: Counter
) -> None:
    dice = random.Random(7)
    kinds = [*DEEDS] * 4 + ["type", "line", "exchange"] * 4
    for step in range(400):
        start, end = sorted(dice.choices(range(page.length() + 1), k=2))
        kind = dice.choice(kinds)
        page.set_caret(start)
        DEEDS[kind](page, start, end)
        if step % 3:
            counter.go_on(LONG)
            assert counter.total == together(map(count, page.text().split("\n"))), kind
            start, end = sorted(dice.choices(range(page.length() + 1), k=2))
            parts = page.text()[start:end].split("\n")
            assert counter.between(start, end) == together(map(count, parts))


def test_a_page_may_hold_a_text_already(page: TextView) -> None:
    page.set_text("one two\nthree")
    late = Counter(page)
    late.go_on(LONG)
    assert late.total == Count(3, 12, 11, 2)


def test_a_line_in_pieces_is_one_paragraph(page: TextView, counter: Counter) -> None:
    words = LONGEST_LINE // 2
    page.set_text("a\n" + "word " * words + "\nb")
    assert page.document().blockCount() > 3
    counter.go_on(LONG)
    assert counter.total == Count(words + 2, 5 * words + 2, 4 * words + 2, 3)


def test_it_counts_no_longer_than_it_may(page: TextView, counter: Counter) -> None:
    page.set_text("The harbour lay still.\n" * 20_000)
    begun = time.thread_time()
    counter.go_on(0.002)
    assert time.thread_time() - begun < 0.05
    assert not counter.complete
    assert 0 < counter.total.words < 80_000
    counter.go_on(LONG)
    assert counter.total.words == 80_000


def test_what_was_gained_is_since_the_document_was_opened(page: TextView, counter: Counter) -> None:
    page.set_text("one two three")
    counter.begin()
    counter.go_on(LONG)
    assert counter.gained == 0
    page.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(page, " four five")
    counter.go_on(LONG)
    assert counter.gained == 2
    page.selectAll()
    QTest.keyClick(page, Key.Key_Backspace)
    counter.go_on(LONG)
    assert counter.gained == -3
