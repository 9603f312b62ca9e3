"""Find and replace as a user does it: through the bar, on a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from editor.finding.bar import FindBar
from editor.finding.finder import Finder
from editor.view.textview import TextView

Key = Qt.Key
TEXT = "One and one.\nZone of one\n"


@dataclass
class Desk:
    bar: FindBar
    finder: Finder
    page: TextView
    bot: QtBot

    def says(self, words: str) -> None:
        self.bot.waitUntil(lambda: self.bar.count.text() == words, timeout=30_000)

    def seek(self, sought: str, words: str) -> None:
        self.bar.sought.setText(sought)
        self.says(words)

    @property
    def view(self) -> str:
        """The text with what is selected in braces."""
        cursor, text = self.page.textCursor(), self.page.text()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        return text[:start] + "{" + text[start:end] + "}" + text[end:]


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    home = QWidget()
    qtbot.addWidget(home)
    column = QVBoxLayout(home)
    page, bar = TextView(home), FindBar(home)
    column.addWidget(page)
    column.addWidget(bar)
    home.resize(700, 500)
    home.show()
    page.set_text(TEXT)
    finder = Finder(bar, page)
    finder.open()
    yield Desk(bar, finder, page, qtbot)
    finder.close()


def test_enter_replaces_in_the_field_of_what_takes_its_place(desk: Desk) -> None:
    desk.seek("Zone", "1 match")
    desk.bar.instead.setFocus()
    QTest.keyClicks(desk.bar.instead, "Tone")
    QTest.keyClick(desk.bar.instead, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert desk.page.text() == TEXT
    QTest.keyClick(desk.bar.instead, Key.Key_Return)
    assert desk.page.text() == TEXT.replace("Zone", "Tone")


def test_it_counts_and_walks_around(desk: Desk) -> None:
    desk.seek("one", "4 matches")
    QTest.keyClick(desk.bar.sought, Key.Key_Return)
    assert desk.view == "{One} and one.\nZone of one\n"
    desk.finder.step(1)
    assert desk.view == "One and {one}.\nZone of one\n"
    desk.finder.step(-1)
    desk.finder.step(-1)
    assert desk.view == "One and one.\nZone of {one}\n"
    assert desk.bar.count.text() == "4 of 4"
    assert len(desk.page.extraSelections()) == 4
    desk.seek("nowhere", "No match")
    assert desk.page.extraSelections() == []


def test_case_words_and_expressions(desk: Desk) -> None:
    desk.seek("one", "4 matches")
    desk.bar.case.setChecked(True)
    desk.says("3 matches")
    desk.bar.words.setChecked(True)
    desk.says("2 matches")
    desk.bar.regex.setChecked(True)
    desk.seek("z?one|o[f]", "3 matches")
    desk.bar.sought.setText("(")
    desk.bot.waitUntil(lambda: "no regular expression" in desk.bar.count.text())


def test_only_in_the_selection(desk: Desk) -> None:
    cursor = desk.page.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(12, QTextCursor.MoveMode.KeepAnchor)
    desk.page.setTextCursor(cursor)
    desk.bar.selection.setChecked(True)
    desk.seek("one", "2 matches")
    desk.bar.instead.setText("a longer word")
    desk.finder.replace_all()
    desk.says("2 replaced")
    assert desk.page.text() == "a longer word and a longer word.\nZone of one\n"


def test_replacing_one_by_one_and_all_at_once(desk: Desk) -> None:
    desk.seek("one", "4 matches")
    desk.bar.instead.setText("two")
    desk.finder.replace_one()
    assert desk.view == "{One} and one.\nZone of one\n"
    desk.finder.replace_one()
    desk.bot.waitUntil(lambda: desk.view == "two and {one}.\nZone of one\n")
    desk.finder.replace_all()
    desk.says("3 replaced")
    assert desk.page.text() == "two and two.\nZtwo of two\n"
    desk.page.undo()
    assert desk.page.text() == "two and one.\nZone of one\n"
    desk.page.undo()
    assert desk.page.text() == TEXT


def test_groups_of_an_expression_come_back(desk: Desk) -> None:
    desk.bar.regex.setChecked(True)
    desk.seek(r"(\w+) and (\w+)", "1 match")
    desk.bar.instead.setText(r"\2 or \1")
    desk.finder.replace_all()
    desk.says("1 replaced")
    assert desk.page.text() == "one or One.\nZone of one\n"


def test_empty_matches_are_walked_and_replaced(desk: Desk) -> None:
    desk.bar.regex.setChecked(True)
    desk.seek("^(?=.)", "1 of 2")  # the caret stands at the first
    desk.finder.step(1)
    first = desk.page.caret()
    desk.finder.step(1)
    assert {first, desk.page.caret()} == {0, 13}
    desk.bar.instead.setText("> ")
    desk.finder.replace_all()
    desk.says("2 replaced")
    assert desk.page.text() == "> One and one.\n> Zone of one\n"


@pytest.mark.parametrize("count", [30, 5000])
def test_emoji_and_long_lines_stay_whole(desk: Desk, count: int) -> None:
    text = "\U0001f600 word one, " * count + "\nend"
    desk.page.set_text(text)
    desk.seek("one", f"{count:,} matches")
    desk.bar.instead.setText("\U0001f44d")
    desk.finder.replace_all()
    desk.says(f"{count} replaced")
    assert desk.page.text() == text.replace("one", "\U0001f44d")
    desk.page.undo()
    assert desk.page.text() == text


def test_a_replacement_that_changes_nothing_joins_no_earlier_step(desk: Desk) -> None:
    QTest.keyClicks(desk.page, "a b ")
    typed = desk.page.text()
    desk.bar.regex.setChecked(True)
    desk.seek(r"one|\Z", "5 matches")
    desk.finder.replace_all()
    desk.says("5 replaced")
    assert desk.page.text() == "a b  and .\nZ of \n"
    desk.page.undo()
    assert desk.page.text() == typed


def test_writing_on_brings_the_count_up_to_date(desk: Desk) -> None:
    desk.seek("one", "4 matches")
    desk.page.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(desk.page, "one")
    desk.says("5 matches")


def test_the_bar_goes_and_takes_its_marks_along(desk: Desk) -> None:
    desk.seek("one", "4 matches")
    QTest.keyClick(desk.bar.sought, Key.Key_Escape)
    assert desk.bar.isHidden()
    assert desk.page.extraSelections() == []
    desk.finder.step(1)
    assert not desk.bar.isHidden()


def test_another_page_is_searched_when_it_is_on_top(desk: Desk, qtbot: QtBot) -> None:
    desk.seek("one", "4 matches")
    other = TextView()
    qtbot.addWidget(other)
    other.set_text("one")
    desk.finder.follow(other)
    desk.says("1 match")
    assert desk.page.extraSelections() == []
    desk.finder.follow(desk.page)
    desk.says("4 matches")


def test_what_is_selected_is_looked_for(desk: Desk) -> None:
    desk.finder.close()
    cursor = desk.page.textCursor()
    cursor.setPosition(13)
    cursor.setPosition(17, QTextCursor.MoveMode.KeepAnchor)
    desk.page.setTextCursor(cursor)
    desk.finder.open()
    assert desk.bar.sought.text() == "Zone"
    desk.says("1 of 1")


def test_everything_in_the_bar_has_a_name(desk: Desk) -> None:
    for widget in desk.bar.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert widget.accessibleName() or widget.text(), widget
