from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialogButtonBox,
    QPushButton,
    QSlider,
    QSpinBox,
    QTabWidget,
)
from pytestqt.qtbot import QtBot

from editor.dialogs.preferences import Preferences
from editor.rules.aids import Aids
from editor.rules.keymap import Keymap
from editor.rules.silence import Rules
from editor.settings import Settings
from model.messages import Ladder

OTHER = Settings(
    "quiet",
    rules=Rules(300, 5, space=False, first_sentence=True),
    keys=Keymap(accept="F2", read=""),
    aids=Aids(True, "underline", "speech", "fixed", 4, motor=True),
    ladder=Ladder(1, 5),
)


def dialog(qtbot: QtBot, settings: Settings) -> Preferences:
    shown = Preferences(settings, [("Ctrl+S", "Save")])
    qtbot.addWidget(shown)
    return shown


def ok(shown: Preferences) -> QPushButton:
    box = shown.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    return box.button(QDialogButtonBox.StandardButton.Ok)


@pytest.mark.parametrize("settings", [Settings(), OTHER])
def test_what_is_shown_is_what_was_chosen(qtbot: QtBot, settings: Settings) -> None:
    assert dialog(qtbot, settings).chosen() == settings


def test_every_choice_can_be_made(qtbot: QtBot) -> None:
    shown = dialog(qtbot, Settings())
    shown._when.eagerness.setValue(0)
    shown._when.delay.setValue(300)
    shown._when.least.setValue(5)
    shown._when.space.setChecked(False)
    shown._when.first.setChecked(True)
    shown._when.offered.setValue(1)
    shown._when.known.setValue(5)
    shown._keys.fields["accept"].set_key(QKeySequence("F2"))
    shown._keys.fields["read"].set_key(QKeySequence())
    aids = shown._aids
    for box in (aids.readable, aids.motor):
        box.setChecked(True)
    for choice, index in ((aids.look, 2), (aids.announce, 2), (aids.words, 2)):
        choice.setCurrentIndex(index)
    aids.shown.setValue(4)
    assert shown.chosen() == OTHER


def test_a_conflict_is_shown_and_cannot_be_kept(qtbot: QtBot) -> None:
    shown = dialog(qtbot, Settings())
    assert ok(shown).isEnabled()
    shown._keys.fields["read"].set_key(QKeySequence("Ctrl+S"))
    assert shown._keys.conflict.text() == "Ctrl+S is also the key of: Save"
    assert not ok(shown).isEnabled()
    shown._keys.fields["read"].set_key(QKeySequence("O"))
    assert shown._keys.conflict.text() == "O is needed for writing"
    usual = next(b for b in shown.findChildren(QPushButton) if b.text() == "&Usual Keys")
    usual.click()
    assert shown.chosen() == Settings()
    assert ok(shown).isEnabled()


def test_every_field_has_a_name(qtbot: QtBot) -> None:
    shown = dialog(qtbot, Settings())
    kinds = (QSlider, QSpinBox, QComboBox, QAbstractButton, QTabWidget)
    fields = [widget for kind in kinds for widget in shown.findChildren(kind)]
    assert len(fields) >= 20
    for field in fields:
        if field.focusPolicy() & Qt.FocusPolicy.TabFocus:
            interface = QAccessible.queryAccessibleInterface(field)
            assert interface.text(QAccessible.Text.Name), field
