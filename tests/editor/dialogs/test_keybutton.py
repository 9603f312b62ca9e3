from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QVBoxLayout
from pytestqt.qtbot import QtBot

from editor.dialogs.keybutton import KeyButton

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def button(qtbot: QtBot) -> Iterator[KeyButton]:
    """The first of two in a dialog that is open, with the focus."""
    dialog = QDialog()
    column = QVBoxLayout(dialog)
    button, other = KeyButton(dialog), KeyButton(dialog)
    column.addWidget(button)
    column.addWidget(other)
    button.set_key(QKeySequence("Ctrl+Right"))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitActive(dialog)
    button.setFocus()
    yield button
    dialog.close()


@pytest.mark.parametrize(
    ("key", "modifier", "name"),
    [
        (Key.Key_Tab, NONE, "Tab"),
        (Key.Key_Escape, NONE, "Esc"),
        (Key.Key_Return, CTRL, "Ctrl+Return"),
        (Key.Key_BracketRight, Qt.KeyboardModifier.AltModifier, "Alt+]"),
        (Key.Key_Delete, CTRL, "Ctrl+Del"),
        (Key.Key_Delete, NONE, ""),
    ],
)
def test_the_key_after_a_press_is_taken_whatever_it_is(
    qtbot: QtBot, button: KeyButton, key: Qt.Key, modifier: Qt.KeyboardModifier, name: str
) -> None:
    QTest.keyClick(button, Key.Key_Space)
    assert button.text() == "Press a key, or Delete for none"
    QTest.keyPress(button, Key.Key_Control)  # is only on the way to a key
    with qtbot.waitSignal(button.changed):
        QTest.keyClick(button, key, modifier)
    assert button.key().toString(QKeySequence.SequenceFormat.PortableText) == name
    assert button.text() == button.key().toString() or button.text() == "none"
    assert button.hasFocus()


def test_without_a_press_keys_mean_what_they_mean_in_any_dialog(button: KeyButton) -> None:
    for key in (Key.Key_F7, Key.Key_X, Key.Key_Tab):
        QTest.keyClick(button, key)
    assert button.text() == "Ctrl+Right"
    assert not button.hasFocus()
    dialog = button.window()
    QTest.keyClick(button, Key.Key_Escape)
    assert not dialog.isVisible()


def test_who_goes_elsewhere_keeps_the_key(button: KeyButton) -> None:
    QTest.keyClick(button, Key.Key_Space)
    button.clearFocus()
    assert button.text() == "Ctrl+Right"
    QTest.keyClick(button, Key.Key_F7)
    assert button.text() == "Ctrl+Right"
