"""Keys that mean the ghost, on a page: Tab must never surprise."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.rules.keymap import Keymap
from editor.rules.silence import Rules
from tests.editor.conftest import Desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_held_tab_accepts_once_even_where_qt_takes_it_for_many(desk: Desk) -> None:
    desk.clock.now = 0.0
    desk.type("the qu")

    def tab(kind: QEvent.Type, milliseconds: int) -> None:
        event = QKeyEvent(kind, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, "\t")
        event.setTimestamp(milliseconds)
        desk.clock.now = milliseconds / 1000
        QApplication.sendEvent(desk.page, event)

    tab(QEvent.Type.KeyPress, 1000)
    accepted = desk.see()
    assert accepted.startswith("the quick")
    for moment in range(1500, 1700, 30):  # as X11 repeats it: let go and pressed at once
        tab(QEvent.Type.KeyRelease, moment)
        tab(QEvent.Type.KeyPress, moment)
    assert desk.see() == accepted
    tab(QEvent.Type.KeyRelease, 1800)
    tab(QEvent.Type.KeyPress, 2100)
    assert len(desk.see()) > len(accepted) or desk.see() != accepted


def test_a_tab_too_early_is_swallowed_and_one_in_time_accepts(desk: Desk) -> None:
    desk.type("the qu")
    QTest.keyClick(desk.page, Key.Key_Tab)
    assert desk.see() == "the qu[ick brown fox jumps]"
    assert desk.press(Key.Key_Tab) == "the quick brown fox jumps "


def test_tab_indents_in_leading_white_space_and_a_second_key_accepts(desk: Desk) -> None:
    desk.engine.expect = lambda before: "word "
    desk.type(" ")
    assert desk.press(Key.Key_Tab) == " \t[word ]"
    desk.page.accept_all()
    assert desk.see() == " \tword [word ]"


@pytest.mark.parametrize("change", [Key.Key_Backspace, (Key.Key_Z, CTRL), (Key.Key_X, CTRL)])
def test_after_taking_back_tab_accepts_nothing(desk: Desk, change: object) -> None:
    desk.type("the qu")
    if change == (Key.Key_X, CTRL):
        desk.press(Key.Key_Left, SHIFT)
    before = desk.press(*(change if isinstance(change, tuple) else (change,)))
    assert desk.press(Key.Key_Tab) in (before, before + "\t")


def test_ctrl_right_moves_after_another_key_that_moves(desk: Desk) -> None:
    desk.page.set_text("\nnext")
    desk.type("the qu")
    desk.press(Key.Key_Up)  # there is no line above: nothing happens
    assert desk.see().startswith("the qu[ick")
    assert desk.press(Key.Key_Right, CTRL) == "the qu\nnext"
    assert desk.page.caret() == 7


def test_keys_can_be_chosen(desk: Desk) -> None:
    desk.page.set_keymap(Keymap(accept="F2", accept_word="", dismiss="F3"))
    desk.type("the qu")
    assert desk.press(Key.Key_F3) == "the qu"
    desk.type("ick ")
    assert desk.press(Key.Key_F2) == "the quick brown fox jumps "
    assert desk.press(Key.Key_Tab) == "the quick brown fox jumps \t"


def test_without_the_space_a_word_comes_alone(desk: Desk) -> None:
    rules = Rules(delay_ms=0, least_saved=1, space=False)
    desk.suggester.set_rules(rules)
    desk.page.set_rules(rules)
    desk.type("the qu")
    assert desk.press(Key.Key_Right, CTRL) == "the quick[ brown fox jumps]"
    assert desk.press(Key.Key_Right, CTRL) == "the quick brown[ fox jumps]"
    assert desk.type(".") == "the quick brown."


def test_a_ghost_that_is_scrolled_away_is_not_accepted(desk: Desk) -> None:
    desk.page.set_text("\n" * 300)
    desk.page.moveCursor(QTextCursor.MoveOperation.End)
    desk.type("the qu")
    desk.page.verticalScrollBar().setValue(0)
    view = desk.see()
    assert desk.press(Key.Key_Tab).replace("\t", "") != view.replace("[", "").replace("]", "")


def test_a_tab_behind_an_acceptance_is_a_step_of_its_own(desk: Desk) -> None:
    desk.type("the qu")
    desk.press(Key.Key_Tab)
    assert desk.press(Key.Key_Tab) == "the quick brown fox jumps \t"
    assert desk.press(Key.Key_Z, CTRL) == "the quick brown fox jumps "
    assert desk.press(Key.Key_Z, CTRL) == "the qu"


def test_a_letter_with_alt_that_no_menu_took_is_not_written(desk: Desk) -> None:
    desk.press(Key.Key_J, Qt.KeyboardModifier.AltModifier)
    desk.press(Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert desk.page.text() == ""


def test_a_command_may_be_a_letter_with_alt(desk: Desk) -> None:
    desk.page.set_keymap(Keymap(accept="Alt+L"))
    desk.type("the qu")
    letter = QKeyEvent(QEvent.Type.KeyPress, Key.Key_L, Qt.KeyboardModifier.AltModifier, "l")
    desk.clock.now += 1
    QApplication.sendEvent(desk.page, letter)
    assert desk.see() == "the quick brown fox jumps "


@pytest.mark.parametrize("scrolled", [False, True])
def test_words_are_written_into_a_paragraph_taller_than_the_page(
    desk: Desk, scrolled: bool
) -> None:
    page, text = desk.page, "any kind " * 1_200
    page.set_text(text)
    page.moveCursor(QTextCursor.MoveOperation.End)
    page.moveCursor(QTextCursor.MoveOperation.Left)
    for _ in range(30):
        if scrolled:
            page.verticalScrollBar().setValue(0)
        QTest.keyClicks(page, "a b ")
        QApplication.processEvents()
    assert page.text() == text[:-1] + "a b " * 30 + text[-1]
    page.undo()
    assert page.text() == text[:-1] + "a b " * 29 + "a " + text[-1]
