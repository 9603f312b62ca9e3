"""Input methods and ghosts: while something is composed there is none, in either order."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from editor.view.textview import TextView
from tests.editor.conftest import Desk

Key = Qt.Key


def compose(page: TextView, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(page, event)


def test_composing_lifts_the_ghost_and_the_commit_brings_one(desk: Desk) -> None:
    desk.type("the ")
    compose(desk.page, "q")
    assert desk.see() == "the "
    assert desk.page.textCursor().block().layout().preeditAreaText() == "q"
    compose(desk.page, "qu")
    assert desk.see() == "the "
    compose(desk.page, "", "qu")
    assert desk.see() == "the qu[ick brown fox jumps]"


@pytest.mark.parametrize("when", ["while composing", "after the commit"])
def test_an_answer_late_for_a_composition(desk: Desk, when: str) -> None:
    desk.engine.at_once = False
    desk.type("the ")
    asked = desk.engine.requests[-1]
    compose(desk.page, "qu")
    if when == "while composing":
        desk.engine.answer(asked)
        assert desk.see() == "the "
        assert desk.page.textCursor().block().layout().preeditAreaText() == "qu"
        compose(desk.page, "", "qu")
        assert desk.see() == "the qu"
        desk.engine.answer(desk.engine.requests[-1])
    else:
        compose(desk.page, "", "qu")
        desk.engine.answer(asked)
    assert desk.see() == "the qu[ick brown fox jumps]"


def test_one_event_may_commit_and_compose_on(desk: Desk) -> None:
    desk.type("the ")
    compose(desk.page, "i", "qu")
    assert desk.see() == "the qu"
    assert desk.page.textCursor().block().layout().preeditAreaText() == "i"
    compose(desk.page, "", "i")
    assert desk.see() == "the qui[ck brown fox jumps]"


def test_a_composition_that_is_given_up_leaves_silence(desk: Desk) -> None:
    desk.type("the ")
    compose(desk.page, "x")
    compose(desk.page, "")
    assert desk.see() == "the "
    assert desk.press(Key.Key_Tab) in ("the ", "the \t")


@pytest.mark.parametrize("key", [Key.Key_Tab, Key.Key_Right, Key.Key_Escape])
def test_keys_are_the_input_methods_while_it_composes(desk: Desk, key: Qt.Key) -> None:
    desk.type("the ")
    compose(desk.page, "qu")
    desk.press(key)
    assert "quick" not in desk.page.text()


def test_the_input_method_is_told_where_the_caret_is_not_where_the_ghost_ends(desk: Desk) -> None:
    query = Qt.InputMethodQuery
    desk.type("the qu")
    with_ghost = desk.page.inputMethodQuery(query.ImCursorRectangle)
    surrounding = desk.page.inputMethodQuery(query.ImSurroundingText)
    assert desk.page.ghost
    desk.page.hide_ghost()
    without = desk.page.inputMethodQuery(query.ImCursorRectangle)
    # The caret is thinner before a ghost.
    assert (without.topLeft(), without.height()) == (with_ghost.topLeft(), with_ghost.height())
    assert surrounding == "the qu"
    assert desk.page.inputMethodQuery(query.ImCursorPosition) == 6
