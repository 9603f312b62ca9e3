from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from editor.spelling.dictionaries import Found
from editor.window import Window
from tests.editor.actions import action
from tests.editor.spelling.fake_dictionary import FakeDictionary
from tests.editor.spelling.looking import underlined

PROPOSED = {"hron": ["heron", "horn & co"]}
HERE = Found(("de_DE", "en_GB", "gug_PY"), "en_GB", FakeDictionary("the heron waits", PROPOSED))


@pytest.fixture
def checked(qtbot: QtBot, window: Window) -> Window:
    window.spelling.begin(lambda _wanted, _locale: HERE)
    qtbot.waitUntil(lambda: window.spelling.on)
    window.view.set_text("the hron waits, the hron")
    window.view.set_caret(6)
    qtbot.waitUntil(lambda: underlined(window.view) == ["hron", "hron"])
    return window


def menu_of(window: Window, reason: QContextMenuEvent.Reason) -> QMenu:
    """The menu that comes where the user asks for it."""
    place = window.view.cursorRect().center()
    viewport = window.view.viewport()
    event = QContextMenuEvent(reason, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    return popup


def names(menu: QMenu) -> list[str]:
    return [one.objectName() for one in menu.actions() if not one.isSeparator()]


def choose(menu: QMenu, name: str) -> None:
    (chosen,) = (one for one in menu.actions() if one.objectName() == name)
    menu.setActiveAction(chosen)
    QTest.keyClick(menu, Qt.Key.Key_Return)


MOUSE, KEY = QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard


@pytest.mark.parametrize("reason", [MOUSE, KEY])
def test_proposals_come_first_in_the_menu_of_the_page(
    checked: Window, reason: QContextMenuEvent.Reason
) -> None:
    menu = menu_of(checked, reason)
    assert names(menu)[:6] == [
        *("proposal-0", "proposal-1", "add-misspelt", "ignore-misspelt", "undo", "redo")
    ]
    assert [one.text() for one in menu.actions()][:2] == ["heron", "horn && co"]
    letters = [one.text()[one.text().index("&") + 1] for one in menu.actions()[2:] if one.text()]
    assert len(letters) == len(set(letters))
    choose(menu, "proposal-1")
    assert checked.view.text() == "the horn & co waits, the hron"
    checked.view.undo()
    assert checked.view.text() == "the hron waits, the hron"


def test_a_word_that_is_right_has_the_usual_menu(checked: Window) -> None:
    checked.view.set_caret(1)
    menu = menu_of(checked, KEY)
    assert names(menu)[:2] == ["undo", "redo"]
    assert len(menu.actions()) == len(checked.view.actions())
    menu.close()


def test_beside_a_ghost_the_menu_is_about_the_ghost(checked: Window) -> None:
    checked.view.moveCursor(QTextCursor.MoveOperation.End)
    checked.view.show_ghost("s wait")
    menu = menu_of(checked, KEY)
    assert names(menu)[:2] == ["undo", "redo"]
    menu.close()


def test_without_a_proposal_that_is_said(checked: Window, qtbot: QtBot) -> None:
    checked.view.set_text("zorblax")
    menu = menu_of(checked, KEY)
    assert names(menu)[:3] == ["no-proposals", "add-misspelt", "ignore-misspelt"]
    assert not menu.actions()[0].isEnabled()
    menu.close()


def test_adding_a_word_takes_its_lines_away_at_once(checked: Window) -> None:
    listed: list[tuple[str, object]] = []
    checked.word_listed.connect(lambda word, on: listed.append((word, on)))
    choose(menu_of(checked, MOUSE), "add-misspelt")
    assert underlined(checked.view) == []
    assert listed == [("hron", "added")]
    assert checked.statusBar().currentMessage() == "hron is one of your words now."


def test_of_an_owner_the_name_is_added(checked: Window) -> None:
    listed: list[str] = []
    checked.word_listed.connect(lambda word, _on: listed.append(word))
    checked.view.set_text("zorblax's zorblax")
    choose(menu_of(checked, KEY), "add-misspelt")
    assert listed == ["zorblax"]
    assert underlined(checked.view) == []


def test_an_ignored_word_is_not_added(checked: Window) -> None:
    listed: list[str] = []
    checked.word_listed.connect(listed.append)
    choose(menu_of(checked, MOUSE), "ignore-misspelt")
    assert underlined(checked.view) == []
    assert listed == []
    assert not checked.view.document().isModified()


def test_f7_turns_it_off_and_on_and_is_remembered(checked: Window) -> None:
    switch = action(checked, "check-spelling")
    assert (switch.text(), switch.isChecked()) == ("&Check Spelling", True)
    QTest.keyClick(checked.view, Qt.Key.Key_F7)
    assert (switch.isChecked(), checked.settings.spelling) == (False, False)
    assert underlined(checked.view) == []
    QTest.keyClick(checked.view, Qt.Key.Key_F7)
    assert (switch.isChecked(), checked.settings.spelling) == (True, True)
    assert underlined(checked.view) == ["hron", "hron"]


def test_languages_are_those_of_the_dictionaries(checked: Window) -> None:
    (menu,) = (one for one in checked.findChildren(QMenu) if one.title() == "Spellin&g Language")
    assert menu.isEnabled()
    menu.aboutToShow.emit()
    assert [(one.text(), one.isChecked()) for one in menu.actions()] == [
        ("Deutsch (de_DE)", False),
        ("British English (en_GB)", True),
        ("gug_PY", False),
    ]
    menu.actions()[0].trigger()
    assert checked.settings.spelling_language == "de_DE"


def test_where_there_is_no_dictionary_the_menu_says_what_to_install(
    qtbot: QtBot, window: Window
) -> None:
    switch: QAction = action(window, "check-spelling")
    window.spelling.begin(lambda _wanted, _locale: Found(missing="libenchant-2-2, hunspell-en-us"))
    qtbot.waitUntil(lambda: "to be installed: libenchant-2-2, hunspell-en-us" in switch.text())
    assert not switch.isChecked()
    assert window.statusBar().currentMessage() == ""
    switch.trigger()
    qtbot.waitUntil(
        lambda: "apt install libenchant-2-2 hunspell-en-us" in window.statusBar().currentMessage()
    )
    assert not switch.isChecked()
    assert window.settings.spelling
    window.view.set_text("the hron")
    menu = menu_of(window, KEY)
    assert menu.mapToGlobal(QPoint()) != QPoint(-1, -1)
    assert names(menu)[0] == "undo"
    menu.close()
