from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from editor.suggesting.candidatelist import CandidateList
from editor.theme import writing_font
from editor.view.textview import TextView
from model.messages import Candidate
from tests.editor.conftest import Desk

Key = Qt.Key


def words(text: str) -> tuple[Candidate, ...]:
    return tuple(Candidate(word, word, 0.1) for word in text.split())


@pytest.fixture
def listed(page: TextView, qtbot: QtBot) -> CandidateList:
    home = QWidget()
    qtbot.addWidget(home)
    QVBoxLayout(home)
    listed = CandidateList(page, home)
    listed.set_floating(floats=True)
    return listed


def test_it_shows_numbered_words_on_targets_that_can_be_hit(listed: CandidateList) -> None:
    listed.show_words(words("one two A&B"))
    shown = [button for button in listed.buttons if button.isVisible()]
    assert [button.text() for button in shown] == ["1  one", "2  two", "3  A&&B"]
    assert [button.accessibleName() for button in shown] == ["1: one", "2: two", "3: A&B"]
    assert all(min(button.width(), button.height()) >= 44 for button in shown)
    listed.show_words(())
    assert not listed.isVisible()
    assert listed.count == 0


def test_it_floats_below_the_caret_and_above_it_at_the_end_of_the_page(
    listed: CandidateList, page: TextView
) -> None:
    listed.show_words(words("one two three"))
    assert listed.y() > page.cursorRect().bottom()
    page.set_text("\n" * 200)
    page.moveCursor(page.textCursor().MoveOperation.End)
    listed.show_words(words("one two three"))
    assert listed.geometry().bottom() <= page.cursorRect().top()


def test_it_stays_beside_the_caret_in_other_sizes(listed: CandidateList, page: TextView) -> None:
    page.resize(900, 600)
    page.set_text("There were many questions about the long and winding way to the ")
    page.moveCursor(page.textCursor().MoveOperation.End)
    listed.show_words(words("one two three"))
    for width, points in ((420, 12), (420, 24), (300, 24), (900, 12)):
        page.resize(width, 600)
        page.set_writing_font(writing_font(points))
        assert listed.y() == page.cursorRect().bottom() + 2
        assert page.viewport().rect().contains(listed.geometry())


def test_a_click_chooses_and_the_caret_stays_in_the_text(
    listed: CandidateList, page: TextView, qtbot: QtBot
) -> None:
    page.setFocus()
    listed.show_words(words("one two"))
    with qtbot.waitSignal(listed.chosen) as chosen:
        QTest.mouseClick(listed.buttons[1], Qt.MouseButton.LeftButton)
    assert chosen.args == [2]
    assert page.hasFocus()


@pytest.fixture
def lister(desk: Desk) -> Desk:
    """The writer of the desk has a list of three words."""
    seen = desk.views
    desk.suggester.set_list(3)
    desk.suggester.offered.connect(lambda found: desk.page.set_numbers(len(found)))
    desk.suggester.offered.connect(lambda found: seen.append(" ".join(w.word for w in found)))
    desk.page.numbered.connect(desk.suggester.choose)
    desk.engine.expect = lambda before: ""
    return desk


def test_a_digit_takes_a_word_only_while_the_list_is_open(lister: Desk) -> None:
    assert lister.type("in 4") == "in 4"
    lister.engine.candidates = (Candidate("quick", "ick", 0.5), Candidate("quiet", "iet", 0.3))
    lister.type(" qu")
    assert lister.type("3") == "in 4 qu3"  # there is no third word
    lister.type(" qu")
    lister.engine.candidates = ()
    assert lister.press(Key.Key_2) == "in 4 qu3 quiet "
    assert lister.type("2") == "in 4 qu3 quiet 2"
    assert lister.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier) == "in 4 qu3 quiet "


def test_words_keep_their_numbers_while_typing_on(lister: Desk) -> None:
    lister.engine.candidates = words("apple above anchor")
    lister.type("x ")
    lister.engine.candidates = (Candidate("anchor", "nchor", 0.5), Candidate("above", "bove", 0.3))
    lister.views.clear()
    lister.type("a")
    assert "anchor above" not in lister.views
    assert lister.press(Key.Key_1) == "x above "


def test_escape_closes_the_list(lister: Desk) -> None:
    lister.engine.candidates = words("apple above")
    lister.type("x ")
    lister.press(Key.Key_Escape)
    assert lister.press(Key.Key_1) == "x 1"
