from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu
from pytestqt.qtbot import QtBot

from editor.rules.keymap import Keymap
from editor.window import Window
from tests.editor.actions import action, trigger
from tests.editor.answers import Answers


def test_every_command_is_a_named_action(window: Window) -> None:
    actions = [a for a in window.findChildren(QAction) if a.text() and a.menu() is None]
    assert len(actions) >= 20
    assert all(action.objectName() for action in actions)
    shortcuts = [s.toString() for action in actions for s in action.shortcuts()]
    assert len(shortcuts) == len(set(shortcuts))
    assert {"Ctrl+S", "Ctrl+O", "Ctrl+Y", "Ctrl+N", "Ctrl+Q", "Ctrl+Shift+S"} <= set(shortcuts)


def underlined(texts: Iterable[str]) -> list[str]:
    """The letters that are underlined in these, which Alt or a key of a menu reaches."""
    shown = (text.replace("&&", "") for text in texts)
    return [text[text.index("&") + 1].lower() for text in shown if "&" in text]


def test_each_underlined_letter_means_one_thing(window: Window, qtbot: QtBot) -> None:
    window.welcome()
    qtbot.waitUntil(lambda: window._welcome is not None and window._welcome.isVisible())
    window.finder.open()
    window.sheets.current.change_bar.tell("It was changed.")
    menus = [found for found in window.findChildren(QMenu) if found.actions()]
    groups = [[one.text() for one in menu.actions()] for menu in menus]
    groups.append([one.text() for one in window.view.actions()])  # the page's own menu
    buttons = [one for one in window.findChildren(QAbstractButton) if one.isVisible()]
    assert {"Load the F&ile", "In se&lection", "&Yes, Learn"} <= {one.text() for one in buttons}
    bar = [one.text() for one in window.menuBar().actions()]
    groups.append([*bar, *(one.text() for one in buttons)])
    assert len(groups) >= 8
    for texts in groups:
        letters = underlined(texts)
        assert len(letters) == len(set(letters)), texts


def test_keys_of_the_window_are_the_users(window: Window, answers: Answers) -> None:
    keys = Keymap(accept="F2", next="F6", tab_moves="")
    answers.chosen = replace(window.settings, keys=keys, eagerness="quiet")
    trigger(window, "preferences")
    assert window.settings.keys == keys
    assert ("Ctrl+S", "Save") in answers.taken
    assert not any(key in keys.named().values() for key, _ in answers.taken)
    assert action(window, "accept").text().endswith("\tF2, Ctrl+Return")
    assert action(window, "next").shortcut().toString() == "F6"
    assert action(window, "quiet").isChecked()
    answers.chosen = None
    trigger(window, "preferences")
    assert window.settings.keys == keys


def test_a_menu_takes_no_message_away(window: Window) -> None:
    window.say("A draft is damaged.", lasting=True)
    bar = window.menuBar()
    first = bar.actions()[0]
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.actionGeometry(first).center())
    menu = first.menu()
    assert isinstance(menu, QMenu)
    assert menu.isVisible()
    QTest.keyClick(menu, Qt.Key.Key_Down)
    assert window.statusBar().currentMessage() == "A draft is damaged."
    menu.close()
    assert window.statusBar().currentMessage() == "A draft is damaged."


def test_what_is_edited_is_the_field_that_has_the_keys(window: Window, qtbot: QtBot) -> None:
    QTest.keyClicks(window.view, "page")
    window.view.selectAll()
    window.finder.open()
    field = window._find_bar.instead
    field.setText("field")
    field.setFocus()
    menu = window.menuBar().actions()[1].menu()
    assert isinstance(menu, QMenu)
    menu.popup(window.pos())
    assert [action(window, name).isEnabled() for name in ("undo", "cut")] == [False, False]
    trigger(window, "select-all")
    menu.close()
    assert field.selectedText() == "field"
    qtbot.waitUntil(action(window, "cut").isEnabled)
    trigger(window, "cut")
    assert (field.text(), window.view.text()) == ("", "page")
    trigger(window, "paste")
    trigger(window, "undo")
    assert (field.text(), window.view.text()) == ("", "page")
    window.view.setFocus()
    trigger(window, "cut")
    assert window.view.text() == ""
