from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from editor.dialogs.differences import Differences
from editor.dialogs.picker import Picker
from editor.dialogs.preferences import Preferences
from editor.dialogs.questions import Choice, QtDialogs
from editor.rules.silence import Rules
from editor.settings import Settings

NAME = "<b>a&b</b> %1.txt"


def open_box() -> QMessageBox:
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    return box


@pytest.mark.parametrize(
    ("button", "choice"),
    [
        (QMessageBox.StandardButton.Save, Choice.SAVE),
        (QMessageBox.StandardButton.Discard, Choice.DISCARD),
        (QMessageBox.StandardButton.Cancel, Choice.CANCEL),
    ],
)
def test_a_button_is_a_choice(
    qtbot: QtBot, button: QMessageBox.StandardButton, choice: Choice
) -> None:
    parent, shown = QWidget(), []
    qtbot.addWidget(parent)

    def press() -> None:
        shown.append(open_box().text())
        assert "&" in open_box().button(QMessageBox.StandardButton.Discard).text()
        open_box().button(button).click()

    QTimer.singleShot(0, press)
    assert QtDialogs().unsaved(parent, NAME, lost=False) is choice
    assert NAME in shown[0]


def test_escape_cancels_and_a_warning_is_shown_as_it_is(qtbot: QtBot) -> None:
    parent, shown = QWidget(), []
    qtbot.addWidget(parent)
    QTimer.singleShot(0, lambda: open_box().reject())
    assert QtDialogs().unsaved(parent, NAME, lost=False) is Choice.CANCEL

    def look() -> None:
        shown.append(open_box().text())
        open_box().accept()

    QTimer.singleShot(0, look)
    QtDialogs().warn(parent, NAME)
    assert shown == [NAME]


@pytest.mark.parametrize("kept", [True, False])
def test_choices_are_kept_or_left(qtbot: QtBot, kept: bool) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Preferences)
        dialog._when.delay.setValue(500)
        dialog.done(int(kept))

    QTimer.singleShot(0, press)
    chosen = QtDialogs().preferences(parent, Settings(), [])
    assert chosen == (replace(Settings(), rules=Rules(500)) if kept else None)


@pytest.mark.parametrize(
    ("words", "choice", "names", "kept"),
    [
        ("&Save", Choice.SAVE, [NAME, "b"], "; the files stay as they are."),
        ("&Keep for Next Time", Choice.KEEP, [NAME], "; the file stays as it is."),
    ],
)
def test_changed_files_are_saved_or_kept(
    qtbot: QtBot, words: str, choice: Choice, names: list[str], kept: str
) -> None:
    parent, shown = QWidget(), []
    qtbot.addWidget(parent)

    def press() -> None:
        shown.extend((open_box().text(), open_box().informativeText()))
        next(one for one in open_box().buttons() if one.text() == words).click()

    QTimer.singleShot(0, press)
    assert QtDialogs().unsaved_files(parent, names) is choice
    assert ", ".join(f"“{name}”" for name in names) in shown[0]
    assert shown[1].endswith(kept)


def test_one_of_a_list_is_picked(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)

    def press() -> None:
        picker = QApplication.activeModalWidget()
        assert isinstance(picker, Picker)
        picker.list.setCurrentRow(1)
        picker.accept()

    QTimer.singleShot(0, press)
    assert QtDialogs().pick(parent, "Which?", ["a", "b"]) == 1


def test_differences_are_shown_with_signs(qtbot: QtBot) -> None:
    page = Differences("a.txt", "same\nmine", "same\ntheirs")
    qtbot.addWidget(page)
    assert page.page.toPlainText() == "  same\n− mine\n+ theirs\n"
    assert page.page.isReadOnly()
