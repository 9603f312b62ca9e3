from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from editor.dialogs.passphrase import NewPassphrase, Passphrase, Unlock

_Button = QDialogButtonBox.StandardButton


def ok(dialog: Passphrase) -> bool:
    return dialog.box.button(_Button.Ok).isEnabled()


def test_unlocking_takes_what_is_typed_and_hides_it(qtbot: QtBot) -> None:
    dialog = Unlock("It is locked.", None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not ok(dialog)
    QTest.keyClicks(dialog.typed, "one two")
    assert ok(dialog)
    assert dialog.typed.displayText() != "one two"
    seen = dialog.findChild(QCheckBox)
    assert isinstance(seen, QCheckBox)
    seen.click()
    assert dialog.typed.displayText() == "one two"
    QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert dialog.result() == Unlock.DialogCode.Accepted


@pytest.mark.parametrize("has_one", [False, True])
def test_who_types_is_in_the_first_field_and_tab_goes_on(qtbot: QtBot, has_one: bool) -> None:
    dialog = NewPassphrase(has_one=has_one)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    for text in ("old",) * has_one + ("two words", "two words"):
        QTest.keyClicks(dialog.focusWidget(), text)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert (dialog.new, dialog.current) == ("two words", "old" if has_one else None)
    assert isinstance(dialog.focusWidget(), QCheckBox)


@pytest.mark.parametrize("has_one", [False, True])
def test_a_new_one_is_typed_twice(qtbot: QtBot, has_one: bool) -> None:
    dialog = NewPassphrase(has_one=has_one)
    qtbot.addWidget(dialog)
    dialog.show()
    fields = dialog.findChildren(QLineEdit)
    assert len(fields) == 2 + has_one
    assert dialog._remove.isVisible() is has_one
    new, again = fields[-2:]
    new.setText("one")
    again.setText("on")
    assert not ok(dialog)
    assert "not the same" in dialog.differ.text()
    again.setText("one")
    assert dialog.differ.text() == ""
    assert ok(dialog) is not has_one
    if has_one:
        assert not dialog._remove.isEnabled()
        fields[0].setText("old")
        assert ok(dialog)
    assert (dialog.new, dialog.current) == ("one", "old" if has_one else None)
    if has_one:
        dialog._remove.click()
        assert (dialog.new, dialog.current) == (None, "old")
        assert dialog.result() == NewPassphrase.DialogCode.Accepted
