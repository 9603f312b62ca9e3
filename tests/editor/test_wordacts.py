from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from editor.window import Window
from editor.wordacts import ask_and_forget
from model.messages import Candidate, Forgetting, WordList
from tests.editor.answers import Answers

Asked = list[Forgetting | tuple[str, WordList]]


@pytest.fixture
def wishes(window: Window) -> Asked:
    found: Asked = []
    window.forgetting_wanted.connect(found.append)
    window.word_listed.connect(lambda word, on: found.append((word, on)))
    return found


def action(window: Window, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction)
    return found


def test_the_selected_word_the_ghosts_or_the_one_at_the_caret(
    window: Window, answers: Answers, wishes: Asked
) -> None:
    answers.forgets = True
    view = window.view
    view.set_text("We met Tessaly and Zorblax")
    view.moveCursor(QTextCursor.MoveOperation.End)
    action(window, "delete-word").trigger()
    view.moveCursor(QTextCursor.MoveOperation.Start)
    view.moveCursor(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
    action(window, "forget-word").trigger()
    view.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(view, " saw Quen")
    view.show_ghost("tin again")
    action(window, "delete-word").trigger()
    assert view.ghost == ""
    assert wishes == [
        Forgetting(delete="Zorblax"),
        Forgetting(word="We"),
        Forgetting(delete="quentin"),
    ]
    assert "“Zorblax”" in answers.asked[0]


def test_nothing_is_deleted_without_a_yes(window: Window, answers: Answers, wishes: Asked) -> None:
    window.view.set_text("Tessaly")
    for name in ("delete-word", "forget-word"):
        action(window, name).trigger()
    assert len(answers.asked) == 2
    assert wishes == []


def test_many_words_are_named_in_part_and_go_one_by_one(
    window: Window, answers: Answers, wishes: Asked
) -> None:
    answers.forgets = True
    assert ask_and_forget(window, list("abcde"))
    assert "“a”, “b”, “c” and 2 more" in answers.asked[0]
    assert wishes == [Forgetting(word=word) for word in "abcde"]


def offer(window: Window) -> None:
    words = tuple(Candidate(word, word, 0.5) for word in ("tessaly", "A&B"))
    window.sheets.current.words.show_words(words)
    window.view.set_numbers(2)


def test_each_word_of_the_list_has_a_menu_of_its_own(
    window: Window, answers: Answers, wishes: Asked
) -> None:
    answers.forgets = True
    offer(window)
    window.sheets.current.words.buttons[0].customContextMenuRequested.emit(QPoint(2, 2))
    popped = [menu for menu in window.findChildren(QMenu) if menu.isVisible()]
    names = [one.text() for one in popped[0].actions()]
    assert names == ["&Never Suggest “tessaly”", "&Delete “tessaly”…", "&Forget “tessaly”…"]
    for one in popped[0].actions():
        one.trigger()
    assert wishes == [
        ("tessaly", "blocked"),
        Forgetting(delete="tessaly"),
        Forgetting(word="tessaly"),
    ]
    popped[0].close()


def test_the_words_of_the_list_are_reached_by_keyboard(window: Window, wishes: Asked) -> None:
    offer(window)
    menu = next(one for one in window.findChildren(QMenu) if "Words to Choose" in one.title())
    menu.aboutToShow.emit()
    words = [one.menu() for one in menu.actions()]
    assert [one.title() for one in words if isinstance(one, QMenu)] == ["tessaly", "A&&B"]
    second = words[1]
    assert isinstance(second, QMenu)
    second.actions()[0].trigger()
    assert wishes == [("A&B", "blocked")]
    window.sheets.current.words.show_words(())
    menu.aboutToShow.emit()
    assert [one.isEnabled() for one in menu.actions()] == [False]


def test_the_context_menu_is_about_what_was_clicked(window: Window, qtbot: QtBot) -> None:
    view = window.view
    view.set_text("We met Tessaly")
    view.moveCursor(QTextCursor.MoveOperation.End)
    start = view.cursorRect(QTextCursor(view.document().findBlock(0))).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=start)
    assert view.word_at_caret() == "We"
    texts = [one.text() for one in view.actions()]
    assert "&Word at the Caret" in texts
    view.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(view, " and Quen")
    view.show_ghost("tin")
    behind = view.cursorRect().center() + QPoint(6, 0)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=behind)
    assert view.ghost == "tin"
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=start)
    assert view.ghost == ""


def test_a_ghost_from_right_to_left_is_clicked_where_it_stands(window: Window) -> None:
    view = window.view
    view.set_text("שלום לכל מי ")
    view.moveCursor(QTextCursor.MoveOperation.End)
    view.show_ghost("שקורא")
    assert view.ghost == "שקורא"
    caret = view.cursorRect().center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=caret - QPoint(6, 0))
    assert view.ghost == "שקורא"
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=caret + QPoint(20, 0))
    assert view.ghost == ""
